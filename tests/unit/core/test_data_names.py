"""The names of a case's data."""

import pytest

from authwright.core.data_names import AmbiguousDataError, answer_path, look_up, look_up_all, words_index
from authwright.core.data_table import DATA_NAMES

CASE = {
    "patient": {"first_name": "Ann", "dob": "1970-01-02"},
    "coverage": {"member_id": "W1"},
    "service_lines": [
        {"procedure_code": "72148", "from": "2026-12-01", "units": 1, "modifiers": ["RT"]},
        {"code": "72149", "from": "2026-12-01", "units": 2},
    ],
    "servicing_provider": {"npi": "1234567893"},
}


def test_a_path_leads_through_the_case():
    assert look_up(CASE, "coverage.member_id") == "W1"
    assert look_up(CASE, "patient.first_name") == "Ann"


def test_aliases_of_keys_and_branches():
    assert look_up(CASE, "patient.date_of_birth") == "1970-01-02"
    assert look_up(CASE, "rendering_provider.npi") == "1234567893"
    assert look_up(CASE, "date_of_birth") == "1970-01-02"


def test_in_a_loop_the_present_line_is_meant():
    assert look_up(CASE, "service_lines[].code", CASE["service_lines"][1]) == "72149"
    assert look_up(CASE, "service_lines[].code", CASE["service_lines"][0]) == "72148"
    assert look_up(CASE, "service_lines[].modifiers", CASE["service_lines"][1]) is None


def test_outside_of_a_loop_values_must_agree():
    assert look_up(CASE, "service_lines[].start") == "2026-12-01"
    with pytest.raises(AmbiguousDataError, match=r"service_lines\[\]\.units has 2 values here: 1, 2"):
        look_up(CASE, "service_lines[].units")


def test_every_value_of_a_list():
    assert look_up_all(CASE, "service_lines[].code") == ["72148", "72149"]


def test_missing_is_none():
    assert look_up(CASE, "facility.npi") is None
    assert look_up({}, "service_lines[].code") is None


def test_the_table_names_each_path_once():
    paths = [n.path for n in DATA_NAMES]
    assert len(paths) == len(set(paths))
    aliases = [a for n in DATA_NAMES for a in n.aliases]
    assert len(aliases) == len(set(aliases))


def test_everyday_words_are_lower_case_and_trimmed():
    assert all(w == w.strip().lower() and w for w in words_index())
    assert words_index()["member id"] == "coverage.member_id"


def test_a_list_as_a_whole():
    assert look_up(CASE, "service_lines") == CASE["service_lines"]


def test_names_outside_of_the_table_are_paths_too():
    assert look_up({"custom": {"answer": "yes"}}, "custom.answer") == "yes"


ANSWER = {"question": "Is this request urgent?", "answer": "No"}


@pytest.mark.parametrize("answers", [[ANSWER], {ANSWER["question"]: "No"}])
def test_an_answer_is_looked_up_by_its_question(answers: object):
    case = {"clinical": {"answers": answers}}
    assert look_up(case, answer_path("Is this request  urgent")) == "No"
    assert look_up(case, answer_path("Is this request expedited?")) is None
    assert look_up({}, answer_path("Is this request urgent?")) is None
