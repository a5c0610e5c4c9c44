"""What the kill benchmark sends: one SOP, one case and one sending address of each practice portal."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

LIBRARY = Path(__file__).parents[1] / "library"
DAY, UNTIL = "2026-12-07", "2026-12-09"
NOTES = "Six weeks of physical therapy without relief."


@dataclass(frozen=True)
class Target:
    """`portal` holds what is sent, `opens_at` is the portal where its SOP begins. `sends` is where the
    one call that sends arrives. `answered_by` says for a person what an SOP waits for: (what is written
    there, what stands there once the person has done it)."""

    portal: str
    sop: Path
    case: dict[str, Any]
    sends: str
    opens_at: str = ""
    before: dict[str, dict[str, Any]] = field(default_factory=dict)
    answered_by: tuple[str, str] | None = None

    @property
    def start(self) -> str:
        return self.opens_at or self.portal

    def sop_text(self) -> str:
        text = self.sop.read_text(encoding="utf-8")
        if self.answered_by is None:
            return text
        asked, done = self.answered_by
        assert asked in text, f"{self.sop} no longer asks: {asked}"
        return text.replace(asked, done)


def _line(code: str, units: int = 1, **more: Any) -> dict[str, Any]:
    return {"code": code, "units": units, "from": DAY, "to": UNTIL, "place_of_service": "22", **more}


def _case(user: str, password: str, member: str, lines: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    return {
        "credentials": {"username": user, "password": password, **more.pop("signs_in_with", {})},
        "patient": {"last_name": "Garcia", "first_name": "Maria", "date_of_birth": "1961-03-14"},
        "coverage": {"member_id": member, **more.pop("coverage", {})},
        "diagnoses": [{"code": more.pop("diagnosis", "M54.16")}],
        "service_lines": lines,
        "requesting_provider": {"npi": "1234567893", "tax_id": "58-1234567"},
        "rendering_provider": {"npi": "1881234565", "tax_id": "58-2345678"},
        "facility": {"npi": "1992345672", "tax_id": "58-7654321"},
        "contact": {"name": "Dana Whitfield", "phone": "404-555-0142"},
        "clinical": {"notes": NOTES},
        "documents": [{"path": "notes.pdf", "kind": "clinical notes"}],
        **more,
    }


CODE_REUSE = {"faults": {"allow_code_reuse": True}}
HUB_SIGN_IN = {"totp_secret": "JBSWY3DPEHPK3PXP", "organization": "Maple Street Orthopedics"}
PROVIDER = {
    "credentials": {"username": "specialist", "password": "practice-Day1"},
    "rendering_provider": {
        "npi": "1881234565",
        "first_name": "Owen",
        "last_name": "Larch",
        "name": "Owen Larch",
    },
    "documents": [{"path": "notes.pdf", "kind": "W-9"}],
}

TARGETS: dict[str, Target] = {
    "hub": Target(
        "hub",
        LIBRARY / "hub" / "sops" / "submit-outpatient.md",
        _case(
            "specialist",
            "practice-Day1",
            "W700000001",
            [_line("72148"), _line("29881", modifiers=["RT"])],
            signs_in_with=HUB_SIGN_IN,
            coverage={"payer": "UnitedHealthcare"},
        ),
        "/hub/app/api/requests",
        before=CODE_REUSE,
    ),
    "united": Target(
        "united",
        LIBRARY / "united" / "sops" / "submit.md",
        _case(
            "specialist",
            "practice-Day1",
            "912345678",
            [_line("29827"), _line("29826", 2, modifiers=["RT"])],
            signs_in_with={
                "totp_secret": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
                "organization": "58-1234567 - Maple Street Orthopedics",
            },
            coverage={"payer": "United"},
            request={"setting": "Surgical"},
        ),
        "/united/api/requests",
        before=CODE_REUSE,
    ),
    "cigna": Target(
        "cigna",
        LIBRARY / "cigna-sandbox" / "sops" / "submit.md",
        _case(
            "specialist",
            "practice-Day1",
            "U912345678",
            [_line("29881", description="Knee arthroscopy", modifiers=["RT"])],
            coverage={"payer": "Cigna"},
            diagnosis="M23.221",
            request={"expedited": False, "setting": "outpatient"},
        ),
        "/cigna/requests",
        before={"captcha": {"after": None}},
    ),
    "delegate": Target(
        "delegate",
        LIBRARY / "delegate" / "sops" / "submit.md",
        _case(
            "maple.intake",
            "review-Day1",
            "U912345678",
            [_line("72148")],
            coverage={"payer": "Cigna"},
            request={"expedited": False},
            requesting_provider={"npi": "1234567893", "tax_id": "581234567"},
            conservative_treatment="Yes",
            treatment_weeks="8",
            recent_imaging="No",
        ),
        "/delegate/desk/drafts/*/submit",
    ),
    "aetna": Target(
        "aetna",
        LIBRARY / "aetna-sandbox" / "sops" / "submit.md",
        _case(
            "specialist",
            "practice-Day1",
            "W812345678",
            [_line("27447", modifiers=["RT"])],
            signs_in_with=HUB_SIGN_IN,
            coverage={"payer": "Aetna", "relationship": "Self"},
            diagnosis="M17.11",
            request={"expedited": False},
        ),
        "/aetna/precertification/*/review",
        opens_at="hub",
        before=CODE_REUSE,
    ),
    "caqh-attest": Target(
        "caqh",
        LIBRARY / "caqh-sandbox" / "sops" / "attest.md",
        PROVIDER,
        "/caqh/providers/*/attest",
        answered_by=(
            "1. Ask the practitioner to read the changes since the last attestation and to confirm that "
            "the data is true.",
            "1. Take a screenshot.",
        ),
    ),
    "caqh-upload": Target(
        "caqh",
        LIBRARY / "caqh-sandbox" / "sops" / "upload.md",
        PROVIDER,
        "/caqh/providers/*/parts/documents",
    ),
    "forms": Target(
        "forms",
        LIBRARY / "forms" / "sops" / "submit-dental.md",
        {
            "patient": {"last_name": "Garcia", "first_name": "Maria", "date_of_birth": "1961-03-14"},
            "coverage": {"payer": "Lakeview", "member_id": "W123456789"},
            "service_lines": [_line("D2740", tooth_number="14")],
            "rendering_provider": {"npi": "1881234565"},
            "contact": {"name": "Dana Whitfield", "phone": "404-555-0142"},
            "clinical": {"notes": "Fractured cusp, old filling failed."},
        },
        "/forms/dental/sent",
        before={"faults": {"list_delay_seconds": 2}},
    ),
}
