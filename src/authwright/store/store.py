"""The store as a whole: practices, a session for each transaction, and the ports that runs use."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from authwright.core.clock import Clock
from authwright.core.ports import EvidenceSink, IntentLog, Sealer, SecretRows
from authwright.store import rotation, schema
from authwright.store.cases import Cases
from authwright.store.certifications import Certifications
from authwright.store.database import begin_for, connect
from authwright.store.determinations import Determinations
from authwright.store.due import Due
from authwright.store.evidence import Evidence, EvidenceFiles
from authwright.store.insurance_names import InsuranceNames
from authwright.store.intents import Intents
from authwright.store.leases import Lease, Leases
from authwright.store.ledger import Ledger
from authwright.store.models import PracticeRow
from authwright.store.orders import Orders
from authwright.store.ports import StoredIntents, StoredSecrets, StoringSink
from authwright.store.requirements import Requirements
from authwright.store.secrets import SealedSecrets
from authwright.store.submissions import Submissions
from authwright.store.transaction import BoundSession, StoreError, Transaction
from authwright.store.workers import Workers
from authwright.store.worklist import Worklist

_writing: ContextVar[bool] = ContextVar("authwright_store_writing", default=False)


class UnknownPracticeError(StoreError):
    """There is no practice of that name."""


@dataclass(frozen=True, slots=True)
class Practice:
    id: str
    name: str


class PracticeSession:
    """One transaction of one practice, with what it may see and do."""

    def __init__(self, tx: Transaction, files: EvidenceFiles) -> None:
        self.practice, self.transaction = tx.practice, tx
        self.orders = Orders(tx)
        self.cases = Cases(tx)
        self.requirements = Requirements(tx)
        self.submissions = Submissions(tx)
        self.intents = Intents(tx)
        self.leases = Leases(tx)
        self.determinations = Determinations(tx)
        self.certifications = Certifications(tx)
        self.evidence = Evidence(tx, files)
        self.worklist = Worklist(tx)
        self.due = Due(tx)
        self.insurance_names = InsuranceNames(tx)
        self.secrets = SealedSecrets(tx)
        self.ledger = Ledger(tx)


class Store:
    def __init__(
        self, engine: Engine, sealer: Sealer, files: EvidenceFiles, new_id: Callable[[], str]
    ) -> None:
        self._engine, self._sealer, self._files, self._new_id = engine, sealer, files, new_id
        self.workers = Workers(engine)

    @contextmanager
    def practice(self, practice_id: str, *, read_only: bool = False) -> Iterator[PracticeSession]:
        """One transaction: committed at the end of the block, undone if the block raises.

        Raises UnknownPracticeError. A reading session never waits for a writing one; a writing one
        within another would wait for itself, so it raises StoreError.
        """
        if read_only:
            with self._session(practice_id, read_only=True) as session:
                yield session
            return
        if _writing.get():
            raise StoreError("a writing session is open here already: use that one, or end it first")
        mark = _writing.set(True)
        try:
            with self._session(practice_id, read_only=False) as session:
                yield session
        finally:
            _writing.reset(mark)

    @contextmanager
    def _session(self, practice_id: str, *, read_only: bool) -> Iterator[PracticeSession]:
        bind = self._engine.execution_options(authwright_read_only=read_only)
        with BoundSession(bind, practice_id, read_only=read_only) as sql, sql.begin():
            connection = sql.connection()
            begin_for(connection, practice_id, read_only=read_only)
            known = select(PracticeRow.id).where(PracticeRow.id == practice_id)
            if connection.scalar(known) is None:
                raise UnknownPracticeError(f"no practice {practice_id!r}")
            tx = Transaction(sql, self._sealer, self._new_id)
            yield PracticeSession(tx, self._files)
            tx.finish()

    def add_practice(self, practice_id: str, name: str, *, at: datetime) -> Practice:
        """A new tenant. `practice_id` is chosen by the owner, such as "northside-ortho"."""
        if not practice_id.strip():
            raise StoreError("a practice needs an id")
        with Session(self._engine) as sql, sql.begin():
            if sql.get(PracticeRow, practice_id) is not None:
                raise StoreError(f"there is a practice {practice_id!r} already")
            sql.add(PracticeRow(id=practice_id, name=name, created_at=at))
        return Practice(practice_id, name)

    def practices(self) -> tuple[Practice, ...]:
        """Every tenant, by id."""
        with Session(self._engine.execution_options(authwright_read_only=True)) as sql:
            rows = sql.scalars(select(PracticeRow).order_by(PracticeRow.id))
            return tuple(Practice(row.id, row.name) for row in rows)

    def intent_log(self, practice_id: str, submission_id: str, lease: Lease) -> IntentLog:
        """The intents of one submission for a run that holds `lease`."""
        return StoredIntents(self, practice_id, submission_id, lease)

    def evidence_sink(
        self, practice_id: str, clock: Clock, *, actor: str, case_id: str = "", submission_id: str = ""
    ) -> EvidenceSink:
        """Where a run puts what it has seen."""
        return StoringSink(self, practice_id, clock, actor, case_id, submission_id)

    def secret_rows(self, practice_id: str) -> SecretRows:
        """What the vault's SecretBook keeps a practice's secrets in."""
        return StoredSecrets(self, practice_id)

    def seal_anew(self, practice_id: str) -> int:
        """After a change of keys: seal all that the practice has, but its secrets, under the active
        key. How many values. One transaction for each column; it may be broken off and done again.

        On PostgreSQL the owner of the tables does this: the program's role can't change the ledger.
        """
        count = 0
        for model, key, column in rotation.SEALED:
            with self.practice(practice_id) as session:
                count += rotation.seal_rows_anew(session.transaction, model, key, column)
        with self.practice(practice_id, read_only=True) as session:
            return count + rotation.seal_files_anew(session.transaction, self._files)

    def close(self) -> None:
        self._engine.dispose()


def open_store(
    url: str,
    sealer: Sealer,
    evidence_folder: Path,
    *,
    new_id: Callable[[], str] = lambda: uuid.uuid4().hex,
    migrate: bool = False,
) -> Store:
    """The store at `url` (`sqlite:///...` or `postgresql://...`).

    With `migrate` the tables are made or brought up to date first; without, a database of another
    version raises schema.SchemaError.
    """
    if migrate:
        schema.upgrade(url)
    engine = connect(url)
    schema.check(engine)
    return Store(engine, sealer, EvidenceFiles(evidence_folder, sealer), new_id)
