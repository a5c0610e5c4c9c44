import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.requests import Request
from starlette.types import Message, Receive, Scope, Send

from authwright_sandbox.faults import Failure, FaultMiddleware, Faults, HoldPoint, How
from authwright_sandbox.hub.web import is_page


def test_the_ordinary_profile_is_seeded_and_stays_within_a_fifth() -> None:
    def delays(seed: int) -> list[float]:
        faults = Faults((400, 100), seed)
        return [faults.delay(page=bool(number % 2)) for number in range(40)]

    assert delays(7) == delays(7) != delays(8)
    calls, pages = delays(7)[::2], delays(7)[1::2]
    assert all(0.08 <= delay <= 0.12 for delay in calls) and all(0.32 <= delay <= 0.48 for delay in pages)


def test_latency_comes_on_top() -> None:
    faults = Faults()
    assert faults.delay(page=True) == 0
    faults.latency_ms = 250
    assert faults.delay(page=False) == 0.25


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/hub/home", True),
        ("/hub/app/pages/services", True),
        ("/hub/app/api/procedures", False),
        ("/hub/static/hub.css", None),
    ],
)
def test_pages_calls_and_files(path: str, page: bool | None) -> None:
    assert is_page(path) is page


def test_failures_match_path_and_method_and_are_used_up() -> None:
    faults = Faults()
    faults.failures = [Failure("/hub/app/api/*", How.STATUS, times=2, method="POST"), Failure("*", How.DROP)]
    assert faults.take_failure("GET", "/hub/app/api/x") == Failure("*", How.DROP, times=0)
    assert faults.take_failure("GET", "/hub/app/api/x") is None
    assert faults.take_failure("POST", "/hub/home") is None
    assert [faults.take_failure("POST", "/hub/app/api/x") is None for _ in range(3)] == [False, False, True]


def test_a_hold_is_taken_at_its_point_only_and_once() -> None:
    faults = Faults()
    faults.hold_next(HoldPoint.AFTER)
    assert faults.take_hold(HoldPoint.BEFORE) is None
    assert faults.take_hold(HoldPoint.AFTER) is not None
    assert faults.take_hold(HoldPoint.AFTER) is None
    assert faults.release(accept=True) == 1
    assert faults.release(accept=True) == 0


async def _read_when_the_sender_is_gone() -> bytes:
    """A portal that reads what was posted only after its sender has gone; what it then has."""
    sent: list[Message] = [{"type": "http.request", "body": b"key=1", "more_body": False}]
    read = b""

    async def receive() -> Message:
        return sent.pop() if sent else {"type": "http.disconnect"}

    async def portal(scope: Scope, receive: Receive, send: Send) -> None:
        nonlocal read
        sent.clear()
        read = await Request(scope, receive).body()

    async def send(message: Message) -> None:
        return None

    scope = {"type": "http", "method": "POST", "path": "/sent", "headers": []}
    await FaultMiddleware(portal, Faults(), lambda path: None)(scope, receive, send)
    return read


def test_what_has_arrived_is_there_though_its_sender_is_gone() -> None:
    # a thread of its own: where Playwright was started in this process, a loop runs already
    with ThreadPoolExecutor(1) as apart:
        assert apart.submit(asyncio.run, _read_when_the_sender_is_gone()).result() == b"key=1"
