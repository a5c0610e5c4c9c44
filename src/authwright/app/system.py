"""The machine's own clock and randomness: the only place where they are taken and not passed in."""

import os
import socket
import uuid
from datetime import UTC, datetime


class SystemClock:
    """A core.clock.Clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


def new_worker_id() -> str:
    """New for each start, so that no two starts are ever taken for one another."""
    return f"worker-{socket.gethostname()}-{os.getpid()}-{uuid.uuid4().hex[:8]}"
