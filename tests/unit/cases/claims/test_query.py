"""What of a claim goes into the question about its requirement, and near-equal identifiers."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from authwright.cases.claims.compare import Subject
from authwright.cases.claims.index import differs_by_suffix, one_slip, plain_number
from authwright.cases.claims.query import query_of
from authwright.cases.claims.similar import is_similar
from authwright.cases.claims.terms import PayerTerms
from authwright.formats.x12.claim import Claim, ClaimLine, Party

LINE = ClaimLine("1", "72148", ("RT",), Decimal(2), start=date(2026, 3, 10), end=date(2026, 3, 10))
CLAIM = Claim(
    id="C1",
    place="22",
    billing=Party(npi="1234567893", tax_id="123456789"),
    payer_name="EXAMPLE PAYER",
    member_id="W1",
    patient_birth=date(1980, 3, 11),
    patient_state="GA",
    order="S",
    filing="16",
    diagnoses=("M5450",),
    lines=(LINE, ClaimLine("2", "99213", start=date(2026, 3, 10), end=date(2026, 3, 10))),
)


def test_the_question_says_what_the_claim_says():
    query = query_of(Subject(CLAIM, LINE, PayerTerms("example")))
    assert (query.payer, query.code, query.date, query.place, query.state) == (
        "example",
        "72148",
        date(2026, 3, 10),
        "22",
        "GA",
    )
    assert (query.line_of_business, query.coverage, query.units, query.age) == (
        "medicare-advantage",
        2,
        2,
        45,
    )
    assert (query.modifiers, query.diagnoses, query.also_billed) == (("RT",), ("M5450",), ("99213",))
    assert (query.provider_npi, query.provider_tin) == ("1234567893", "123456789")


def test_what_the_claim_doesnt_say_stays_empty():
    bare = replace(CLAIM, filing="ZZ", patient_birth=None, patient_state="", order="U")
    query = query_of(Subject(bare, replace(LINE, units=Decimal("1.5")), PayerTerms()))
    assert (query.payer, query.line_of_business, query.age, query.state, query.units) == (
        "EXAMPLE PAYER",
        "",
        None,
        "",
        None,
    )
    assert query_of(Subject(CLAIM, replace(LINE, start=None), PayerTerms())) is None


@given(st.text("ABC123", min_size=1, max_size=8), st.integers(0, 7), st.sampled_from("ABC123"))
def test_one_slip_of_the_keys(word, at, other):
    at %= len(word)
    changed = word[:at] + other + word[at + 1 :]
    assert one_slip(word, changed) == (word != changed)
    assert one_slip(word, word[:at] + word[at + 1 :])
    assert one_slip(word[:at] + other + word[at:], word)
    assert not one_slip(word, word)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("W1234567", "W123456701", True), ("W1234567", "W12345678", False), ("W12", "W1201", False)],
)
def test_a_dependents_suffix(one, other, same):
    assert differs_by_suffix(one, other) is differs_by_suffix(other, one) is same


def test_numbers_are_compared_without_dashes_case_and_leading_zeros():
    assert plain_number("00a-12 3") == plain_number("A123")
    assert plain_number("000") == "000"


@pytest.mark.parametrize(
    ("one", "other", "similar"),
    [
        ("72148", "72158", True),
        ("72148", "72148", False),
        ("72148", "70553", False),
        ("99213", "99214", False),
        ("J1745", "J1746", False),
    ],
)
def test_variants_of_one_service(one, other, similar):
    assert is_similar(one, other) is similar
