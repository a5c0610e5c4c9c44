"""What is sent while a test holds the payer's hand, against the real server."""

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from authwright_sandbox import totp
from authwright_sandbox.united.portal import DEFAULT_ACCOUNT
from tests.unit.sandbox.united.conftest import FORM

REQUEST = FORM | {"procedures": [{"code": "73720", "modifier": "", "units": "1"}]}


class Desk:
    """A signed-in client of a sandbox process."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.client = httpx.Client(base_url=f"{url}/united", follow_redirects=True, timeout=20)
        self.control("faults", allow_code_reuse=True)
        self.client.post("/username", data={"username": DEFAULT_ACCOUNT.user})
        self.client.post("/password", data={"password": DEFAULT_ACCOUNT.password})
        code = totp.code_at(totp.decode_secret(DEFAULT_ACCOUNT.totp_secret), time.time())
        self.client.post("/verify", data={"code": code})
        self.client.post("/api/represent", json={"provider": DEFAULT_ACCOUNT.organizations[0]})

    def control(self, path: str, **data: Any) -> Any:
        return httpx.post(f"{self.url}/control/united/{path}", json=data).json()

    def wait(self, event: str) -> bool:
        asked = {"event": event, "timeout": 15}
        answer = httpx.get(f"{self.url}/control/united/wait", params=asked, timeout=20)
        return bool(answer.json()["reached"])

    def kinds(self) -> list[str]:
        received = httpx.get(f"{self.url}/control/united/received").json()["received"]
        return [entry["kind"] for entry in received]

    def post(self, path: str, **data: Any) -> Any:
        return self.client.post(f"/api/{path}", json=data)


@pytest.fixture
def desk(url: str) -> Desk:
    httpx.post(f"{url}/control/united/reset")
    return Desk(url)


def test_the_payer_takes_a_request_whose_sender_is_gone(desk: Desk) -> None:
    desk.control("faults", hold_next="before-accept")
    with pytest.raises(httpx.ReadTimeout):
        desk.client.post("/api/requests", json=REQUEST, timeout=0.5)
    assert desk.wait("submit-held") and desk.kinds() == []
    desk.control("release", accept=True)
    assert desk.wait("submit-accepted") and desk.kinds() == ["submit"]


@pytest.mark.parametrize(("point", "kinds"), [("before-accept", []), ("after-accept", ["submit"])])
def test_a_held_request_can_be_cut_off(desk: Desk, point: str, kinds: list[str]) -> None:
    desk.control("faults", hold_next=point)
    with ThreadPoolExecutor() as pool:
        sending = pool.submit(desk.post, "requests", **REQUEST)
        assert desk.wait("submit-held")
        desk.control("release", accept=False)
        with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
            sending.result(timeout=15)
    assert desk.kinds() == kinds


def test_a_change_is_held_as_a_request_is(desk: Desk) -> None:
    number = desk.post("requests", **REQUEST).json()["number"]
    desk.control("faults", hold_next="before-accept")
    with ThreadPoolExecutor() as pool:
        sending = pool.submit(desk.post, f"requests/{number}/cancel", reason="Submitted in error")
        assert desk.wait("submit-held") and desk.kinds() == ["submit"]
        desk.control("release", accept=True)
        assert sending.result(timeout=15).json()["status"] == "Cancelled"
    assert desk.kinds() == ["submit", "cancel"]
