"""Rules and criteria as the text of YAML files."""

import csv
import io
import re
from collections.abc import Mapping

from authwright.core.codes import procedure_code_kind
from authwright.core.dates import parse_date
from authwright.rules.tables import LEVELS, level


def criteria_yaml(text: str, payer: str, wanted: Mapping[str, str], heading: str) -> str:
    """A table of criteria -> the criteria part of a payer file.

    `wanted` leads from the table's program to the contractor whose policy it is ("" for all). Rows of
    other programs, and rows that name no codes, are left out.
    """
    lines = [*(f"# {line}" for line in heading.splitlines()), f"payer: {payer}", "criteria:"]
    numbers: dict[str, int] = {}
    for cells in csv.DictReader(io.StringIO(text)):
        codes = [c for c in cells["codes"].split() if procedure_code_kind(c)]
        if cells["program_or_payer"] not in wanted or not codes:
            continue
        slug = re.sub(r"[^a-z0-9]+", "-", cells["service_own_words"].casefold()).strip("-")
        numbers[slug] = numbers.get(slug, 0) + 1
        start = parse_date(cells["effective_from"])
        url, _, page = cells["source_url"].partition(" ")
        parts = {
            "shows": cells["criterion_own_words"],
            "contractor": wanted[cells["program_or_payer"]],
            "policy": cells["policy_id"],
            "kind": cells["kind"],
            "number": cells["number"],
            "unit": cells["unit"],
            "document": cells["document_where_shown"],
        }
        source = {"title": cells["policy_title_own_words"], "url": url, "page": page}
        source |= {"published": cells["source_page_date"], "confidence": level(cells["confidence"])}
        source |= {} if cells["confidence"] in LEVELS else {"note": cells["confidence"]}
        lines += [f"  - id: {slug}-{numbers[slug]}", f"    codes: {flow(codes)}"]
        lines += [f"    {key}: {scalar(value)}" for key, value in parts.items() if value]
        lines += [f"    from: {start}"] if start else []
        lines += ["    source:", *(f"      {key}: {scalar(value)}" for key, value in source.items() if value)]
    return "\n".join(lines) + "\n"


_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ./()_+-]*")


def scalar(value: str) -> str:
    """A YAML scalar: plain where that is safe, else in double quotes."""
    if _PLAIN.fullmatch(value) and not value.endswith(" "):
        return value
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def flow(value: object) -> str:
    """A value on one line: a list in brackets, a mapping in braces."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{k}: {flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(str, value)) + "]"
    return str(value)
