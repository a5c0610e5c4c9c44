"""The portal caqh, driven by the library's SOPs from the command line: what came in is compared with the
case."""

from pathlib import Path
from typing import Any

import pytest

from authwright_sandbox.desks import DESKS
from authwright_sandbox.process import Portal, Sandbox
from tests.e2e.practice import LIBRARY, Practice

pytestmark = pytest.mark.browser
SOPS = LIBRARY / "caqh-sandbox" / "sops"
DUE, LAPSED = "15550122", "15550133"
CONFIRM = (
    "1. Ask the practitioner to read the changes since the last attestation and to confirm that the data "
    "is true."
)
CASE: dict[str, Any] = DESKS["caqh-sandbox"].case | {"documents": [{"path": "w9-2026.pdf", "kind": "W-9"}]}


@pytest.fixture
def caqh(sandbox: Sandbox) -> Portal:
    portal = sandbox.portal("caqh")
    portal.post("reset")
    return portal


@pytest.fixture
def practice(tmp_path: Path, caqh: Portal) -> Practice:
    return Practice(tmp_path, caqh, SOPS, CASE)


def profile(caqh: Portal, provider: str) -> dict[str, Any]:
    return next(each for each in caqh.get("profiles")["profiles"] if each["provider_id"] == provider)


def test_until_when_the_attestation_holds_is_read(practice: Practice, caqh: Portal) -> None:
    code, result = practice.run("status")
    assert (code, result["halt"]) == (0, None)
    held = profile(caqh, DUE)
    assert result["read"]["status"] == held["status"] == "Re-attestation Due"
    assert result["read"]["due_date"] == held["due"]
    assert caqh.received() == []


def test_the_attestation_is_prepared_and_waits_for_the_practitioner_every_time(
    practice: Practice, caqh: Portal
) -> None:
    for _ in range(2):
        code, result = practice.run("attest")
        assert (code, result["sent"], result["halt"]["reason"]) == (3, False, "asked-person")
        assert "practitioner" in result["halt"]["expected"]
    assert caqh.received() == []


def test_what_follows_the_confirmation_attests_once(practice: Practice, caqh: Portal) -> None:
    confirmed = practice.folder / "attest.md"
    text = (SOPS / "attest.md").read_text()
    assert CONFIRM in text
    confirmed.write_text(text.replace(CONFIRM, "1. Take a screenshot."))
    code, result = practice.run(confirmed)
    assert (code, result["halt"], result["sent"]) == (0, None, True)
    (received,) = caqh.received()
    assert (received["kind"], received["payload"]) == ("attest", {"certify": "yes", "name": "Owen Larch"})
    assert result["read"]["reference_number"] == received["attestation_id"]
    assert profile(caqh, DUE)["status"] == "Current"


def test_a_profile_with_errors_goes_to_a_person(practice: Practice, caqh: Portal) -> None:
    provider = {**CASE["rendering_provider"], "npi": "1992345672", "last_name": "Haddad"}
    code, result = practice.run("attest", rendering_provider=provider)
    assert (code, result["halt"]["reason"]) == (3, "asked-person")
    assert "correct the profile" in result["halt"]["expected"]


def test_the_address_goes_into_the_right_one_of_five_look_alikes(practice: Practice, caqh: Portal) -> None:
    before = profile(caqh, DUE)["values"]
    code, result = practice.run("update")
    assert (code, result["halt"], result["sent"]) == (0, None, True)
    after = profile(caqh, DUE)["values"]
    assert {key: value for key, value in after.items() if before[key] != value} == {
        "location1.place.line1": "12 Orchard Road",
        "location1.place.city": "Savannah",
        "location1.place.zip": "31401",
        "location1.office.phone": "404-555-0177",
    }


def test_a_renewed_document_is_uploaded(practice: Practice, caqh: Portal) -> None:
    code, result = practice.run("upload")
    assert (code, result["halt"], result["sent"]) == (0, None, True)
    (received,) = caqh.received()
    assert (received["kind"], received["payload"]["kind"]) == ("upload", "W-9")
    assert [each["name"] for each in received["attachments"]] == ["w9-2026.pdf"]
