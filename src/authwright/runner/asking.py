"""HUMAN: what the SOP asks a person, and when a yes lets the run go on."""

from authwright.core.person import QuestionKind
from authwright.core.run import HaltReason
from authwright.core.workflow import SectionRole, Step
from authwright.runner.asks import AskPerson, Picture, Walk, act, keep
from authwright.runner.complaints import line_with
from authwright.runner.sending import settle
from authwright.runner.state import Run, halt
from authwright.runner.wording import plain

_YES = frozenset({"yes", "y", "confirm", "confirmed"})


def ask_person(run: Run, step: Step) -> Walk[None]:
    """HUMAN: ends the run, unless somebody says yes to what the SOP asks for in every run, before anything
    is sent. What was sent and not answered stays open: the next run looks for it."""
    if run.sending is None or run.sending.answered:
        yield from settle(run)
    asked = step.in_words or step.words
    why = "the SOP asks for a person"
    if run.words_read:
        why += f', since the page says "{line_with(run.page, run.words_read)}"'
    elif _asks_every_time(run, step):
        yield from keep(Picture("asked", whole_page=True, note=asked))
        answer = yield from act(AskPerson(QuestionKind.CONFIRM, asked))
        if answer.ok and plain(answer.value) in _YES:
            run.note = f'a person answered "{answer.value}"'
            return
        said = f'a person answered "{answer.value}"' if answer.ok and answer.value else answer.why
        why = f"{why}: {said}" if said else why
    run.assigned_queue = step.queue or run.assigned_queue
    raise halt(run, HaltReason.ASKED_PERSON, asked, why)


def _asks_every_time(run: Run, step: Step) -> bool:
    """Whether it is asked for in the course of the work, and not when something is missing or wrong: then
    a yes would be no answer."""
    sections = run.using[-1].sections if run.using else ()
    own = any(step is other for section in sections for other in section.steps)
    return own and run.role is not SectionRole.IF_INTERRUPTED and not run.sent
