"""A request as the payer holds it: its lines, its documents, its changes, and what it answers when."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from authwright_sandbox.answers import (
    APPROVING,
    WAITING,
    Answer,
    Course,
    Turn,
    due_at,
    overall,
    turn_at,
)
from authwright_sandbox.united.form import ServiceLine, Submission
from authwright_sandbox.united.rules import STATUS_WORDS

CHANGE_WORDS = {Answer.PENDED: "In review", Answer.APPROVED: "Accepted", Answer.DENIED: "Declined"}


@dataclass(frozen=True, slots=True)
class Change:
    """An update or an extension. Until it is accepted the request stays as it was.

    `asked`: start_date, end_date (dates), place_of_service, units, reason, as far as they were given."""

    kind: str
    at: datetime
    asked: dict[str, Any]
    turns: tuple[Turn, ...]

    def answer(self, moment: datetime) -> Answer:
        return turn_at(self.turns, (moment - self.at).total_seconds()).answer


@dataclass(frozen=True, slots=True)
class Shape:
    """What the request is for, with all changes accepted until now."""

    place: str
    start: date
    end: date
    more_units: int = 0
    until: date | None = None


@dataclass(frozen=True, slots=True)
class LineDecision:
    line: ServiceLine
    answer: Answer
    approved_units: int
    approved_from: date | None
    approved_through: date | None


@dataclass(frozen=True, slots=True)
class Decision:
    """What the payer says now. `due` is set while it waits for the practice."""

    answer: Answer
    reason: str
    lines: tuple[LineDecision, ...]
    due: date | None = None
    documents: tuple[str, ...] = ()

    @property
    def status(self) -> str:
        return STATUS_WORDS[self.answer]

    @property
    def approved(self) -> bool:
        return self.answer in APPROVING


@dataclass(slots=True)
class Request:
    """`courses` holds one a line; all times are the portal clock's."""

    number: str
    organization: str
    accepted_at: datetime
    submission: Submission
    courses: tuple[Course, ...]
    documents_at: datetime | None = None
    documents: list[dict[str, Any]] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    cancelled_at: datetime | None = None
    cancel_reason: str = ""
    decided: tuple[datetime, Turn] | None = None

    def shape_at(self, moment: datetime) -> Shape:
        sent = self.submission
        shape = Shape(sent.place, sent.start, sent.end)
        for change in self.changes:
            if change.at <= moment and change.answer(moment) is Answer.APPROVED:
                shape = _changed(shape, change.asked)
        return shape

    def decision_at(self, moment: datetime) -> Decision:
        turns = [self._turn(course, moment) for course in self.courses]
        shape = self.shape_at(moment)
        answer = overall(turn.answer for turn in turns)
        waiting = [turn for turn in turns if turn.answer in WAITING]
        pairs = zip(self.submission.lines, turns, strict=True)
        return Decision(
            answer,
            "; ".join(dict.fromkeys(turn.reason for turn in turns if turn.reason)),
            tuple(_decide_line(line, turn, shape) for line, turn in pairs),
            min((due_at(self._since, turn).date() for turn in waiting), default=None),
            tuple(dict.fromkeys(name for turn in waiting for name in turn.documents)),
        )

    @property
    def _since(self) -> datetime:
        return self.decided[0] if self.decided else self.accepted_at

    def _turn(self, course: Course, moment: datetime) -> Turn:
        if self.cancelled_at is not None and moment >= self.cancelled_at:
            return Turn(Answer.CANCELLED, reason=self.cancel_reason)
        if self.decided is not None and moment >= self.decided[0]:
            course = Course((self.decided[1],), course.after_documents)
            return course.turn(self.decided[0], self.documents_at, moment)
        return course.turn(self.accepted_at, self.documents_at, moment)


def _changed(shape: Shape, asked: dict[str, Any]) -> Shape:
    return Shape(
        asked.get("place_of_service") or shape.place,
        asked.get("start_date") or shape.start,
        max(asked.get("end_date") or shape.end, asked.get("start_date") or shape.start),
        shape.more_units + int(asked.get("units") or 0),
        asked.get("until") or shape.until,
    )


def _decide_line(line: ServiceLine, turn: Turn, shape: Shape) -> LineDecision:
    if turn.answer not in APPROVING:
        return LineDecision(line, turn.answer, 0, None, None)
    units = line.units if turn.answer is Answer.APPROVED else turn.units or (line.units + 1) // 2
    through = shape.until or shape.start + timedelta(days=turn.days)
    return LineDecision(line, turn.answer, units + shape.more_units, shape.start, through)
