"""How the payer answers, line by line, and how its answer changes with time.

Without other rules (control address, `rules`) the payer answers by the procedure code:

- 72148, 29881: certified
- 70553: pended, certified two days later
- 64483: denied ("Conservative treatment not documented")
- 97110, 95810: no authorization required
- everything else: certified

Certified means from the request's first start date through 90 days later. A rule's answer starts when the
request is accepted; `then` holds later answers by seconds of the portal's clock since then.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

CERTIFIED_DAYS = 90
TWO_DAYS = 2 * 24 * 3600


class Answer(StrEnum):
    CERTIFIED = "certified"
    MODIFIED = "modified"
    PARTIAL = "partial"
    PENDED = "pended"
    DOCUMENTS = "needs-documents"
    DENIED = "denied"
    CONTACT_PAYER = "contact-payer"
    NOT_REQUIRED = "not-required"
    CANCELLED = "cancelled"


STATUS_WORDS = {
    Answer.CERTIFIED: "Certified in Total",
    Answer.MODIFIED: "Modified",
    Answer.PARTIAL: "Certified - Partial",
    Answer.PENDED: "Pended",
    Answer.DOCUMENTS: "Pended - Records Requested",
    Answer.DENIED: "Not Certified",
    Answer.CONTACT_PAYER: "Contact Payer",
    Answer.NOT_REQUIRED: "No Action Required",
    Answer.CANCELLED: "Cancelled",
}
APPROVING = frozenset({Answer.CERTIFIED, Answer.MODIFIED, Answer.PARTIAL})


@dataclass(frozen=True, slots=True)
class Turn:
    """One answer, from `after_seconds` on. `units` are what a modified or partial answer certifies
    (half of what was asked, rounded up, if it is 0)."""

    answer: Answer
    after_seconds: float = 0
    reason: str = ""
    units: int = 0
    days: int = CERTIFIED_DAYS

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        return cls(
            Answer(data["answer"]),
            float(data.get("after_seconds", 0)),
            str(data.get("reason", "")),
            int(data.get("units", 0)),
            int(data.get("days", CERTIFIED_DAYS)),
        )


Course = tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """Applies where every list that isn't empty holds the line's value."""

    course: Course
    codes: frozenset[str] = frozenset()
    member_ids: frozenset[str] = frozenset()
    payers: frozenset[str] = frozenset()

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        first = Turn.from_json(data)
        later = sorted((Turn.from_json(turn) for turn in data.get("then", ())), key=lambda t: t.after_seconds)
        return cls(
            (first, *later),
            frozenset(data.get("codes", ())),
            frozenset(data.get("member_ids", ())),
            frozenset(data.get("payers", ())),
        )

    def applies(self, code: str, member_id: str, payer: str) -> bool:
        wanted = ((self.codes, code), (self.member_ids, member_id), (self.payers, payer))
        return all(not allowed or value in allowed for allowed, value in wanted)


DEFAULT_RULES: tuple[dict[str, Any], ...] = (
    {"codes": ["72148", "29881"], "answer": "certified"},
    {
        "codes": ["70553"],
        "answer": "pended",
        "then": [{"after_seconds": TWO_DAYS, "answer": "certified"}],
    },
    {"codes": ["64483"], "answer": "denied", "reason": "Conservative treatment not documented"},
    {"codes": ["97110", "95810"], "answer": "not-required"},
)


def course_for(rules: Iterable[Rule], code: str, member_id: str, payer: str) -> Course:
    """The course of the first rule that applies; certified if none does."""
    for rule in rules:
        if rule.applies(code, member_id, payer):
            return rule.course
    return (Turn(Answer.CERTIFIED),)


def turn_at(course: Course, seconds: float) -> Turn:
    """The answer that holds this long after the request was accepted."""
    return [turn for turn in course if turn.after_seconds <= max(seconds, 0)][-1]


def overall(answers: Iterable[Answer]) -> Answer:
    """The request's answer from those of its lines: anything open leaves it open; lines without need
    of approval don't count beside others; approved and refused lines together are a partial one."""
    found = set(answers)
    for open_answer in (Answer.DOCUMENTS, Answer.PENDED, Answer.CONTACT_PAYER):
        if open_answer in found:
            return open_answer
    found = found - {Answer.NOT_REQUIRED} or found
    if len(found) == 1:
        return found.pop()
    return Answer.MODIFIED if found <= {Answer.CERTIFIED, Answer.MODIFIED} else Answer.PARTIAL
