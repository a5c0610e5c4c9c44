"""What `sop run` tells at the end: whether something was sent, by which call, and what a person can do."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from authwright.browser.files import FileIntents, NoIntents
from authwright.cli.sop_run_text import tell
from authwright.core.run import Halt, HaltReason, Lookup, LookupFinding, RunOutcome, RunResult

AT = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
NUMBER = {"reference_number": "PD-245427"}
LOOKED = LookupFinding(Lookup.UNCLEAR)


def halted(reason: HaltReason, **more: object) -> RunResult:
    return RunResult(RunOutcome.HALTED, halt=Halt(30, reason, "this", "that"), **more)  # type: ignore[arg-type]


@pytest.fixture
def in_doubt(tmp_path: Path) -> FileIntents:
    intents = FileIntents(tmp_path / "intents.jsonl", "s1")
    intents.record(step_line=20, page_fingerprint="f", at=AT)
    return intents


def told(
    capsys: pytest.CaptureFixture[str], result: RunResult, intents: FileIntents | NoIntents
) -> list[str]:
    tell(result, intents)
    return capsys.readouterr().out.splitlines()


@pytest.mark.parametrize(
    ("result", "line"),
    [
        (RunResult(RunOutcome.DONE, sent=True, read=NUMBER), "done, sent"),
        (RunResult(RunOutcome.DONE, stopped_with="before-submit"), "done with before-submit, nothing sent"),
        (
            RunResult(RunOutcome.DONE, sent=True, sent_before=True, read=NUMBER),
            "done: already sent as PD-245427; not sent again",
        ),
    ],
)
def test_who_sent_it(capsys: pytest.CaptureFixture[str], result: RunResult, line: str) -> None:
    assert told(capsys, result, NoIntents())[-1] == line


def test_why_an_sop_stopped(capsys: pytest.CaptureFixture[str]) -> None:
    result = RunResult(RunOutcome.DONE, stopped_with="form refused", said="Please correct: NPI")
    assert told(capsys, result, NoIntents())[-1] == '  the page says "Please correct: NPI"'


@pytest.mark.parametrize(
    ("result", "todo"),
    [
        (halted(HaltReason.NOT_READ, sent=True), "run the same command again: it looks at the payer first"),
        (halted(HaltReason.TOO_EARLY, lookup=LOOKED), "run the same command again after that time"),
        (halted(HaltReason.IN_DOUBT, lookup=LOOKED), "look in the portal whether the payer has the request."),
        (
            halted(HaltReason.NOT_FOUND, lookup=LOOKED),
            "look in the portal whether the payer has the request.",
        ),
    ],
)
def test_what_a_person_can_do_about_what_is_in_doubt(
    capsys: pytest.CaptureFixture[str], in_doubt: FileIntents, result: RunResult, todo: str
) -> None:
    *_, halt, _, _, now = told(capsys, result, in_doubt)
    assert halt == f"line 30: {result.halt.reason if result.halt else ''}"
    assert now.startswith(f"  now: {todo}")


def test_a_halt_before_anything_was_sent_asks_for_nothing_more(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    lines = told(capsys, halted(HaltReason.NOT_FOUND), FileIntents(tmp_path / "none.jsonl", "s1"))
    assert lines == [
        "halted, nothing sent",
        "line 30: control-not-found",
        "  expected: this",
        "  found: that",
    ]


def test_without_kept_intents_a_person_looks_before_sending_again(capsys: pytest.CaptureFixture[str]) -> None:
    lines = told(capsys, halted(HaltReason.NOT_READ, sent=True), NoIntents())
    assert lines[-1].endswith("before it is sent again")


def test_as_whom_it_was_done_and_what_the_portal_says_of_the_account(
    capsys: pytest.CaptureFixture[str],
) -> None:
    notices = ("Your password expires in 5 days.",)
    done = RunResult(RunOutcome.DONE, acted_as="Dana Ruiz", on_behalf_of="Northside Clinic", notices=notices)
    said = told(capsys, done, NoIntents())
    assert "as Dana Ruiz, on behalf of Northside Clinic" in said
    assert '  the portal says "Your password expires in 5 days."' in said
