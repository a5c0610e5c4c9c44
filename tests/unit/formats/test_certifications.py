"""Certifications from JSON and CSV."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authwright.core.certification import (
    Certification,
    CertifiedCode,
    DeterminationStatus,
    ObtainedBy,
    Proof,
)
from authwright.formats.certifications import read_certifications

ONE = {
    "number": "A100",
    "payer": "Example Payer",
    "member_id": "W1",
    "codes": [{"code": "72148", "modifiers": ["RT"], "units": 1}, {"code": "97110", "units": "2.5"}, "99213"],
    "from": "2026-03-01",
    "to": "03/31/2026",
    "rendering_npi": "1234567893",
    "group_tin": "12-3456789",
    "facility_npi": "1245319599",
    "places": ["22", 11],
    "status": "A6",
    "process": "Medical review",
    "method": "phone",
    "representative": "Kim",
    "at": "2026-02-28T14:30",
    "call_reference": "C77",
}
EXPECTED = Certification(
    "A100",
    "Example Payer",
    "W1",
    (
        CertifiedCode("72148", ("RT",), Decimal(1)),
        CertifiedCode("97110", (), Decimal("2.5")),
        CertifiedCode("99213"),
    ),
    date(2026, 3, 1),
    date(2026, 3, 31),
    "1234567893",
    "123456789",
    "1245319599",
    ("22", "11"),
    DeterminationStatus.MODIFIED,
    "Medical review",
    Proof(ObtainedBy.PHONE, "Kim", datetime(2026, 2, 28, 14, 30, tzinfo=UTC), "", "C77"),
)
CSV = """number,payer,member_id,code,modifiers,units,from,to,places
A100,Example Payer,W1,72148,RT,1,2026-03-01,2026-03-31,"11, 22"
A101,Example Payer,W2,97110,,12,2026-03-01,2026-03-31,
A100,Example Payer,W1,72141,,1,2026-03-01,2026-03-31,"11, 22"
"""


def test_json_with_every_name():
    for text in (
        json.dumps([ONE]),
        json.dumps({"certifications": [ONE]}, indent=2),
        "\ufeff" + json.dumps([ONE]),
    ):
        assert read_certifications(text.encode(), "c.json") == ([EXPECTED], [])


def test_rows_of_one_number_are_one_certification():
    found, said = read_certifications(CSV.encode(), "c.csv")
    assert said == []
    first, second = found
    assert [c.code for c in first.codes] == ["72148", "72141"] and first.places == ("11", "22")
    assert (second.number, second.codes) == ("A101", (CertifiedCode("97110", (), Decimal(12)),))
    assert first.status is DeterminationStatus.CERTIFIED


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_other_delimiters_and_office_encodings(delimiter):
    text = CSV.replace('"11, 22"', "11").replace(",", delimiter).replace("Example Payer", "Compañía")
    for coding in ("utf-8", "utf-8-sig", "cp1252"):
        found, said = read_certifications(text.encode(coding), "c.csv")
        assert ([c.payer for c in found], said) == (["Compañía", "Compañía"], [])


def test_good_entries_come_through_beside_bad_ones():
    bad = {**ONE, "number": "A2", "from": "2026-13-01", "codes": [{"code": "7"}], "status": "who knows"}
    found, said = read_certifications(json.dumps([ONE, bad]).encode(), "c.json")
    assert [c.number for c in found] == ["A100"]
    assert sorted(d.code for d in said) == ["CRT005", "CRT007", "CRT013"]


def test_a_bad_row_takes_its_approval_out_and_no_other():
    found, said = read_certifications(CSV.replace("72141", "7214X1").encode(), "c.csv")
    assert [c.number for c in found] == ["A101"]
    assert [(d.code, d.line) for d in said] == [("CRT007", 4)]


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("", DeterminationStatus.CERTIFIED),
        ("Certified in Total", DeterminationStatus.CERTIFIED),
        ("Denied", DeterminationStatus.NOT_CERTIFIED),
        ("In Review", DeterminationStatus.PENDED),
        ("NA", DeterminationStatus.NOT_REQUIRED),
        ("non-affirmation", DeterminationStatus.NOT_CERTIFIED),
        ("expired", DeterminationStatus.CERTIFIED),
        *((s.value, s) for s in DeterminationStatus),
    ],
)
def test_words_for_a_status(words, status):
    (found,), said = read_certifications(json.dumps([{**ONE, "status": words}]).encode(), "c.json")
    assert (found.status, said) == (status, [])


def test_a_workbook_is_told_from_csv():
    _, (said,) = read_certifications(b"PK\x03\x04...", "c.xlsx")
    assert said.code == "CRT001" and "CSV" in said.hint


@settings(max_examples=150, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.floats(allow_nan=False),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(sorted(ONE)), inner, max_size=4)
        ),
        max_leaves=12,
    )
)
def test_any_json_is_told_and_never_raises(value):
    found, said = read_certifications(json.dumps([value, ONE]).encode(), "c.json")
    assert EXPECTED in found
    assert all(d.line >= 1 for d in said if d.code != "CRT015")


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_told_and_never_raises(text):
    found, said = read_certifications(text.encode("utf-8", "surrogatepass"), "c.csv")
    assert found == [] and (said or not text.strip(" \n[]"))


def test_an_approval_by_phone_that_nobody_gave_proves_nothing():
    rows = "A1,P,W1,72148,phone,Kim,\nA2,P,W1,72148,phone,,2026-02-28T14:30\nA3,P,W1,72148,portal,,\n"
    data = ("number,payer,member_id,code,method,representative,at\n" + rows).encode()
    known, said = read_certifications(data, "approvals")
    assert [c.number for c in known] == ["A1", "A2", "A3"]
    assert [(d.code, d.line, d.severity.value) for d in said] == [("CRT017", n, "warning") for n in (2, 3)]
    assert "time" in said[0].message and "representative" in said[1].message
