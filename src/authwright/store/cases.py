"""Cases: where each stands, and every move as a ledger entry in the same transaction."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm.exc import StaleDataError

from authwright.cases import states
from authwright.cases.states import Event, State
from authwright.store.models import CaseRow
from authwright.store.transaction import LostUpdateError, Transaction


@dataclass(frozen=True, slots=True)
class Case:
    """`version` grows with every change; give it back to be refused when someone was faster."""

    id: str
    order_id: str
    state: State
    version: int
    payer: str
    plan: str
    portal: str
    urgency: str
    date_of_service: date | None
    due_at: datetime | None
    created_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What a case is searched and sorted by; none of it names the patient."""

    payer: str = ""
    plan: str = ""
    portal: str = ""
    urgency: str = "standard"
    date_of_service: date | None = None
    due_at: datetime | None = None


class Cases:
    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def open(
        self,
        order_id: str,
        document: Mapping[str, Any],
        facts: CaseFacts,
        *,
        member_id: str = "",
        actor: str,
        at: datetime,
    ) -> Case:
        """A new case in state draft. `document` is the request as nested JSON data (CASE.json's shape)."""
        case_id = self._tx.new_id()
        row = CaseRow(
            id=case_id,
            order_id=order_id,
            state=State.DRAFT,
            member_hash=self._tx.index("member", member_id),
            document=self._tx.seal("cases.document", case_id, (member_id, document)),
            created_at=at,
            changed_at=at,
        )
        _put_facts(row, facts)
        self._tx.sql.add(row)
        self._tx.sql.flush()
        self._tx.log("case.opened", actor=actor, at=at, case=case_id, order=order_id)
        return _case(row)

    def get(self, case_id: str) -> Case:
        """Raises KeyError with the id."""
        return _case(self._row(case_id))

    def document(self, case_id: str) -> dict[str, Any]:
        """The request as it was last put down."""
        return unsealed_document(self._tx, self._row(case_id))[1]

    def move(
        self,
        case_id: str,
        event: Event,
        *,
        actor: str,
        at: datetime,
        note: str = "",
        version: int | None = None,
    ) -> Case:
        """Do the move that `event` is. Raises states.TransitionError when it isn't possible, and
        LostUpdateError when the case was changed since `version`, or at the same time."""
        row = self._row(case_id, version)
        before = State(row.state)
        after = states.move(before, event)
        row.state, row.changed_at = after, at
        self._flush(row)
        self._tx.log(
            "case.moved", actor=actor, at=at, case=case_id, event=event, was=before, now=after, note=note
        )
        return _case(row)

    def revise(
        self,
        case_id: str,
        *,
        actor: str,
        at: datetime,
        document: Mapping[str, Any] | None = None,
        facts: CaseFacts | None = None,
        member_id: str | None = None,
        version: int | None = None,
    ) -> Case:
        """Put down another request or other facts; what isn't given stays. Errors as for `move`."""
        row = self._row(case_id, version)
        old_member_id, old_document = unsealed_document(self._tx, row)
        member_now = old_member_id if member_id is None else member_id
        document_now = old_document if document is None else document
        row.document = self._tx.seal("cases.document", case_id, (member_now, document_now))
        row.member_hash = self._tx.index("member", member_now)
        if facts is not None:
            _put_facts(row, facts)
        row.changed_at = at
        self._flush(row)
        self._tx.log("case.revised", actor=actor, at=at, case=case_id, document=document, facts=facts)
        return _case(row)

    def find(
        self,
        *,
        states: Iterable[State] = (),
        payer: str = "",
        portal: str = "",
        due_before: datetime | None = None,
        service_from: date | None = None,
        service_to: date | None = None,
        limit: int = 100,
        offset: int = 0,
    ) -> tuple[Case, ...]:
        """Cases that fit everything that is given, the ones due first in front."""
        query = select(CaseRow)
        if wanted := tuple(states):
            query = query.where(CaseRow.state.in_(wanted))
        if payer:
            query = query.where(CaseRow.payer == payer)
        if portal:
            query = query.where(CaseRow.portal == portal)
        if due_before is not None:
            query = query.where(CaseRow.due_at < due_before)
        if service_from is not None:
            query = query.where(CaseRow.date_of_service >= service_from)
        if service_to is not None:
            query = query.where(CaseRow.date_of_service <= service_to)
        in_order = query.order_by(CaseRow.due_at.is_(None), CaseRow.due_at, CaseRow.created_at, CaseRow.id)
        return tuple(_case(row) for row in self._tx.sql.scalars(in_order.limit(limit).offset(offset)))

    def of_order(self, order_id: str) -> tuple[Case, ...]:
        rows = select(CaseRow).where(CaseRow.order_id == order_id).order_by(CaseRow.created_at, CaseRow.id)
        return tuple(_case(row) for row in self._tx.sql.scalars(rows))

    def of_member(self, member_id: str) -> tuple[Case, ...]:
        """By the exact member id; case and blanks don't matter."""
        found = select(CaseRow).where(CaseRow.member_hash.in_(self._tx.index_all("member", member_id)))
        rows = self._tx.sql.scalars(found.order_by(CaseRow.created_at.desc(), CaseRow.id))
        return tuple(_case(row) for row in rows)

    def counts(self) -> dict[State, int]:
        """How many cases are in each state; states without cases are left out."""
        query = select(CaseRow.state, func.count()).group_by(CaseRow.state)
        return {State(state): count for state, count in self._tx.sql.execute(query)}

    def _row(self, case_id: str, version: int | None = None) -> CaseRow:
        row = self._tx.sql.scalar(select(CaseRow).where(CaseRow.id == case_id))
        if row is None:
            raise KeyError(case_id)
        if version is not None and row.version != version:
            raise LostUpdateError(f"case {case_id} was changed since: version {row.version}, not {version}")
        return row

    def _flush(self, row: CaseRow) -> None:
        case_id = row.id
        try:
            self._tx.sql.flush()
        except StaleDataError:
            raise LostUpdateError(f"case {case_id} was changed at the same time") from None


def unsealed_document(tx: Transaction, row: CaseRow) -> tuple[str, dict[str, Any]]:
    """The member id by which the case is found, and the request."""
    return tx.unseal("cases.document", row.id, row.document, tuple[str, dict[str, Any]])


def _put_facts(row: CaseRow, facts: CaseFacts) -> None:
    row.payer, row.plan, row.portal, row.urgency = facts.payer, facts.plan, facts.portal, facts.urgency
    row.date_of_service, row.due_at = facts.date_of_service, facts.due_at


def _case(row: CaseRow) -> Case:
    return Case(
        row.id,
        row.order_id,
        State(row.state),
        row.version,
        row.payer,
        row.plan,
        row.portal,
        row.urgency,
        row.date_of_service,
        row.due_at,
        row.created_at,
        row.changed_at,
    )
