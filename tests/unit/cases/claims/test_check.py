"""Verdicts and findings of the claim check, each on a claim that differs in one thing."""

import itertools
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authwright.cases.claims.check import ClaimChecker, check_claim
from authwright.cases.claims.result import FindingCode, Verdict
from authwright.cases.claims.terms import PayerTerms
from authwright.core.certification import Certification, CertifiedCode, DeterminationStatus
from authwright.core.requirement import Advice, Outcome, Process, Requirement
from authwright.formats.x12.claim import Claim, ClaimLine, NumberOnClaim, OtherPayer, Party
from authwright.rules.advice import Likelihood

DAY = date(2026, 3, 10)
CLINIC = Party("EXAMPLE CLINIC", "1234567893", "123456789")
ROE = Party("ANN ROE", "1245319599", person=True)
SITE = Party("IMAGING CENTER", "1003000126")
LINE = ClaimLine("1", "72148", (), Decimal(1), start=DAY, end=DAY, segment=30)
CLAIM = Claim(
    id="C1",
    place="22",
    billing=CLINIC,
    payer_name="EXAMPLE PAYER",
    payer_id="00001",
    member_id="W1234567",
    numbers=(NumberOnClaim("G1", "A100", 20),),
    rendering=ROE,
    facility=SITE,
    lines=(LINE,),
)
APPROVAL = Certification(
    number="A100",
    payer="Example Payer",
    member_id="W1234567",
    codes=(CertifiedCode("72148", (), Decimal(1)),),
    start=date(2026, 3, 1),
    end=date(2026, 3, 31),
    rendering_npi=ROE.npi,
    group_tin=CLINIC.tax_id,
    facility_npi=SITE.npi,
    places=("22",),
)
NO_NUMBER = replace(CLAIM, numbers=())


def answers(outcome=Outcome.UNKNOWN, **more):
    return lambda query: Requirement(query.code, outcome, query.coverage, **more)


def check(claim=CLAIM, approvals=(APPROVAL,), require=None, **more):
    return check_claim(claim, list(approvals), require or answers(), **more)


def codes(result):
    return [f.code.value for f in result.findings]


def line(**changes):
    return replace(CLAIM, lines=(replace(LINE, **changes),))


def test_a_claim_that_fits_passes():
    result = check()
    assert (result.verdict, codes(result), result.lines[0].certification) == (Verdict.PASS, [], "A100")


@pytest.mark.parametrize(
    ("claim", "approval", "code", "claimed", "certified"),
    [
        (line(units=Decimal(2)), {}, "units-exceeded", "2", "1"),
        (line(start=date(2026, 4, 1), end=date(2026, 4, 1)), {}, "date-outside", "2026-04-01", "2026-03-31"),
        (line(end=date(2026, 4, 2)), {}, "date-outside", "2026-04-02", "2026-03-31"),
        (NO_NUMBER, {}, "number-missing", "", "A100"),
        (replace(CLAIM, numbers=(NumberOnClaim("G1", "A999", 20),)), {}, "number-wrong", "A999", "A100"),
        (replace(CLAIM, rendering=Party("X", "1083617021")), {}, "rendering-differs", "1083617021", ROE.npi),
        (replace(CLAIM, rendering=None), {}, "rendering-differs", CLINIC.npi, ROE.npi),
        (replace(CLAIM, facility=Party("Y", "1083617021")), {}, "facility-differs", "1083617021", SITE.npi),
        (replace(CLAIM, place="11"), {}, "place-differs", "11", "22"),
        (line(place="11"), {}, "place-differs", "11", "22"),
        (replace(CLAIM, member_id="W7654321"), {}, "member-differs", "W7654321", "W1234567"),
        (CLAIM, {"group_tin": "98-7654321"}, "group-differs", "123456789", "98-7654321"),
        (CLAIM, {"status": DeterminationStatus.PENDED}, "not-approved", "", "pended"),
        (CLAIM, {"status": DeterminationStatus.CANCELLED}, "not-approved", "", "cancelled"),
        (CLAIM, {"status": DeterminationStatus.NOT_CERTIFIED}, "not-approved", "", "not-certified"),
        (
            line(modifiers=("RT",)),
            {"codes": (CertifiedCode("72148", ("LT",)),)},
            "modifier-differs",
            "RT",
            "LT",
        ),
        (
            line(modifiers=("RR",)),
            {"codes": (CertifiedCode("72148", ("NU",)),)},
            "modifier-differs",
            "RR",
            "NU",
        ),
        (
            line(modifiers=("50",)),
            {"codes": (CertifiedCode("72148", ("LT",)),)},
            "modifier-differs",
            "50",
            "LT",
        ),
        (line(code="72149"), {}, "code-not-covered", "72149", "72148"),
        (replace(line(code="72158"), numbers=()), {}, "code-not-covered", "72158", "72148"),
        (line(code="97110"), {}, "code-not-covered", "97110", "72148"),
    ],
)
@pytest.mark.parametrize("outcome", [Outcome.REQUIRED, Outcome.UNKNOWN, Outcome.VOLUNTARY])
def test_a_field_that_differs_blocks_whatever_the_requirement(
    claim, approval, code, claimed, certified, outcome
):
    result = check(claim, [replace(APPROVAL, **approval)], answers(outcome))
    assert (result.verdict, codes(result)) == (Verdict.BLOCK, [code])
    (found,) = result.findings
    assert claimed in found.claimed and certified in found.certified
    assert found.line == "1" and found.claim_field + found.certification_field and found.fix.endswith(".")


@pytest.mark.parametrize(
    ("claim", "approval"),
    [
        (line(modifiers=("59", "XS")), {}),
        (line(modifiers=("LT",)), {"codes": (CertifiedCode("72148", ("50",), Decimal(1)),)}),
        (line(modifiers=("50",), units=Decimal(2)), {}),
        (line(modifiers=("80",), rendering=Party("B", "1083617021")), {}),
        (line(units=Decimal(9)), {"codes": (CertifiedCode("72148"),)}),
        (line(units=Decimal(45), unit_kind="MJ"), {}),
        (replace(CLAIM, numbers=(NumberOnClaim("G1", "a-100", 20),)), {}),
        (replace(CLAIM, member_id="w 123-4567"), {}),
        (replace(CLAIM, billing=replace(CLINIC, npi=SITE.npi), facility=None), {}),
        (
            CLAIM,
            {
                "rendering_npi": "",
                "group_tin": "",
                "facility_npi": "",
                "places": (),
                "start": None,
                "end": None,
            },
        ),
        (CLAIM, {"status": DeterminationStatus.MODIFIED}),
        (CLAIM, {"status": DeterminationStatus.PARTIAL}),
    ],
)
def test_what_is_no_difference_passes(claim, approval):
    result = check(claim, [replace(APPROVAL, **approval)])
    assert (result.verdict, codes(result)) == (Verdict.PASS, [])


@pytest.mark.parametrize(
    ("claim", "approval", "code"),
    [
        (replace(CLAIM, facility=None), {}, "facility-missing"),
        (CLAIM, {"codes": (CertifiedCode("72148", ("LT",), Decimal(1)),)}, "modifier-missing"),
        (replace(CLAIM, member_id="W123456701"), {}, "member-suffix"),
    ],
)
def test_what_may_be_right_only_warns(claim, approval, code):
    result = check(claim, [replace(APPROVAL, **approval)])
    assert (result.verdict, codes(result)) == (Verdict.WARN, [code])


@pytest.mark.parametrize(
    ("outcome", "verdict", "code"),
    [
        (Outcome.REQUIRED, Verdict.BLOCK, ["no-certification"]),
        (Outcome.CONDITIONAL, Verdict.BLOCK, ["no-certification"]),
        (Outcome.VOLUNTARY, Verdict.WARN, ["voluntary-left-out"]),
        (Outcome.NOTIFICATION_ONLY, Verdict.WARN, ["voluntary-left-out"]),
        (Outcome.NOT_REQUIRED, Verdict.PASS, []),
        (Outcome.EXEMPT, Verdict.PASS, []),
        (Outcome.UNKNOWN, Verdict.NOT_DECIDED, []),
    ],
)
def test_without_a_certification_the_requirement_decides(outcome, verdict, code):
    result = check(NO_NUMBER, [], answers(outcome))
    assert (result.verdict, codes(result), result.lines[0].requirement) == (verdict, code, outcome.value)


def test_unknown_warns_where_payers_usually_want_approval():
    usually = answers(advice=Advice("advanced imaging", Likelihood.USUAL.value, "call"))
    seldom = answers(advice=Advice("office visits", Likelihood.SOMETIMES.value))
    assert check(NO_NUMBER, [], usually).verdict is Verdict.WARN
    assert check(NO_NUMBER, [], seldom).verdict is Verdict.NOT_DECIDED


def test_a_number_that_nobody_knows_is_named():
    result = check(CLAIM, [], answers(Outcome.REQUIRED))
    assert codes(result) == ["number-unknown"]
    assert result.findings[0].claimed == "A100"


def test_other_lines_of_an_approved_claim_stand_on_their_own():
    visit = replace(LINE, number="2", code="99213")
    result = check(replace(CLAIM, lines=(LINE, visit)))
    assert [x.verdict for x in result.lines] == [Verdict.PASS, Verdict.NOT_DECIDED]
    assert result.verdict is Verdict.NOT_DECIDED


def test_a_line_number_goes_before_the_claims_and_other_payers_numbers_dont_count():
    other = NumberOnClaim("G1", "A100", 31, "00002")
    assert codes(check(replace(NO_NUMBER, lines=(replace(LINE, numbers=(other,)),)))) == ["number-missing"]
    own = replace(other, payer_id="00001")
    assert check(replace(NO_NUMBER, lines=(replace(LINE, numbers=(own,)),))).verdict is Verdict.PASS
    wrong = NumberOnClaim("G1", "A7", 31)
    assert codes(check(replace(CLAIM, lines=(replace(LINE, numbers=(wrong,)),)))) == ["number-wrong"]
    elsewhere = replace(NO_NUMBER, other_payers=(OtherPayer("P", numbers=(CLAIM.numbers[0],)),))
    assert codes(check(elsewhere)) == ["number-missing"]


def test_a_number_in_the_referrals_field_is_pointed_out():
    claim = replace(CLAIM, numbers=(NumberOnClaim("9F", "A100", 20),))
    (found,) = check(claim).findings
    assert found.code is FindingCode.NUMBER_MISSING and "9F" in found.message
    assert check(claim, [replace(APPROVAL, process="Referral")]).verdict is Verdict.PASS


def test_a_second_number_for_another_line_is_to_go_on_the_line():
    therapy = replace(LINE, number="2", code="97110")
    second = replace(APPROVAL, number="A101", codes=(CertifiedCode("97110"),))
    (found,) = check(replace(CLAIM, lines=(LINE, therapy)), [APPROVAL, second]).findings
    assert (found.code, found.line, found.claim_field) == (FindingCode.NUMBER_WRONG, "2", "2400 REF*G1")


def test_the_approval_that_fits_is_taken_of_several():
    old = replace(APPROVAL, number="A050", start=date(2026, 1, 1), end=date(2026, 2, 1))
    pended = replace(APPROVAL, number="A200", status=DeterminationStatus.PENDED)
    for order in itertools.permutations([old, pended, APPROVAL]):
        assert check(CLAIM, order).lines[0].certification == "A100"
    wrong = check(replace(CLAIM, numbers=(NumberOnClaim("G1", "A050", 20),)), [old, APPROVAL])
    assert [(f.code.value, f.certified) for f in wrong.findings] == [("number-wrong", "A100")]


def test_a_decision_that_none_is_required_passes_but_its_id_stays_off_the_claim():
    decision = replace(APPROVAL, number="D1", status=DeterminationStatus.NOT_REQUIRED)
    assert check(NO_NUMBER, [decision], answers(Outcome.REQUIRED)).verdict is Verdict.PASS
    on_claim = check(replace(CLAIM, numbers=(NumberOnClaim("G1", "D1", 20),)), [decision])
    assert (on_claim.verdict, codes(on_claim)) == (Verdict.BLOCK, ["decision-id-on-claim"])
    late = replace(NO_NUMBER, lines=(replace(LINE, start=date(2026, 5, 1), end=date(2026, 5, 1)),))
    assert codes(check(late, [decision], answers(Outcome.REQUIRED))) == ["no-certification"]


def test_a_member_id_that_is_nearly_the_same_explains_a_block_and_makes_none():
    slip = replace(NO_NUMBER, member_id="W1324567")
    assert codes(check(slip, require=answers(Outcome.REQUIRED))) == ["member-differs"]
    assert check(slip, require=answers(Outcome.UNKNOWN)).verdict is Verdict.NOT_DECIDED
    assert check(slip, require=answers(Outcome.NOT_REQUIRED)).verdict is Verdict.PASS
    sibling = replace(NO_NUMBER, member_id="W1234568")
    assert codes(check(sibling, require=answers(Outcome.REQUIRED))) == ["no-certification"]


def test_another_payers_approval_is_no_approval():
    def terms(name):
        return PayerTerms({"00001": "example", "Other Payer": "other"}.get(name, ""))

    foreign = replace(APPROVAL, payer="Other Payer")
    assert codes(check(CLAIM, [foreign], find_terms=terms)) == ["payer-differs"]
    assert check(NO_NUMBER, [foreign], find_terms=terms).verdict is Verdict.NOT_DECIDED
    delegate = replace(APPROVAL, payer="A delegate nobody listed")
    assert check(CLAIM, [delegate], find_terms=terms).verdict is Verdict.PASS


def test_a_payers_own_terms():
    def terms(**more):
        return lambda name: PayerTerms("example", **more)

    group = terms(covers=lambda approved, claimed: (approved, claimed) == ("72148", "72149"))
    assert check(line(code="72149"), find_terms=group).verdict is Verdict.PASS
    assert check(NO_NUMBER, find_terms=terms(number_on_claim=False)).verdict is Verdict.PASS
    other = replace(CLAIM, rendering=Party("X", "1083617021"))
    assert check(other, find_terms=terms(bound_to="group")).verdict is Verdict.PASS
    assert check(other, find_terms=terms(bound_to="individual")).verdict is Verdict.BLOCK


def test_where_two_processes_are_required_both_must_hold():
    both = answers(
        Outcome.REQUIRED, processes=(Process("referral", "Referral"), Process("review", "Medical review"))
    )
    one = replace(APPROVAL, process="Medical review")
    result = check(CLAIM, [one], both)
    assert codes(result) == ["process-missing"] and "Referral" in result.findings[0].message
    two = replace(APPROVAL, number="R1", process="referral")
    assert check(CLAIM, [one, two], both).verdict is Verdict.PASS
    assert check(CLAIM, [APPROVAL], both).verdict is Verdict.PASS


def test_a_line_without_a_date_is_not_decided():
    undated = replace(NO_NUMBER, lines=(replace(LINE, start=None, end=None),))
    assert check(undated, [], answers(Outcome.REQUIRED)).verdict is Verdict.NOT_DECIDED


# Units across lines and claims


def verdicts(claims, approval=APPROVAL):
    checker = ClaimChecker([approval], answers())
    return [checker.check(claim).verdict.value for claim in claims]


def again(claim_id, **changes):
    return replace(CLAIM, id=claim_id, **changes)


def test_units_add_up_over_the_claims_of_a_file():
    checker = ClaimChecker([APPROVAL], answers())
    assert checker.check(CLAIM).verdict is Verdict.PASS
    second = checker.check(again("C2"))
    assert codes(second) == ["units-exceeded"] and "C1" in second.findings[0].message


def test_units_add_up_over_the_lines_of_a_claim():
    three = tuple(
        replace(LINE, number=str(n), start=date(2026, 3, n), end=date(2026, 3, n)) for n in (3, 4, 5)
    )
    two = replace(APPROVAL, codes=(CertifiedCode("72148", (), Decimal(2)),))
    result = check(replace(CLAIM, lines=three), [two])
    assert [x.verdict.value for x in result.lines] == ["pass", "pass", "block"]


@pytest.mark.parametrize(
    "pair", [(("LT",), ("RT",)), (("26",), ("TC",)), ((), ("80",)), ((), ("AS",)), (("62",), ("62",))]
)
def test_parts_of_one_service_use_one_unit(pair):
    lines = tuple(replace(LINE, number=str(n), modifiers=m) for n, m in enumerate(pair, 1))
    assert check(replace(CLAIM, lines=lines)).verdict is Verdict.PASS
    doubled = lines + tuple(replace(x, number=x.number + "b", start=date(2026, 3, 11)) for x in lines[:1])
    assert check(replace(CLAIM, lines=doubled)).verdict is Verdict.BLOCK


def test_a_replaced_or_voided_claim_gives_its_units_back():
    replacement, void = again("C1", frequency="7"), again("C1", frequency="8")
    assert verdicts([CLAIM, replacement, again("C2")]) == ["pass", "pass", "block"]
    assert verdicts([CLAIM, void, again("C2")]) == ["pass", "pass", "pass"]
    assert verdicts([CLAIM, again("C1", member_id="W123456701", frequency="8"), again("C2")])[-1] == "block"


def test_a_void_needs_no_approval():
    assert check(again("C1", frequency="8"), [], answers(Outcome.REQUIRED)).verdict is Verdict.PASS


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 4), min_size=1, max_size=8), st.integers(1, 12))
def test_units_are_blocked_exactly_when_they_exceed(units, limit):
    lines = [replace(LINE, number=str(n), units=Decimal(u)) for n, u in enumerate(units)]
    approval = replace(APPROVAL, codes=(CertifiedCode("72148", (), Decimal(limit)),))
    result = check(replace(CLAIM, lines=tuple(lines)), [approval])
    blocked = [x.verdict is Verdict.BLOCK for x in result.lines]
    assert blocked == [total > limit for total in itertools.accumulate(units)]


def test_json_has_the_stable_names():
    shown = check(NO_NUMBER).as_json()
    assert {"id", "verdict", "lines", "findings"} <= set(shown)
    names = {"code", "severity", "message", "claim_field", "certification_field", "claimed", "certified"}
    assert names | {"fix"} <= set(shown["findings"][0])


UNREADABLE = [
    ({"units": None, "units_text": "abc"}, "abc", "2400 SV104"),
    ({"units": None}, "", "2400 SV104"),
    ({"units": Decimal(0)}, "0", "2400 SV104"),
    ({"units": Decimal(-3)}, "-3", "2400 SV104"),
    ({"start": None, "end": None, "date_text": "20261345"}, "20261345", "2400 DTP*472"),
    ({"start": None, "end": None}, "", "2400 DTP*472"),
    ({"date_text": "20261345"}, "20261345", "2400 DTP*472"),
]


@pytest.mark.parametrize(("changes", "claimed", "field"), UNREADABLE)
@pytest.mark.parametrize("status", [DeterminationStatus.CERTIFIED, DeterminationStatus.NOT_REQUIRED])
def test_what_cannot_be_read_blocks_where_an_approval_is_concerned(changes, claimed, field, status):
    claim = (
        line(**changes) if status is DeterminationStatus.CERTIFIED else replace(line(**changes), numbers=())
    )
    result = check(claim, [replace(APPROVAL, status=status)])
    assert (result.verdict, codes(result)) == (Verdict.BLOCK, ["unreadable"])
    (found,) = result.findings
    assert (found.claimed, found.claim_field, found.line) == (claimed, field, "1")
    assert claimed in found.message


@pytest.mark.parametrize(("changes", "claimed", "field"), UNREADABLE)
@pytest.mark.parametrize("outcome", [Outcome.NOT_REQUIRED, Outcome.EXEMPT, Outcome.UNKNOWN])
def test_what_cannot_be_read_is_not_decided_where_nothing_is_concerned(changes, claimed, field, outcome):
    result = check(replace(line(**changes), numbers=()), (), answers(outcome))
    assert (result.verdict, codes(result)) == (Verdict.NOT_DECIDED, ["unreadable"])
    assert not result.findings[0].blocks


def test_what_cannot_be_read_blocks_where_approval_is_required():
    result = check(replace(line(units=None), numbers=()), (), answers(Outcome.REQUIRED))
    assert (result.verdict, codes(result)) == (Verdict.BLOCK, ["unreadable", "no-certification"])


def test_units_below_zero_give_nothing_back():
    lines = (replace(LINE, units=Decimal(-5)), replace(LINE, number="2", units=Decimal(2)))
    result = check(replace(CLAIM, lines=lines))
    assert [found.verdict for found in result.lines] == [Verdict.BLOCK, Verdict.BLOCK]
    assert codes(result) == ["unreadable", "units-exceeded"]


@pytest.mark.parametrize("code", ["KNEE", "", "7214", "721488"])
@pytest.mark.parametrize("outcome", [Outcome.NOT_REQUIRED, Outcome.REQUIRED])
def test_a_line_without_a_procedure_code_is_told_so(code, outcome):
    result = check(line(code=code), require=answers(outcome))
    assert (result.verdict, codes(result)) == (Verdict.BLOCK, ["unreadable"])
    assert "no procedure code" in result.findings[0].message and code in result.findings[0].message
    assert "ask the payer" not in result.findings[0].fix


def test_codes_of_other_sets_have_shapes_of_their_own():
    result = check(replace(line(code="ABCDE", code_set="WK"), numbers=()), (), answers(Outcome.NOT_REQUIRED))
    assert (result.verdict, codes(result)) == (Verdict.PASS, [])
