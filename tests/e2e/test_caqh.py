"""The portal caqh, driven by the library's SOPs from the command line: what came in is compared with the
case."""

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
SOPS = Path(__file__).parents[2] / "library" / "caqh-sandbox" / "sops"
DUE, LAPSED = "15550122", "15550133"
CONFIRM = (
    "1. Ask the practitioner to read the changes since the last attestation and to confirm that the data "
    "is true."
)
CASE: dict[str, Any] = {
    "credentials": {"username": "specialist", "password": "practice-Day1"},
    "rendering_provider": {
        "npi": "1881234565",
        "first_name": "Owen",
        "last_name": "Larch",
        "name": "Owen Larch",
        "phone": "404-555-0177",
        "address": {"line": "12 Orchard Road", "city": "Savannah", "state": "GA", "postal_code": "31401"},
    },
    "documents": [{"path": "w9-2026.pdf", "kind": "W-9"}],
}


@dataclass(frozen=True)
class Caqh:
    url: str
    control: str
    folder: Path

    def get(self, call: str) -> Any:
        with urllib.request.urlopen(f"{self.control}caqh/{call}", timeout=40) as answer:
            return json.load(answer)

    def received(self) -> list[dict[str, Any]]:
        return list(self.get("received")["received"])

    def profile(self, provider: str) -> dict[str, Any]:
        return next(each for each in self.get("profiles")["profiles"] if each["provider_id"] == provider)

    def run(self, sop: Path, **changes: Any) -> tuple[int, dict[str, Any]]:
        (self.folder / "w9-2026.pdf").write_bytes(b"%PDF-1.4 W-9")
        case = self.folder / "case.json"
        case.write_text(json.dumps(CASE | changes))
        program = "from authwright.cli.main import main; main()"
        command = [sys.executable, "-c", program, "sop", "run", str(sop), "--case", str(case)]
        command += ["--base-url", self.url, "--json"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        assert done.stdout, done.stderr
        return done.returncode, json.loads(done.stdout)


@pytest.fixture(scope="module")
def served() -> Iterator[dict[str, Any]]:
    command = [sys.executable, "-m", "authwright_sandbox"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield json.loads(process.stdout.readline())
        process.terminate()


@pytest.fixture
def caqh(served: dict[str, Any], tmp_path: Path) -> Caqh:
    urllib.request.urlopen(f"{served['control']}caqh/reset", b"", timeout=10).close()
    return Caqh(served["portals"]["caqh"], served["control"], tmp_path)


def test_until_when_the_attestation_holds_is_read(caqh: Caqh) -> None:
    code, result = caqh.run(SOPS / "status.md")
    assert (code, result["halt"]) == (0, None)
    profile = caqh.profile(DUE)
    assert result["read"]["status"] == profile["status"] == "Re-attestation Due"
    assert result["read"]["due_date"] == profile["due"]
    assert caqh.received() == []


def test_the_attestation_is_prepared_and_waits_for_the_practitioner_every_time(caqh: Caqh) -> None:
    for _ in range(2):
        code, result = caqh.run(SOPS / "attest.md")
        assert (code, result["sent"], result["halt"]["reason"]) == (3, False, "asked-person")
        assert "practitioner" in result["halt"]["expected"]
    assert caqh.received() == []


def test_what_follows_the_confirmation_attests_once(caqh: Caqh) -> None:
    confirmed = caqh.folder / "attest.md"
    text = (SOPS / "attest.md").read_text()
    assert CONFIRM in text
    confirmed.write_text(text.replace(CONFIRM, "1. Take a screenshot."))
    code, result = caqh.run(confirmed)
    assert (code, result["halt"], result["sent"]) == (0, None, True)
    (received,) = caqh.received()
    assert (received["kind"], received["payload"]) == ("attest", {"certify": "yes", "name": "Owen Larch"})
    assert result["read"]["reference_number"] == received["attestation_id"]
    assert caqh.profile(DUE)["status"] == "Current"


def test_a_profile_with_errors_goes_to_a_person(caqh: Caqh) -> None:
    provider = {**CASE["rendering_provider"], "npi": "1992345672", "last_name": "Haddad"}
    code, result = caqh.run(SOPS / "attest.md", rendering_provider=provider)
    assert (code, result["halt"]["reason"]) == (3, "asked-person")
    assert "correct the profile" in result["halt"]["expected"]


def test_the_address_goes_into_the_right_one_of_five_look_alikes(caqh: Caqh) -> None:
    before = caqh.profile(DUE)["values"]
    code, result = caqh.run(SOPS / "update.md")
    assert (code, result["halt"], result["sent"]) == (0, None, True)
    after = caqh.profile(DUE)["values"]
    assert {key: value for key, value in after.items() if before[key] != value} == {
        "location1.place.line1": "12 Orchard Road",
        "location1.place.city": "Savannah",
        "location1.place.zip": "31401",
        "location1.office.phone": "404-555-0177",
    }


def test_a_renewed_document_is_uploaded(caqh: Caqh) -> None:
    code, result = caqh.run(SOPS / "upload.md")
    assert (code, result["halt"], result["sent"]) == (0, None, True)
    (received,) = caqh.received()
    assert (received["kind"], received["payload"]["kind"]) == ("upload", "W-9")
    assert [each["name"] for each in received["attachments"]] == ["w9-2026.pdf"]
