"""Dates as people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from authwright.core.dates import DateWindow, parse_date


@pytest.mark.parametrize("text", ["2026-11-24", "11/24/2026", "20261124", " 11/24/2026 "])
def test_accepted_forms(text):
    assert parse_date(text) == date(2026, 11, 24)


@pytest.mark.parametrize("text", ["2026-02-30", "24/11/2026", "11/24/26", "Nov 24 2026", "", "2026-1-2"])
def test_refused(text):
    assert parse_date(text) is None


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_day_is_read_back(day):
    assert parse_date(day.isoformat()) == day
    assert parse_date(f"{day:%m/%d}/{day.year}") == day


def test_a_window_holds_both_its_ends():
    window = DateWindow(date(2026, 1, 1), date(2026, 1, 31))
    assert date(2026, 1, 1) in window and date(2026, 1, 31) in window
    assert date(2026, 2, 1) not in window


def test_a_window_cannot_end_before_it_starts():
    with pytest.raises(ValueError, match="before it starts"):
        DateWindow(date(2026, 2, 1), date(2026, 1, 1))
