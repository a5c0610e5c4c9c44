"""The portal in this process, on a time that stands still until a test moves it."""

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from authwright_sandbox import totp
from authwright_sandbox.app import Settings, create_app
from authwright_sandbox.clock import PortalClock
from authwright_sandbox.united.portal import DEFAULT_ACCOUNT, UnitedPortal

FORM: dict[str, Any] = {
    "member_id": "912345678",
    "date_of_birth": "03/14/1961",
    "last_name": "Garcia",
    "place_of_service": "22",
    "service_type": "Surgical",
    "priority": "Standard",
    "start_date": "12/07/2026",
    "end_date": "12/09/2026",
    "diagnoses": ["M54.16"],
    "procedures": [{"code": "29827", "modifier": "", "units": "1"}],
    "requesting": {"npi": "1234567893"},
    "servicing": {"npi": "1881234565"},
    "facility": {"npi": "1992345672"},
    "contact_name": "Dana Whitfield",
    "contact_phone": "404-555-0142",
    "answers": {},
    "notes": "",
    "attachments": [],
}
ANSWERS = {"conservative": "Yes", "imaging": "10/01/2026", "side": "Left", "course": "Initial", "bmi": "28"}


@dataclass
class United:
    client: TestClient
    portal: UnitedPortal
    clock: PortalClock
    at: list[datetime]

    def code(self) -> str:
        return totp.code_at(totp.decode_secret(DEFAULT_ACCOUNT.totp_secret), self.at[0].timestamp())

    def sign_in(self, provider: int = 0) -> None:
        self.client.post("/united/username", data={"username": DEFAULT_ACCOUNT.user})
        self.client.post("/united/password", data={"password": DEFAULT_ACCOUNT.password})
        self.client.post("/united/verify", data={"code": self.code()})
        self.post("represent", provider=DEFAULT_ACCOUNT.organizations[provider])

    def get(self, path: str, **asked: str) -> Any:
        return self.client.get(f"/united/api/{path}", params=asked).json()

    def post(self, path: str, **data: Any) -> Any:
        return self.client.post(f"/united/api/{path}", json=data)

    def control(self, path: str, **data: Any) -> Any:
        return self.client.post(f"/control/united/{path}", json=data)

    def submit(self, *codes: str, **changes: Any) -> Any:
        form = copy.deepcopy(FORM) | {"answers": ANSWERS} | changes
        if codes:
            form["procedures"] = [{"code": code, "modifier": "", "units": "3"} for code in codes]
        return self.post("requests", **form)

    def number(self, *codes: str, **changes: Any) -> str:
        answer = self.submit(*codes, **changes)
        assert answer.status_code == 200, answer.text
        return str(answer.json()["number"])

    def page(self, number: str) -> Any:
        return self.get(f"requests/{number}")

    def status(self, number: str) -> str:
        return str(self.page(number)["status"])

    def later(self, **by: float) -> None:
        self.clock.advance(timedelta(**by).total_seconds())

    def upload(self, name: str = "notes.pdf", data: bytes = b"%PDF-1.4 notes") -> str:
        answer = self.client.post("/united/api/attachments", files={"file": (name, data)})
        assert answer.status_code == 200, answer.text
        return str(answer.json()["id"])


@pytest.fixture
def outside() -> Iterator[United]:
    at = [datetime(2026, 11, 24, 15, 0, tzinfo=UTC)]
    clock = PortalClock(lambda: at[0])
    app = create_app(Settings(), clock)
    with TestClient(app) as client:
        yield United(client, app.state.united, clock, at)


@pytest.fixture
def united(outside: United) -> United:
    """Signed in, for the first provider."""
    outside.sign_in()
    return outside
