"""Keeps the hub's requests in a JSON file over a restart."""

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from authwright_sandbox.hub.portal import HubPortal
from authwright_sandbox.hub.requests import Request, Submission
from authwright_sandbox.hub.rules import Turn


class Memory:
    """Reads the file, if it is there, into the portal; every change of it writes it anew."""

    def __init__(self, path: Path, hub: HubPortal) -> None:
        self._path, self._hub = path, hub
        if path.exists():
            data = json.loads(path.read_text(encoding="utf-8"))
            hub.requests = [_request(item) for item in data["requests"]]
            hub.received = data["received"]
        hub.on_change = self.save

    def save(self) -> None:
        data = {
            "requests": [_to_json(request) for request in self._hub.requests],
            "received": self._hub.received,
        }
        fresh = self._path.with_suffix(self._path.suffix + ".new")
        fresh.write_text(json.dumps(data), encoding="utf-8")
        fresh.replace(self._path)


def _to_json(request: Request) -> dict[str, Any]:
    return {
        "number": request.number,
        "organization": request.organization,
        "accepted_at": request.accepted_at.isoformat(),
        "payload": request.submission.payload,
        "courses": [[asdict(turn) for turn in course] for course in request.courses],
        "cancelled_at": request.cancelled_at and request.cancelled_at.isoformat(),
    }


def _request(data: dict[str, Any]) -> Request:
    cancelled = data["cancelled_at"]
    return Request(
        data["number"],
        data["organization"],
        datetime.fromisoformat(data["accepted_at"]),
        Submission.from_payload(data["payload"]),
        tuple(tuple(Turn.from_json(turn) for turn in course) for course in data["courses"]),
        datetime.fromisoformat(cancelled) if cancelled else None,
    )
