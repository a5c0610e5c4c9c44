"""A run that may have been cut off while it sent: look at the payer first, then send or don't."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from authwright.browser.files import FileIntents
from authwright.core.clock import Clock
from authwright.core.ports import Intent
from authwright.core.run import Halt, HaltReason, Lookup, RunOutcome, RunResult
from authwright.runner.state import Mode

# A longer wait is a person's: the run says when to look again.
LONGEST_WAIT = timedelta(seconds=60)


# How often one call begins from the top: an SOP may itself say to look and to begin again.
MOST_PASSES = 2


def run_or_resume(
    run: Callable[[Mode], RunResult],
    intents: FileIntents,
    *,
    clock: Clock,
    settle: timedelta,
    wait: Callable[[float], None],
) -> RunResult:
    """From the top when nothing was sent before; else what "If interrupted" finds.

    "Surely not found" takes two looks that agree, the second after `settle` has passed since the
    intent; only then is it sent. `wait` lets that many seconds pass. A pass that the SOP itself ends
    with "If interrupted" is looked after in the same way.
    """
    for _ in range(MOST_PASSES):
        intent = intents.open_intent()
        if intent is not None:
            found = _look(run, intents, intent, clock, settle, wait)
            if found is not None:
                return found
        elif {"sent", "adopted"} & set(intents.outcomes()):
            return _sent_before(run("if-interrupted"))
        result = run("from-top")
        if not result.interrupted:
            return result
        if intents.open_intent() is None:  # nothing of ours can be there: one look is enough
            looked = run("if-interrupted")
            if _finding(looked) is not Lookup.NOT_SENT:
                return looked if _finding(looked) is Lookup.FOUND else _unclear(looked, 0)
    return result


def look_after(run: Callable[[Mode], RunResult], result: RunResult) -> RunResult:
    """Where no intents are kept: what was sent is looked for, and never sent again."""
    if not result.interrupted:
        return result
    looked = replace(run("if-interrupted"), sent=result.sent)
    return looked if _finding(looked) is Lookup.FOUND else _unclear(looked, 0)


def _look(
    run: Callable[[Mode], RunResult],
    intents: FileIntents,
    intent: Intent,
    clock: Clock,
    settle: timedelta,
    wait: Callable[[float], None],
) -> RunResult | None:
    """What the look after an open intent ends with; None when it was surely not sent."""
    result = run("if-interrupted")
    if _finding(result) is Lookup.NOT_SENT:
        left = intent.at + settle - clock.now()
        if left > LONGEST_WAIT:
            return _later(result, intent, settle)
        if left > timedelta(0):
            wait(left.total_seconds())
        result = run("if-interrupted")
        if _finding(result) is Lookup.NOT_SENT:
            intents.resolve("not-sent", at=clock.now())
            return None
    if _finding(result) is Lookup.FOUND:
        intents.resolve("adopted", at=clock.now())
        return replace(result, sent=True)
    return _unclear(result, intent.step_line)


def _finding(result: RunResult) -> Lookup | None:
    return result.lookup.finding if result.lookup else None


def _sent_before(result: RunResult) -> RunResult:
    """The case was sent by an earlier run: its number is read again, nothing is sent twice."""
    if _finding(result) is Lookup.FOUND:
        return replace(result, sent=True)
    return _unclear(replace(result, sent=True), 0)


def _unclear(result: RunResult, line: int) -> RunResult:
    if result.halt is not None:
        return result
    found = (
        result.lookup.words
        if result.lookup and result.lookup.words
        else "neither a request nor proof of none"
    )
    return _halted(result, line, "the request at the payer, or its words that there is none", found)


def _later(result: RunResult, intent: Intent, settle: timedelta) -> RunResult:
    at = (intent.at + settle).isoformat(timespec="minutes")
    return _halted(result, intent.step_line, f"to look again after {at}", "the payer's list may still lag")


def _halted(result: RunResult, line: int, expected: str, found: str) -> RunResult:
    halt = Halt(line, HaltReason.NOT_READ, expected, found)
    return replace(result, outcome=RunOutcome.HALTED, halt=halt)
