"""Constructions of everyday instructions, from tests/data/sop/constructions.txt."""

from pathlib import Path

import pytest

FILE = Path(__file__).parents[2] / "data/sop/constructions.txt"
LINES = [
    tuple(part.strip() for part in line.split("  =>  "))
    for line in FILE.read_text(encoding="utf-8").split("\n")
    if line.strip() and not line.startswith("#")
]
READ = [line for line in LINES if not line[1].startswith("SOP")]
REFUSED = [line for line in LINES if line[1].startswith("SOP")]


def _step(text):
    act, _, condition = text.partition(" | ")
    act, _, value = act.partition(" = ")
    action, _, target = act.strip().partition(" ")
    return action, target.strip(), value.strip(), condition.strip()


def _brief(step):
    target = step["target"]
    value = step["value"] or {}
    return (
        step["action"],
        "/".join(target) if isinstance(target, list) else target or "",
        value.get("ref") or value.get("literal") or "",
        step["condition"] or "",
    )


@pytest.mark.parametrize(("sentence", "expected"), READ)
def test_a_construction_is_read(sop, sentence, expected):
    assert [_brief(s) for s in sop.flat(sentence)] == [_step(s) for s in expected.split("; ")]


@pytest.mark.parametrize(("sentence", "code"), REFUSED)
def test_what_is_unclear_is_an_error(sop, sentence, code):
    assert sop.errors(sentence) == [code]


@pytest.mark.parametrize("dash", ["-", "\u2013", "\u2014"])
def test_a_dash_after_an_act_only_tells_more(sop, dash):
    assert [s["action"] for s in sop.flat(f"Click Pay {dash} the page reloads.")] == ["click"]


@pytest.mark.parametrize("arrow", [">", "->", "=>", "\u2192", "\u203a"])
def test_arrows_of_all_kinds_make_a_path(sop, arrow):
    assert [s["target"] for s in sop.flat(f"Go to Claims {arrow} Search.")] == [["Claims", "Search"]]
