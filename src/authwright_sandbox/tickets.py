"""One portal hands a signed-in user over to another: signed tickets, good once and for a minute."""

import hashlib
import hmac
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from authwright_sandbox.clock import real_now

SECONDS = 60


@dataclass(frozen=True, slots=True)
class Holder:
    user: str
    organization: str


@dataclass(slots=True)
class Tickets:
    """Shared by the portal that signs and the one that takes."""

    real: Callable[[], datetime] = real_now
    key: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    used: set[str] = field(default_factory=set)

    def issue(self, holder: Holder) -> str:
        told = [holder.user, holder.organization, self.real().timestamp(), secrets.token_hex(8)]
        body = urlsafe_b64encode(json.dumps(told).encode()).decode()
        return f"{body}.{self._sign(body)}"

    def take(self, ticket: str) -> Holder | None:
        """Who holds it; None for a forged, an old or a used ticket."""
        body, _, signature = ticket.rpartition(".")
        if not hmac.compare_digest(signature, self._sign(body)) or ticket in self.used:
            return None
        user, organization, at, _ = json.loads(urlsafe_b64decode(body))
        if self.real().timestamp() - at > SECONDS:
            return None
        self.used.add(ticket)
        return Holder(user, organization)

    def _sign(self, body: str) -> str:
        return hmac.new(self.key, body.encode(), hashlib.sha256).hexdigest()
