"""What is taken from an 837P, on samples and on claims with every loop that matters."""

import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authwright.formats.x12.claim import NumberOnClaim
from authwright.formats.x12.claim_837p import read_claims
from authwright.formats.x12.reader import X12Reader

DATA = Path(__file__).parents[2] / "data/x12"
ISA = "ISA*00*          *00*          *ZZ*CLINIC         *ZZ*PAYER          "
HEAD = f"""{ISA}*260310*1200*^*00501*000000001*0*P*:~
GS*HC*CLINIC*PAYER*20260310*1200*1*X*005010X222A1~
ST*837*0001*005010X222A1~
"""
BODY = """HL*1**20*1~
NM1*85*2*EXAMPLE CLINIC*****XX*1234567893~
N3*1 MAIN ST~
REF*EI*12-3456789~
HL*2*1*22*1~
SBR*S*18*GROUP7*GOLD PLAN*****16~
NM1*IL*1*DOE*JOHN****MI*W1234567~
N4*ATLANTA*GA*30301~
DMG*D8*19500101*M~
NM1*PR*2*EXAMPLE PAYER*****PI*00001~
HL*3*2*23*0~
PAT*01~
NM1*QC*1*DOE*JANE~
DMG*D8*19520203*F~
CLM*C1*900***22:B:7*Y*A*Y*I~
REF*F8*PAYERS-OWN~
REF*G1*A100~
REF*9F*R200~
HI*ABK:M5450*ABF:M5116~
NM1*82*1*ROE*ANN****XX*1245319599~
NM1*77*2*IMAGING CENTER*****XX*1003000126~
SBR*P*18*******MB~
OI***Y***Y~
NM1*IL*1*DOE*JANE****MI*M999~
NM1*PR*2*FIRST PAYER*****PI*00002~
REF*G1*OTHER1~
LX*1~
SV1*HC:72148:26:RT*500*UN*1***1~
DTP*472*D8*20260310~
LX*2~
SV1*HC:97110:GP*400*UN*4*11**1~
DTP*472*RD8*20260310-20260312~
REF*G1*A101~
REF*G1*B1**2U:00002~
NM1*82*1*POE*AL****XX*1083617021~
NM1*77*2*OFFICE*****XX*1992700020~
"""


def text_of(body):
    count = body.count("~") + 2
    return f"{HEAD}{body}SE*{count}*0001~\nGE*1*1~\nIEA*1*000000001~\n".encode()


def claims_of(data, chunk=1 << 16):
    reader = X12Reader(io.BytesIO(data), "file.837", chunk)
    return list(read_claims(reader)), reader.diagnostics


def test_everything_that_the_check_needs():
    (claim,), found = claims_of(text_of(BODY))
    assert found == []
    assert (claim.id, claim.frequency, claim.place, claim.charge) == ("C1", "7", "22", Decimal(900))
    assert (claim.billing.npi, claim.billing.tax_id, claim.billing.person) == (
        "1234567893",
        "123456789",
        False,
    )
    assert (claim.member_id, claim.order, claim.filing, claim.plan_name) == (
        "W1234567",
        "S",
        "16",
        "GOLD PLAN",
    )
    assert (claim.payer_name, claim.payer_id) == ("EXAMPLE PAYER", "00001")
    assert (claim.patient_first_name, claim.patient_birth) == ("JANE", date(1952, 2, 3))
    assert (claim.subscriber_first_name, claim.patient_state) == ("JOHN", "GA")
    assert claim.replaces == "PAYERS-OWN"
    assert [(n.kind, n.number) for n in claim.numbers] == [("G1", "A100"), ("9F", "R200")]
    assert claim.diagnoses == ("M5450", "M5116")
    assert (claim.rendering.npi, claim.facility.npi) == ("1245319599", "1003000126")
    (other,) = claim.other_payers
    assert (other.order, other.id, other.member_id) == ("P", "00002", "M999")
    assert [n.number for n in other.numbers] == ["OTHER1"]


def test_lines_have_their_own_place_dates_numbers_and_providers():
    (claim,), _ = claims_of(text_of(BODY))
    first, second = claim.lines
    assert (first.code, first.modifiers, first.units, first.place) == ("72148", ("26", "RT"), Decimal(1), "")
    assert (first.start, first.end, first.numbers, first.rendering) == (date(2026, 3, 10),) * 2 + ((), None)
    assert (second.place, second.end) == ("11", date(2026, 3, 12))
    assert second.numbers == (NumberOnClaim("G1", "A101", 36), NumberOnClaim("G1", "B1", 37, "00002"))
    assert (second.rendering.npi, second.facility.npi) == ("1083617021", "1992700020")


def test_what_one_patient_has_does_not_stay_for_the_next():
    second = """HL*4*1*22*0~
SBR*P*18*******CI~
NM1*IL*1*POE*AL****MI*W7654321~
NM1*PR*2*EXAMPLE PAYER*****PI*00001~
CLM*C2*100***11:B:1*Y*A*Y*I~
LX*1~
SV1*HC:99213*100*UN*1***1~
DTP*472*D8*20260310~
"""
    (_, claim), _ = claims_of(text_of(BODY + second))
    assert (claim.member_id, claim.patient_first_name, claim.patient_birth) == ("W7654321", "AL", None)
    assert (claim.numbers, claim.rendering, claim.other_payers, claim.frequency) == ((), None, (), "1")
    assert claim.billing.npi == "1234567893"


def test_names_in_utf_8_and_in_latin_1():
    for coding in ("utf-8", "latin-1"):
        data = text_of(BODY).replace(b"NM1*QC*1*DOE*JANE", "NM1*QC*1*MUÑOZ*ANNÉ".encode(coding))
        (claim,), _ = claims_of(data)
        assert (claim.patient_last_name, claim.patient_first_name) == ("MUÑOZ", "ANNÉ")


@pytest.mark.parametrize("path", sorted((DATA / "837I").iterdir()), ids=lambda p: p.name)
def test_institutional_claims_are_refused_by_name(path):
    claims, found = claims_of(path.read_bytes())
    assert claims == []
    assert "institutional claim (837I)" in next(d.message for d in found if d.code == "X12020")


def test_professional_claims_beside_another_kind_are_read():
    institutional = (DATA / "837I/lfh__institutional-claim.837i").read_bytes().strip() + b"\n"
    claims, found = claims_of(institutional + text_of(BODY))
    assert ([c.id for c in claims], [d.code for d in found]) == (["C1"], ["X12020"])


COUNTS = {
    "imsweb__x12_complex.txt": 6,
    "imsweb__x12_multiple_isa.txt": 4,
    "lfh__demo.example1.837": 1,
    "moov__example_5010_837p_sample.txt": 8,
    "staedi__sample837-original.edi": 1,
}


@pytest.mark.parametrize("name", COUNTS)
def test_samples_hold_so_many_claims(name):
    data = (DATA / "837P" / name).read_bytes()
    claims, _ = claims_of(data)
    assert len(claims) == COUNTS[name] == data.count(b"CLM*") + data.count(b"CLM|")
    assert all(claim.lines for claim in claims)


@settings(max_examples=60, deadline=None)
@given(cut=st.integers(len(HEAD), len(text_of(BODY)) - 2), chunk=st.integers(1, 400))
def test_a_claim_that_is_cut_off_is_not_given(cut, chunk):
    data = text_of(BODY)
    claims, found = claims_of(data[:cut], chunk)
    assert found
    assert bool(claims) == (cut > data.index(b"SE*") + len("SE*38*0001"))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_segments_in_any_order_never_raise(data):
    lines = BODY.splitlines(keepends=True)
    shuffled = data.draw(st.lists(st.sampled_from(lines), max_size=40))
    claims, _ = claims_of(text_of("".join(shuffled)))
    assert len(claims) == sum(s.startswith("CLM") for s in shuffled)


def test_what_cannot_be_read_of_a_line_is_kept_as_written():
    body = BODY.replace("*500*UN*1*", "*500*UN*abc*").replace("D8*20260310~", "D8*20261345~", 1)
    (claim,), found = claims_of(text_of(body))
    first, second = claim.lines
    assert (first.units, first.units_text, first.start, first.date_text) == (None, "abc", None, "20261345")
    assert (second.units_text, second.date_text, second.code_set) == ("", "", "HC")
    assert {d.code for d in found} >= {"X12026", "X12029"}
