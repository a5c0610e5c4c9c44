"""The delegate's portal in this process, on a time that stands still until a test moves it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from authwright_sandbox.app import Settings, create_app
from authwright_sandbox.clock import PortalClock
from authwright_sandbox.delegate.portal import DelegatePortal

MEMBER = {"plan": "Cigna", "member_id": "U912345678", "last_name": "Garcia", "date_of_birth": "03/14/1961"}
SERVICE = {"date_of_service": "12/07/2026", "diagnosis": "M54.16", "code": ""}
SITE = {"site_npi": "1992345672"}
PROVIDER = {
    "ordering_npi": "1234567893",
    "tax_id": "581234567",
    "contact_name": "Dana Whitfield",
    "callback": "404-555-0142",
}
URGENCY = {"urgent": "No", "urgent_confirmed": ""}
NOTES = {"notes": "Six weeks of physical therapy."}


@dataclass
class Delegate:
    client: TestClient
    portal: DelegatePortal
    clock: PortalClock
    at: list[datetime]

    def sign_in(self, password: str = "review-Day1") -> Any:
        return self.client.post("/delegate/sign-in", data={"user": "maple.intake", "password": password})

    def begin(self, **changes: str) -> str:
        """The draft's id."""
        page = self.client.post("/delegate/desk/start", data=MEMBER | changes | {"act": "begin"})
        found = re.search(r"drafts/(DR\d+)/service", str(page.url))
        assert found is not None, page.text
        return found[1]

    def post(self, draft: str, step: str, act: str = "next", files: Any = None, **sent: str) -> Any:
        url = f"/delegate/desk/drafts/{draft}/{step}"
        return self.client.post(url, data={**sent, "act": act}, files=files)

    def add(self, draft: str, *codes: str) -> str:
        for code in codes:
            page = self.post(draft, "service", "add", code=code, quantity="1").text
        return str(page)

    def until_questions(self, *codes: str) -> str:
        draft = self.begin()
        self.add(draft, *codes or ("72148",))
        for step, sent in (
            ("service", SERVICE),
            ("site", SITE),
            ("provider", PROVIDER),
            ("urgency", URGENCY),
        ):
            page = self.post(draft, step, **sent)
            assert step not in str(page.url).rsplit("/", 1)[-1], page.text
        return draft

    def answer(self, draft: str, *answers: str) -> Any:
        for answer in answers:
            page = self.post(draft, "questions", answer=answer)
        return page

    def submit(self, *codes: str, answers: tuple[str, ...] = (), files: Any = None) -> str:
        draft = self.until_questions(*codes)
        spine = (codes or ("72148",))[0].startswith("721")
        self.answer(draft, *answers or (("Yes", "8", "No") if spine else ("No",)))
        self.post(draft, "records", files=files, **NOTES)
        return self.send(draft)

    def send(self, draft: str, attested: str = "yes") -> str:
        sent = {"attested": attested} if attested else {}
        return str(self.client.post(f"/delegate/desk/drafts/{draft}/submit", data=sent).text)

    def number(self, *codes: str) -> str:
        found = re.search(r"1\d{8}", self.submit(*codes))
        assert found is not None
        return found[0]

    def case(self, number: str) -> str:
        return str(self.client.get(f"/delegate/desk/cases/{number}").text)

    def history(self, **asked: str) -> str:
        return str(self.client.get("/delegate/desk/history", params=asked).text)

    def act(self, number: str, act: str, files: Any = None, **sent: str) -> str:
        url = f"/delegate/desk/cases/{number}/{act}"
        return str(self.client.post(url, data=sent, files=files).text)

    def control(self, path: str, **data: Any) -> Any:
        return self.client.post(f"/control/delegate/{path}", json=data).json()

    def received(self) -> list[dict[str, Any]]:
        return list(self.client.get("/control/delegate/received").json()["received"])

    def pass_real(self, seconds: float) -> None:
        """Real time, which sessions keep to."""
        self.at[0] += timedelta(seconds=seconds)


@pytest.fixture
def outside() -> Iterator[Delegate]:
    at = [datetime(2026, 11, 24, 15, 0, tzinfo=UTC)]
    clock = PortalClock(lambda: at[0])
    app = create_app(Settings(settle_seconds=2), clock)
    with TestClient(app) as client:
        yield Delegate(client, app.state.delegate, clock, at)


@pytest.fixture
def delegate(outside: Delegate) -> Delegate:
    """Signed in."""
    outside.sign_in()
    return outside
