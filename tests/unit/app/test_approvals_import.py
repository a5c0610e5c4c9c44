"""Approvals that exist already come in, and each is put to the one case that it fits."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from authwright.app.approvals_import import Imported, bring_in
from authwright.cases.states import Event, State
from authwright.core.certification import (
    Certification,
    CertifiedCode,
    DeterminationStatus,
    ObtainedBy,
    Proof,
)

from .conftest import AT, DAY

APPROVAL = Certification(
    "A100",
    "UnitedHealthcare",
    "w1 ",
    (CertifiedCode("27447"),),
    start=DAY,
    end=date(2027, 2, 28),
)


@pytest.fixture
def take(practice):
    def bring(*given):
        with practice.store.practice("clinic") as session:
            return bring_in(session, given, practice.library, actor="Jane", at=AT)

    return bring


@pytest.fixture
def state(practice):
    def of(case_id):
        with practice.store.practice("clinic", read_only=True) as session:
            return session.cases.get(case_id).state

    return of


def of_case(practice, case_id):
    with practice.store.practice("clinic", read_only=True) as session:
        return [r.certification for r in session.certifications.of_case(case_id)]


def test_the_one_fitting_case_is_settled(practice, take, ready_case, state):
    case = ready_case()
    other = ready_case("O-2", member="W2")
    assert take(APPROVAL) == Imported(new=1, known=0, cases=1)
    assert (state(case), state(other)) == (State.CERTIFIED, State.READY)
    (kept,) = of_case(practice, case)
    assert kept == replace(APPROVAL, payer="unitedhealthcare")
    with practice.store.practice("clinic", read_only=True) as session:
        notes = [p["note"] for e, p in session.ledger.history(case) if e.kind == "case.moved"]
    assert notes[-1] == "approval A100"


def test_the_same_approval_twice_is_known(take, ready_case, state):
    case = ready_case()
    take(APPROVAL)
    assert take(APPROVAL, APPROVAL) == Imported(new=0, known=2, cases=0)
    assert state(case) is State.CERTIFIED


def test_the_same_number_with_another_window_is_another_approval(take):
    take(APPROVAL)
    assert take(replace(APPROVAL, end=date(2027, 3, 31))) == Imported(1, 0, 0)


@pytest.mark.parametrize(
    "approval",
    [
        replace(APPROVAL, number=""),
        replace(APPROVAL, status=DeterminationStatus.PENDED),
        replace(APPROVAL, status=DeterminationStatus.NOT_CERTIFIED),
        replace(APPROVAL, proof=Proof(ObtainedBy.PHONE)),
        replace(APPROVAL, proof=Proof(ObtainedBy.PHONE, "Pat")),
    ],
    ids=["no number", "pended", "denied", "by voice", "by voice without a time"],
)
def test_what_proves_nothing_is_kept_with_its_case_and_leaves_it_open(
    practice, take, ready_case, state, approval
):
    case = ready_case()
    assert take(approval) == Imported(1, 0, 0)
    assert state(case) is State.READY
    assert len(of_case(practice, case)) == 1


def test_a_phone_approval_with_its_representative_and_time_settles(take, ready_case, state):
    case = ready_case()
    proof = Proof(ObtainedBy.PHONE, "Pat", datetime(2026, 11, 23, 15, 0, tzinfo=UTC))
    assert take(replace(APPROVAL, proof=proof)).cases == 1
    assert state(case) is State.CERTIFIED


@pytest.mark.parametrize(
    "approval",
    [
        replace(APPROVAL, member_id="W9"),
        replace(APPROVAL, payer="Medicare"),
        replace(APPROVAL, start=date(2026, 12, 2)),
        replace(APPROVAL, end=date(2026, 11, 30), start=None),
        replace(APPROVAL, codes=(CertifiedCode("27130"),)),
    ],
    ids=["another member", "another payer", "too late", "too early", "another code"],
)
def test_what_does_not_fit_is_kept_and_settles_nothing(practice, take, ready_case, state, approval):
    case = ready_case()
    assert take(approval) == Imported(1, 0, 0)
    assert (state(case), of_case(practice, case)) == (State.READY, [])


def test_every_code_of_the_order_must_be_covered(take, ready_case, state):
    case = ready_case(codes=("27447", "20610"))
    assert take(APPROVAL).cases == 0
    both = (CertifiedCode("27447"), CertifiedCode("20610"), CertifiedCode("99213"))
    assert take(replace(APPROVAL, number="A101", codes=both)).cases == 1
    assert state(case) is State.CERTIFIED


def test_of_two_fitting_cases_none_is_guessed(practice, take, ready_case, state):
    cases = [ready_case("O-1"), ready_case("O-2")]
    assert take(APPROVAL) == Imported(1, 0, 0)
    assert [state(c) for c in cases] == [State.READY] * 2
    assert [of_case(practice, c) for c in cases] == [[], []]


def test_a_case_that_is_over_takes_no_approval(practice, take, ready_case, state):
    over = ready_case("O-1", events=(Event.WITHDRAWN,))
    open_ = ready_case("O-2")
    assert take(APPROVAL).cases == 1
    assert (state(over), state(open_)) == (State.WITHDRAWN, State.CERTIFIED)
    assert of_case(practice, over) == []


def test_a_payer_that_the_library_does_not_know_keeps_its_name(practice, take):
    take(replace(APPROVAL, payer="Blue of Nowhere"))
    with practice.store.practice("clinic", read_only=True) as session:
        assert [r.certification.payer for r in session.certifications.all()] == ["Blue of Nowhere"]
