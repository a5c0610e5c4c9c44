"""The tables. Every row of a practice carries `practice_id`, in its key and in every reference, so that
a row can't even point into another practice.

What is searched or sorted by stays plain: states, payers, dates. What names a patient is sealed (the
columns typed `bytes`) or a keyed hash (`*_hash`). Migrations make the tables; a test compares them.
"""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    MetaData,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """An aware datetime in UTC. SQLite keeps no zone, so it is put back on when read."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("the store takes aware datetimes only")
        in_utc = value.astimezone(UTC)
        return in_utc.replace(tzinfo=None) if dialect.name == "sqlite" else in_utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {datetime: Moment}  # noqa: RUF012


class PracticeRow(Base):
    """A tenant. The list of practices belongs to the installation and holds no PHI."""

    __tablename__ = "practices"
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    created_at: Mapped[datetime]


class HeartbeatRow(Base):
    """A worker's sign of life. A worker serves all practices, so it belongs to none."""

    __tablename__ = "heartbeats"
    executor: Mapped[str] = mapped_column(primary_key=True)
    started_at: Mapped[datetime]
    at: Mapped[datetime]


class Owned:
    """A row of one practice."""

    @declared_attr
    def practice_id(cls) -> Mapped[str]:
        return mapped_column(ForeignKey("practices.id"), primary_key=True, sort_order=-1)


def _to(table: str, column: str) -> ForeignKeyConstraint:
    """A reference that stays within the practice."""
    return ForeignKeyConstraint(["practice_id", column], [f"{table}.practice_id", f"{table}.id"])


def _index(name: str, *columns: str, unique_where: str = "") -> Index:
    """An index within the practice; `unique_where` makes it unique among the rows that it covers."""
    if not unique_where:
        return Index(name, "practice_id", *columns)
    where = text(unique_where)
    return Index(name, "practice_id", *columns, unique=True, sqlite_where=where, postgresql_where=where)


class OrderRow(Owned, Base):
    __tablename__ = "orders"
    __table_args__ = (
        UniqueConstraint("practice_id", "external_id"),
        _index("ix_orders_member", "member_hash"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    external_id: Mapped[str]
    source: Mapped[str]
    member_hash: Mapped[str]
    content_hash: Mapped[str]
    document: Mapped[bytes]
    received_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class CaseRow(Owned, Base):
    __tablename__ = "cases"
    __table_args__ = (
        _to("orders", "order_id"),
        _index("ix_cases_state", "state", "due_at"),
        _index("ix_cases_order", "order_id"),
        _index("ix_cases_member", "member_hash"),
        _index("ix_cases_service", "date_of_service"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    order_id: Mapped[str]
    state: Mapped[str]
    version: Mapped[int] = mapped_column()
    payer: Mapped[str]
    plan: Mapped[str]
    portal: Mapped[str]
    urgency: Mapped[str]
    date_of_service: Mapped[date | None]
    due_at: Mapped[datetime | None]
    member_hash: Mapped[str]
    document: Mapped[bytes]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class RequirementRow(Owned, Base):
    """What a line needs, as JSON of core.requirement.Requirement: it names no patient."""

    __tablename__ = "requirements"
    __table_args__ = (_to("cases", "case_id"), UniqueConstraint("practice_id", "case_id", "line", "coverage"))
    id: Mapped[str] = mapped_column(primary_key=True)
    case_id: Mapped[str]
    line: Mapped[int]
    coverage: Mapped[int]
    outcome: Mapped[str]
    verify: Mapped[bool]
    document: Mapped[str]
    at: Mapped[datetime]


class SubmissionRow(Owned, Base):
    __tablename__ = "submissions"
    __table_args__ = (
        _to("cases", "case_id"),
        UniqueConstraint("practice_id", "idempotency_key"),
        _index("ix_submissions_case", "case_id"),
        _index("ix_submissions_status", "status"),
        _index("ix_submissions_reference", "reference_hash"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    case_id: Mapped[str]
    idempotency_key: Mapped[str]
    purpose: Mapped[str]
    channel: Mapped[str]
    portal: Mapped[str]
    account: Mapped[str]
    workflow: Mapped[str]
    meaning_hash: Mapped[str]
    status: Mapped[str]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    reference_hash: Mapped[str]
    reference: Mapped[bytes | None]
    result: Mapped[bytes | None]


class IntentRow(Owned, Base):
    """At most one open intent for a submission: the database itself refuses a second one."""

    __tablename__ = "intents"
    __table_args__ = (
        _to("submissions", "submission_id"),
        _index("uq_intents_open", "submission_id", unique_where="outcome = ''"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    submission_id: Mapped[str]
    step_line: Mapped[int]
    page_fingerprint: Mapped[str]
    account: Mapped[str]
    lease_token: Mapped[int]
    at: Mapped[datetime]
    outcome: Mapped[str]
    resolved_at: Mapped[datetime | None]
    resolved_by: Mapped[str]


class DeterminationRow(Owned, Base):
    __tablename__ = "determinations"
    __table_args__ = (_to("cases", "case_id"), _index("ix_determinations_case", "case_id", "number"))
    id: Mapped[str] = mapped_column(primary_key=True)
    case_id: Mapped[str]
    submission_id: Mapped[str]
    number: Mapped[int]
    line: Mapped[int]
    status: Mapped[str]
    document: Mapped[bytes]
    at: Mapped[datetime]


class CertificationRow(Owned, Base):
    __tablename__ = "certifications"
    __table_args__ = (
        _to("cases", "case_id"),
        _index("ix_certifications_case", "case_id"),
        _index("ix_certifications_number", "number_hash"),
        _index("ix_certifications_member", "member_hash"),
        _index("ix_certifications_end", "end_on"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    case_id: Mapped[str | None]
    payer: Mapped[str]
    process: Mapped[str]
    status: Mapped[str]
    start_on: Mapped[date | None]
    end_on: Mapped[date | None]
    number_hash: Mapped[str]
    member_hash: Mapped[str]
    document: Mapped[bytes]
    at: Mapped[datetime]


class EvidenceRow(Owned, Base):
    """What was kept as proof. The bytes are in a sealed file that is named by `content_hash`."""

    __tablename__ = "evidence"
    __table_args__ = (
        _to("cases", "case_id"),
        _index("ix_evidence_case", "case_id"),
        _index("ix_evidence_content", "content_hash"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    case_id: Mapped[str | None]
    submission_id: Mapped[str]
    kind: Mapped[str]
    content_hash: Mapped[str]
    size: Mapped[int]
    label: Mapped[bytes]
    at: Mapped[datetime]


class WorkRow(Owned, Base):
    __tablename__ = "worklist"
    __table_args__ = (
        _to("cases", "case_id"),
        _index("ix_worklist_state", "state", "due_at"),
        _index("ix_worklist_case", "case_id"),
        _index("uq_worklist_open", "key", unique_where="state = 'open' AND key <> ''"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str]
    case_id: Mapped[str | None]
    kind: Mapped[str]
    queue: Mapped[str]
    assignee: Mapped[str]
    state: Mapped[str]
    words: Mapped[bytes]
    created_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    done_by: Mapped[str]


class LeaseRow(Owned, Base):
    """Sole use of one portal account. `token` only ever grows."""

    __tablename__ = "leases"
    account: Mapped[str] = mapped_column(primary_key=True)
    holder: Mapped[str]
    token: Mapped[int]
    expires_at: Mapped[datetime]


class DueRow(Owned, Base):
    __tablename__ = "due"
    __table_args__ = (
        _to("cases", "case_id"),
        _index("ix_due_due_at", "done_at", "due_at"),
        _index("uq_due_open", "key", unique_where="done_at IS NULL AND key <> ''"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str]
    kind: Mapped[str]
    case_id: Mapped[str | None]
    subject: Mapped[str]
    due_at: Mapped[datetime]
    claimed_by: Mapped[str]
    claimed_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]


class InsuranceNameRow(Owned, Base):
    """What a practice system calls an insurance, and what the practice said that it is."""

    __tablename__ = "insurance_names"
    folded: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    payer: Mapped[str]
    plan: Mapped[str]
    line_of_business: Mapped[str]
    funding: Mapped[str]
    answered_by: Mapped[str]
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]


class SecretRow(Owned, Base):
    __tablename__ = "secrets"
    name: Mapped[str] = mapped_column(primary_key=True)
    owner: Mapped[str]
    permission: Mapped[str]
    permitted_on: Mapped[date]
    sealed: Mapped[bytes]
    changed_at: Mapped[datetime]


class LedgerEntryRow(Owned, Base):
    """`case_id` is no foreign key: the chain outlives what it tells of."""

    __tablename__ = "ledger_entries"
    __table_args__ = (_index("ix_ledger_entries_case", "case_id"),)
    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor: Mapped[str]
    kind: Mapped[str]
    case_id: Mapped[str]
    payload: Mapped[bytes]
    payload_hash: Mapped[str]
    previous_hash: Mapped[str]
    hash: Mapped[str]


class LedgerHeadRow(Owned, Base):
    __tablename__ = "ledger_heads"
    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    hash: Mapped[str]
    at: Mapped[datetime]
    key_id: Mapped[str]
    signature: Mapped[bytes]


def tables_of_practices() -> tuple[str, ...]:
    """The names of all tables whose rows belong to a practice."""
    mappers: list[Any] = list(Base.registry.mappers)
    return tuple(sorted(m.local_table.name for m in mappers if issubclass(m.class_, Owned)))
