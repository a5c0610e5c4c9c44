"""What a call does after a run that was cut off, or that the SOP itself sent to "If interrupted"."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from authwright.browser.files import FileIntents
from authwright.browser.resume import look_after, person_found, person_missed, run_or_resume
from authwright.core.run import Halt, HaltReason, Lookup, LookupFinding, RunOutcome, RunResult
from authwright.runner.state import Mode

START = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
SETTLE = timedelta(seconds=30)
CUT = Halt(20, HaltReason.INTERRUPTED, "to go on at If interrupted", "the SOP says so here")
FOUND = RunResult(RunOutcome.DONE, read={"reference_number": "A1"}, lookup=LookupFinding(Lookup.FOUND))
NONE = RunResult(
    RunOutcome.DONE,
    stopped_with="not-sent",
    lookup=LookupFinding(Lookup.NOT_SENT, "No requests match", ("W1",)),
)
UNCLEAR = RunResult(RunOutcome.DONE, lookup=LookupFinding(Lookup.UNCLEAR))


@dataclass
class Bench:
    """Plays one result a pass; "sends" records an intent first, as the sending step does."""

    folder: Path
    passes: list[tuple[str, RunResult]] = field(default_factory=list)
    log: list[str] = field(default_factory=list)
    at: datetime = START

    def now(self) -> datetime:
        return self.at

    def wait(self, seconds: float) -> None:
        self.log.append(f"wait {seconds:.0f}")
        self.at += timedelta(seconds=seconds)

    @property
    def intents(self) -> FileIntents:
        return FileIntents(self.folder / "intents.jsonl", "s1")

    def run(self, mode: Mode) -> RunResult:
        self.log.append(mode)
        what, result = self.passes.pop(0)
        if what == "sends":
            self.intents.record(step_line=20, page_fingerprint="f", at=self.at)
        return result

    def call(self, *passes: tuple[str, RunResult]) -> RunResult:
        self.passes = list(passes)
        return run_or_resume(self.run, self.intents, clock=self, settle=SETTLE, wait=self.wait)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def cut(*, sent: bool) -> RunResult:
    return RunResult(RunOutcome.HALTED, sent=sent, halt=CUT, interrupted=True)


DONE = RunResult(RunOutcome.DONE, sent=True, read={"reference_number": "A2"})


def test_a_run_that_goes_well_is_the_only_pass(bench: Bench) -> None:
    assert bench.call(("", DONE)) is DONE and bench.log == ["from-top"]


def test_sent_and_cut_off_is_adopted_when_it_is_found(bench: Bench) -> None:
    result = bench.call(("sends", cut(sent=True)), ("", FOUND))
    assert result.sent and result.read == {"reference_number": "A1"}
    assert bench.log == ["from-top", "if-interrupted"] and bench.intents.outcomes() == ["adopted"]


def test_sent_and_surely_not_found_is_sent_once_more(bench: Bench) -> None:
    result = bench.call(("sends", cut(sent=True)), ("", NONE), ("", NONE), ("", DONE))
    assert result is DONE and bench.intents.outcomes() == ["not-sent"]
    assert bench.log == ["from-top", "if-interrupted", "wait 30", "if-interrupted", "from-top"]


@pytest.mark.parametrize(
    ("second", "outcome", "outcomes"),
    [(FOUND, RunOutcome.DONE, ["adopted"]), (UNCLEAR, RunOutcome.HALTED, [])],
)
def test_a_second_look_that_does_not_agree_sends_nothing(
    bench: Bench, second: RunResult, outcome: RunOutcome, outcomes: list[str]
) -> None:
    result = bench.call(("sends", cut(sent=True)), ("", NONE), ("", second))
    assert result.outcome is outcome and bench.intents.outcomes() == outcomes
    assert bench.log == ["from-top", "if-interrupted", "wait 30", "if-interrupted"]


def test_cut_off_again_and_again_ends_with_a_person_and_the_intent_open(bench: Bench) -> None:
    result = bench.call(("sends", cut(sent=True)), ("", NONE), ("", NONE), ("sends", cut(sent=True)))
    assert result.outcome is RunOutcome.HALTED and result.interrupted
    assert bench.intents.open_intent() is not None and bench.log.count("from-top") == 2


def test_nothing_sent_and_nothing_there_begins_again(bench: Bench) -> None:
    assert bench.call(("", cut(sent=False)), ("", NONE), ("", DONE)) is DONE
    assert bench.log == ["from-top", "if-interrupted", "from-top"]


@pytest.mark.parametrize(("looked", "outcome"), [(FOUND, RunOutcome.DONE), (UNCLEAR, RunOutcome.HALTED)])
def test_nothing_sent_and_something_there_is_told(
    bench: Bench, looked: RunResult, outcome: RunOutcome
) -> None:
    result = bench.call(("", cut(sent=False)), ("", looked))
    assert result.outcome is outcome and not result.sent


def test_without_intents_it_is_looked_for_and_never_sent_again() -> None:
    modes: list[Mode] = []

    def looking(result: RunResult) -> Callable[[Mode], RunResult]:
        return lambda mode: (modes.append(mode), result)[1]

    assert look_after(looking(FOUND), DONE) is DONE and modes == []
    found = look_after(looking(FOUND), cut(sent=True))
    assert found.sent and found.read == {"reference_number": "A1"} and modes == ["if-interrupted"]
    none = look_after(looking(NONE), cut(sent=True))
    assert none.outcome is RunOutcome.HALTED and none.sent and len(modes) == 2


# --- what the next call tells ---

LATER = timedelta(minutes=15)
SAW = RunResult(RunOutcome.DONE, lookup=LookupFinding(Lookup.UNCLEAR, saw='1 row: "A0 · Denied"'))


def killed(bench: Bench) -> None:
    """An earlier call, killed while it sent."""
    bench.intents.record(step_line=20, page_fingerprint="f", at=bench.at)


def again(bench: Bench, *passes: tuple[str, RunResult], settle: timedelta = LATER) -> RunResult:
    bench.passes = list(passes)
    return run_or_resume(bench.run, bench.intents, clock=bench, settle=settle, wait=bench.wait)


def clock_face(at: datetime) -> str:
    return f"{at.astimezone():%H:%M}"


def test_within_the_settle_time_it_says_on_the_local_clock_when_to_look_again(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed(bench)
    monkeypatch.setenv("TZ", "America/Chicago")
    time.tzset()
    try:
        result = again(bench, ("", NONE))
    finally:
        monkeypatch.undo()
        time.tzset()
    assert result.halt is not None and result.halt.reason is HaltReason.TOO_EARLY and not result.stopped_with
    assert result.halt.expected == "to look again after 06:15" and not result.sent and not result.sent_before
    said = '"No requests match", but the payer\'s list may still lag: sending began at 06:00'
    assert result.halt.found == said and bench.log == ["if-interrupted"]
    assert bench.intents.open_intent() is not None


def test_another_day_is_named(bench: Bench) -> None:
    killed(bench)
    result = again(bench, ("", NONE), settle=timedelta(days=2))
    assert result.halt is not None and " after 2026-11-26 " in result.halt.expected


def test_what_an_earlier_call_sent_is_told_apart_from_what_this_one_sent(bench: Bench) -> None:
    killed(bench)
    adopted = again(bench, ("", FOUND))
    assert adopted.sent and adopted.sent_before
    only_looked = again(bench, ("", FOUND))
    assert only_looked.sent and only_looked.sent_before and bench.log[-1] == "if-interrupted"


def test_cut_off_in_this_call_is_sent_by_this_call(bench: Bench) -> None:
    result = bench.call(("sends", cut(sent=True)), ("", FOUND))
    assert result.sent and not result.sent_before


def test_sent_before_and_no_longer_in_the_list_says_when_it_was_sent(bench: Bench) -> None:
    killed(bench)
    again(bench, ("", FOUND))
    result = again(bench, ("", SAW))
    assert result.sent and result.sent_before and result.halt is not None
    assert result.halt.expected == f"the request that was sent at {clock_face(START)}, in the payer's list"


def test_a_look_that_decides_nothing_tells_what_it_saw(bench: Bench) -> None:
    killed(bench)
    result = again(bench, ("", SAW))
    assert result.halt is not None and result.halt.reason is HaltReason.IN_DOUBT
    assert result.halt.found == '1 row: "A0 · Denied"' and bench.intents.open_intent() is not None


# --- a person's answer ---


def test_a_person_who_found_it_ends_the_doubt_and_nothing_is_sent(bench: Bench) -> None:
    killed(bench)
    result = person_found(bench.intents, "A7", at=bench.at)
    assert result.sent_before and result.read == {"reference_number": "A7"}
    assert bench.intents.open_intent() is None
    later = again(bench)
    assert later.sent_before and later.read == {"reference_number": "A7"} and not bench.log


def test_a_person_who_missed_it_too_early_is_told_to_look_again(bench: Bench) -> None:
    killed(bench)
    intent = bench.intents.open_intent()
    assert intent is not None
    early = person_missed(bench.intents, intent, clock=bench, settle=LATER)
    assert early is not None and early.halt is not None and early.halt.reason is HaltReason.TOO_EARLY
    assert bench.intents.open_intent() is not None
    bench.at += LATER
    assert person_missed(bench.intents, intent, clock=bench, settle=LATER) is None
    assert again(bench, ("", DONE)) is DONE and bench.intents.outcomes() == ["not-sent"]
