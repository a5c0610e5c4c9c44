"""When a page is quiet: nothing that matters is on its way, and the DOM has been still for a moment.

Bounded: a page that never rests (a clock, a poll) counts as quiet after `MOST_RESTLESS` seconds
without anything on its way.
"""

import time
from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, Request

STILL_MS = 40.0
MOST_RESTLESS = 3.0
MOST_PENDING = 30.0
_MATTERS = frozenset({"document", "script", "stylesheet", "xhr", "fetch"})


@dataclass(eq=False)  # no slots: Playwright marks the owners of its handlers
class Traffic:
    """The requests of a context that are on their way, with when each began."""

    pending: dict[Request, float] = field(default_factory=dict)

    def watch(self, context: BrowserContext) -> None:
        context.on("request", self._began)
        context.on("requestfinished", self._ended)
        context.on("requestfailed", self._ended)

    def _began(self, request: Request) -> None:
        if request.resource_type in _MATTERS:
            self.pending[request] = time.monotonic()

    def _ended(self, request: Request) -> None:
        self.pending.pop(request, None)

    def busy(self) -> bool:
        """Whether an answer is awaited; one that takes longer than `MOST_PENDING` no longer counts."""
        now = time.monotonic()
        return any(now - began < MOST_PENDING for began in self.pending.values())
