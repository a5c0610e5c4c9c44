"""How pages are laid out: headings by their looks, grids of properties, words that mark a label."""

import pytest
from fakes import step, task
from sessions import Session, done, fill

from authwright.core.workflow import Action

pytestmark = pytest.mark.browser


def test_folds_and_bars_are_sections(session: Session) -> None:
    steps = [
        step(Action.CHECK, "Same as requesting", section="Facility"),
        step(Action.CHECK, "Same as requesting", section="Rendering provider"),
        step(Action.UNCHECK, "Same as requesting", section="Facility"),
        fill("Last Name", "Garcia", section="Member"),
        fill("Last Name", "Lee", section="Subscriber"),
        fill("Last Name", "Okafor", section="Contact"),
    ]
    done(session.run("headed.html", task(*steps)))
    assert [session.held(f"document.getElementById('{i}').checked") for i in "rf"] == [True, False]
    assert [session.value(i) for i in ("ml", "sl", "cl")] == ["Garcia", "Lee", "Okafor"]


def test_a_word_that_says_required_is_no_part_of_the_label(session: Session) -> None:
    steps = step(Action.SELECT, "Health Plan", value="Gold"), fill("Group", "G1")
    done(session.run("headed.html", task(*steps)))
    assert (session.value("plan"), session.value("group")) == ("Gold", "G1")
    assert {c.key for c in session.look("headed.html").controls if c.required} == {"plan", "group"}


def test_a_grid_of_properties_in_several_columns(session: Session) -> None:
    steps = [step(Action.READ, label) for label in ("Attestation ID", "Status", "Due")]
    result = done(session.run("headed.html", task(*steps)))
    assert result.read == {"attestation_id": "AT-77", "status": "Complete", "due": "12/01/2026"}
