"""A practice at each portal's desk: its case, and what is set at the portal so that it works unattended.
For tests, benchmarks and rehearsals."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

DAY, UNTIL = "2026-12-07", "2026-12-09"
NOTES = "Six weeks of physical therapy without relief."


@dataclass(frozen=True)
class Desk:
    """`portal` holds what is sent, `opens_at` is the portal where its SOPs begin. `before` holds the calls
    of that one's control address, with their bodies."""

    portal: str
    case: dict[str, Any]
    opens_at: str = ""
    before: Mapping[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def start(self) -> str:
        return self.opens_at or self.portal


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

# by the folder of the library whose SOPs are for this portal
DESKS: Mapping[str, Desk] = {
    "hub": Desk(
        "hub",
        _case(
            "specialist",
            "practice-Day1",
            "W700000001",
            [_line("72148"), _line("29881", modifiers=["RT"])],
            signs_in_with=HUB_SIGN_IN,
            coverage={"payer": "UnitedHealthcare"},
        ),
        before=CODE_REUSE,
    ),
    "united": Desk(
        "united",
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
        before=CODE_REUSE,
    ),
    "cigna-sandbox": Desk(
        "cigna",
        _case(
            "specialist",
            "practice-Day1",
            "U912345678",
            [_line("29881", description="Knee arthroscopy", modifiers=["RT"])],
            coverage={"payer": "Cigna"},
            diagnosis="M23.221",
            request={"expedited": False, "setting": "outpatient"},
        ),
        before={"captcha": {"after": None}},
    ),
    "delegate": Desk(
        "delegate",
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
    ),
    "aetna-sandbox": Desk(
        "aetna",
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
        opens_at="hub",
        before=CODE_REUSE,
    ),
    "caqh-sandbox": Desk(
        "caqh",
        {
            "credentials": {"username": "specialist", "password": "practice-Day1"},
            "rendering_provider": {
                "npi": "1881234565",
                "first_name": "Owen",
                "last_name": "Larch",
                "name": "Owen Larch",
                "phone": "404-555-0177",
                "address": {
                    "line": "12 Orchard Road",
                    "city": "Savannah",
                    "state": "GA",
                    "postal_code": "31401",
                },
            },
            "documents": [{"path": "notes.pdf", "kind": "W-9"}],
        },
    ),
    "forms": Desk(
        "forms",
        {
            "patient": {"last_name": "Garcia", "first_name": "Maria", "date_of_birth": "1961-03-14"},
            "coverage": {"payer": "Lakeview", "member_id": "W123456789"},
            "service_lines": [_line("D2740", tooth_number="14")],
            "rendering_provider": {"npi": "1881234565"},
            "contact": {"name": "Dana Whitfield", "phone": "404-555-0142"},
            "clinical": {"notes": "Fractured cusp, old filling failed."},
        },
        before={"faults": {"list_delay_seconds": 2}},
    ),
}
