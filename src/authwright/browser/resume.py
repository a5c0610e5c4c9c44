"""A run that may have been cut off while it sent: look at the payer first, then send or don't."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from authwright.browser.files import FileIntents
from authwright.core.clock import Clock
from authwright.core.ports import Intent
from authwright.core.run import Halt, HaltReason, Lookup, RunOutcome, RunResult
from authwright.runner.state import Mode

# A longer wait is a person's: the run says when to look again.
LONGEST_WAIT = timedelta(seconds=60)

# How often one call begins from the top: an SOP may itself say to look and to begin again.
MOST_PASSES = 2

Passes = Callable[[Mode], RunResult]


def run_or_resume(
    run: Passes,
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
    doubt = _Doubt(intents, clock, settle)
    sent_here = False
    for _ in range(MOST_PASSES):
        intent = intents.open_intent()
        if intent is not None:
            found = _look(run, doubt, intent, wait)
            if found is not None:
                return replace(found, sent_before=found.sent and not sent_here)
        elif sent := intents.sent():
            known = _known(sent.number) if sent.number else None
            return known or _sent_before(run("if-interrupted"), doubt.told(sent.at))
        result = run("from-top")
        if not result.interrupted:
            return result
        sent_here = result.sent
        if intents.open_intent() is None:  # nothing of ours can be there: one look is enough
            looked = run("if-interrupted")
            if _finding(looked) is not Lookup.NOT_SENT:
                return looked if _finding(looked) is Lookup.FOUND else _unclear(looked, 0)
    return result


def look_after(run: Passes, result: RunResult) -> RunResult:
    """Where no intents are kept: what was sent is looked for, and never sent again."""
    if not result.interrupted:
        return result
    looked = replace(run("if-interrupted"), sent=result.sent)
    return looked if _finding(looked) is Lookup.FOUND else _unclear(looked, 0)


def person_found(intents: FileIntents, number: str, *, at: datetime) -> RunResult:
    """A person has seen the request at the payer under that number: nothing is to be sent."""
    intents.resolve("adopted", at=at, number=number)
    return _known(number)


def _known(number: str) -> RunResult:
    return RunResult(RunOutcome.DONE, sent=True, sent_before=True, read={"reference_number": number})


def person_missed(
    intents: FileIntents, intent: Intent, *, clock: Clock, settle: timedelta
) -> RunResult | None:
    """A person has seen that the payer hasn't got it: None when it may now be sent. Before the list is
    up to date nobody can have seen that."""
    doubt = _Doubt(intents, clock, settle)
    if doubt.left(intent) > timedelta(0):
        return doubt.too_early(RunResult(RunOutcome.HALTED), intent)
    intents.resolve("not-sent", at=clock.now())
    return None


@dataclass(frozen=True, slots=True)
class _Doubt:
    """The intents of which it isn't known yet what came of them, and how long the payer's list may lag."""

    intents: FileIntents
    clock: Clock
    settle: timedelta

    def left(self, intent: Intent) -> timedelta:
        return intent.at + self.settle - self.clock.now()

    def too_early(self, result: RunResult, intent: Intent) -> RunResult:
        said = f'"{result.lookup.words}", but the' if result.lookup and result.lookup.words else "the"
        found = f"{said} payer's list may still lag: sending began at {self.told(intent.at)}"
        expected = f"to look again after {self.told(intent.at + self.settle)}"
        return _halted(result, Halt(intent.step_line, HaltReason.TOO_EARLY, expected, found))

    def told(self, at: datetime) -> str:
        """A moment as a person's clock shows it, rounded up to minutes; the day unless it is today."""
        local = (at + timedelta(seconds=59)).astimezone().replace(second=0)
        today = self.clock.now().astimezone().date()
        return f"{local:%H:%M}" if local.date() == today else f"{local:%Y-%m-%d %H:%M}"


def _look(run: Passes, doubt: _Doubt, intent: Intent, wait: Callable[[float], None]) -> RunResult | None:
    """What the look after an open intent ends with; None when it was surely not sent."""
    result = run("if-interrupted")
    if _finding(result) is Lookup.NOT_SENT:
        left = doubt.left(intent)
        if left > LONGEST_WAIT:
            return doubt.too_early(result, intent)
        if left > timedelta(0):
            wait(left.total_seconds())
        result = run("if-interrupted")
        if _finding(result) is Lookup.NOT_SENT:
            doubt.intents.resolve("not-sent", at=doubt.clock.now())
            return None
    if _finding(result) is Lookup.FOUND:
        doubt.intents.resolve("adopted", at=doubt.clock.now())
        return replace(result, sent=True)
    return _unclear(result, intent.step_line)


def _finding(result: RunResult) -> Lookup | None:
    return result.lookup.finding if result.lookup else None


def _sent_before(result: RunResult, at: str) -> RunResult:
    """The case was sent by an earlier call: its number is read again, nothing is sent twice."""
    known = replace(result, sent=True, sent_before=True)
    if _finding(result) is Lookup.FOUND or result.halt is not None:
        return known
    expected = f"the request that was sent at {at}, in the payer's list"
    return _halted(known, Halt(0, HaltReason.NOT_READ, expected, _saw(result)))


def _unclear(result: RunResult, line: int) -> RunResult:
    if result.halt is not None:
        return result
    expected = "the request at the payer, or proof that it isn't there"
    return _halted(result, Halt(line, HaltReason.IN_DOUBT, expected, _saw(result)))


def _saw(result: RunResult) -> str:
    lookup = result.lookup
    return (lookup.saw or lookup.words if lookup else "") or "neither a request nor proof of none"


def _halted(result: RunResult, halt: Halt) -> RunResult:
    return replace(result, outcome=RunOutcome.HALTED, halt=halt, stopped_with="")
