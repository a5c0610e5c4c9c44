"""A CAPTCHA on the page: noticed, and left to a person. The run types what the person read, and clicks
nothing in it by itself."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from authwright.core.person import QuestionKind
from authwright.core.run import CaptchaAnswer, HaltReason
from authwright.runner.asks import AskPerson, Fill, Look, Picture, Walk, act, keep, see
from authwright.runner.page import Control, Kind, Page
from authwright.runner.state import Run, halt
from authwright.runner.wording import plain

# A person who reads wrong is asked again this often in one run.
MOST_ASKED = 3
ANSWERED, ACCEPTED, REFUSED = "answered", "accepted", "refused"
_LETTERS = re.compile(
    r"captcha"
    r"|\b(characters|letters|digits|numbers|text|words?|code)\b.*\b(picture|image)\b"
    r"|\b(characters|letters) (you see|that you see|as shown|shown|displayed|above|below)\b"
    r"|\b(picture|image) (characters|letters|text)\b"
)
_ROBOT = re.compile(r"\bnot a robot\b|\bam (a )?human\b|\bare (a )?human\b|\bhuman verification\b")
_SPOKEN_OF = re.compile(r"captcha|robot|human\b|characters|letters|picture|image")


@dataclass(frozen=True, slots=True)
class Captcha:
    """`field` takes the letters of a picture. `mark` is the id of what to show a person, "" for the page."""

    kind: QuestionKind
    words: str
    mark: str = ""
    field: Control | None = None


def captcha_on(page: Page) -> Captcha | None:
    """The CAPTCHA that still has to be answered before the page lets anybody go on."""
    return next(_open_ones(page), None)


def _open_ones(page: Page) -> Iterator[Captcha]:
    marks = [m for m in page.captchas if not m.solved]
    mark = marks[0].id if marks else ""
    for control in page.controls:
        if control.kind is Kind.TEXT and control.visible and not control.value and _says(control, _LETTERS):
            yield Captcha(QuestionKind.PICTURE, control.name, mark, control)
    robots = [c for c in page.controls if c.kind is Kind.CHECKBOX and c.visible and _says(c, _ROBOT)]
    for control in robots:
        if not control.checked:
            yield Captcha(QuestionKind.CHECKBOX, control.name, mark)
    if robots or any(_says(c, _LETTERS) for c in page.controls if c.kind is Kind.TEXT):
        return  # what is marked is the box around what was just found answered
    for one in marks:
        yield Captcha(QuestionKind.PUZZLE, one.words or "a CAPTCHA", one.id)


def is_about_captcha(words: str) -> bool:
    """Whether a refusal of the page is one of what was answered to its CAPTCHA."""
    return _SPOKEN_OF.search(plain(words)) is not None


def get_past(run: Run, captcha: Captcha) -> Walk[None]:
    """Park the run until a person has answered; a halt when nobody does."""
    while True:
        if sum(answer.outcome in (ANSWERED, REFUSED) for answer in run.captchas) == MOST_ASKED:
            found = f"{captcha.words}: still there after {MOST_ASKED} answers"
            raise halt(run, HaltReason.CAPTCHA, "to get past the CAPTCHA", found)
        yield from keep(Picture("captcha", note=captcha.words))
        acted = yield from act(AskPerson(captcha.kind, captcha.words, captcha.mark))
        if acted.ok and acted.why:
            _note(run, captcha, "solver", acted.why)
        _note(run, captcha, acted.by, ANSWERED if acted.ok else acted.why)
        if not acted.ok:
            found = f"{captcha.words}: {acted.why}"
            raise halt(run, HaltReason.CAPTCHA, "a person to answer the CAPTCHA", found)
        if captcha.field is not None:
            yield from act(Fill(captcha.field, acted.value))
        run.page = yield from see(Look())
        left = captcha_on(run.page)
        if left is None:
            return
        tell_answer(run, REFUSED)
        captcha = left


def _note(run: Run, captcha: Captcha, by: str, outcome: str) -> None:
    line = run.step.position.line if run.step else 0
    run.captchas.append(CaptchaAnswer(line, captcha.kind, captcha.words, by, outcome))


def tell_answer(run: Run, outcome: str) -> None:
    """What the portal made of the last answer, once it shows."""
    if run.captchas and run.captchas[-1].outcome == ANSWERED:
        run.captchas[-1] = replace(run.captchas[-1], outcome=outcome)


def _says(control: Control, pattern: re.Pattern[str]) -> bool:
    said = [label.text for label in control.labels]
    return any(pattern.search(plain(text)) for text in (*said, control.hint))
