import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authwright.runner.wording import alike, contains, plain


@pytest.mark.parametrize(
    ("wanted", "shown", "expected"),
    [
        ("Member ID", "Member ID", 1.0),
        ("Member ID", "  member  id: *", 1.0),
        ("Member ID", "Member ID (required)", 1.0),
        ("Date of Birth", "Date of Birth (MM/DD/YYYY)", 1.0),
        ("Authorizations & Referrals", "Authorizations and Referrals", 1.0),
        ("Patient's name", "Patient’s name", 1.0),
        ("Patient Registration", "Patient Registration ▾", 1.0),
        ("Reference Number", "Reference #", 1.0),
        ("Precertification", "Pre-Certification", 0.97),
        ("Member ID", "Alternate member ID", 0.0),
        ("Member ID", "Member", 0.0),
        ("NPI", "NPI type", 0.0),
        ("", "", 0.0),
        ("*", "*", 0.0),
    ],
)
def test_what_counts_as_the_same_label(wanted: str, shown: str, expected: float) -> None:
    assert alike(wanted, shown) == expected


@pytest.mark.parametrize(
    ("text", "wanted", "found"),
    [
        ("Codes: 72148, 29881", "72148", True),
        ("Codes: 721489", "72148", False),
        ("from 12/07/2026 on", "12/07/2026", True),
        ("M54.16 is given", "M54.1", False),
        ("M54.1.", "M54.1", True),
        ("No requests\n match", "No requests match", True),
        ("anything", "", False),
    ],
)
def test_words_are_found_only_whole(text: str, wanted: str, found: bool) -> None:
    assert contains(text, wanted) is found


@given(st.text(max_size=40))
@settings(max_examples=80, deadline=None)
def test_plain_text_stays_as_it_is_and_is_like_itself(text: str) -> None:
    assert plain(plain(text)) == plain(text) or "(" in text
    assert alike(text, text) == (1.0 if plain(text) else 0.0)


@pytest.mark.parametrize(
    "shown",
    [
        "* Date of Birth (MM/DD/CCYY):",
        "Date of Birth (DD-MON-YYYY)",
        "Date of Birth (max. 10 characters)",
        "Date of Birth (at most 10 characters)",
    ],
)
def test_format_hints_are_no_part_of_a_label(shown: str) -> None:
    assert alike("Date of Birth", shown) == 1.0
