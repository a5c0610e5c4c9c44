"""Faults that tests inject: delays, failures, lost connections, held submissions."""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatch
from typing import Any, Self

from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from authwright_sandbox.events import EventLog

TRANSPORT = "authwright_sandbox.transport"


class How(StrEnum):
    STATUS = "status"
    DROP = "drop"
    ACCEPT_THEN_DROP = "accept-then-drop"


@dataclass(slots=True)
class Failure:
    """The next `times` requests whose path matches (shell-style wildcards) and whose method is
    `method` ("" for any) fail."""

    path: str
    how: How
    status: int = 503
    times: int = 1
    method: str = ""

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        return cls(
            str(data["path"]),
            How(data.get("how", "status")),
            int(data.get("status", 503)),
            int(data.get("times", 1)),
            str(data.get("method", "")).upper(),
        )


class HoldPoint(StrEnum):
    """Where a submission is held: when it has arrived, or when the payer has accepted it."""

    BEFORE = "before-accept"
    AFTER = "after-accept"


class Hold:
    """The next submission waits at `point` until it is released."""

    def __init__(self, point: HoldPoint) -> None:
        self.point = point
        self.accept = True
        self._released = asyncio.Event()

    def release(self, accept: bool) -> None:
        self.accept = accept
        self._released.set()

    async def wait(self) -> bool:
        """True if the payer shall accept (or has accepted) the submission."""
        await self._released.wait()
        return self.accept


class Faults:
    """`profile` is the portal's ordinary slowness in milliseconds (page, call), with a seeded jitter
    of a fifth; `latency_ms` comes on top of it."""

    def __init__(self, profile: tuple[int, int] = (0, 0), seed: int = 7) -> None:
        self.profile = profile
        self._seed = seed
        self.reset()

    def reset(self) -> None:
        self.latency_ms = 0
        self.keep_alive = False
        self.failures: list[Failure] = []
        self.next_hold: Hold | None = None
        self.held: list[Hold] = []
        self._random = random.Random(self._seed)

    def delay(self, page: bool) -> float:
        """Seconds to wait before answering."""
        base = self.profile[0 if page else 1]
        return (base * self._random.uniform(0.8, 1.2) + self.latency_ms) / 1000

    def take_failure(self, method: str, path: str) -> Failure | None:
        for failure in self.failures:
            if fnmatch(path, failure.path) and failure.method in ("", method):
                failure.times -= 1
                if failure.times <= 0:
                    self.failures.remove(failure)
                return failure
        return None

    def hold_next(self, point: HoldPoint) -> None:
        self.next_hold = Hold(point)

    def take_hold(self, point: HoldPoint) -> Hold | None:
        """The hold that waits for a submission here, if there is one; from now on it is taken."""
        hold = self.next_hold
        if hold is None or hold.point is not point:
            return None
        self.next_hold = None
        self.held.append(hold)
        return hold

    async def passes(self, point: HoldPoint, events: EventLog) -> bool:
        """Waits where a test holds what was sent; False if the connection shall be cut here."""
        hold = self.take_hold(point)
        if hold is None:
            return True
        events.add("submit-held", point=point)
        return await hold.wait()

    def release(self, accept: bool) -> int:
        """Lets everything that is held go on; returns how many were held."""
        held, self.held = self.held, []
        for hold in held:
            hold.release(accept)
        return len(held)


class DropResponse(Response):
    """No answer at all: the connection is cut."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await drop_connection(scope, receive)


async def drop_connection(scope: Scope, receive: Receive) -> None:
    """Cuts the connection under the request. Raises ConnectionResetError where there is none to cut
    (an application called in process)."""
    transport = scope.get(TRANSPORT)
    if transport is None:
        raise ConnectionResetError("the portal dropped the connection")
    transport.abort()
    # Until the server has noticed it would answer 500 in our place.
    while (await receive())["type"] != "http.disconnect":
        pass


class FaultMiddleware:
    """Delays and fails requests before (or after) the portal sees them. `is_page` says of a path
    whether it is a page (True), a call (False) or nothing to slow down (None)."""

    def __init__(self, app: ASGIApp, faults: Faults, is_page: Callable[[str], bool | None]) -> None:
        self.app, self.faults, self.is_page = app, faults, is_page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        heard = await _arrived(receive)
        page = self.is_page(scope["path"])
        if page is not None:
            await asyncio.sleep(self.faults.delay(page))
        failure = self.faults.take_failure(scope["method"], scope["path"])
        if failure is None:
            await self.app(scope, heard, send if self.faults.keep_alive else _closing(send))
        elif failure.how is How.STATUS:
            text = f"The service is not available ({failure.status}). Try again later."
            await PlainTextResponse(text, failure.status)(scope, receive, send)
        else:
            if failure.how is How.ACCEPT_THEN_DROP:
                await self.app(scope, heard, _swallow)
            await drop_connection(scope, receive)


async def _arrived(receive: Receive) -> Receive:
    """The request as it came in, in full: a portal that takes its time has it, though the sender may be
    gone by then."""
    messages = [await receive()]
    while messages[-1].get("more_body"):
        messages.append(await receive())
    messages.reverse()

    async def heard() -> Message:
        return messages.pop() if messages else await receive()

    return heard


def _closing(send: Send) -> Send:
    """Answers with "Connection: close". Chromium sends a request again by itself, even a POST, when a
    connection that it used before is cut without an answer; on a fresh one it reports the loss."""

    async def closing(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message.get("headers", ()), (b"connection", b"close")]}
        await send(message)

    return closing


async def _swallow(message: Message) -> None:
    return None
