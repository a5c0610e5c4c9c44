"""What is asked about an order, and what follows from the answers."""

from datetime import date

from authwright.cases.decide import Course, decide, of_second, queries
from authwright.core.order import Address, Coverage, Diagnosis, Order, Patient, Provider, ServiceLine
from authwright.core.requirement import Advice, Outcome, Process, Requirement, Responsible

TODAY = date(2026, 11, 24)
OWN = (Responsible.ORDERING, Responsible.RENDERING)
ORDER = Order(
    "O-1",
    patient=Patient(date_of_birth=date(1960, 12, 2)),
    coverages=(Coverage(payer="uhc", plan="p"), Coverage(insurance_name="Unmapped"), Coverage(payer="bcbs")),
    service_lines=(
        ServiceLine("27447", ("RT",), start=date(2026, 12, 1), place_of_service="22"),
        ServiceLine("20610", start=date(2026, 12, 1)),
        ServiceLine("99213"),
    ),
    diagnoses=(Diagnosis("M17.11"),),
    facility=Provider(address=Address(state="GA")),
)


def process(responsible=None, **more):
    return Process("pa", "Prior authorization", responsible=responsible, **more)


def answer(outcome, code="27447", responsible=None, **more):
    processes = (process(responsible),) if outcome is Outcome.REQUIRED else ()
    return Requirement(code, outcome, processes=more.pop("processes", processes), **more)


def test_each_line_is_asked_under_each_known_coverage():
    asked = queries(ORDER, TODAY)
    assert [(n, q.payer, q.code, q.coverage) for n, q in asked] == [
        (0, "uhc", "27447", 1),
        (1, "uhc", "20610", 1),
        (0, "bcbs", "27447", 3),
        (1, "bcbs", "20610", 3),
    ]
    first = asked[0][1]
    assert (first.state, first.age, first.diagnoses, first.also_billed) == (
        "GA",
        65,
        ("M1711",),
        ("20610", "99213"),
    )


def test_required_of_us_is_sent_and_the_rest_is_asked():
    unknown = answer(Outcome.UNKNOWN, "20610", advice=Advice("Injection", "depends", "877-842-3210"))
    decision = decide([(0, answer(Outcome.REQUIRED)), (1, unknown)], OWN, "UnitedHealthcare")
    assert (decision.course, decision.lines) == (Course.SEND, (0,))
    assert decision.questions == (
        "No rule says whether UnitedHealthcare wants an approval for 20610 (Injection: depends): "
        "ask the payer. Contact: 877-842-3210.",
    )


def test_what_the_hospital_must_obtain_is_left_to_it():
    decision = decide([(0, answer(Outcome.REQUIRED, responsible=Responsible.FACILITY))], OWN, "Medicare")
    assert (decision.course, decision.responsible) == (Course.ELSEWHERE, Responsible.FACILITY)


def test_some_ours_some_the_hospitals():
    ours, theirs = answer(Outcome.REQUIRED), answer(Outcome.REQUIRED, "63650", Responsible.FACILITY)
    decision = decide([(0, ours), (1, theirs)], OWN, "Medicare")
    assert (decision.course, decision.lines) == (Course.SEND, (0,))
    assert decision.questions == ("63650: Prior authorization is for the facility to obtain.",)


def test_not_required_and_exempt_need_nothing():
    answers = [(0, answer(Outcome.NOT_REQUIRED)), (1, answer(Outcome.EXEMPT, "20610"))]
    assert decide(answers, OWN, "UHC").course is Course.NOT_REQUIRED


def test_unknown_is_never_not_required():
    decision = decide([(0, answer(Outcome.UNKNOWN)), (1, answer(Outcome.NOT_REQUIRED))], OWN, "UHC")
    assert decision.course is Course.ASK


def test_no_answer_at_all_is_a_question():
    assert decide([], OWN, "UHC").course is Course.ASK


def test_a_condition_is_asked_in_the_rules_words():
    conditional = answer(Outcome.CONDITIONAL, question="Is the plan self-funded?")
    assert decide([(0, conditional)], OWN, "UHC").questions == ("27447: Is the plan self-funded?",)


def test_a_voluntary_review_says_what_follows():
    voluntary = Requirement("27447", Outcome.VOLUNTARY, processes=(process(if_left_out="prepayment review"),))
    (question,) = decide([(0, voluntary)], OWN, "UHC").questions
    assert question.endswith("Decide whether to file. If it is left out: prepayment review.")


def test_what_a_second_insurance_wants_is_asked():
    wanted = answer(Outcome.REQUIRED, coverage=2)
    unknown = answer(Outcome.UNKNOWN, "20610", coverage=2)
    free = answer(Outcome.NOT_REQUIRED, "99213", coverage=2)
    assert of_second([(0, wanted), (1, unknown), (2, free)], "Medicare") == (
        "27447: Medicare, the second insurance, wants an approval (Prior authorization): see that it is "
        "obtained, and put it down with `authwright certifications add`.",
        "No rule says whether Medicare wants an approval for 20610: ask the payer.",
    )
