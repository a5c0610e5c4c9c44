"""The ports of core as a run sees them: each call is a transaction of its own, committed on return."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from authwright.core.clock import Clock
from authwright.core.ports import Intent, SealedSecret
from authwright.store.leases import Lease

if TYPE_CHECKING:
    from authwright.store.store import Store


class StoredIntents:
    """A core.ports.IntentLog."""

    def __init__(self, store: Store, practice: str, submission: str, lease: Lease) -> None:
        self._store, self._practice, self._submission, self._lease = store, practice, submission, lease

    def open_intent(self) -> Intent | None:
        with self._store.practice(self._practice, read_only=True) as session:
            return session.intents.open_of(self._submission)

    def record(self, *, step_line: int, page_fingerprint: str, at: datetime) -> None:
        with self._store.practice(self._practice) as session:
            session.intents.record(
                self._submission, self._lease, step_line=step_line, page_fingerprint=page_fingerprint, at=at
            )

    def resolve(self, outcome: str, *, at: datetime) -> None:
        """That something was sent stays true without the lease. That it was not is the word of whoever
        holds the account now: a run that lost it can't know what came after."""
        with self._store.practice(self._practice) as session:
            if outcome == "not-sent":
                session.leases.check(self._lease.account, self._lease.token, at=at)
            session.intents.resolve(self._submission, outcome, actor=self._lease.holder, at=at)


class StoringSink:
    """A core.ports.EvidenceSink."""

    def __init__(
        self, store: Store, practice: str, clock: Clock, actor: str, case_id: str, submission_id: str
    ) -> None:
        self._store, self._practice, self._clock = store, practice, clock
        self._actor, self._case_id, self._submission_id = actor, case_id, submission_id

    def keep(self, data: bytes, *, kind: str, name: str, note: str = "") -> str:
        with self._store.practice(self._practice) as session:
            return session.evidence.keep(
                data,
                kind=kind,
                name=name,
                note=note,
                actor=self._actor,
                at=self._clock.now(),
                case_id=self._case_id,
                submission_id=self._submission_id,
            )


class StoredSecrets:
    """A core.ports.SecretRows."""

    def __init__(self, store: Store, practice: str) -> None:
        self._store, self.practice = store, practice

    def get(self, name: str) -> SealedSecret:
        with self._store.practice(self.practice, read_only=True) as session:
            return session.secrets.get(name)

    def put(self, secret: SealedSecret, *, actor: str, at: datetime) -> None:
        with self._store.practice(self.practice) as session:
            session.secrets.put(secret, actor=actor, at=at)

    def remove(self, name: str, *, actor: str, at: datetime) -> None:
        with self._store.practice(self.practice) as session:
            session.secrets.remove(name, actor=actor, at=at)

    def all(self) -> tuple[SealedSecret, ...]:
        with self._store.practice(self.practice, read_only=True) as session:
            return session.secrets.all()
