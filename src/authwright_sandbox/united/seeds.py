"""Requests of other patients that are there from the start. All made up, the same each time."""

import random
from datetime import datetime, timedelta

from authwright_sandbox.answers import Answer, Course, Turn
from authwright_sandbox.dates import show_date
from authwright_sandbox.united.form import Submission
from authwright_sandbox.united.requests import Request

COUNT = 64
_NAMES = (
    ("Abara", "Amira"), ("Bauer", "Bruno"), ("Castillo", "Celia"), ("Dimitrov", "Daniel"), ("Eriksen", "Eva"),
    ("Farouk", "Femi"), ("Goldberg", "Greta"), ("Haddad", "Hugo"), ("Ibarra", "Ines"), ("Jansen", "Jonas"),
)  # fmt: skip
_CODES = ("29827", "30140", "43239", "62323", "63047", "66984", "70551", "74178", "78452", "93306", "E0601")
_ANSWERS = (Answer.APPROVED, Answer.APPROVED, Answer.PENDED, Answer.DENIED, Answer.MODIFIED, Answer.CANCELLED)
_REASON = {Answer.DENIED: "Medical necessity criteria not met", Answer.CANCELLED: "Submitted in error"}


def requests(now: datetime, organizations: tuple[str, ...]) -> list[Request]:
    """Oldest first; three in four belong to the first organization."""
    dice = random.Random(64)
    return [_request(now, COUNT - at, dice, organizations) for at in range(COUNT)]


def _request(now: datetime, age: int, dice: random.Random, organizations: tuple[str, ...]) -> Request:
    accepted = now - timedelta(hours=20 * age)
    start = show_date((accepted + timedelta(days=dice.randrange(4, 20))).date())
    answer = dice.choice(_ANSWERS)
    last_name, first_name = dice.choice(_NAMES)
    payload = {
        "member_id": f"9{dice.randrange(10**7, 10**8)}",
        "date_of_birth": f"04/{dice.randrange(10, 29)}/{dice.randrange(1940, 2000)}",
        "last_name": last_name,
        "first_name": first_name,
        "place_of_service": dice.choice(("11", "22", "24")),
        "service_type": "Medical Care",
        "priority": "Standard",
        "start_date": start,
        "end_date": start,
        "diagnoses": ["M25.561"],
        "procedures": [{"code": dice.choice(_CODES), "modifier": "", "units": str(dice.randrange(1, 5))}],
        "requesting": {"npi": "1881234565"},
        "servicing": {"npi": "1881234565"},
        "facility": {"npi": "1992345672"},
        "contact_name": "Dana Whitfield",
        "contact_phone": "404-555-0142",
    }
    turns = (Turn(answer, reason=_REASON.get(answer, "")),)
    organization = organizations[0] if dice.random() < 0.75 else organizations[-1]
    number = f"A{104000000 + 17 * (COUNT - age)}"
    return Request(number, organization, accepted, Submission.from_payload(payload), (Course(turns, turns),))
