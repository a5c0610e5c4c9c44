"""The sandbox portal as a process of its own, and the calls by which the demo sets its stage."""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

_STOP_SECONDS = 5


class SandboxError(Exception):
    """The sandbox did not start; the text says what it printed."""


@dataclass(frozen=True, slots=True)
class Sandbox:
    """`hub_url` is the portal's own address; `control_url` sets the stage and tells what was received."""

    hub_url: str
    control_url: str

    def tell(self, call: str, body: Mapping[str, Any]) -> None:
        httpx.post(f"{self.control_url}hub/{call}", json=body, timeout=10).raise_for_status()

    def ask(self, call: str) -> Any:
        answer = httpx.get(f"{self.control_url}hub/{call}", timeout=10)
        answer.raise_for_status()
        return answer.json()


@contextmanager
def sandbox(log: Path, *, profile: str = "none") -> Iterator[Sandbox]:
    """Start the sandbox on a free port, and stop it at the end. Raises SandboxError."""
    command = [sys.executable, "-m", "authwright_sandbox", "--profile", profile, "--settle-seconds", "2"]
    with log.open("wb") as errors:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors)
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            if not line.strip():
                raise SandboxError(f"the sandbox portal did not start; {log} says why")
            addresses = json.loads(line)
            yield Sandbox(addresses["portals"]["hub"], addresses["control"])
        finally:
            process.terminate()
            try:
                process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
