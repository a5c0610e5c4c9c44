"""What the drift benchmark sends to each portal, and what the payer has to have received then."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LIBRARY = Path(__file__).parents[1] / "library"
NOTES = "Six weeks of physical therapy without relief."
DOCUMENT = "notes.pdf"
SECRET = "JBSWY3DPEHPK3PXP"
UNITED_SECRET = SECRET * 2

Data = dict[str, Any]
LINE: Data = {"from": "2026-12-07", "to": "2026-12-09"}
PATIENT: Data = {"last_name": "Garcia", "first_name": "Maria", "date_of_birth": "1961-03-14"}
COMMON: Data = {
    "patient": PATIENT,
    "requesting_provider": {"npi": "1234567893", "tax_id": "58-1234567"},
    "rendering_provider": {"npi": "1881234565", "tax_id": "58-2345678"},
    "facility": {"npi": "1992345672", "tax_id": "58-7654321"},
    "contact": {"name": "Dana Whitfield", "phone": "404-555-0142"},
    "clinical": {"notes": NOTES},
    "request": {"expedited": False},
    "documents": [{"path": DOCUMENT, "kind": "clinical notes"}],
}


@dataclass(frozen=True, slots=True)
class Errand:
    """One portal's SOP. `member` writes a number as a member ID of this payer; `case` and `payload` are for
    a member ID. `door` is the portal where the SOP begins; `changed` are the SOP's sentences that a person
    has dealt with. With `anew` each run finds the portal as on its first day."""

    sop: str
    member: Callable[[int], str]
    case: Callable[[str], Data]
    payload: Callable[[str], Data]
    door: str
    secret: str = ""
    changed: Mapping[str, str] | None = None
    anew: bool = False
    attachments: tuple[str, ...] = (DOCUMENT,)


def _lines(*lines: Data, **more: Any) -> list[Data]:
    return [{**LINE, **more, **line} for line in lines]


def _case(member: str, payer: str, credentials: Data, diagnoses: list[str], **more: Any) -> Data:
    return {
        **COMMON,
        "credentials": credentials,
        "coverage": {"payer": payer, "member_id": member, "relationship": "Self"},
        "diagnoses": [{"code": code} for code in diagnoses],
        **more,
    }


_SIGN_IN: Data = {"username": "specialist", "password": "practice-Day1"}
_HUB_SIGN_IN = {**_SIGN_IN, "totp_secret": SECRET, "organization": "Maple Street Orthopedics"}
_UNITED_SIGN_IN = {
    **_SIGN_IN,
    "totp_secret": UNITED_SECRET,
    "organization": "58-1234567 - Maple Street Orthopedics",
}

_HUB = _lines(
    {"code": "72148", "units": "1"},
    {"code": "29881", "units": "2", "modifiers": ["RT"]},
    place_of_service="22",
)
_UNITED = _lines(
    {"code": "29827", "units": 1}, {"code": "29826", "units": 2, "modifiers": ["RT"]}, place_of_service="22"
)
_CIGNA = _lines(
    {"code": "29881", "units": 1, "modifiers": ["RT"]},
    {"code": "29827", "units": 2},
    place_of_service="24",
    description="Knee arthroscopy",
)
_DELEGATE = _lines({"code": "72148", "units": 1}, {"code": "72158", "units": 2}, place_of_service="22")
_AETNA = _lines(
    {"code": "27447", "units": 1, "modifiers": ["RT"]}, {"code": "72148", "units": 2}, place_of_service="22"
)

ERRANDS: dict[str, Errand] = {
    "hub": Errand(
        "hub/sops/submit-outpatient.md",
        lambda number: f"W{700000000 + number}",
        lambda member: _case(member, "UnitedHealthcare", _HUB_SIGN_IN, ["M54.16"], service_lines=_HUB),
        lambda member: {
            "payer": "UnitedHealthcare",
            "request_type": "Outpatient",
            "member_id": member,
            "last_name": "Garcia",
            "first_name": "Maria",
            "date_of_birth": "03/14/1961",
            "place_of_service": "22",
            "diagnosis_code": "M54.16",
            "lines": [
                {
                    "procedure_code": "72148",
                    "modifier_1": "",
                    "modifier_2": "",
                    "quantity": "1",
                    "from_date": "12/07/2026",
                    "to_date": "12/09/2026",
                },
                {
                    "procedure_code": "29881",
                    "modifier_1": "RT",
                    "modifier_2": "",
                    "quantity": "2",
                    "from_date": "12/07/2026",
                    "to_date": "12/09/2026",
                },
            ],
            "requesting": {"npi": "1234567893"},
            "rendering": {"npi": "1881234565"},
            "facility": {"npi": "1992345672"},
            "contact_name": "Dana Whitfield",
            "contact_phone": "404-555-0142",
            "contact_fax": "",
            "notes": NOTES,
        },
        "hub",
        SECRET,
    ),
    "united": Errand(
        "united/sops/submit.md",
        lambda number: str(910000000 + number),
        lambda member: _case(
            member,
            "United",
            _UNITED_SIGN_IN,
            ["M54.16", "M51.26"],
            service_lines=_UNITED,
            request={"setting": "Surgical"},
        ),
        lambda member: {
            "member_id": member,
            "date_of_birth": "03/14/1961",
            "last_name": "Garcia",
            "first_name": "Maria",
            "place_of_service": "22",
            "service_type": "Surgical",
            "priority": "Standard",
            "expedited_reason": "",
            "start_date": "12/07/2026",
            "end_date": "12/09/2026",
            "diagnoses": ["M54.16", "M51.26"],
            "procedures": [
                {"code": "29827", "modifier": "", "units": "1"},
                {"code": "29826", "modifier": "RT", "units": "2"},
            ],
            "requesting": {"npi": "1234567893"},
            "servicing": {"npi": "1881234565"},
            "facility": {"npi": "1992345672"},
            "contact_name": "Dana Whitfield",
            "contact_phone": "404-555-0142",
            "contact_fax": "",
            "answers": {},
            "notes": NOTES,
        },
        "united",
        UNITED_SECRET,
    ),
    "cigna": Errand(
        "cigna-sandbox/sops/submit.md",
        lambda number: f"U{910000000 + number}",
        lambda member: _case(
            member,
            "Cigna",
            _SIGN_IN,
            ["M23.221"],
            service_lines=_CIGNA,
            request={"expedited": False, "setting": "outpatient"},
        ),
        lambda member: {
            "member_id": member,
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
            "servicing_tin": "58-2345678",
            "facility_npi": "1992345672",
            "contact_name": "Dana Whitfield",
            "contact_phone": "(404) 555-0142",
            "contact_fax": "",
            "notes": NOTES,
        },
        "cigna",
    ),
    "delegate": Errand(
        "delegate/sops/submit.md",
        lambda number: f"U{920000000 + number}",
        lambda member: _case(
            member,
            "Cigna",
            {"username": "maple.intake", "password": "review-Day1"},
            ["M54.16"],
            service_lines=_DELEGATE,
            requesting_provider={"npi": "1234567893", "tax_id": "581234567"},
            conservative_treatment="Yes",
            treatment_weeks="8",
            recent_imaging="No",
        ),
        lambda member: {
            "plan": "Cigna",
            "member_id": member,
            "last_name": "Garcia",
            "date_of_birth": "03/14/1961",
            "date_of_service": "12/07/2026",
            "diagnosis": "M54.16",
            "site_npi": "1992345672",
            "ordering_npi": "1234567893",
            "tax_id": "581234567",
            "contact_name": "Dana Whitfield",
            "callback": "404-555-0142",
            "urgent": "No",
            "urgent_confirmed": "",
            "notes": NOTES,
            "attested": "yes",
            "codes": [{"code": "72148", "quantity": "1"}, {"code": "72158", "quantity": "2"}],
            "answers": {
                "Has the patient had conservative treatment?": "Yes",
                "For how many weeks was the patient treated?": "8",
                "Has there been imaging of this region in the last 12 months?": "No",
            },
        },
        "delegate",
    ),
    "aetna": Errand(
        "aetna-sandbox/sops/submit.md",
        lambda number: f"W{810000000 + number}",
        lambda member: _case(member, "Aetna", _HUB_SIGN_IN, ["M17.11"], service_lines=_AETNA),
        lambda member: {
            "member_id": member,
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
            "notes": NOTES,
            "email": "",
        },
        "hub",
        SECRET,
    ),
    "caqh": Errand(
        "caqh-sandbox/sops/attest.md",
        lambda number: "",
        lambda member: {
            "credentials": _SIGN_IN,
            "rendering_provider": {
                "npi": "1881234565",
                "first_name": "Owen",
                "last_name": "Larch",
                "name": "Owen Larch",
            },
        },
        lambda member: {"certify": "yes", "name": "Owen Larch"},
        "caqh",
        changed={
            "1. Ask the practitioner to read the changes since the last attestation and to confirm that the "
            "data is true.": "1. Take a screenshot."
        },
        anew=True,
        attachments=(),
    ),
}
