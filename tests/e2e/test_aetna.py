"""The portal aetna, opened from the hub by the library's SOPs: what the payer got against the case."""

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
SOPS = Path(__file__).parents[2] / "library" / "aetna-sandbox" / "sops"
LINE = {"start": "2026-12-07", "end": "2026-12-09", "place_of_service": "22"}
CASE: dict[str, Any] = {
    "credentials": {
        "username": "specialist",
        "password": "practice-Day1",
        "totp_secret": "JBSWY3DPEHPK3PXP",
        "organization": "Maple Street Orthopedics",
    },
    "patient": {"last_name": "Garcia", "first_name": "Maria", "date_of_birth": "1961-03-14"},
    "coverage": {"payer": "Aetna", "member_id": "W812345678", "relationship": "Self"},
    "request": {"expedited": False},
    "diagnoses": [{"code": "M17.11"}],
    "service_lines": [
        {"code": "27447", "units": 1, "modifiers": ["RT"], **LINE},
        {"code": "72148", "units": 2, **LINE},
    ],
    "requesting_provider": {"npi": "1234567893", "tax_id": "58-1234567"},
    "rendering_provider": {"npi": "1881234565", "tax_id": "58-2345678"},
    "facility": {"npi": "1992345672", "tax_id": "58-7654321"},
    "contact": {"name": "Dana Whitfield", "phone": "404-555-0142"},
    "clinical": {"notes": "Six weeks of physical therapy without relief."},
    "documents": [{"path": "notes.pdf", "kind": "clinical notes"}],
}
PAYLOAD = {
    "member_id": "W812345678",
    "last_name": "Garcia",
    "first_name": "Maria",
    "date_of_birth": "1961-03-14",
    "relationship": "Self",
    "category": "Outpatient",
    "review": "Standard",
    "urgency": "",
    "place": "22",
    "start": "2026-12-07",
    "end": "2026-12-09",
    "diagnosis_1": "M17.11",
    "diagnosis_2": "",
    "diagnosis_3": "",
    "diagnosis_4": "",
    "procedure_1": "27447",
    "modifier_1": "RT",
    "units_1": "1",
    "procedure_2": "72148",
    "modifier_2": "",
    "units_2": "2",
    "requesting_npi": "1234567893",
    "requesting_tin": "58-1234567",
    "requesting_fax": "",
    "servicing_npi": "1881234565",
    "servicing_name": "Dr. Hazel",
    "servicing_tin": "58-2345678",
    "servicing_fax": "",
    "facility_npi": "1992345672",
    "facility_tin": "58-7654321",
    "facility_fax": "",
    "contact": "Dana Whitfield",
    "phone": "404-555-0142",
    "notes": "Six weeks of physical therapy without relief.",
    "email": "",
}


@dataclass(frozen=True)
class Aetna:
    """The hub's address, where each SOP begins, and a folder with a case."""

    url: str
    control: str
    folder: Path

    def get(self, call: str) -> Any:
        with urllib.request.urlopen(f"{self.control}aetna/{call}", timeout=40) as answer:
            return json.load(answer)

    def post(self, call: str, portal: str = "aetna", **body: Any) -> None:
        data = json.dumps(body).encode()
        request = urllib.request.Request(f"{self.control}{portal}/{call}", data)
        urllib.request.urlopen(request, timeout=10).close()

    def received(self) -> list[dict[str, Any]]:
        return list(self.get("received")["received"])

    def held(self, status: str) -> dict[str, Any]:
        """The newest request that is there from the start, with this status."""
        return dict([each for each in self.get("requests")["requests"] if each["status"] == status][-1])

    def run(self, sop: str, **changes: Any) -> tuple[int, dict[str, Any]]:
        (self.folder / "notes.pdf").write_bytes(b"%PDF-1.4 notes")
        case = self.folder / "case.json"
        case.write_text(json.dumps(CASE | changes))
        program = "from authwright.cli.main import main; main()"
        command = [sys.executable, "-c", program, "sop", "run", str(SOPS / f"{sop}.md"), "--case", str(case)]
        command += ["--base-url", self.url, "--settle", "3", "--json"]
        command += ["--state", str(self.folder / "state")]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        assert done.stdout, done.stderr
        return done.returncode, json.loads(done.stdout)


@pytest.fixture(scope="module")
def served() -> Iterator[dict[str, Any]]:
    command = [sys.executable, "-m", "authwright_sandbox", "--settle-seconds", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield json.loads(process.stdout.readline())
        process.terminate()


@pytest.fixture
def aetna(served: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Aetna:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))  # else each test waits for a fresh code
    ready = Aetna(served["portals"]["hub"], served["control"], tmp_path)
    for portal in ("hub", "aetna"):
        ready.post("reset", portal)
    ready.post("faults", "hub", allow_code_reuse=True)
    return ready


def about(held: dict[str, Any]) -> dict[str, Any]:
    """What of a case is about a request that the payer holds."""
    month, day, year = held["start_date"].split("/")
    line = {**LINE, "code": held["codes"][0], "units": 2, "start": f"{year}-{month}-{day}"}
    return {
        "coverage": {**CASE["coverage"], "member_id": held["member_id"]},
        "service_lines": [line],
        "submission": {"reference_number": held["reference_number"]},
    }


def test_a_request_is_sent_as_the_case_says(aetna: Aetna) -> None:
    code, result = aetna.run("submit")
    assert (code, result["halt"], result["sent"]) == (0, None, True)
    (received,) = aetna.received()
    assert received["payload"] == PAYLOAD
    assert [each["name"] for each in received["attachments"]] == ["notes.pdf"]
    assert result["read"]["reference_number"] == received["reference_number"]
    assert result["read"]["status"] == "Pended - records needed"
    assert "due_date" in result["kept"]


def test_a_lookup_begins_nothing(aetna: Aetna) -> None:
    lines = [{**LINE, "code": code, "units": 1} for code in ("97110", "20610")]
    code, result = aetna.run("lookup", service_lines=lines)
    assert (code, result["stopped_with"], result["sent"]) == (0, "not required", False)
    searches = aetna.get("received")["searches"]
    assert [search["lines"] for search in searches] == [[["97110", False]], [["20610", False]]]
    assert result["read"]["search_number"] == searches[-1]["number"]
    assert aetna.received() == []


def test_the_status_is_read_with_the_number_of_the_approval(aetna: Aetna) -> None:
    held = aetna.held("Precertified")
    code, result = aetna.run("status", **about(held))
    assert (code, result["halt"], result["sent"]) == (0, None, False)
    assert result["read"]["status"] == "Precertified"
    assert result["read"]["authorization_number"] == held["authorization_number"]


def test_a_request_made_elsewhere_is_found(aetna: Aetna) -> None:
    held = aetna.held("Not precertified")
    code, result = aetna.run("find", **about(held))
    assert (code, result["halt"]) == (0, None)
    assert result["read"] == {"reference_number": held["reference_number"], "status": "Not precertified"}


def test_coverage_is_read(aetna: Aetna) -> None:
    code, result = aetna.run("eligibility")
    assert (code, result["halt"]) == (0, None)
    assert result["read"]["coverage_status"] == "Active"


def test_records_that_were_asked_for_are_sent_once(aetna: Aetna) -> None:
    held = aetna.held("Pended")
    number = held["reference_number"]
    aetna.post("decide", reference_number=number, answer="needs-documents", reason="More notes")
    code, result = aetna.run("respond", **about(held))
    assert (code, result["halt"], result["sent"]) == (0, None, True)
    (received,) = aetna.received()
    assert (received["kind"], received["reference_number"]) == ("documents", number)
    assert [each["name"] for each in received["attachments"]] == ["notes.pdf"]


def test_an_update_moves_dates_and_place(aetna: Aetna) -> None:
    held = aetna.held("Precertified")
    case = about(held)
    case["service_lines"][0] |= {"start": "2026-12-14", "end": "2026-12-18", "place_of_service": "24"}
    code, result = aetna.run("update", **case, clinical={"notes": "The member asked for a later date"})
    assert (code, result["halt"], result["sent"]) == (0, None, True)
    assert aetna.received()[0]["payload"] == {
        "start": "2026-12-14",
        "end": "2026-12-18",
        "place": "24",
        "reason": "The member asked for a later date",
    }


def test_a_request_whose_answer_was_lost_is_adopted(aetna: Aetna) -> None:
    path = "/aetna/precertification/*/review"
    aetna.post("faults", fail_next={"path": path, "method": "POST", "how": "accept-then-drop"})
    code, result = aetna.run("submit")
    assert (code, result["sent"]) == (3, True)
    code, result = aetna.run("submit")
    (received,) = aetna.received()
    assert (code, result["lookup"]["finding"]) == (0, "found")
    assert result["read"]["reference_number"] == received["reference_number"]
