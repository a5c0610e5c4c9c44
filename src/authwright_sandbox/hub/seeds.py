"""Requests of other patients that are there from the start. All made up."""

from datetime import datetime, timedelta
from typing import Any

from authwright_sandbox.dates import show_date
from authwright_sandbox.hub.requests import Request, Submission
from authwright_sandbox.hub.rules import Answer, Course, Turn

_ORTHOPEDICS, _IMAGING = "Maple Street Orthopedics", "Maple Street Imaging"
# number, organization, days ago, member, last and first name, birth date, payer, codes, starts in, answer
_SEEDS: tuple[tuple[Any, ...], ...] = (
    ("A104233871", _ORTHOPEDICS, 41, "W700200101", "Okafor", "Grace", "04/17/1958", "Aetna",
     ("27447",), 3, Answer.CERTIFIED),
    ("A104251120", _ORTHOPEDICS, 30, "U800311902", "Lindqvist", "Per", "11/02/1971",
     "UnitedHealthcare", ("29827", "29826"), 9, Answer.PARTIAL),
    ("A104260038", _ORTHOPEDICS, 22, "H551000217", "Tran", "Minh", "07/23/1949", "Humana",
     ("64493", "64494"), 5, Answer.DENIED),
    ("A104277415", _ORTHOPEDICS, 12, "W700200188", "Okafor", "Samuel", "01/30/1956", "Aetna",
     ("73721",), 10, Answer.CERTIFIED),
    ("A104290662", _ORTHOPEDICS, 6, "C338214570", "Beaumont", "Elise", "09/09/1983",
     "Cigna Healthcare", ("63030",), 20, Answer.PENDED),
    ("A104301949", _ORTHOPEDICS, 2, "U800319774", "Lindqvist", "Astrid", "03/05/1975",
     "UnitedHealthcare", ("97530",), 7, Answer.MODIFIED),
    ("A104233990", _IMAGING, 18, "H551000871", "Castillo", "Rosa", "12/12/1962", "Humana",
     ("74177",), 4, Answer.CERTIFIED),
    ("A104299104", _IMAGING, 3, "W700200455", "Novak", "Jan", "05/28/1990", "Aetna",
     ("70551",), 6, Answer.PENDED),
)  # fmt: skip


def requests(now: datetime) -> list[Request]:
    return [_request(now, *seed) for seed in _SEEDS]


def _request(
    now: datetime,
    number: str,
    organization: str,
    days_ago: int,
    member_id: str,
    last_name: str,
    first_name: str,
    born: str,
    payer: str,
    codes: tuple[str, ...],
    starts_in: int,
    answer: Answer,
) -> Request:
    accepted = now - timedelta(days=days_ago)
    start = show_date((accepted + timedelta(days=starts_in)).date())
    refused = answer is Answer.DENIED
    payload = {
        "payer": payer,
        "request_type": "Outpatient",
        "member_id": member_id,
        "last_name": last_name,
        "first_name": first_name,
        "date_of_birth": born,
        "place_of_service": "22",
        "diagnosis_code": "M25.561",
        "lines": [
            {"procedure_code": code, "quantity": "2", "from_date": start, "to_date": start} for code in codes
        ],
        "requesting": {"npi": "1881234565"},
        "rendering": {"npi": "1881234565"},
        "facility": {"npi": "1992345672"},
        "contact_name": "Dana Whitfield",
        "contact_phone": "404-555-0142",
    }
    course: Course = (Turn(answer, reason="Medical necessity not shown" if refused else ""),)
    return Request(number, organization, accepted, Submission.from_payload(payload), (course,) * len(codes))
