"""Each halt is a worklist entry that a person understands."""

import re

import pytest

from authwright.core.run import Halt, HaltReason, RunOutcome, RunResult
from authwright.engine.guides import HALTS, KINDS, halted_in_words, of_kind, of_run
from authwright.engine.services import WorkKind
from authwright.engine.submitting import Ended, Submitting

PICTURE = "ab" * 32
TOLD = [*HALTS.values(), *KINDS.values()]


def halted(reason: HaltReason, found: str = "what was there", **more) -> RunResult:
    halt = Halt(9, reason, "what was wanted", found, "Enter the NPI in NPI.")
    return RunResult(RunOutcome.HALTED, halt=halt, picture=PICTURE, **more)


def test_every_reason_and_every_kind_is_told():
    assert set(HALTS) == set(HaltReason)
    assert set(KINDS) == set(WorkKind)


@pytest.mark.parametrize(("title", "todo"), TOLD, ids=[title for title, _ in TOLD])
def test_a_title_is_a_headline_and_what_to_do_is_sentences(title, todo):
    assert title[0].isupper() and not title.endswith(".") and len(title) < 70
    assert todo[0].isupper() and todo.endswith((".", "no."))
    slugs = [r.value for r in HaltReason if "-" in r]
    assert not [slug for slug in slugs if re.search(rf"\b{slug}\b", title)]


@pytest.mark.parametrize("reason", list(HaltReason))
def test_the_entry_of_a_halt_has_title_duty_sentence_and_picture(bench, reason):
    bench.portal.plan = [halted(reason)]
    assert Submitting(bench.services(), "clinic", bench.submission()).carry_out() is Ended.WAITS_FOR_PERSON
    (item,) = bench.items()
    assert (item.guide.title, item.guide.todo) == HALTS[reason]
    assert (item.guide.step, item.guide.picture) == ("Enter the NPI in NPI.", PICTURE)
    assert "what was there" in item.why and "Line 9" in item.why
    assert bench.state() == "ready"


@pytest.mark.parametrize(
    ("result", "title"),
    [
        (
            halted(HaltReason.SIGN_IN_REFUSED, refused="password"),
            "The portal refused the user name or password",
        ),
        (halted(HaltReason.SIGN_IN_REFUSED, refused="code"), "The portal refused the one-time code"),
        (halted(HaltReason.NO_CODE), "No one-time code could be had"),
        (RunResult(RunOutcome.HALTED, picture=PICTURE), "A run stopped"),
    ],
)
def test_what_was_refused_at_the_door_is_told_apart(result, title):
    assert of_run(result).title == title
    assert of_run(result).picture == PICTURE


def test_an_unanswered_question_is_quoted():
    question = 'empty: "Has the member completed six weeks of conservative treatment?"'
    assert question in halted_in_words(halted(HaltReason.REQUIRED_UNANSWERED, question))


def test_a_kind_that_is_not_known_is_told_by_its_name():
    assert of_kind("someone-elses").title == "someone elses"
