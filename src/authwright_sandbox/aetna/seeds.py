"""Requests of other members that are there from the start. All made up."""

from datetime import datetime, timedelta
from typing import Any

from authwright_sandbox.answers import Answer, Course, Turn
from authwright_sandbox.held import Held, Line

# number, days ago, member, name, code, starts in days, answer
_SEEDS: tuple[tuple[Any, ...], ...] = (
    ("R10310027", 33, "W200311902", "Lindqvist, Per", "27130", 40, Answer.APPROVED),
    ("R10310955", 20, "W551000217", "Tran, Minh", "64493", 24, Answer.DENIED),
    ("R10311408", 9, "W700200188", "Okafor, Samuel", "22633", 21, Answer.MODIFIED),
    ("R10311760", 2, "W551000217", "Tran, Minh", "22551", 18, Answer.PENDED),
)


def requests(now: datetime, organization: str) -> list[Held]:
    held = []
    for number, ago, member_id, name, code, ahead, answer in _SEEDS:
        accepted = now - timedelta(days=ago)
        start = (accepted + timedelta(days=ahead)).date()
        reason = "Does not meet clinical criteria" if answer is Answer.DENIED else ""
        payload = {
            "category": "Outpatient",
            "place": "22",
            "start": start.isoformat(),
            "end": start.isoformat(),
        }
        course = Course((Turn(answer, reason=reason),), ())
        lines = (Line(code, units=2),)
        each = Held(number, organization, accepted, member_id, name, start, lines, (course,), payload)
        each.authorization_number = number.replace("R", "P")
        held.append(each)
    return held
