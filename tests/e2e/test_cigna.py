"""`authwright sop run` against the practice portal cigna: what the payer received is what counts."""

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser
SOPS = Path(__file__).parents[2] / "library" / "cigna-sandbox" / "sops"
LINE = {"description": "Knee arthroscopy", "from": "2026-12-07", "place_of_service": "24"}
CASE: dict[str, Any] = {
    "credentials": {"username": "specialist", "password": "practice-Day1"},
    "patient": {"last_name": "Garcia", "first_name": "Maria", "date_of_birth": "1961-03-14"},
    "coverage": {"payer": "Cigna", "member_id": "U912345678"},
    "request": {"expedited": False, "setting": "outpatient"},
    "diagnoses": [{"code": "M23.221"}],
    "service_lines": [
        LINE | {"code": "29881", "units": 1, "modifiers": ["RT"], "to": "2026-12-07"},
        LINE | {"code": "29827", "units": 2, "to": "2026-12-09"},
    ],
    "requesting_provider": {"npi": "1234567893", "tax_id": "58-1234567"},
    "rendering_provider": {"npi": "1881234565", "tax_id": "58-7654321"},
    "facility": {"npi": "1992345672"},
    "contact": {"name": "Dana Whitfield", "phone": "404-555-0142"},
    "clinical": {"notes": "Six weeks of physical therapy without relief."},
    "documents": [{"path": "notes.pdf", "kind": "clinical notes"}],
}
PAYLOAD = {
    "member_id": "U912345678",
    "last_name": "Garcia",
    "first_name": "Maria",
    "date_of_birth": "03/14/1961",
    "request_type": "Outpatient Procedure",
    "urgency": "Standard",
    "service_description": "Knee arthroscopy",
    "place_of_service": "24",
    "start_date": "12/07/2026",
    "end_date": "12/09/2026",
    "diagnosis_1": "M23.221",
    "diagnosis_2": "",
    "code_1": "29881",
    "modifier_1": "RT",
    "units_1": "1",
    "code_2": "29827",
    "modifier_2": "",
    "units_2": "2",
    "ordering_npi": "1234567893",
    "ordering_tin": "58-1234567",
    "servicing_npi": "1881234565",
    "servicing_tin": "58-7654321",
    "facility_npi": "1992345672",
    "contact_name": "Dana Whitfield",
    "contact_phone": "(404) 555-0142",
    "contact_fax": "",
    "notes": "Six weeks of physical therapy without relief.",
}


@dataclass(frozen=True)
class Portal:
    url: str
    control: str

    def get(self, call: str) -> Any:
        with urllib.request.urlopen(f"{self.control}{call}", timeout=40) as answer:
            return json.load(answer)

    def post(self, call: str, **body: Any) -> None:
        headers = {"content-type": "application/json"}
        request = urllib.request.Request(f"{self.control}{call}", json.dumps(body).encode(), headers)
        urllib.request.urlopen(request, timeout=10).close()

    def received(self) -> list[dict[str, Any]]:
        return list(self.get("received")["received"])


@pytest.fixture(scope="module")
def served() -> Iterator[Portal]:
    command = [sys.executable, "-m", "authwright_sandbox", "--settle-seconds", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())
        yield Portal(told["portals"]["cigna"], told["control"] + "cigna/")
        process.terminate()


@pytest.fixture
def portal(served: Portal) -> Portal:
    """Without pictures at the door."""
    served.post("reset")
    served.post("captcha", after=None)
    return served


@dataclass(frozen=True)
class Practice:
    """A folder with a case, and the command run on it."""

    folder: Path
    portal: Portal

    def run(self, sop: str, *options: str, case: dict[str, Any] | None = None) -> tuple[int, dict[str, Any]]:
        (self.folder / "notes.pdf").write_bytes(b"%PDF-1.4 notes")
        (self.folder / "case.json").write_text(json.dumps(case or CASE))
        what = [str(SOPS / f"{sop}.md"), "--case", str(self.folder / "case.json")]
        where = ["--base-url", self.portal.url, "--state", str(self.folder / "state"), "--settle", "3"]
        program = "from authwright.cli.main import main; main()"
        command = [sys.executable, "-c", program, "sop", "run", *what, *where, "--json", *options]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        assert done.stdout, done.stderr
        return done.returncode, json.loads(done.stdout)

    def submitted(self, code: str, **more: Any) -> dict[str, Any]:
        """A case whose request for this code the payer holds."""
        case = CASE | more | {"service_lines": [CASE["service_lines"][0] | {"code": code, "modifiers": []}]}
        done, result = self.run("submit", case=case)
        assert done == 0, result
        self.portal.post("clock", advance_seconds=5)
        return case | {"submission": {"reference_number": result["read"]["reference_number"]}}


@pytest.fixture
def practice(tmp_path: Path, portal: Portal, monkeypatch: pytest.MonkeyPatch) -> Practice:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return Practice(tmp_path, portal)


def test_a_request_is_sent_as_the_case_says(practice: Practice, portal: Portal) -> None:
    code, result = practice.run("submit")
    assert (code, result["outcome"], result["sent"], result["halt"]) == (0, "done", True, None)
    (received,) = portal.received()
    assert received["payload"] == PAYLOAD
    assert [each["name"] for each in received["attachments"]] == ["notes.pdf"]
    assert result["read"] == {
        "reference_number": received["reference_number"],
        "status": "Approved",
        "certified_start_date": "12/07/2026",
        "certified_end_date": "02/05/2027",
    }


def test_what_follows_a_request(practice: Practice, portal: Portal) -> None:
    """Its status, its row, its letter, and in the end its withdrawal."""
    case = practice.submitted("29881", request={"expedited": True, "setting": "inpatient"})
    sent = portal.received()[0]["payload"]
    assert (sent["request_type"], sent["urgency"]) == ("Inpatient Surgical", "Urgent")
    number = case["submission"]["reference_number"]
    code, result = practice.run("status", case=case)
    assert (code, result["read"]["status"], result["read"]["reference_number"]) == (0, "Approved", number)
    code, result = practice.run("find", case={k: v for k, v in case.items() if k != "submission"})
    assert (code, result["read"]) == (0, {"reference_number": number, "status": "Approved"})
    code, result = practice.run("letter", case=case)
    assert (code, result["outcome"], result["sent"]) == (0, "done", False)
    code, result = practice.run("cancel", case=case)
    assert (code, result["sent"], result["read"]) == (0, True, {"status": "Withdrawn"})
    entry = portal.received()[-1]
    assert (entry["kind"], entry["reference_number"]) == ("withdraw", number)
    assert entry["payload"] == {"reason": "Service no longer needed"}


LOOKUPS = [("97110", "not required"), ("72148", "delegated")]


@pytest.mark.parametrize(("procedure", "outcome"), LOOKUPS)
def test_the_check_begins_no_request(
    practice: Practice, portal: Portal, procedure: str, outcome: str
) -> None:
    lines = [CASE["service_lines"][0] | {"code": procedure, "modifiers": []}]
    code, result = practice.run("lookup", case=CASE | {"service_lines": lines})
    assert (code, result["stopped_with"], result["sent"]) == (0, outcome, False)
    told = portal.get("received")
    assert told["received"] == [] and told["checks"][-1]["lines"][0][0] == procedure
    if outcome == "not required":
        assert result["read"] == {"decision_id": told["checks"][-1]["number"]}


def test_coverage_is_read(practice: Practice, portal: Portal) -> None:
    portal.post("members", members=[{"member_id": "U912345678", "active": False}])
    code, result = practice.run("eligibility")
    assert (code, result["stopped_with"], result["read"]) == (0, "not active", {"status": "Not active"})
    assert portal.received() == []


def test_documents_that_were_asked_for_are_sent(practice: Practice, portal: Portal) -> None:
    case = practice.submitted("27447")
    code, result = practice.run("respond", case=case)
    assert (code, result["sent"], result["read"]) == (0, True, {"status": "In process"})
    entry = portal.received()[-1]
    assert (entry["kind"], [each["name"] for each in entry["attachments"]]) == ("respond", ["notes.pdf"])


def test_a_denied_request_is_appealed(practice: Practice, portal: Portal) -> None:
    case = practice.submitted("64483")
    code, result = practice.run("appeal", case=case)
    assert (code, result["sent"], result["read"]) == (0, True, {"status": "In process"})
    entry = portal.received()[-1]
    assert entry["kind"] == "appeal" and entry["payload"] == {
        "reason": "Additional information available",
        "explanation": CASE["clinical"]["notes"],
        "authorized": "yes",
    }


def test_a_page_that_says_received_though_no_request_began_is_not_believed(
    practice: Practice, portal: Portal
) -> None:
    portal.post("refuse", reason="System unavailable.")
    code, result = practice.run("submit")
    assert (code, result["halt"]["reason"], result["sent"], result["read"]) == (3, "asked-person", True, {})
    assert "System unavailable." in result["halt"]["found"]
    assert [entry["result"] for entry in portal.received()] == ["refused"]


SUBMIT = {"path": "/cigna/requests", "method": "POST", "times": 1}


def test_a_request_whose_answer_was_lost_is_adopted(practice: Practice, portal: Portal) -> None:
    portal.post("faults", fail_next=SUBMIT | {"how": "accept-then-drop"})
    assert practice.run("submit")[0] == 3
    code, result = practice.run("submit")
    (received,) = portal.received()
    assert (code, result["read"]["reference_number"]) == (0, received["reference_number"])


def test_a_request_that_never_arrived_is_sent_again(practice: Practice, portal: Portal) -> None:
    portal.post("faults", fail_next=SUBMIT | {"how": "drop"})
    assert practice.run("submit")[0] == 3
    code, _ = practice.run("submit")
    assert (code, len(portal.received())) == (0, 1)


def test_pictures_at_the_door_are_left_to_a_person(practice: Practice, portal: Portal) -> None:
    portal.post("captcha", after=0)
    code, result = practice.run("sign-in")
    assert (code, result["halt"]["reason"]) == (3, "captcha")
