"""Clinical questions, one a page: which comes next depends on the answer."""

from dataclasses import dataclass, field

from authwright_sandbox.dates import parse_date

YES_NO = ("Yes", "No")


@dataclass(frozen=True, slots=True)
class Question:
    """Without options a number, a date or a text is typed. `after` names the next question by the answer,
    `then` the one after any other; "" ends."""

    id: str
    text: str
    options: tuple[str, ...] = ()
    kind: str = "choice"
    after: dict[str, str] = field(default_factory=dict)
    then: str = ""

    def takes(self, answer: str) -> bool:
        if self.options:
            return answer in self.options
        if self.kind == "number":
            return answer.isdigit()
        return parse_date(answer) is not None if self.kind == "date" else bool(answer.strip())

    def next(self, answer: str) -> str:
        """Fewer than six weeks are too few."""
        if self.kind == "number":
            return self.after["few"] if int(answer) < 6 else self.then
        return self.after.get(answer, self.then)


_RED_FLAGS = ("Progressive weakness", "Suspected cancer or infection", "Recent trauma", "None of these")
_ALL = (
    Question(
        "treated",
        "Has the patient had conservative treatment?",
        YES_NO,
        after={"Yes": "weeks", "No": "red_flags"},
    ),
    Question(
        "weeks",
        "For how many weeks was the patient treated?",
        kind="number",
        after={"few": "red_flags"},
        then="imaged",
    ),
    Question("red_flags", "Which of these is present?", _RED_FLAGS, then="imaged"),
    Question(
        "imaged",
        "Has there been imaging of this region in the last 12 months?",
        YES_NO,
        after={"Yes": "imaged_on"},
    ),
    Question("imaged_on", "When was the last imaging done?", kind="date"),
    Question("knee", "Which knee is to be imaged?", ("Left", "Right"), then="treated"),
    Question("repeat", "Is this a repeat study?", YES_NO, after={"Yes": "changed"}),
    Question("changed", "What has changed since the last study?", kind="text"),
)
QUESTIONS = {question.id: question for question in _ALL}
_FIRST = {"721": "treated", "644": "treated", "630": "treated", "737": "knee", "298": "knee"}


def path(codes: tuple[str, ...], answers: dict[str, str]) -> list[Question]:
    """The questions that these answers lead through; the last one isn't answered yet, unless the path has
    ended. The first code decides where it begins."""
    at, found = _FIRST.get(codes[0][:3], "repeat") if codes else "", []
    while at:
        question = QUESTIONS[at]
        found.append(question)
        answer = answers.get(at, "")
        if not question.takes(answer):
            break
        at = question.next(answer)
    return found


def unanswered(codes: tuple[str, ...], answers: dict[str, str]) -> Question | None:
    """The next question to ask, if there is one."""
    last = path(codes, answers)[-1:]
    return next((question for question in last if not question.takes(answers.get(question.id, ""))), None)
