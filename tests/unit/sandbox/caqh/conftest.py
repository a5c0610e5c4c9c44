"""The portal in this process, on a time that stands still until a test moves it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from starlette.testclient import TestClient

from authwright_sandbox.app import Settings, create_app
from authwright_sandbox.caqh.fields import SECTIONS
from authwright_sandbox.caqh.portal import CaqhPortal
from authwright_sandbox.clock import PortalClock

CURRENT, DUE, LAPSED = "15550111", "15550122", "15550133"


@dataclass
class Caqh:
    client: TestClient
    portal: CaqhPortal
    clock: PortalClock

    def sign_in(self, password: str = "practice-Day1") -> Any:
        return self.client.post("/caqh/sign-in", data={"username": "specialist", "password": password})

    def page(self, provider: str, page: str = "") -> str:
        return str(self.client.get(f"/caqh/providers/{provider}{page}").text)

    def save(self, provider: str, form: str, **changes: str) -> Any:
        """Everything in the dialog as it is but for the changes; "__" stands for the dot of a key."""
        values = self.portal.profiles[provider].values
        sent = values | {key.replace("__", "."): value for key, value in changes.items()}
        return self.client.post(f"/caqh/providers/{provider}/parts/{form}", data=sent)

    def upload(self, provider: str, kind: str, expires: str = "2027-11-30", name: str = "sheet.pdf") -> Any:
        sent = {"kind": kind, "expires": expires}
        files = {"file": (name, b"%PDF-1.4 sheet")}
        return self.client.post(f"/caqh/providers/{provider}/parts/documents", data=sent, files=files)

    def review(self, provider: str, section: str, done: bool = True) -> Any:
        sent = {"section": section, "done": done}
        return self.client.post(f"/caqh/providers/{provider}/parts/reviewed", json=sent)

    def review_all(self, provider: str) -> None:
        for section in SECTIONS:
            assert self.review(provider, section.key).status_code == 200

    def attest(self, provider: str, name: str, certify: str = "yes") -> str:
        sent = {"name": name, "certify": certify}
        return str(self.client.post(f"/caqh/providers/{provider}/attest", data=sent).text)

    def control(self, path: str, **data: Any) -> Any:
        return self.client.post(f"/control/caqh/{path}", json=data).json()

    def told(self, provider: str) -> dict[str, Any]:
        profiles = self.client.get("/control/caqh/profiles").json()["profiles"]
        return dict(next(each for each in profiles if each["provider_id"] == provider))

    def received(self) -> list[dict[str, Any]]:
        return list(self.client.get("/control/caqh/received").json()["received"])


@pytest.fixture
def outside() -> Iterator[Caqh]:
    moment = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
    clock = PortalClock(lambda: moment)
    app = create_app(Settings(), clock)
    with TestClient(app) as client:
        yield Caqh(client, app.state.caqh, clock)


@pytest.fixture
def caqh(outside: Caqh) -> Caqh:
    outside.sign_in()
    return outside
