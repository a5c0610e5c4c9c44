"""What `authwright sop run` tells while it goes on and when it is over."""

import sys
import time
from pathlib import Path

from authwright.browser.files import FileIntents, NoIntents
from authwright.browser.parked import Parked
from authwright.core.person import QuestionKind
from authwright.core.run import HaltReason, RunOutcome, RunResult, StepRecord
from authwright.runner.state import Mode

_AGAIN = (
    "run the same command again after that time: it looks once more, and sends only what surely isn't "
    "there. If this payer's list is quicker, say so with --settle SECONDS"
)
_LOOK_FIRST = "run the same command again: it looks at the payer first, and sends nothing twice"
_BY_HAND = "look in the portal whether the payer has the request"
_ANSWER = (
    f"{_BY_HAND}. Then run the same command again, with --found NUMBER if it is there (nothing is sent), "
    "or with --not-there if it surely isn't (it is sent)"
)


def tell_pass(mode: Mode) -> None:
    if mode == "if-interrupted":
        print("looking whether the payer has the request:", flush=True)


def tell_and_wait(seconds: float) -> None:
    print(f"waiting {seconds:.0f} s: the payer's list may lag until then", flush=True)
    time.sleep(seconds)


# By what is asked: who asks, what the answer is, and what that means.
_ASKED = {
    QuestionKind.PICTURE: ("a CAPTCHA", "LETTERS", "its letters"),
    QuestionKind.CONFIRM: ("the SOP", "yes", "or no: then the run stops here"),
}
_CLICKED = ("a CAPTCHA", "done", "done, once it is done in the browser")


def tell_parked(parked: Parked, picture: Path) -> None:
    """To standard error: with --json too a person has to know."""
    who, answer, todo = _ASKED.get(parked.kind, _CLICKED)
    print(
        f'{who} asks for a person ("{parked.words}"); its picture: {picture}\n'
        f"  waiting until {parked.until.astimezone():%H:%M:%S} for: "
        f"authwright sop answer {parked.run} {answer} --state {picture.parent.parent}  ({todo})",
        file=sys.stderr,
        flush=True,
    )


def tell_step(step: StepRecord) -> None:
    """One line, at once, also into a file."""
    value = f"  [{step.value}]" if step.value else ""
    print(f"{step.line:>4}  {step.in_words}{value}  {step.milliseconds} ms", flush=True)


def tell(result: RunResult, intents: FileIntents | NoIntents) -> None:
    """Everything but the steps, which were told when they were done."""
    for name, value in result.read.items():
        print(f"{name.replace('_', ' ')}: {value}")
    if result.assigned_outcome:
        print(f"outcome: {result.assigned_outcome}")
    if result.assigned_queue:
        print(f"for: {result.assigned_queue}")
    for healed in result.healed:
        print(f"line {healed.line}: {healed.label} is now called {healed.now}")
    if result.as_whom:
        print(result.as_whom)
    ending = f" with {result.stopped_with}" if result.stopped_with else ""
    print(f"{result.outcome}{ending}{_sent(result)}")
    for notice in result.notices:
        print(f'  the portal says "{notice}"')
    if result.said:
        print(f'  the page says "{result.said}"')
    if result.halt:
        print(f"line {result.halt.line}: {result.halt.reason}" if result.halt.line else result.halt.reason)
        print(f"  expected: {result.halt.expected}\n  found: {result.halt.found}")
    if todo := _todo(result, intents):
        print(f"  now: {todo}")


def _sent(result: RunResult) -> str:
    number = result.read.get("reference_number", "")
    if result.sent_before:
        return f": already sent{f' as {number}' if number else ''}; not sent again"
    if result.sent:
        return ", sent"
    if result.lookup and result.outcome is not RunOutcome.DONE:
        return ", nothing sent by this call"
    return ", nothing sent"


def _todo(result: RunResult, intents: FileIntents | NoIntents) -> str:
    """What a person can do about a run that did not reach its end while something may be at the payer."""
    if result.halt is None:
        return ""
    if result.halt.reason is HaltReason.TOO_EARLY:
        return _AGAIN
    if intents.open_intent():
        return _ANSWER if result.lookup else _LOOK_FIRST
    if result.sent_before:
        return "look in the portal for its number"
    if result.sent and isinstance(intents, NoIntents):
        return f"{_BY_HAND} before it is sent again"
    return ""
