"""What changed in the behaviour, in words; nothing when only the wording did."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authwright.core.workflow import Workflow
from authwright.sop import compile_sop, diff, diff_text
from authwright.sop.diff import ChangeKind

TEXT = (Path(__file__).parents[3] / "library/hub/sops/submit-outpatient.md").read_text()


def compiled(text: str) -> Workflow:
    workflow, found = compile_sop(text, "x.md")
    assert found == [] and workflow is not None, found
    return workflow


def changed(*edits):
    """(changes, text) between the SOP and the SOP with these edits."""
    text = TEXT
    for before, after in edits:
        assert before in text
        text = text.replace(before, after)
    old, new = compiled(TEXT), compiled(text)
    changes = diff(old, new)
    return changes, diff_text(old, new, changes)


def test_other_words_for_the_same_are_no_change():
    changes, text = changed(
        ("Enter the units in Quantity.", "Key the number of units into Quantity."),
        ("the date of birth in", "the birth date in"),
    )
    assert changes == []
    assert text.startswith("The same, said in other words.")
    assert changed()[1].startswith("The same text.")


@pytest.mark.parametrize(
    ("edit", "what", "before", "now"),
    [
        (("in Quantity", "in Units"), "label", 'into the field "Quantity"', 'into the field "Units"'),
        (("Enter the units", "Enter the service date"), "value", "the units of", "the service date of"),
        (("at most 10 MB", "at most 5 MB"), "size", "none above 10 MB", "none above 5 MB"),
        (("unless it is the last", "if it is the last"), "condition", "not the last", "is the last"),
        (("Under Rendering Provider", "Under Provider"), "place", "Rendering Provider", '"Provider"'),
        (("15. Check that", "15. Click Home.\n15. Check that"), None, None, 'Press "Home"'),
        (("7. Click Next.", "7. Click Continue."), "label", 'Press "Next"', 'Press "Continue"'),
        (('outcome "duplicate"', 'outcome "twice"'), "outcome", '"duplicate"', '"twice"'),
    ],
)  # fmt: skip
def test_a_change_names_what_differs_then_and_now(edit, what, before, now):
    (change,), text = changed(edit)
    assert not change.mark
    assert what is None or change.what == (what,)
    assert (before or "") in change.old and now in change.new
    assert change.kind is (ChangeKind.CHANGED if what else ChangeKind.ADDED)
    assert f"now:    {change.new}" in text and "1 change in what is done" in text


def test_a_step_that_is_gone():
    (change,), text = changed(("13. Attach every document of kind", "<!-- 13. Attach every document of kind"),
                              ("at most 10 MB each.", "at most 10 MB each. -->"))  # fmt: skip
    assert change.kind is ChangeKind.REMOVED and "Hand in every document" in change.old
    assert "no longer done" in text and "now:" not in text


def test_a_step_that_moved():
    notes = "12. Enter the clinical notes in Clinical Notes.\n"
    (change,), text = changed((notes, ""), ("7. Click Next.\n", "7. Click Next.\n" + notes))
    assert change.kind is ChangeKind.MOVED and (change.old_line, change.new_line) == (30, 26)
    assert "moved here from line 30" in text


def test_a_step_that_is_now_done_only_under_a_condition():
    (change,), text = changed(("16. Click Submit once", "16. If the status is Draft, click Submit once"))
    assert change.what == ("condition around it",) and change.mark
    assert (change.old_under, change.new_under) == ("", 'Only if the status on the page is "Draft"')
    assert text.split("\n")[2].startswith("~ SENT TO THE PAYER")


def test_what_is_sent_comes_first():
    changes, _ = changed(("in Quantity", "in Units"), ("16. Click", "16. Click Attest once. Click"))
    assert [c.mark for c in changes] == [True, False]
    assert 'Press "Attest"' in changes[0].new and changes[0].kind is ChangeKind.ADDED
    (lost,), _ = changed(("Click Submit once", "Click Submit"))
    assert lost.mark and lost.what == ("sending",)


def test_the_purpose_and_the_portal_count():
    changes, text = changed(("purpose: submit", "purpose: other"), ("portal: hub", "portal: united"))
    assert [(c.what, c.old, c.new) for c in changes] == [
        (("purpose",), "the purpose is submit", "the purpose is other"),
        (("portal",), "the portal is hub", "the portal is united"),
    ]
    assert "the SOP as a whole" in text


def test_sections_divided_otherwise_are_told_though_no_step_differs():
    changes, text = changed(("12. Enter the clinical", "## Notes and files\n12. Enter the clinical"))
    assert changes and "changes in what is done" in text.replace("1 change in", "1 changes in")


LINES = TEXT.split("\n")
STEPS = [n for n, line in enumerate(LINES) if line.lstrip()[:1].isdigit() or line.startswith("- ")]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(STEPS), st.sampled_from(STEPS), st.sampled_from(["drop", "swap", "copy"]))
def test_another_meaning_is_never_without_a_change(one, other, how):
    lines = list(LINES)
    if how == "swap":
        lines[one], lines[other] = lines[other], lines[one]
    elif how == "copy":
        lines.insert(one, lines[other])
    else:
        del lines[one]
    new, _ = compile_sop("\n".join(lines), "x.md")
    old = compiled(TEXT)
    assert new is not None
    there, back = diff(old, new), diff(new, old)
    assert bool(there) == bool(back) == (old.meaning_hash != new.meaning_hash)
    assert all(c.old or c.new for c in there)
