"""The portal in this process, on a time that stands still until a test moves it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from starlette.testclient import TestClient

from authwright_sandbox.aetna.portal import AetnaPortal
from authwright_sandbox.app import Settings, create_app
from authwright_sandbox.clock import PortalClock

MEMBER = "W812345678"
STEPS: dict[str, dict[str, str]] = {
    "member": {
        "member_id": MEMBER,
        "last_name": "Garcia",
        "first_name": "Maria",
        "date_of_birth": "1961-03-14",
        "relationship": "Self",
    },
    "service": {
        "category": "Outpatient",
        "review": "Standard",
        "urgency": "",
        "place": "22",
        "start": "2026-12-07",
        "end": "2026-12-09",
        "diagnosis_1": "M17.11",
    },
    "providers": {
        "requesting_npi": "1234567893",
        "requesting_tin": "58-1234567",
        "servicing_npi": "1881234565",
        "servicing_name": "Dr. Larch",
        "servicing_tin": "58-1234567",
        "facility_npi": "1992345672",
        "facility_tin": "58-7654321",
        "contact": "Dana Whitfield",
        "phone": "404-555-0142",
    },
    "clinical": {"notes": "Six weeks of physical therapy."},
}


def services(*codes: str, units: str = "2") -> dict[str, str]:
    blocks: dict[str, str] = {}
    for number, code in enumerate(codes or ("72148",), 1):
        blocks |= {f"procedure_{number}": code, f"modifier_{number}": "", f"units_{number}": units}
    return blocks


@dataclass
class Aetna:
    client: TestClient
    portal: AetnaPortal
    clock: PortalClock
    mail: list[EmailMessage] = field(default_factory=list)
    passed: timedelta = timedelta(0)

    def log_in(self, password: str = "practice-Day1") -> Any:
        return self.client.post("/aetna/log-in", data={"user": "specialist", "password": password})

    def mailed_code(self) -> str:
        found = re.search(r"\b\d{6}\b", self.mail[-1].get_content())
        assert found is not None
        return found[0]

    def enter(self, code: str, **more: str) -> Any:
        return self.client.post("/aetna/code", data={"code": code, **more})

    def begin(self) -> str:
        """The key of a new wizard."""
        return str(self.client.get("/aetna/precertification/new").url.path.split("/")[-2])

    def post(self, key: str, step: str, **sent: str) -> Any:
        return self.client.post(f"/aetna/precertification/{key}/{step}", data=sent)

    def fill(self, *codes: str, **changes: str) -> str:
        """A wizard at its last step."""
        key = self.begin()
        for step, sent in STEPS.items():
            more = services(*codes) if step == "service" else {}
            answer = self.post(
                key,
                step,
                **(sent | more | {name: value for name, value in changes.items() if name in sent}),
            )
            assert 'role="alert"' not in answer.text, answer.text
        return key

    def attach(self, key: str, kind: str, name: str = "notes.pdf", content: bytes = b"%PDF-1.4") -> Any:
        files = {"file": (name, content)}
        return self.client.post(f"/aetna/precertification/{key}/files", params={"kind": kind}, files=files)

    def submit(self, *codes: str, **changes: str) -> str:
        return str(self.post(self.fill(*codes, **changes), "review", email="").text)

    def number(self, *codes: str, **changes: str) -> str:
        found = re.search(r"R\d{8}", self.submit(*codes, **changes))
        assert found is not None
        return found[0]

    def detail(self, number: str) -> str:
        return str(self.client.get(f"/aetna/requests/{number}").text)

    def control(self, path: str, **data: Any) -> Any:
        return self.client.post(f"/control/aetna/{path}", json=data).json()

    def received(self) -> list[dict[str, Any]]:
        return list(self.client.get("/control/aetna/received").json()["received"])


@pytest.fixture
def outside() -> Iterator[Aetna]:
    start = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
    mail: list[EmailMessage] = []
    held: list[Aetna] = []
    clock = PortalClock(lambda: start + (held[0].passed if held else timedelta(0)))
    app = create_app(Settings(settle_seconds=2, deliver=mail.append), clock)
    with TestClient(app) as client:
        held.append(Aetna(client, app.state.aetna, clock, mail))
        yield held[0]


@pytest.fixture
def aetna(outside: Aetna) -> Aetna:
    """Logged in, past What's New."""
    outside.log_in()
    outside.enter(outside.mailed_code())
    return outside
