from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authwright.core.data_table import DataType
from authwright.runner.values import (
    date_form,
    masked,
    read_date,
    same,
    same_chosen,
    starts_with,
    write,
    write_date,
    write_number,
)

FORMS = ("MM/DD/YYYY", "YYYY-MM-DD", "MM-DD-YYYY", "M/D/YYYY", "MMDDYYYY", "DD-MON-YYYY", "MM.DD.YYYY")


@pytest.mark.parametrize(
    ("hint", "form"),
    [
        ("", "MM/DD/YYYY"),
        ("Use MM/DD/YYYY", "MM/DD/YYYY"),
        ("yyyy-mm-dd", "YYYY-MM-DD"),
        ("Date (MMDDYYYY)", "MMDDYYYY"),
        ("dd-mon-yyyy", "DD-MON-YYYY"),
        ("M/D/YYYY", "M/D/YYYY"),
    ],
)
def test_the_date_form_that_a_hint_names(hint: str, form: str) -> None:
    assert date_form(hint) == form


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.sampled_from(FORMS))
@settings(max_examples=100, deadline=None)
def test_a_date_reads_back_from_every_form(day: date, form: str) -> None:
    assert read_date(write_date(day, form)) == day
    assert same(f"{day:%Y-%m-%d}", write_date(day, form), DataType.DATE)


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.dates(date(1900, 1, 1), date(2099, 12, 31)))
@settings(max_examples=60, deadline=None)
def test_two_days_are_never_the_same(a: date, b: date) -> None:
    assert same(a.isoformat(), f"{b:%m/%d/%Y}", DataType.DATE) is (a == b)


def test_writing_values_as_a_page_asks() -> None:
    assert write("1961-03-14", DataType.DATE) == "03/14/1961"
    assert write("1961-03-14", DataType.DATE, native_date=True) == "1961-03-14"
    assert write(1.0, DataType.NUMBER) == "1" and write("2.50", DataType.NUMBER) == "2.5"
    assert write(True, DataType.YES_NO) == "Yes"
    assert write_number("many") == "many"


@pytest.mark.parametrize(
    ("expected", "found", "type_", "agrees"),
    [
        ("404-555-0142", "(404) 555-0142", DataType.PHONE, True),
        ("404-555-0142", "+1 404 555 0142", DataType.PHONE, True),
        ("404-555-0142", "404-555-0143", DataType.PHONE, False),
        ("M54.16", "M5416", DataType.CODE, True),
        ("M54.16", "M54.1", DataType.CODE, False),
        ("1", "1.00", DataType.NUMBER, True),
        ("1", "", DataType.NUMBER, False),
        ("Garcia", "GARCIA", DataType.TEXT, True),
        ("Garcia", "Garcia-Lopez", DataType.TEXT, False),
        ("03/14/1961", "", DataType.DATE, False),
    ],
)
def test_when_two_writings_are_one_value(expected: str, found: str, type_: DataType, agrees: bool) -> None:
    assert same(expected, found, type_) is agrees


@pytest.mark.parametrize(
    ("value", "option", "type_", "chosen"),
    [
        ("22", "22 - On Campus-Outpatient Hospital", DataType.CODE, True),
        ("22", "22", DataType.CODE, True),
        ("2", "22 - On Campus-Outpatient Hospital", DataType.CODE, False),
        ("22", "122 - Other", DataType.CODE, False),
        ("GA", "GA - Georgia", DataType.STATE, True),
        ("Aetna", "Aetna Better Health", DataType.TEXT, False),
        ("Aetna", "aetna", DataType.TEXT, True),
        ("UnitedHealthcare", "UnitedHealthcare - Community Plan", DataType.TEXT, False),
    ],
)
def test_when_an_option_is_the_value(value: str, option: str, type_: DataType, chosen: bool) -> None:
    assert same_chosen(value, option, type_) is chosen


def test_a_suggestion_starts_with_the_whole_value() -> None:
    assert starts_with("72148", "72148 - code 72148") and starts_with("M54.16", "M5416 Radiculopathy")
    assert not starts_with("7214", "72148 - code 72148") and not starts_with("", "72148")


def test_masked_values_show_their_last_two_characters_and_secrets_nothing() -> None:
    assert masked("W123456789") == "••••••••89" and masked("abc") == "•••"
    assert masked("practice-Day1", secret=True) == "••••••••"
