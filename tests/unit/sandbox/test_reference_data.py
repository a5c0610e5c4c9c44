import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authwright_sandbox import reference_data as known


def test_a_full_procedure_code_brings_its_neighbours_and_no_words() -> None:
    found = known.suggest_procedures("72148")
    assert [code for code, _ in found] == ["72141", "72142", "72146", "72147", "72148", "72149"]
    assert ("72148", "72148 - code 72148") in found


@pytest.mark.parametrize("typed", ["", "7", "72", "xyz", "999"])
def test_too_little_or_nothing_known_brings_nothing(typed: str) -> None:
    assert known.suggest_procedures(typed) == []


def test_an_unlisted_code_of_right_form_is_offered_as_it_is() -> None:
    assert ("99999", "99999 - code 99999") in known.suggest_procedures("99999")
    assert known.suggest_diagnoses("Z99.89") == [("Z99.89", "Z99.89 - diagnosis Z99.89")]


@pytest.mark.parametrize("typed", ["M54.16", "M5416", "m54.16"])
def test_a_diagnosis_is_found_with_or_without_its_dot(typed: str) -> None:
    assert [code for code, _ in known.suggest_diagnoses(typed)] == ["M54.12", "M54.16", "M54.17"]


def test_a_diagnosis_is_found_by_words() -> None:
    assert ("G47.33", "G47.33 - Obstructive sleep apnea") in known.suggest_diagnoses("sleep")


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(known.PROCEDURES))
def test_exactly_one_suggestion_starts_with_the_code(code: str) -> None:
    starting = [text for _, text in known.suggest_procedures(code) if text.startswith(code)]
    assert starting == [f"{code} - code {code}"]


@pytest.mark.parametrize("code", sorted(known.DIAGNOSES))
def test_exactly_one_diagnosis_starts_with_the_code(code: str) -> None:
    starting = [text for _, text in known.suggest_diagnoses(code) if text.startswith(f"{code} ")]
    assert starting == [f"{code} - {known.DIAGNOSES[code]}"]


@settings(max_examples=80, deadline=None)
@given(st.integers(100_000_000, 299_999_999))
def test_one_check_digit_in_ten_makes_an_npi_sound(base: int) -> None:
    sound = [known.npi_is_sound(f"{base}{digit}") for digit in range(10)]
    assert sound.count(True) == 1


def test_the_npi_of_the_standard_is_sound_and_has_a_name() -> None:
    assert known.npi_is_sound("1234567893")
    assert known.provider_name("1234567893", "facility") != known.provider_name("1234567893", "rendering")
    assert known.provider_name("1234567890", "rendering") is None


@pytest.mark.parametrize(
    ("member_id", "member"),
    [
        ("W123456789", True),
        ("U80031190201", True),
        ("W123450000", False),
        ("ABC", False),
        ("ABCDEFGH", False),
    ],
)
def test_what_looks_like_a_member_id(member_id: str, member: bool) -> None:
    assert known.looks_like_member_id(member_id) is member
