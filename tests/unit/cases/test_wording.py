"""Every state has its word, and a ledger entry reads as a sentence."""

from authwright.cases.states import State
from authwright.cases.wording import STATES, happened


def test_every_state_has_a_word_of_its_own():
    assert set(STATES) == set(State)
    assert len(set(STATES.values())) == len(State)


def test_a_move_names_the_state_as_people_say_it():
    assert happened("case.moved", {"now": "certified", "note": ""}) == "Now: Approved."
    assert happened("case.moved", {"now": "in-review", "note": "Pended"}) == "Now: In review (Pended)."


def test_a_decision_has_the_payers_words_and_number():
    decision = {"payer_words": "Certified in Total", "reference_number": "A1"}
    assert happened("determination.read", {"determination": decision}) == (
        'The payer answered "Certified in Total", number A1.'
    )


def test_a_field_that_is_not_there_is_left_blank():
    assert happened("work.added", {}) == "A person is asked: "


def test_what_only_machines_care_about_is_silent():
    assert happened("evidence.kept", {"hash": "x"}) == ""
