import datetime as dt
from dataclasses import replace

import pytest
from rules_helpers import PAYER, TODAY, ask, library

from authwright.core.requirement import Outcome, RequirementQuery, Responsible, Reviews
from authwright.rules import require, require_all

KNEE = """
- rule: knee-mri
  codes: [73721]
  requires: prior-authorization
  from: 2026-01-01
  source: SOURCE
"""


def test_a_matching_rule_answers_with_everything_the_payer_file_knows():
    answer = ask(library(KNEE), request_date="2026-05-20")
    assert (answer.outcome, answer.verify, answer.rule) == (Outcome.REQUIRED, False, "knee-mri")
    (process,) = answer.processes
    assert (process.id, process.name) == ("prior-authorization", "Precertification")
    assert process.reviews == (Reviews.MEDICAL_NECESSITY,)
    assert process.responsible is Responsible.RENDERING
    assert process.may_also_file == (Responsible.ORDERING, Responsible.FACILITY)
    assert [(c.kind, c.address) for c in process.channels] == [
        ("portal", "provider.sample.test"),
        ("phone", "800-555-0100"),
    ]
    assert process.turnaround == "7 calendar days (standard); 72 hours (expedited)"
    assert [(d.kind, d.due) for d in answer.deadlines] == [
        ("decision", "2026-05-27"),
        ("decision, expedited", "72 hours from receipt of the request"),
        ("submit", "2026-05-27"),
        ("appeal", "180 calendar days from the denial"),
    ]
    assert [w.rule for w in answer.why if w.matched] == ["knee-mri"]
    assert answer.sources[0].url == "https://sample.test/list"


def test_the_turnaround_is_that_of_the_day_of_the_request():
    answer = ask(library(KNEE), date="2026-01-05", request_date="2025-12-31")
    assert answer.processes[0].turnaround.startswith("14 calendar days")


@pytest.mark.parametrize(
    ("date", "outcome"), [("2025-12-31", Outcome.UNKNOWN), ("2026-01-01", Outcome.REQUIRED)]
)
def test_a_rule_begins_on_its_first_day(date, outcome):
    assert ask(library(KNEE), date=date).outcome is outcome


@pytest.mark.parametrize(
    ("date", "outcome"), [("2026-03-31", Outcome.REQUIRED), ("2026-04-01", Outcome.UNKNOWN)]
)
def test_a_rule_with_an_end_holds_to_its_last_day(date, outcome):
    loaded = library(KNEE.replace("from: 2026-01-01", "from: 2026-01-01\n  until: 2026-03-31"))
    assert ask(loaded, date=date).outcome is outcome


def test_an_entry_lasts_until_the_next_of_its_rule():
    loaded = library(
        KNEE
        + """
- rule: knee-mri
  codes: [73722]
  requires: notification
  outcome: notification-only
  from: 2026-05-01
  source: SOURCE
"""
    )
    assert ask(loaded, "73721", "2026-04-30").outcome is Outcome.REQUIRED
    gone = ask(loaded, "73721", "2026-05-01")
    assert gone.outcome is Outcome.UNKNOWN
    assert "doesn't name 73721" in gone.why[0].because
    assert ask(loaded, "73722", "2026-04-30").outcome is Outcome.UNKNOWN
    assert ask(loaded, "73722", "2026-05-01").outcome is Outcome.NOTIFICATION_ONLY


WITHDRAWN = """
- rule: knee-mri
  codes: [73721, 73722]
  requires: prior-authorization
  when: {places: [22]}
  from: 2026-01-01
  source: SOURCE
- rule: knee-mri
  withdraws: [73721]
  from: 2026-05-01
  source: SOURCE
"""


@pytest.mark.parametrize(
    ("code", "date", "outcome"),
    [
        ("73721", "2026-04-30", Outcome.REQUIRED),
        ("73721", "2026-05-01", Outcome.NOT_REQUIRED),
        ("73721", "2027-05-01", Outcome.NOT_REQUIRED),
        ("73722", "2026-05-01", Outcome.REQUIRED),
    ],
)
def test_a_withdrawal_takes_a_code_out_from_its_day_on(code, date, outcome):
    assert ask(library(WITHDRAWN), code, date, place="22").outcome is outcome


def test_a_withdrawal_says_nothing_where_the_rule_never_held():
    assert ask(library(WITHDRAWN), "73721", "2026-06-01", place="11").outcome is Outcome.UNKNOWN


def test_a_withdrawn_code_may_come_back():
    again = """
- rule: knee-mri
  codes: [73721]
  requires: prior-authorization
  from: 2026-09-01
  source: SOURCE
"""
    loaded = library(WITHDRAWN + again)
    assert ask(loaded, date="2026-08-31", place="22").outcome is Outcome.NOT_REQUIRED
    assert ask(loaded, date="2026-09-01", place="22").outcome is Outcome.REQUIRED


def test_a_rule_on_the_request_clock_goes_by_the_day_of_the_request():
    loaded = library(KNEE.replace("requires:", "clock: request-date\n  requires:"))
    assert ask(loaded, date="2026-02-01", request_date="2025-12-31").outcome is Outcome.UNKNOWN
    assert ask(loaded, date="2026-02-01", request_date="2026-01-01").outcome is Outcome.REQUIRED


def test_without_a_request_date_the_answer_says_which_day_it_took():
    answer = ask(library(KNEE.replace("requires:", "clock: request-date\n  requires:")), date="2026-12-24")
    assert f"decided for a request made on {TODAY}" in answer.notes


@pytest.mark.parametrize(
    ("source", "date", "outcome"),
    [
        ("retrieved: 2026-03-10", "2026-03-09", Outcome.UNKNOWN),
        ("retrieved: 2026-03-10", "2026-03-10", Outcome.REQUIRED),
        ("retrieved: 2026-03-10, period: {from: 2026-02-01}", "2026-01-31", Outcome.UNKNOWN),
        ("retrieved: 2026-03-10, period: {from: 2026-02-01}", "2026-02-01", Outcome.REQUIRED),
        ("published: 2026-03-10", "2026-03-10", Outcome.REQUIRED),
    ],
)
def test_a_rule_without_a_known_start_begins_with_its_source_and_asks_to_verify(source, date, outcome):
    loaded = library(
        KNEE.replace("2026-01-01", "unknown").replace(
            "SOURCE", f'{{title: L, url: "https://x.test", {source}}}'
        )
    )
    answer = ask(loaded, date=date)
    assert (answer.outcome, answer.verify) == (outcome, True)


@pytest.mark.parametrize(
    ("source", "verify"),
    [
        ("retrieved: 2026-05-01, confidence: high", False),
        ("retrieved: 2026-05-01, confidence: medium", True),
        ("retrieved: 2026-05-01, confidence: low", True),
        ("retrieved: 2026-02-01", True),
        ("published: spring", True),
    ],
)
def test_weak_or_old_sources_ask_to_verify(source, verify):
    loaded = library(KNEE.replace("SOURCE", f'{{title: L, url: "https://x.test", {source}}}'))
    assert ask(loaded, request_date="2026-05-10").verify is verify


def test_one_sure_source_suffices_when_two_rules_agree():
    weak = KNEE.replace("knee-mri", "copy").replace(
        "SOURCE", '{title: L, url: "https://x.test", confidence: low}'
    )
    answer = ask(library(KNEE + weak), request_date="2026-11-02")
    assert (answer.outcome, answer.verify, answer.rule) == (Outcome.REQUIRED, False, "copy, knee-mri")
    assert len(answer.sources) == 2


@pytest.mark.parametrize(
    "text",
    ["outcome: voluntary", "outcome: notification-only", "outcome: conditional\n  question: How bad is it?"],
)
def test_an_entry_answers_its_own_outcome(text):
    answer = ask(library(KNEE.replace("requires:", f"{text}\n  requires:")))
    assert answer.outcome.value == text.split()[1]
    assert answer.question == ("How bad is it?" if "question" in text else "")


def test_voluntary_says_what_follows_if_left_out():
    loaded = library(
        KNEE.replace("requires: prior-authorization", "outcome: voluntary\n  requires: predetermination")
    )
    assert ask(loaded).processes[0].if_left_out == "prepayment review"


def test_two_processes_of_two_rules_must_both_hold():
    other = KNEE.replace("knee-mri", "benefits").replace("prior-authorization", "predetermination")
    assert {p.id for p in ask(library(KNEE + other)).processes} == {"prior-authorization", "predetermination"}


def test_a_delegate_is_filed_with_through_its_own_channels():
    loaded = library(KNEE.replace("requires:", "reviewer: reviewco\n  requires:"))
    (process,) = ask(loaded).processes
    assert process.reviewer == "reviewco"
    assert [c.address for c in process.channels] == ["reviewco.test"]


CONDITIONS = [
    ("plans: [gold-ppo]", {"plan": "Gold PPO"}, {"plan": "silver-hmo"}),
    ("lines_of_business: [commercial]", {"line_of_business": "commercial"}, {"plan": "ma-ppo"}),
    ("funding: [self-funded]", {"funding": "ASO"}, {"funding": "fully insured"}),
    ("states: [GA, TX]", {"state": "tx"}, {"state": "FL"}),
    ("states: {not: [FL]}", {"state": "TX"}, {"state": "FL"}),
    ("places: {not: [21, 23]}", {"place": "22"}, {"place": "23"}),
    ("facility_types: [asc]", {"facility_type": "ASC"}, {"facility_type": "office"}),
    ("ages: {under: 18}", {"age": 17}, {"age": 18}),
    ("diagnoses: [M54]", {"diagnoses": ("M54.50",)}, {"diagnoses": ("M17.11",)}),
    ("modifiers: [RT]", {"modifiers": ("RT", "59")}, {"modifiers": ("LT",)}),
    ("billed_with: [64612]", {"also_billed": ("64612",)}, {"also_billed": ("64616",)}),
    ("units: {over: 12}", {"units": 13}, {"units": 12}),
]


@pytest.mark.parametrize(("when", "yes", "no"), CONDITIONS, ids=[c[0] for c in CONDITIONS])
def test_a_condition_holds_fails_or_asks(when, yes, no):
    loaded = library(KNEE.replace("requires:", f"when: {{{when}}}\n  requires:"))
    assert ask(loaded, **yes).outcome is Outcome.REQUIRED
    assert ask(loaded, **no).outcome is Outcome.UNKNOWN
    asked = ask(loaded)
    assert asked.outcome is Outcome.CONDITIONAL
    assert asked.question.endswith("?")
    assert not asked.why[0].matched


def test_a_rule_may_hold_only_where_the_payer_pays_first():
    loaded = library(KNEE.replace("requires:", "when: {coverage: [primary]}\n  requires:"))
    assert ask(loaded).outcome is Outcome.REQUIRED
    assert ask(loaded, coverage=2).outcome is Outcome.UNKNOWN


@pytest.mark.parametrize(("place", "outcome"), [("24", "required"), ("11", "unknown"), ("22", "conditional")])
def test_some_places_tell_the_facility_type(place, outcome):
    loaded = library(KNEE.replace("requires:", "when: {facility_types: [asc]}\n  requires:"))
    assert ask(loaded, place=place).outcome == outcome


def test_no_question_is_asked_that_changes_nothing():
    general = KNEE.replace("knee-mri", "all-states")
    georgia = KNEE.replace("requires:", "when: {states: [GA]}\n  requires:")
    answer = ask(library(general + georgia))
    assert (answer.outcome, answer.question) == (Outcome.REQUIRED, "")


def test_a_failing_condition_is_final_whatever_else_is_not_known():
    loaded = library(KNEE.replace("requires:", "when: {states: [GA], places: [22]}\n  requires:"))
    assert ask(loaded, place="11").outcome is Outcome.UNKNOWN


@pytest.mark.parametrize("when", ["facility_types: {not: [cah]}", "modifiers: {not: [ET]}"])
def test_an_exception_that_nobody_spoke_of_is_named_not_asked(when):
    loaded = library(KNEE.replace("requires:", f"when: {{{when}}}\n  requires:"))
    answer = ask(loaded)
    assert answer.outcome is Outcome.REQUIRED
    assert any(note.startswith("holds unless") for note in answer.notes)


def test_that_nothing_is_needed_never_rests_on_silence():
    free = KNEE.replace(
        "requires: prior-authorization", "outcome: not-required\n  when: {modifiers: {not: [ET]}}"
    )
    assert ask(library(free)).outcome is Outcome.CONDITIONAL
    assert ask(library(free), modifiers=("RT",)).outcome is Outcome.NOT_REQUIRED


FREE = """
- rule: free
  codes: [{codes}]
  when: {{{when}}}
  outcome: not-required
  from: 2026-01-01
  source: SOURCE
"""
RANGE = KNEE.replace("73721", "73700-73799").replace("knee-mri", "broad")


@pytest.mark.parametrize(
    ("broad", "narrow"),
    [
        (KNEE.replace("73721", "73700-73799"), FREE.format(codes="73721", when="")),
        (KNEE, FREE.format(codes="73721", when="plans: [gold-ppo]")),
        (KNEE, FREE.format(codes="73721", when="states: [GA]")),
        (KNEE, FREE.format(codes="73721", when="places: [24]")),
        (KNEE, FREE.format(codes="73721", when="facility_types: [asc]")),
        (
            KNEE.replace("requires:", "when: {places: [24], facility_types: [asc]}\n  requires:"),
            FREE.format(codes="73721", when="states: [GA]"),
        ),
        (
            KNEE.replace("requires:", "when: {states: {not: [FL]}}\n  requires:"),
            FREE.format(codes="73721", when="states: [GA]"),
        ),
        (
            KNEE.replace("73721", "73700-73799").replace(
                "requires:", "when: {plans: [gold-ppo]}\n  requires:"
            ),
            FREE.format(codes="73721", when=""),
        ),
    ],
)
def test_of_rules_that_disagree_the_more_specific_counts(broad, narrow):
    answer = ask(library(broad + narrow), plan="gold-ppo", state="GA", place="24", facility_type="asc")
    assert (answer.outcome, answer.rule) == (Outcome.NOT_REQUIRED, "free")
    assert any("more specific" in w.because for w in answer.why if not w.matched)


def test_the_practices_own_rule_goes_before_everything():
    overlay = FREE.format(codes="73700-73799", when="")
    specific = KNEE.replace("requires:", "when: {plans: [gold-ppo]}\n  requires:")
    assert ask(library(specific, overlay), plan="gold-ppo").outcome is Outcome.NOT_REQUIRED


def test_rules_that_disagree_and_are_equally_specific_ask_a_person():
    answer = ask(library(KNEE + FREE.format(codes="73721", when="")))
    assert (answer.outcome, answer.verify) == (Outcome.CONDITIONAL, True)
    assert "disagree" in answer.question


COMPLETE = """
- rule: whole-list
  complete: yes
  when: {lines_of_business: [commercial]}
  from: 2026-01-01
  source: {title: List, url: "https://x.test", retrieved: 2026-11-01, says: this list is exhaustive}
"""


def test_absence_from_a_complete_list_is_not_required_within_its_scope():
    loaded = library(KNEE + COMPLETE)
    answer = ask(loaded, "99213", line_of_business="commercial")
    assert (answer.outcome, answer.rule) == (Outcome.NOT_REQUIRED, "whole-list")
    assert ask(loaded, "99213", plan="ma-ppo").outcome is Outcome.UNKNOWN
    assert ask(loaded, "99213", "2025-12-31", line_of_business="commercial").outcome is Outcome.UNKNOWN
    assert ask(loaded, "99213").outcome is Outcome.CONDITIONAL
    assert ask(loaded, "73721", line_of_business="commercial").outcome is Outcome.REQUIRED


def test_what_no_rule_names_is_unknown_with_whom_to_ask():
    answer = ask(library(KNEE), "99213")
    assert answer.outcome is Outcome.UNKNOWN
    assert answer.advice is not None
    assert "800-555-0100" in answer.advice.contact


def test_a_payer_that_is_not_there_is_unknown_with_a_suggestion():
    query = RequirementQuery("Sampel Health", "73721", dt.date(2026, 6, 1))
    answer = require(library(KNEE), query, TODAY)
    assert answer.outcome is Outcome.UNKNOWN
    assert "did you mean sample" in answer.notes[0]


def test_a_plan_that_is_not_there_counts_as_not_said():
    loaded = library(KNEE.replace("requires:", "when: {plans: [gold-ppo]}\n  requires:"))
    answer = ask(loaded, plan="Golden PPO")
    assert answer.outcome is Outcome.CONDITIONAL
    assert "did you mean Gold PPO" in answer.notes[0]


def test_a_plan_may_be_named_by_its_line_of_business():
    loaded = library(
        KNEE.replace("requires:", "when: {lines_of_business: [medicare-advantage]}\n  requires:")
    )
    assert ask(loaded, plan="Medicare Advantage").outcome is Outcome.REQUIRED


@pytest.mark.parametrize(
    ("date", "outcome"),
    [
        ("2026-06-01", Outcome.NOTIFICATION_ONLY),
        ("2026-12-31", Outcome.NOTIFICATION_ONLY),
        ("2027-01-01", Outcome.REQUIRED),
    ],
)
def test_an_exempt_provider_still_gives_the_notification(date, outcome):
    answer = ask(library(KNEE), date=date, provider_tin="123456789")
    assert answer.outcome is outcome
    assert answer.processes[0].id == (
        "notification" if outcome is Outcome.NOTIFICATION_ONLY else "prior-authorization"
    )


def test_an_exempt_provider_whose_requests_are_rejected_sends_none():
    loaded = library(KNEE.replace("73721", "73221"))
    answer = ask(loaded, "73221", provider_npi="1234567893")
    assert (answer.outcome, answer.processes) == (Outcome.EXEMPT, ())
    assert "a request will be rejected: send none" in answer.notes


def test_who_is_not_exempt_is_told_of_the_exemption():
    assert any("Gold card" in note for note in ask(library(KNEE), provider_tin="999999999").notes)


def test_an_entry_with_errors_answers_nothing_and_ends_the_one_before_it():
    from authwright.rules.library import SourceText, assemble

    broken = KNEE.replace("2026-01-01", "2026-05-01").replace("codes:", "when: {place: [22]}\n  codes:")
    rules = (KNEE + broken).replace("SOURCE", '{title: L, url: "https://x.test", retrieved: 2026-11-01}')
    loaded, found = assemble(
        [SourceText("payer.yaml", "payer", "sample", PAYER), SourceText("r.yaml", "rules", "sample", rules)]
    )
    assert [d.code for d in found] == ["RUL004"]
    assert ask(loaded, date="2026-04-30").outcome is Outcome.REQUIRED
    answer = ask(loaded, date="2026-05-01")
    assert answer.outcome is Outcome.UNKNOWN
    assert "has errors" in answer.why[0].because


def test_the_lines_of_one_coverage_count_as_billed_together():
    loaded = library(KNEE.replace("requires:", "when: {billed_with: [73722]}\n  requires:"))
    knee = RequirementQuery("sample", "73721", dt.date(2026, 6, 1))
    other = replace(knee, code="73722")
    assert require_all(loaded, [knee, other], TODAY)[0].outcome is Outcome.REQUIRED
    second = replace(other, coverage=2)
    assert require_all(loaded, [knee, second], TODAY)[0].outcome is Outcome.CONDITIONAL


def test_a_range_takes_codes_of_its_shape_alone():
    loaded = library(KNEE.replace("[73721]", "[J0585-J0589, 0100T-0110T]"))
    assert ask(loaded, "J0587").outcome is Outcome.REQUIRED
    assert ask(loaded, "0105T").outcome is Outcome.REQUIRED
    assert ask(loaded, "0105U").outcome is Outcome.UNKNOWN
    assert ask(loaded, "J0590").outcome is Outcome.UNKNOWN


def test_a_code_that_a_later_entry_names_without_a_day_asks_to_verify():
    later = KNEE.replace("73721", "73722").replace("2026-01-01", "unknown")
    loaded = library(KNEE + later)
    answer = ask(loaded, "73722", "2026-06-01")
    assert (answer.outcome, answer.verify) == (Outcome.UNKNOWN, True)


def test_the_notification_that_remains_has_its_channels():
    (process,) = ask(library(KNEE), provider_tin="123456789").processes
    assert [c.address for c in process.channels] == ["800-555-0100"]
