"""Clinical questions that appear by procedure code. Made up for practice; no payer's criteria."""

from dataclasses import dataclass
from typing import Any

from authwright_sandbox.dates import parse_date


@dataclass(frozen=True, slots=True)
class Question:
    """`kind`: "choice" (a drop-down), "buttons" (one of a few buttons), "date" or "number"."""

    id: str
    text: str
    kind: str
    options: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {"id": self.id, "text": self.text, "kind": self.kind, "options": list(self.options)}

    def takes(self, answer: str) -> bool:
        if self.options:
            return answer in self.options
        if self.kind == "date":
            return parse_date(answer) is not None
        return answer.isdigit()


_TREATED = Question(
    "conservative",
    "Has the member completed six weeks of conservative treatment?",
    "buttons",
    ("Yes", "No"),
)
_IMAGED = Question("imaging", "Date of the most recent imaging", "date")
_KNEE = Question("side", "Which knee will be treated?", "choice", ("Left", "Right", "Both"))
_COURSE = Question(
    "course", "Is this an initial or a continuing course of treatment?", "choice", ("Initial", "Continuing")
)
_BMI = Question("bmi", "Body mass index (whole number)", "number")

QUESTIONS: tuple[tuple[frozenset[str], tuple[Question, ...]], ...] = (
    (frozenset({"72148", "72158", "64483", "63030"}), (_TREATED,)),
    (frozenset({"64483", "63650"}), (_IMAGED,)),
    (frozenset({"29881", "29882", "73721"}), (_KNEE,)),
    (frozenset({"27447"}), (_TREATED, _KNEE, _BMI)),
    (frozenset({"J0585", "J1745", "64615"}), (_COURSE,)),
)


def questions_for(codes: list[str]) -> list[Question]:
    """In the order of the table, each once."""
    found = [question for wanted, asked in QUESTIONS if wanted & set(codes) for question in asked]
    return list(dict.fromkeys(found))
