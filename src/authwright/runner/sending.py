"""The step that leaves a mark at the payer: compared, pictured, written down, and done once."""

import hashlib

from authwright.core.run import HaltReason
from authwright.core.workflow import Action, Step
from authwright.runner.adding import all_added
from authwright.runner.asks import (
    Acted,
    Click,
    Guard,
    Press,
    RecordIntent,
    RefuseWrites,
    Resolve,
    Walk,
    act,
)
from authwright.runner.clicking import usable_button
from authwright.runner.finding import find
from authwright.runner.limits import all_short_enough
from authwright.runner.looking import look
from authwright.runner.lost import form_kept
from authwright.runner.page import Control, Page
from authwright.runner.pressing import MOST_TRIES, clicked, key_name
from authwright.runner.review import differences, question, unanswered
from authwright.runner.showing import page_text, picture
from authwright.runner.state import Run, Sending, StoppedError, halt, label_of

BEFORE_SUBMIT = "before-submit"


def send(run: Run, step: Step) -> Walk[None]:
    """intent committed -> lease checked -> click -> answer page kept, before anything else is done."""
    sender = yield from _sender(run, step)
    page = run.page
    _as_asked(run, page)
    all_added(run)
    all_short_enough(run)
    yield from picture(run, "before-submit", whole_page=True, note="the page before it was sent")
    # A frame that scrolls shows only its top in the picture; the text is whole.
    yield from page_text(run, "before-submit", page.text)
    if run.settings.stop_before_submit:
        yield from act(RefuseWrites())
        raise StoppedError(BEFORE_SUBMIT)
    if run.sent:
        raise halt(run, HaltReason.GUARD, "to send once", "this run has sent already")
    recorded = yield from act(RecordIntent(step.position.line, fingerprint(page)))
    _alone(run, recorded)
    run.sent, run.sent_at, run.sending = True, run.place, Sending(step.position.line)
    acted = yield from _sent(run, step, sender, page)
    clicked(run)
    answer = yield from _answer(run, page)
    yield from _keep_answer(run, answer)
    if not acted.ok:
        run.note = acted.why


def _sent(run: Run, step: Step, sender: Click | Press, page: Page) -> Walk[Acted]:
    """Clicked once. A page that has drawn itself anew since it was compared took the button away unclicked:
    the new one is clicked, if all else is as it was."""
    for _ in range(MOST_TRIES):
        opened = yield from act(Guard(open=True))
        _alone(run, opened)
        acted = yield from act(sender)
        yield from act(Guard(open=False))
        if not acted.gone:
            break
        sender = yield from _sender(run, step)
        _as_asked(run, run.page)
        if fingerprint(run.page) != fingerprint(page):
            expected = "the page to stay as it was compared"
            raise halt(run, HaltReason.REVIEW_DIFFERS, expected, "it has changed; nothing was clicked")
    return acted


def _alone(run: Run, answer: Acted) -> None:
    """Halts unless the portal account is still this run's."""
    if not answer.ok:
        reason = HaltReason.LEASE_LOST if answer.lost else HaltReason.GUARD
        raise halt(run, reason, "sole use of the portal account", answer.why)


def _sender(run: Run, step: Step) -> Walk[Click | Press]:
    """What sends, found and ready; the form before it is as it was typed."""
    if step.action is Action.PRESS_KEY:
        yield from look(run)
        yield from form_kept(run)
        return Press(key_name(label_of(step) or "Enter"), meant=True)
    control = yield from find(run, step)
    yield from form_kept(run)
    control = yield from find(run, step)
    control = yield from usable_button(run, step, control)
    control = yield from _within_reach(run, step, control)
    return Click(control.id)


def _within_reach(run: Run, step: Step, control: Control) -> Walk[Control]:
    """Nothing lies over the button: found out before the intent is written down."""
    for _ in range(MOST_TRIES):
        tried = yield from act(Click(control.id, trial=True))
        control = yield from find(run, step)
        if tried.ok:
            return control
    raise halt(run, HaltReason.NOT_FOUND, f"to click {label_of(step)}", tried.why)


def _as_asked(run: Run, page: Page) -> None:
    different = differences(page, run.typed)
    if different:
        first = different[0]
        raise halt(
            run,
            HaltReason.REVIEW_DIFFERS,
            f"{first.label}: {first.expected}",
            f"the page shows {first.found}",
        )
    if empty := unanswered(page):
        names = ", ".join(dict.fromkeys(map(question, empty)))
        raise halt(run, HaltReason.REQUIRED_UNANSWERED, "every required field filled", f"empty: {names}")


def fingerprint(page: Page) -> str:
    """SHA-256 of the page's text, in hex."""
    return hashlib.sha256(" ".join(page.text.split()).encode()).hexdigest()


def _answer(run: Run, before: Page) -> Walk[Page]:
    """The page after the click: another text, quiet, not busy. The READ steps judge what it says."""
    page = yield from look(run, after=before.version, within=run.settings.patience.find)
    started = page.at
    while page.busy or fingerprint(page) == fingerprint(before):
        left = started + run.settings.patience.answer - page.at
        if left <= 0:
            break
        page = yield from look(run, after=page.version, within=left)
    return page


def _keep_answer(run: Run, page: Page) -> Walk[None]:
    yield from picture(run, "answer", whole_page=True, note="the portal's answer")
    yield from page_text(run, "answer", page.text)
    if run.sending:
        run.sending.kept_version = page.version


def answer_read(run: Run, step: Step) -> None:
    """Called after each READ and VERIFY that went well."""
    if run.sending:
        run.sending.answered = True


def settle(run: Run) -> Walk[None]:
    """Before anything else is done: what was sent is settled by its answer, or stays open."""
    if run.sending is None:
        return
    if not run.sending.answered:
        raise halt(
            run,
            HaltReason.NOT_READ,
            f"to read the portal's answer to {label_of(run.step) if run.step else 'what was sent'}",
            "nothing was read after sending",
        )
    if run.page.version != run.sending.kept_version:
        yield from _keep_answer(run, run.page)
    yield from act(Resolve("sent"))
    run.sending = None
