"""What is sent while a test holds the payer's hand, against the real server."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from authwright_sandbox import totp
from authwright_sandbox.united.portal import DEFAULT_ACCOUNT

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
    "procedures": [{"code": "73720", "modifier": "", "units": "1"}],
    "requesting": {"npi": "1234567893"},
    "servicing": {"npi": "1881234565"},
    "facility": {"npi": "1992345672"},
    "contact_name": "Dana Whitfield",
    "contact_phone": "404-555-0142",
}


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


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    command = [sys.executable, "-m", "authwright_sandbox", "--settle-seconds", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield json.loads(process.stdout.readline())["url"]
        process.terminate()


@pytest.fixture
def desk(url: str) -> Desk:
    httpx.post(f"{url}/control/united/reset")
    return Desk(url)


def test_the_payer_takes_a_request_whose_sender_is_gone(desk: Desk) -> None:
    desk.control("faults", hold_next="before-accept")
    with pytest.raises(httpx.ReadTimeout):
        desk.client.post("/api/requests", json=FORM, timeout=0.5)
    assert desk.wait("submit-held") and desk.kinds() == []
    desk.control("release", accept=True)
    assert desk.wait("submit-accepted") and desk.kinds() == ["submit"]


@pytest.mark.parametrize(("point", "kinds"), [("before-accept", []), ("after-accept", ["submit"])])
def test_a_held_request_can_be_cut_off(desk: Desk, point: str, kinds: list[str]) -> None:
    desk.control("faults", hold_next=point)
    with ThreadPoolExecutor() as pool:
        sending = pool.submit(desk.post, "requests", **FORM)
        assert desk.wait("submit-held")
        desk.control("release", accept=False)
        with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
            sending.result(timeout=15)
    assert desk.kinds() == kinds


def test_a_change_is_held_as_a_request_is(desk: Desk) -> None:
    number = desk.post("requests", **FORM).json()["number"]
    desk.control("faults", hold_next="before-accept")
    with ThreadPoolExecutor() as pool:
        sending = pool.submit(desk.post, f"requests/{number}/cancel", reason="Submitted in error")
        assert desk.wait("submit-held") and desk.kinds() == ["submit"]
        desk.control("release", accept=True)
        assert sending.result(timeout=15).json()["status"] == "Cancelled"
    assert desk.kinds() == ["submit", "cancel"]
