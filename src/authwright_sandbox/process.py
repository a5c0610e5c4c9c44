"""The portals as a process of their own, and each one's control address: for tests and benchmarks."""

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

PATIENCE = 40.0  # seconds until something that is waited for must have happened
_ANSWERS_WITHIN = 10.0


@dataclass(frozen=True)
class Portal:
    """`url` is where a person begins, `control` where its control calls are; both end in a slash."""

    url: str
    control: str

    def get(self, call: str, timeout: float = _ANSWERS_WITHIN) -> Any:
        with urllib.request.urlopen(f"{self.control}{call}", timeout=timeout) as answer:
            return json.load(answer)

    def post(self, call: str, **body: Any) -> Any:
        """Raises HTTPError where the portal has no such call or the body is wrong."""
        headers = {"content-type": "application/json"}
        request = urllib.request.Request(f"{self.control}{call}", json.dumps(body).encode(), headers)
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return json.load(answer)

    def received(self) -> list[dict[str, Any]]:
        """What was sent to the payer, in order."""
        return list(self.get("received")["received"])

    def held(self, **fits: str) -> dict[str, Any]:
        """The newest request at the payer with these values."""
        every = self.get("requests")["requests"]
        return dict([each for each in every if all(each[key] == value for key, value in fits.items())][-1])

    def happened(self, event: str, count: int = 1, patience: float = PATIENCE) -> bool:
        """Waits until the event has come `count` times since the last reset; False: it did not."""
        call = f"wait?event={event}&count={count}&timeout={patience:.0f}"
        return bool(self.get(call, patience + _ANSWERS_WITHIN)["reached"])

    def count(self, event: str) -> int:
        """How often it has come since the last reset."""
        return len(self.get(f"events?event={event}")["events"])


@dataclass(frozen=True)
class Sandbox:
    """`told` is the line of JSON with which the process begins."""

    told: dict[str, Any]

    @property
    def url(self) -> str:
        """Without a slash at its end."""
        return str(self.told["url"])

    def portal(self, name: str) -> Portal:
        return Portal(self.told["portals"][name], f"{self.told['control']}{name}/")


@contextmanager
def started(*options: str) -> Iterator[Sandbox]:
    """`python -m authwright_sandbox` with these options, until the end of the block."""
    command = [sys.executable, "-m", "authwright_sandbox", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield Sandbox(json.loads(process.stdout.readline()))
        finally:
            process.terminate()
