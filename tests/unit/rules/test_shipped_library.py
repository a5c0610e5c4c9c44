"""What the shipped library answers, on the days on which its sources say that something changes."""

import datetime as dt
from pathlib import Path

import pytest

from authwright.core.certification import DeterminationStatus
from authwright.core.requirement import Outcome, RequirementQuery, Responsible
from authwright.rules import Automation, check_library, load_library, require

LIBRARY = Path(__file__).parents[3] / "library"
LOADED, FOUND = load_library([LIBRARY])
TODAY = dt.date(2026, 11, 24)
R, N, U, C = Outcome.REQUIRED, Outcome.NOT_REQUIRED, Outcome.UNKNOWN, Outcome.CONDITIONAL


def ask(payer, code, date, **facts):
    return require(LOADED, RequirementQuery(payer, code, dt.date.fromisoformat(date), **facts), TODAY)


def test_it_has_no_findings():
    assert FOUND == []
    assert check_library(LOADED) == []


OPD = [
    ("15822", "2020-06-30", U),
    ("15822", "2020-07-01", R),
    ("67911", "2022-01-06", R),
    ("67911", "2022-01-07", N),
    ("22551", "2021-06-30", U),
    ("22551", "2021-07-01", R),
    ("63650", "2021-07-01", R),
    ("63685", "2021-05-12", U),
    ("63685", "2021-05-13", N),
    ("64490", "2023-06-30", U),
    ("64490", "2023-07-01", R),
    ("64492", "2023-07-01", R),
    ("64492", "2024-08-15", R),
    ("64492", "2024-08-16", N),
    ("64495", "2024-08-16", N),
    ("99213", "2026-12-01", U),
    ("J0589", "2026-12-01", U),
]


@pytest.mark.parametrize(("code", "date", "outcome"), OPD)
def test_medicares_hospital_outpatient_list(code, date, outcome):
    for place in ("19", "22"):
        assert ask("Original Medicare", code, date, place=place).outcome is outcome
    assert ask("Original Medicare", code, date, place="11").outcome is U
    assert ask("Original Medicare", code, date, place="24", state="CO").outcome is U


def test_the_hospital_is_responsible_and_the_words_are_medicares():
    answer = ask("Medicare", "64490", "2026-12-01", place="22", request_date=dt.date(2026, 11, 24))
    (process,) = answer.processes
    assert process.responsible is Responsible.FACILITY
    assert process.may_also_file == (Responsible.RENDERING,)
    assert process.turnaround == "7 calendar days (standard); 2 business days (expedited)"
    assert "PAR" in process.name
    assert LOADED.payers["medicare-ffs"].processes[0].words["approved"] == "provisional affirmation"
    assert ("decision", "2026-12-01") in [(d.kind, d.due) for d in answer.deadlines]


def test_before_2025_the_decision_took_ten_business_days():
    answer = ask("Medicare", "64490", "2024-12-31", place="22", request_date=dt.date(2024, 12, 31))
    assert answer.processes[0].turnaround.startswith("10 business days")


@pytest.mark.parametrize(
    ("together", "outcome"), [((), C), (("64615",), R), (("64612", "99213"), R), (("64616",), U)]
)
def test_a_toxin_counts_only_with_its_injection(together, outcome):
    assert ask("Medicare", "J0585", "2026-12-01", place="22", also_billed=together).outcome is outcome


def test_a_critical_access_hospital_is_outside_of_the_program():
    assert ask("Medicare", "64490", "2026-12-01", place="22", facility_type="CAH").outcome is U


V = Outcome.VOLUNTARY
PROGRAMS = [
    # Surgery center demonstration: two groups of states.
    ("36475", "2026-01-18", {"place": "24", "state": "CA"}, U),
    ("36475", "2026-01-19", {"place": "24", "state": "CA"}, V),
    ("36475", "2026-02-15", {"place": "24", "state": "TX"}, U),
    ("36475", "2026-02-16", {"place": "24", "state": "TX"}, V),
    ("36475", "2026-03-01", {"place": "24", "state": "CO"}, U),
    ("36474", "2026-03-01", {"place": "24", "state": "CA"}, U),
    # WISeR: six states, until the end of 2031.
    ("62321", "2026-01-14", {"place": "22", "state": "TX"}, U),
    ("62321", "2026-01-15", {"place": "22", "state": "TX"}, V),
    ("62321", "2031-12-31", {"place": "11", "state": "AZ"}, V),
    ("62321", "2032-01-01", {"place": "11", "state": "AZ"}, U),
    ("62321", "2026-03-01", {"place": "22", "state": "GA"}, U),
    ("62321", "2026-03-01", {"place": "22"}, C),
    ("15271", "2026-03-01", {"place": "11", "state": "WA"}, U),
    ("64568", "2026-03-01", {"place": "22", "state": "TX", "diagnoses": ("G47.33",)}, U),
    # Equipment: by states first, then everywhere; a removed code comes back.
    ("K0856", "2017-03-20", {"state": "NY"}, R),
    ("K0856", "2017-03-20", {"state": "GA"}, U),
    ("K0856", "2017-07-17", {"state": "GA"}, R),
    ("L1833", "2024-08-12", {}, N),
    ("L1833", "2026-10-27", {}, N),
    ("L1833", "2026-10-28", {}, R),
    ("E0747", "2024-08-27", {}, R),
    ("E0747", "2024-08-28", {}, N),
    ("L3761", "2026-10-28", {"state": "NY"}, R),
    ("L3761", "2026-10-28", {"state": "PA"}, U),
    ("L3761", "2027-01-26", {"state": "PA"}, R),
    ("L3761", "2027-04-26", {}, R),
    ("A0428", "2014-12-15", {"state": "NJ"}, V),
    ("A0428", "2022-08-01", {"state": "WY"}, V),
]


@pytest.mark.parametrize(("code", "date", "facts", "outcome"), PROGRAMS)
def test_medicares_other_programs(code, date, facts, outcome):
    assert ask("Medicare", code, date, **facts).outcome is outcome


def test_a_wiser_request_goes_to_the_reviewer_of_the_state():
    answers = {s: ask("Medicare", "62321", "2026-03-01", place="22", state=s) for s in ("TX", "AZ", "WA")}
    assert {s: a.processes[0].reviewer for s, a in answers.items()} == {
        "TX": "cohere",
        "AZ": "zyter",
        "WA": "virtix",
    }
    assert answers["TX"].processes[0].channels[0].address == "next.coherehealth.com"
    assert answers["TX"].processes[0].if_left_out == "prepayment medical review of the claim"


def test_what_must_be_shown_for_a_neurostimulator():
    shown = LOADED.payers["medicare-ffs"].criteria_for("63650", dt.date(2026, 12, 1))
    assert len(shown) == 6
    assert all(c.contractor == "NGS" and c.source and c.source.url for c in shown)


UNITED = [
    ("23470", {"line_of_business": "commercial"}, R),
    ("23470", {}, C),
    ("64490", {"line_of_business": "commercial", "place": "22", "state": "GA"}, R),
    ("64490", {"line_of_business": "commercial", "place": "11", "state": "GA"}, N),
    ("64490", {"line_of_business": "commercial", "place": "11", "state": "AZ"}, R),
    ("20610", {"line_of_business": "commercial", "place": "24", "state": "GA"}, N),
    ("20610", {"line_of_business": "commercial", "place": "22", "state": "TX"}, U),
    ("E1399", {"line_of_business": "commercial"}, C),
    ("J0585", {"line_of_business": "commercial"}, U),
    ("72148", {"plan": "Medicare Advantage"}, N),
    ("97110", {"plan": "Medicare Advantage", "place": "11"}, R),
]


@pytest.mark.parametrize(("code", "facts", "outcome"), UNITED)
def test_unitedhealthcare(code, facts, outcome):
    assert ask("UHC", code, "2026-12-01", **facts).outcome is outcome


def test_a_third_partys_copy_asks_to_verify():
    assert ask("UHC", "23470", "2026-12-01", line_of_business="commercial").verify


def test_the_hubs_words_for_its_statuses():
    hub = LOADED.portals["hub"]
    assert hub.automation is Automation.ALLOWED
    assert hub.settle_seconds == 900
    assert hub.status("certified in total") is DeterminationStatus.CERTIFIED
    assert hub.status("Certified - Partial") is DeterminationStatus.PARTIAL
    assert hub.status("No Action Required") is DeterminationStatus.NOT_REQUIRED
    assert hub.status("Contact Payer") is None
    assert hub.no_decision == ("Contact Payer",)


def test_no_importer_and_no_shipped_file_says_complete():
    assert not any(e.complete for entries in LOADED.entries.values() for e in entries)
