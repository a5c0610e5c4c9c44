"""The portal in this process, on a time that stands still until a test moves it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from starlette.testclient import TestClient

from authwright_sandbox.app import Settings, create_app
from authwright_sandbox.cigna.portal import CignaPortal
from authwright_sandbox.clock import PortalClock

MEMBER = "U912345678"
FORM: dict[str, str] = {
    "request_type": "Outpatient Procedure",
    "urgency": "Standard",
    "service_description": "Knee arthroscopy",
    "place_of_service": "22",
    "start_date": "12/07/2026",
    "end_date": "12/09/2026",
    "diagnosis_1": "M23.221",
    "diagnosis_2": "",
    "ordering_npi": "1234567893",
    "ordering_tin": "58-1234567",
    "servicing_npi": "1881234565",
    "servicing_tin": "58-1234567",
    "facility_npi": "1992345672",
    "contact_name": "Dana Whitfield",
    "contact_phone": "(404) 555-0142",
    "contact_fax": "",
    "notes": "Six weeks of physical therapy.",
}


def lines(*codes: str) -> dict[str, str]:
    rows = {}
    for number, code in enumerate(codes or ("29881",), 1):
        rows |= {f"code_{number}": code, f"modifier_{number}": "", f"units_{number}": "3"}
    return rows


@dataclass
class Cigna:
    client: TestClient
    portal: CignaPortal
    clock: PortalClock

    def log_in(self, password: str = "practice-Day1", **more: str) -> Any:
        return self.client.post("/cigna/log-in", data={"user": "specialist", "password": password, **more})

    def open(self, member_id: str = MEMBER) -> Any:
        """Looks the patient up and confirms who it is."""
        asked = {"member_id": member_id, "last_name": "Garcia", "first_name": "Maria"}
        page = self.client.get("/cigna/patients", params={**asked, "date_of_birth": "03/14/1961"})
        self.client.post(
            "/cigna/patients/confirm", json={"member_id": member_id, "date_of_birth": "03/14/1961"}
        )
        return page

    def patient(self, page: str) -> str:
        return str(self.client.get(f"/cigna/patients/{MEMBER}/{page}").text)

    def check(self, *codes: str, **changes: str) -> Any:
        form = {"request_type": "Outpatient Procedure", "place_of_service": "22", "start_date": "12/07/2026"}
        sent = form | lines(*codes) | changes
        return self.client.post(f"/cigna/patients/{MEMBER}/check/answer", data=sent).json()

    def review(self, *codes: str, files: Any = None, **changes: str) -> str:
        sent = FORM | lines(*codes) | changes
        files = files or {"documents": ("", b"")}
        return str(self.client.post(f"/cigna/patients/{MEMBER}/review", data=sent, files=files).text)

    def submit(self, *codes: str, files: Any = None, **changes: str) -> str:
        key = re.search(r'name="key" value="(\w+)"', self.review(*codes, files=files, **changes))
        assert key is not None
        return str(self.client.post("/cigna/requests", data={"key": key[1]}).text)

    def number(self, *codes: str, **changes: str) -> str:
        found = re.search(r"(OP|IP)\d+", self.submit(*codes, **changes))
        assert found is not None
        return found[0]

    def detail(self, number: str) -> str:
        return str(self.client.get(f"/cigna/requests/{number}").text)

    def act(self, number: str, act: str, files: Any = None, **sent: str) -> str:
        files = files or {"documents": ("", b"")}
        return str(self.client.post(f"/cigna/requests/{number}/{act}", data=sent, files=files).text)

    def control(self, path: str, **data: Any) -> Any:
        return self.client.post(f"/control/cigna/{path}", json=data).json()

    def received(self) -> list[dict[str, Any]]:
        return list(self.client.get("/control/cigna/received").json()["received"])


@pytest.fixture
def outside() -> Iterator[Cigna]:
    moment = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
    clock = PortalClock(lambda: moment)
    app = create_app(Settings(settle_seconds=2), clock)
    with TestClient(app) as client:
        yield Cigna(client, app.state.cigna, clock)


@pytest.fixture
def cigna(outside: Cigna) -> Cigna:
    """Logged in without pictures, with a confirmed patient."""
    outside.control("captcha", after=None)
    outside.log_in()
    outside.open()
    return outside
