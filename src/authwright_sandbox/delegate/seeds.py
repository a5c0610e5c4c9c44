"""Cases of other patients that are there from the start. All made up."""

from datetime import datetime, timedelta
from typing import Any

from authwright_sandbox.answers import Answer, Course, Turn
from authwright_sandbox.dates import show_date
from authwright_sandbox.held import Held, Line

# number, days ago, member, name, code, starts in days, answer, authorization number
_SEEDS: tuple[tuple[Any, ...], ...] = (
    ("114220317", 44, "U800311902", "Lindqvist, Per", "73221", 12, Answer.APPROVED, "A51420018"),
    ("114231170", 30, "H551000217", "Tran, Minh", "72158", 6, Answer.DENIED, ""),
    ("114240038", 19, "U700200188", "Okafor, Samuel", "70450", 9, Answer.APPROVED, "A51431777"),
    ("114250415", 8, "U338214570", "Beaumont, Elise", "75574", 15, Answer.PENDED, ""),
    ("114260662", 5, "U800319774", "Lindqvist, Astrid", "93350", 7, Answer.CANCELLED, ""),
    ("114271949", 1, "H551000871", "Castillo, Rosa", "74176", 4, Answer.PENDED, ""),
)


def cases(now: datetime, organization: str) -> list[Held]:
    return [_case(now, organization, *seed) for seed in _SEEDS]


def _case(
    now: datetime,
    organization: str,
    number: str,
    ago: int,
    member_id: str,
    name: str,
    code: str,
    ahead: int,
    answer: Answer,
    authorization: str,
) -> Held:
    accepted = now - timedelta(days=ago)
    day = (accepted + timedelta(days=ahead)).date()
    payload = {"plan": "Cigna", "date_of_service": show_date(day)}
    course = Course((Turn(answer, days=45),), ())
    held = Held(number, organization, accepted, member_id, name, day, (Line(code),), (course,), payload)
    held.authorization_number = authorization
    return held
