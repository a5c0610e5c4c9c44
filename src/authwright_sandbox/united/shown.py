"""Requests as the pages show them: one row of a list, the page of one request."""

from datetime import datetime
from typing import Any

from authwright_sandbox import reference_data as known
from authwright_sandbox.dates import show_date
from authwright_sandbox.united.requests import CHANGE_WORDS, Change, Decision, LineDecision, Request
from authwright_sandbox.united.rules import STATUS_WORDS

_CHANGE_KINDS = {"update": "Update", "extend": "Extension"}
_PLACES = dict(known.PLACES)


def row(request: Request, as_of: datetime) -> dict[str, Any]:
    sent = request.submission
    return {
        "number": request.number,
        "member_id": sent.member_id,
        "member": f"{sent.last_name}, {sent.payload.get('first_name', '')}".rstrip(", "),
        "codes": ", ".join(sent.codes),
        "start": show_date(request.shape_at(as_of).start),
        "received": show_date(request.accepted_at.date()),
        "status": request.decision_at(as_of).status,
    }


def page(request: Request, moment: datetime, actions: list[str]) -> dict[str, Any]:
    """The approval has no number of its own: the reference number becomes it."""
    sent, decision, shape = request.submission, request.decision_at(moment), request.shape_at(moment)
    return row(request, moment) | {
        "date_of_birth": sent.payload["date_of_birth"],
        "place": f"{shape.place} - {_PLACES[shape.place]}",
        "start": show_date(shape.start),
        "end": show_date(shape.end),
        "servicing": known.provider_name(sent.payload["servicing"]["npi"], "servicing"),
        "facility": known.provider_name(sent.payload["facility"]["npi"], "facility"),
        "authorization_number": request.number if decision.approved else "",
        "reason": decision.reason,
        "due": show_date(decision.due),
        "needed": list(decision.documents),
        "documents": [document["name"] for document in request.documents],
        "lines": [_line(number, part) for number, part in enumerate(decision.lines, 1)],
        "changes": [_change(change, moment) for change in request.changes],
        "actions": actions,
    }


def _line(number: int, part: LineDecision) -> dict[str, Any]:
    return {
        "line": number,
        "code": part.line.code,
        "modifier": part.line.modifier,
        "requested": part.line.units,
        "approved": part.approved_units,
        "status": STATUS_WORDS[part.answer],
        "from": show_date(part.approved_from),
        "through": show_date(part.approved_through),
    }


def _change(change: Change, moment: datetime) -> dict[str, Any]:
    asked = change.asked
    told = (
        ("Start Date", show_date(asked.get("start_date"))),
        ("End Date", show_date(asked.get("end_date"))),
        ("Place of Service", asked.get("place_of_service")),
        ("New End Date", show_date(asked.get("until"))),
        ("Additional Units", str(asked.get("units") or "")),
    )
    return {
        "kind": _CHANGE_KINDS[change.kind],
        "at": show_date(change.at.date()),
        "asked": "; ".join(f"{label} {value}" for label, value in told if value),
        "status": CHANGE_WORDS[change.answer(moment)],
    }


def answer(result: str, request: Request, decision: Decision) -> dict[str, Any]:
    """What the page shows when a request was sent."""
    return {
        "result": result,
        "number": request.number,
        "status": decision.status,
        "reason": decision.reason,
        "member_id": request.submission.member_id,
    }
