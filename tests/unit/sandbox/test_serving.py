"""Against the real server: what only a real connection can show."""

import asyncio
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

SUBMIT = "/hub/app/api/requests"


class Desk:
    """A signed-in client of a sandbox process."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.client = httpx.Client(base_url=url, follow_redirects=True, timeout=20)
        self.control("faults", allow_code_reuse=True)
        self.client.post("/hub/sign-in", data={"user": "specialist", "password": "practice-Day1"})
        code = totp.code_at(totp.decode_secret("JBSWY3DPEHPK3PXP"), time.time())
        self.client.post("/hub/code", data={"code": code})
        self.client.post("/hub/organization", data={"organization": "Maple Street Orthopedics"})

    def control(self, path: str, **data: Any) -> Any:
        return httpx.post(f"{self.url}/control/hub/{path}", json=data).json()

    def wait(self, event: str, count: int = 1) -> bool:
        asked = {"event": event, "count": count, "timeout": 15}
        return bool(httpx.get(f"{self.url}/control/hub/wait", params=asked, timeout=20).json()["reached"])

    def results(self) -> list[str]:
        received = httpx.get(f"{self.url}/control/hub/received").json()["received"]
        return [entry["result"] for entry in received]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    command = [sys.executable, "-m", "authwright_sandbox", "--settle-seconds", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        where = json.loads(process.stdout.readline())
        assert where["portals"]["hub"] == f"{where['url']}/hub/"
        yield where["url"]
        process.terminate()
    assert process.returncode in (0, -15)


@pytest.fixture
def desk(url: str) -> Desk:
    httpx.post(f"{url}/control/hub/reset")
    return Desk(url)


def test_a_dropped_submission_is_not_received(desk: Desk, hub: Any) -> None:
    desk.control("faults", fail_next={"path": SUBMIT, "how": "drop"})
    with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
        desk.client.post(SUBMIT, json=hub.payload("72148"))
    assert desk.results() == []
    assert desk.client.post(SUBMIT, json=hub.payload("72148")).status_code == 200
    assert desk.results() == ["answered"]


def test_a_submission_can_be_accepted_and_its_answer_lost(desk: Desk, hub: Any) -> None:
    desk.control("faults", fail_next={"path": SUBMIT, "how": "accept-then-drop"})
    with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
        desk.client.post(SUBMIT, json=hub.payload("72148"))
    assert desk.results() == ["answered"]
    assert "Duplicate request" in desk.client.post(SUBMIT, json=hub.payload("72148")).text


@pytest.mark.parametrize(("point", "held"), [("before-accept", []), ("after-accept", ["answered"])])
def test_a_submission_is_held_until_it_is_released(desk: Desk, hub: Any, point: str, held: list[str]) -> None:
    desk.control("faults", hold_next=point)
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(desk.client.post, SUBMIT, json=hub.payload("72148"))
        assert desk.wait("submit-held")
        assert desk.results() == held and not answer.done()
        assert desk.control("release") == {"released": 1}
        assert "Certified in Total" in answer.result().text
    assert desk.results() == ["answered"]


@pytest.mark.parametrize(("accept", "results"), [(True, ["answered"]), (False, [])])
def test_a_held_submission_outlives_its_client(
    desk: Desk, hub: Any, accept: bool, results: list[str]
) -> None:
    desk.control("faults", hold_next="before-accept")

    async def send_and_die() -> None:
        cookies = dict(desk.client.cookies)
        async with httpx.AsyncClient(base_url=desk.url, cookies=cookies) as client:
            sending = asyncio.create_task(client.post(SUBMIT, json=hub.payload("72148")))
            assert await asyncio.to_thread(desk.wait, "submit-held")
            sending.cancel()

    # In a thread of its own: a browser test before this one may have left an event loop in the main thread.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, send_and_die()).result()
    assert desk.results() == []
    assert desk.control("release", accept=accept) == {"released": 1}
    assert desk.wait("submit-accepted" if accept else "submit-dropped")
    assert desk.results() == results
