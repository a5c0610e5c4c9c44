"""When a label may be the new wording of an old one, and when it is another thing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from authwright.runner.akin import MORE, ONE_LESS, SAME_WORDS, akin


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Date of Birth", "Birth Date"),
        ("Date of Birth", "DOB"),
        ("Member ID", "Member's ID"),
        ("Procedure Code", "Procedure Codes *"),
        ("Facility NPI", "NPI of Facility"),
    ],
)
def test_the_same_words_are_the_same_thing(old: str, new: str) -> None:
    assert akin(old, new) == SAME_WORDS


@pytest.mark.parametrize(
    ("old", "new"), [("Tax ID", "Tax ID Number"), ("Contact Phone", "Contact Phone No.")]
)
def test_a_word_that_names_nothing_may_come(old: str, new: str) -> None:
    assert akin(old, new) == ONE_LESS


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Member ID", "Alternate Member ID"),
        ("Alternate Member ID", "Member ID"),
        ("From Date", "To Date"),
        ("Start Date", "Admission Start Date"),
        ("Service Start Date", "Service End Date"),
        ("Last Name", "First Name"),
        ("Contact Name", "Contact Phone"),
        ("Contact Phone", "Contact Phone Extension"),
        ("Diagnosis 1", "Diagnosis 2"),
        ("Primary Diagnosis", "Secondary Diagnosis"),
        ("Member ID", "Subscriber ID"),
        ("Phone", "Phone (mobile)"),
        ("Requesting Provider NPI", "Servicing Provider NPI"),
        ("NPI", "NPI type"),
    ],
)
def test_what_is_another_thing_is_never_taken(old: str, new: str) -> None:
    assert akin(old, new) < MORE


@given(st.permutations(["service", "location", "name"]))
def test_the_order_of_words_says_nothing(found: list[str]) -> None:
    assert akin("service location name", " ".join(found)) == SAME_WORDS
