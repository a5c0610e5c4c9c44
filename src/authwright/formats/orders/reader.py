"""The door to the order readers: which form a file has, and what came of it."""

from collections.abc import Mapping
from datetime import date

from authwright.core.diagnostics import Diagnostic, in_order
from authwright.core.order import Order
from authwright.formats.orders.document import orders_from_json
from authwright.formats.orders.fhir import orders_from_bundle
from authwright.formats.orders.table import orders_from_csv
from authwright.formats.orders.tree import Log
from authwright.formats.places import JsonPlaces, decode, looks_like_workbook, parse_json


def read_orders(
    data: bytes, file: str, columns: Mapping[str, str] | None = None, today: date | None = None
) -> tuple[list[Order], list[Diagnostic]]:
    """Orders of a CSV, JSON or FHIR file and what is wrong in it.

    `columns` maps our names to the columns of a CSV: {"coverage.member_id": "Ins ID"}. An order with
    a wrong value comes through without that value, and so shows as incomplete. With `today` a birth
    date after it is an error.
    """
    log = Log(file, today)
    if looks_like_workbook(data):
        log.error(
            "ORD001", (0, 0), "this is a workbook: expected CSV, JSON or FHIR", "Save the sheet as CSV."
        )
        return [], log.found
    text = decode(data)
    if text.lstrip()[:1] in ("{", "["):
        orders = _from_json(text, log)
    else:
        orders = orders_from_csv(text, columns or {}, log)
    return orders, in_order(log.found)


def _from_json(text: str, log: Log) -> list[Order]:
    value, wrong, place = parse_json(text)
    if wrong:
        log.error("ORD001", place, f"this is not JSON: {wrong}")
        return []
    places = JsonPlaces(text)
    if isinstance(value, dict) and "resourceType" in value:
        return orders_from_bundle(value, places, log)
    return orders_from_json(value, places, log)
