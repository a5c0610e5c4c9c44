import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authwright.rules.nodes import Scalar, read_nodes
from authwright.rules.shapes import Log
from authwright.rules.values import CodeRange, Span, Unit, best_confidence
from authwright.rules.vocabulary import facility_type, fold, funding, line_of_business


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("7 calendar days", 7, Unit.DAYS),
        ("1 day", 1, Unit.DAYS),
        ("2 business days", 2, Unit.BUSINESS_DAYS),
        ("72 hours", 72, Unit.HOURS),
        ("2 weeks", 2, Unit.WEEKS),
        ("12 months", 12, Unit.MONTHS),
        ("1 year", 12, Unit.MONTHS),
    ],
)
def test_spans_are_read_from_words(text, number, unit):
    assert Span.from_node(Scalar(text, 1, 1), Log("f")) == Span(number, unit)


@pytest.mark.parametrize("text", ["seven days", "7", "7 business hours", "7 fortnights", ""])
def test_what_is_no_span_is_told(text):
    log = Log("f")
    assert Span.from_node(Scalar(text, 1, 1), log) is None
    assert log.diagnostics[0].code == "RUL008"


def test_only_calendar_spans_give_a_day():
    day = dt.date(2026, 2, 27)
    assert Span(7, Unit.DAYS).after(day) == dt.date(2026, 3, 6)
    assert Span(2, Unit.WEEKS).before(day) == dt.date(2026, 2, 13)
    assert Span(2, Unit.BUSINESS_DAYS).after(day) is None
    assert Span(1, Unit.MONTHS).after(day) is None
    assert [str(Span(n, Unit.DAYS)) for n in (1, 2)] == ["1 calendar day", "2 calendar days"]


@settings(max_examples=100, deadline=None)
@given(*[st.integers(0, 99999)] * 3)
def test_a_range_holds_the_numbers_between_its_ends(a, b, n):
    first, last = sorted((a, b))
    held = f"{n:05}" in CodeRange(f"{first:05}", f"{last:05}")
    assert held == (first <= n <= last)


def test_words_of_the_shared_vocabulary():
    assert line_of_business("Medicare Advantage") == line_of_business("MA") == "medicare-advantage"
    assert line_of_business("ppo") == ""
    assert funding("Self funded") == funding("ASO") == "self-funded"
    assert facility_type("ASC") == "ambulatory-surgical-center"
    assert fold("  Blue-Cross  & Blue Shield, Inc. ") == "blue cross & blue shield inc"


def test_no_source_is_no_confidence():
    assert best_confidence(()) == "low"


def test_the_tree_of_a_code_list_keeps_leading_zeros():
    node, _ = read_nodes("[0275T, 00100]", "f")
    from authwright.rules.values import CodeSet

    assert node is not None
    assert list(CodeSet.from_node(node, Log("f"))) == ["00100", "0275T"]
