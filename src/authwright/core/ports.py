"""What the pure floors and the browser need from outside, as protocols. `app` injects adapters."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Intent:
    """That something which can't be taken back is about to be done.

    `submission` names one attempt at one request; `step_line` the SOP's sending step;
    `page_fingerprint` the hash of the review page's text; `lease_token` the fencing token of the
    portal account's lease. `outcome` is "" until it is known what came of it.
    """

    submission: str
    step_line: int
    page_fingerprint: str
    lease_token: int
    at: datetime
    outcome: str = ""


class IntentLog(Protocol):
    """Intents of one submission. Each call has taken effect durably when it returns."""

    def open_intent(self) -> Intent | None:
        """The intent without an outcome, if there is one: the request may be at the payer."""
        ...

    def record(self, *, step_line: int, page_fingerprint: str, at: datetime) -> None:
        """Write the intent down before the act. Raises LeaseLostError if the lease has passed on."""
        ...

    def resolve(self, outcome: str, *, at: datetime) -> None:
        """Write down what came of the open intent: "sent", "adopted" or "not-sent"."""
        ...


class EvidenceSink(Protocol):
    """Where proof goes: pictures, page texts, letters, files."""

    def keep(self, data: bytes, *, kind: str, name: str, note: str = "") -> str:
        """Store the bytes sealed and return their SHA-256 in hex."""
        ...


class Secrets(Protocol):
    def get(self, name: str) -> str:
        """The secret; raises KeyError with the name only, never with a value."""
        ...


class MailboxError(Exception):
    """The mailbox can't be read, or what came is no code; in words, without a secret."""


class Mailbox(Protocol):
    """Where a portal's one-time codes come by email. Both calls raise MailboxError."""

    def expect(self) -> None:
        """A code is about to be asked for: what is there already isn't it."""
        ...

    def newest_code(self) -> str:
        """The code in the newest message from the expected sender since then, "" while none has come.
        Each message is used once."""
        ...


class Sealer(Protocol):
    """Seals what must not be read from the database or disk: PHI, secrets, evidence.

    `place` says where a token lives (practice, table, column, row): a token that was moved to
    another place doesn't open. Opening raises SealError.
    """

    def seal(self, data: bytes, *, place: str) -> bytes: ...

    def unseal(self, token: bytes, *, place: str) -> bytes: ...

    def index(self, text: str, *, purpose: str) -> str:
        """A keyed hash in hex, by which an exact value is found again without being readable."""
        ...

    def index_all(self, text: str, *, purpose: str) -> tuple[str, ...]:
        """The keyed hash under every key of the ring, for look-ups while keys are being changed."""
        ...

    def derive(self, purpose: str) -> Mapping[str, bytes]:
        """Key id -> 32 bytes for one purpose, from every key of the ring; the active key first."""
        ...


class SealError(Exception):
    """A sealed value doesn't open: wrong key, changed, or moved from its place."""


@dataclass(frozen=True, slots=True)
class SealedSecret:
    """A secret as it is kept: sealed, with the person whose it is and what they permitted when.

    `permission` is in words, such as "may sign in to the hub for prior authorizations".
    """

    name: str
    owner: str
    permission: str
    permitted_on: date
    sealed: bytes


class SecretRows(Protocol):
    """Where one practice's sealed secrets are kept. Each call has taken effect when it returns."""

    practice: str

    def get(self, name: str) -> SealedSecret:
        """Raises KeyError with the name."""
        ...

    def put(self, secret: SealedSecret, *, actor: str, at: datetime) -> None: ...

    def remove(self, name: str, *, actor: str, at: datetime) -> None: ...

    def all(self) -> tuple[SealedSecret, ...]: ...


class LeaseLostError(Exception):
    """The portal account's lease has passed to another run: stop without acting."""
