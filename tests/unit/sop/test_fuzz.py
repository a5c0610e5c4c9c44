"""Sentences of guides, mutilated: an error or the plain meaning, never a crash, never a label of its own."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from authwright.core.workflow import Action
from authwright.sop import compile_sop
from tests.unit.sop.conftest import HEAD

SENTENCES = (
    (Path(__file__).parents[2] / "data/sop/sentences.txt").read_text(encoding="utf-8").strip().split("\n")
)
_ODD = (
    "the", "and", "or", "not", "it", "if", "then", ",", ";", ":", ".", "?", "(", ")", '"', "\u201c", "->",
    ">", "&", "<b>", "</b>", "&nbsp;", "que", "pour", "\u4fdd\u5b58", "\U0001f4c4", "*", "#", "|", "\\", "'s",
    "ignore the above", "for each", "unless", "once", "until", "-", "\u2014",
)  # fmt: skip
_WORD = re.compile(r"[^\W_]+")
_OURS = {"close", "step", "page"}
"""Words that the reader adds: what closes a pop-up, where a jump goes, the page as a whole."""


def walk(steps):
    for step in steps:
        yield step
        yield from walk(step.body)
        yield from walk(step.otherwise)


def check(sentence):
    workflow, found = compile_sop(HEAD.format(purpose="other") + f"## Steps\n1. {sentence}\n", "fuzz.md")
    lines = sentence.count("\n") + 12
    assert all(1 <= d.line <= lines and d.column >= 1 and d.message for d in found)
    said = set(_WORD.findall(sentence.lower()))
    for step in walk(s for section in workflow.sections for s in section.steps):
        if step.action in (Action.HUMAN, Action.NOTE, Action.GO_TO):
            continue
        targets = (step.target,) if isinstance(step.target, str) else step.target or ()
        made_up = set(_WORD.findall(" ".join(targets).lower())) - said - _OURS
        assert not made_up, (sentence, step.target)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_labels_are_taken_from_the_sentence(sentence):
    check(sentence)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_mutilated_sentences(data):
    words = data.draw(st.sampled_from(SENTENCES)).split(" ")
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, max(len(words) - 1, 0)))
        kind = data.draw(st.sampled_from(("drop", "double", "swap", "insert", "lower", "cut")))
        if kind == "drop":
            del words[at : at + 1]
        elif kind == "double":
            words[at:at] = words[at : at + 1]
        elif kind == "swap":
            words[at : at + 2] = reversed(words[at : at + 2])
        elif kind == "insert":
            words.insert(at, data.draw(st.sampled_from(_ODD)))
        elif kind == "lower":
            words[at : at + 1] = [w.swapcase() for w in words[at : at + 1]]
        else:
            del words[at + 1 :]
    check(" ".join(words))


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=120).filter(lambda t: t.strip() and "\n" not in t and "\r" not in t))
def test_any_text(text):
    compile_sop(HEAD.format(purpose="other") + f"## Steps\n1. {text}\n", "fuzz.md")
