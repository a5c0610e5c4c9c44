"""What happened at a portal, in order, with a way for tests to wait for it."""

import asyncio
import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from authwright_sandbox.clock import real_now


@dataclass(frozen=True, slots=True)
class Event:
    """`at` is real time, ISO 8601 in UTC."""

    sequence: int
    name: str
    at: str
    detail: dict[str, Any] = field(default_factory=dict)


class EventLog:
    """Events since the last reset; each is also a JSON line of the log file, if there is one."""

    def __init__(self, log_file: Path | None = None) -> None:
        self.events: list[Event] = []
        self._waiters: set[asyncio.Event] = set()
        self._log_file = log_file

    def add(self, name: str, **detail: Any) -> Event:
        at: datetime = real_now()
        event = Event(len(self.events) + 1, name, at.isoformat(), detail)
        self.events.append(event)
        if self._log_file is not None:
            with self._log_file.open("a", encoding="utf-8") as out:
                out.write(json.dumps(asdict(event)) + "\n")
        for waiter in self._waiters:
            waiter.set()
        return event

    def named(self, name: str) -> list[Event]:
        return [event for event in self.events if not name or event.name == name]

    def clear(self) -> None:
        self.events.clear()

    async def wait_for(self, name: str, count: int, timeout: float) -> bool:
        """True as soon as `count` events of this name have happened, False after `timeout` seconds."""
        waiter = asyncio.Event()
        self._waiters.add(waiter)
        try:
            async with asyncio.timeout(timeout):
                while len(self.named(name)) < count:
                    waiter.clear()
                    await waiter.wait()
            return True
        except TimeoutError:
            return False
        finally:
            self._waiters.discard(waiter)
