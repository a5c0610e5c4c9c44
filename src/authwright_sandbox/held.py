"""A request as a payer holds it: its lines, and what the payer says of them at any moment."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from authwright_sandbox.answers import APPROVING, WAITING, Answer, Course, Turn, due_at, overall

_TAKEN_UP = (Turn(Answer.PENDED),)


@dataclass(frozen=True, slots=True)
class Line:
    code: str
    modifier: str = ""
    units: int = 1


@dataclass(frozen=True, slots=True)
class LineDecision:
    line: Line
    answer: Answer
    approved_units: int
    approved_from: date | None
    approved_through: date | None


@dataclass(frozen=True, slots=True)
class Decision:
    """`due` is set while the payer waits for the practice, for the `documents` that it names."""

    answer: Answer
    reason: str
    lines: tuple[LineDecision, ...]
    due: date | None = None
    documents: tuple[str, ...] = ()

    @property
    def approved(self) -> bool:
        return self.answer in APPROVING


@dataclass(frozen=True, slots=True)
class Restart:
    """From `at` on other answers count for the lines whose answer was `of`, or for all if `whole`: documents
    came, an appeal, a talk with the payer's doctor. Without turns each line has those after documents."""

    at: datetime
    turns: tuple[Turn, ...] = ()
    of: Answer = Answer.DOCUMENTS
    whole: bool = False


@dataclass(slots=True)
class Held:
    """`payload` is what was sent, unchanged; `courses` holds one a line; all times are the portal clock's."""

    number: str
    organization: str
    accepted_at: datetime
    member_id: str
    member: str
    start: date
    lines: tuple[Line, ...]
    courses: tuple[Course, ...]
    payload: dict[str, Any]
    documents: list[dict[str, Any]] = field(default_factory=list)
    restarts: list[Restart] = field(default_factory=list)
    cancelled_at: datetime | None = None
    cancel_reason: str = ""
    authorization_number: str = ""

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(line.code for line in self.lines)

    @property
    def key(self) -> tuple[str, tuple[str, ...], date]:
        """What makes two requests the same one to the payer."""
        return self.member_id, tuple(sorted(self.codes)), self.start

    def decision_at(self, moment: datetime) -> Decision:
        found = [self._turn(course, moment) for course in self.courses]
        turns = [turn for turn, _ in found]
        waiting = [(turn, since) for turn, since in found if turn.answer in WAITING]
        pairs = zip(self.lines, turns, strict=True)
        return Decision(
            overall(turn.answer for turn in turns),
            "; ".join(dict.fromkeys(turn.reason for turn in turns if turn.reason)),
            tuple(_decide_line(line, turn, self.start) for line, turn in pairs),
            min((due_at(since, turn).date() for turn, since in waiting), default=None),
            tuple(dict.fromkeys(name for turn, _ in waiting for name in turn.documents)),
        )

    def _turn(self, course: Course, moment: datetime) -> tuple[Turn, datetime]:
        """The answer to one line, and since when its course runs."""
        if self.cancelled_at is not None and moment >= self.cancelled_at:
            return Turn(Answer.CANCELLED, reason=self.cancel_reason), self.cancelled_at
        current, since = course, self.accepted_at
        for restart in self.restarts:
            if restart.at > moment:
                break
            before = current.turn(since, None, restart.at).answer
            if restart.whole or before is restart.of:
                turns = restart.turns or course.after_documents or _TAKEN_UP
                current, since = Course(turns, course.after_documents), restart.at
        return current.turn(since, None, moment), since


def _decide_line(line: Line, turn: Turn, start: date) -> LineDecision:
    if turn.answer not in APPROVING:
        return LineDecision(line, turn.answer, 0, None, None)
    units = line.units if turn.answer is Answer.APPROVED else turn.units or (line.units + 1) // 2
    return LineDecision(line, turn.answer, units, start, start + timedelta(days=turn.days))


def same_request(requests: list[Held], new: Held) -> Held | None:
    """The request that is there already for the same member, codes and day; a cancelled one doesn't count."""
    return next((held for held in requests if held.cancelled_at is None and held.key == new.key), None)
