"""A hub in this process, on a time that stands still until a test moves it."""

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from authwright_sandbox import totp
from authwright_sandbox.app import Settings, create_app
from authwright_sandbox.clock import PortalClock
from authwright_sandbox.hub.portal import DEFAULT_ACCOUNT, HubPortal
from authwright_sandbox.process import Sandbox, started

PAYLOAD: dict[str, Any] = {
    "payer": "UnitedHealthcare",
    "request_type": "Outpatient",
    "member_id": "W123456789",
    "last_name": "Garcia",
    "first_name": "Maria",
    "date_of_birth": "03/14/1961",
    "place_of_service": "22",
    "diagnosis_code": "M54.16",
    "lines": [
        {"procedure_code": "72148", "quantity": "1", "from_date": "12/07/2026", "to_date": "12/07/2026"}
    ],
    "requesting": {"npi": "1234567893"},
    "rendering": {"npi": "1881234565"},
    "facility": {"npi": "1992345672"},
    "contact_name": "Dana Whitfield",
    "contact_phone": "404-555-0142",
    "notes": "Six weeks of physical therapy without relief.",
    "attachments": [],
}


@dataclass
class Time:
    """Real time as the portal sees it."""

    at: datetime = field(default_factory=lambda: datetime(2026, 11, 24, 15, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.at

    def pass_(self, **by: float) -> None:
        self.at += timedelta(**by)


@dataclass
class Hub:
    """The portal, a browser without scripts at its door, and the time."""

    client: TestClient
    portal: HubPortal
    time: Time

    def post(self, path: str, **form: str) -> Any:
        return self.client.post(path, data=form)

    def code(self) -> str:
        return totp.code_at(totp.decode_secret(DEFAULT_ACCOUNT.totp_secret), self.time.at.timestamp())

    def sign_in(self, organization: str = "Maple Street Orthopedics") -> Any:
        self.post("/hub/sign-in", user=DEFAULT_ACCOUNT.user, password=DEFAULT_ACCOUNT.password)
        self.post("/hub/code", code=self.code())
        return self.post("/hub/organization", organization=organization)

    def payload(self, *codes: str, **changes: Any) -> dict[str, Any]:
        return payload(*codes, **changes)

    def submit(self, *codes: str, **changes: Any) -> Any:
        return self.client.post("/hub/app/api/requests", json=payload(*codes, **changes))

    def control(self, path: str, **data: Any) -> Any:
        return self.client.post(f"/control/hub/{path}", json=data)

    def listed(self, **search: str) -> str:
        return str(self.client.get("/hub/app/dashboard/results", params=search).text)


def payload(*codes: str, **changes: Any) -> dict[str, Any]:
    data = copy.deepcopy(PAYLOAD) | changes
    if codes:
        data["lines"] = [{**PAYLOAD["lines"][0], "procedure_code": code} for code in codes]
    return data


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """The portals as a process of their own; the hub's list doesn't lag."""
    with started("--settle-seconds", "0") as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def url(sandbox: Sandbox) -> str:
    return sandbox.url


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def hub(time: Time) -> Iterator[Hub]:
    app = create_app(Settings(), PortalClock(time))
    with TestClient(app) as client:
        yield Hub(client, app.state.hub, time)


@pytest.fixture
def inside(hub: Hub) -> Hub:
    """A hub that is signed in to."""
    assert hub.sign_in().url.path == "/hub/home"
    return hub
