"""How a payer answers, line by line, and how its answer changes with time.

A rule's answer starts when the request is accepted; `then` holds later answers by seconds of the portal's
clock since then. An answer that waits for the practice (documents, peer-to-peer) has a due date and turns
into a denial when that has passed; `after_documents` holds the answers from the moment the documents came.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Self

APPROVED_DAYS = 60
HOUR, DAY = 3600, 86400


class Answer(StrEnum):
    APPROVED = "approved"
    MODIFIED = "modified"
    PARTIAL = "partial"
    PENDED = "pended"
    DOCUMENTS = "needs-documents"
    PEER_TO_PEER = "peer-to-peer"
    DENIED = "denied"
    NOT_REQUIRED = "not-required"
    CANCELLED = "cancelled"


APPROVING = frozenset({Answer.APPROVED, Answer.MODIFIED, Answer.PARTIAL})
WAITING = frozenset({Answer.DOCUMENTS, Answer.PEER_TO_PEER})
OVERDUE = {
    Answer.DOCUMENTS: "Information not received by the due date",
    Answer.PEER_TO_PEER: "Peer to peer not requested in time",
}


@dataclass(frozen=True, slots=True)
class Turn:
    """One answer, from `after_seconds` on. `units` are what a modified answer approves (half of what was
    asked, rounded up, if it is 0); `due_days` how long the payer waits for the practice."""

    answer: Answer
    after_seconds: float = 0
    reason: str = ""
    units: int = 0
    days: int = APPROVED_DAYS
    due_days: int = 5
    documents: tuple[str, ...] = ()

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        return cls(
            Answer(data["answer"]),
            float(data.get("after_seconds", 0)),
            str(data.get("reason", "")),
            int(data.get("units", 0)),
            int(data.get("days", APPROVED_DAYS)),
            int(data.get("due_days", 5)),
            tuple(str(name) for name in data.get("documents", ())),
        )


def _turns(data: Iterable[dict[str, Any]]) -> tuple[Turn, ...]:
    return tuple(sorted((Turn.from_json(item) for item in data), key=lambda turn: turn.after_seconds))


def turn_at(turns: tuple[Turn, ...], seconds: float) -> Turn:
    return [turn for turn in turns if turn.after_seconds <= max(seconds, 0)][-1]


@dataclass(frozen=True, slots=True)
class Course:
    """The answers of one line, and those that follow once documents have come."""

    turns: tuple[Turn, ...]
    after_documents: tuple[Turn, ...]

    def turn(self, accepted: datetime, documents_at: datetime | None, moment: datetime) -> Turn:
        if documents_at is not None and moment >= documents_at:
            asked = self._plain(accepted, documents_at)
            if asked.answer is Answer.DOCUMENTS:
                return turn_at(self.after_documents, (moment - documents_at).total_seconds())
        return self._plain(accepted, moment)

    def _plain(self, accepted: datetime, moment: datetime) -> Turn:
        turn = turn_at(self.turns, (moment - accepted).total_seconds())
        if turn.answer in WAITING and moment > due_at(accepted, turn):
            return Turn(Answer.DENIED, reason=OVERDUE[turn.answer])
        return turn


def due_at(accepted: datetime, turn: Turn) -> datetime:
    """The end of the day on which the payer stops waiting."""
    last = accepted + timedelta(seconds=turn.after_seconds, days=turn.due_days)
    return last.replace(hour=23, minute=59, second=59, microsecond=0)


@dataclass(frozen=True, slots=True)
class Rule:
    """Applies where every list that isn't empty holds the line's value."""

    course: Course
    codes: frozenset[str] = frozenset()
    member_ids: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        after = data.get(
            "after_documents", [{"answer": "pended"}, {"answer": "approved", "after_seconds": DAY}]
        )
        return cls(
            Course((Turn.from_json(data), *_turns(data.get("then", ()))), _turns(after)),
            frozenset(data.get("codes", ())),
            frozenset(data.get("member_ids", ())),
            frozenset(data.get("places", ())),
        )

    def applies(self, code: str, member_id: str, place: str) -> bool:
        wanted = ((self.codes, code), (self.member_ids, member_id), (self.places, place))
        return all(not allowed or value in allowed for allowed, value in wanted)


def first_course(rules: Iterable[Rule], otherwise: Rule, code: str, member_id: str, place: str) -> Course:
    """The course of the first rule that applies; without one, the other's."""
    return next((rule for rule in rules if rule.applies(code, member_id, place)), otherwise).course


def overall(answers: Iterable[Answer]) -> Answer:
    """The request's answer from those of its lines: what waits for the practice comes first, then what is
    open; lines without need of approval don't count beside others; approved and denied lines are a part."""
    found = set(answers)
    for first in (Answer.DOCUMENTS, Answer.PEER_TO_PEER, Answer.PENDED):
        if first in found:
            return first
    found = found - {Answer.NOT_REQUIRED} or found
    if len(found) == 1:
        return found.pop()
    return Answer.MODIFIED if found <= {Answer.APPROVED, Answer.MODIFIED} else Answer.PARTIAL
