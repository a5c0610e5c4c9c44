"""Requests of other patients that are there from the start. All made up."""

from datetime import datetime, timedelta
from typing import Any

from authwright_sandbox.answers import Answer, Course, Turn
from authwright_sandbox.dates import show_date
from authwright_sandbox.held import Held, Line

# number, days ago, member, name, code, starts in days, answer
_SEEDS: tuple[tuple[Any, ...], ...] = (
    ("IP10422317", 40, "U800311902", "Lindqvist, Per", "27130", 12, Answer.APPROVED),
    ("OP10425110", 21, "U800311902", "Lindqvist, Per", "29827", 9, Answer.MODIFIED),
    ("OP10426031", 12, "U551000217", "Tran, Minh", "64493", 5, Answer.DENIED),
    ("OP10427742", 3, "U700200188", "Okafor, Samuel", "30140", 10, Answer.PENDED),
)


def requests(now: datetime, organization: str) -> list[Held]:
    return [_held(now, organization, *seed) for seed in _SEEDS]


def _held(
    now: datetime,
    organization: str,
    number: str,
    ago: int,
    member_id: str,
    name: str,
    code: str,
    ahead: int,
    answer: Answer,
) -> Held:
    accepted = now - timedelta(days=ago)
    start = (accepted + timedelta(days=ahead)).date()
    kind = "Inpatient Surgical" if number.startswith("IP") else "Outpatient Procedure"
    payload = {"request_type": kind, "service_description": "Surgery", "start_date": show_date(start)}
    reason = "Not medically necessary" if answer is Answer.DENIED else ""
    course = Course((Turn(answer, reason=reason),), ())
    return Held(number, organization, accepted, member_id, name, start, (Line(code),), (course,), payload)
