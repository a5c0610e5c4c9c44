"""The demo's day: the files that the practice's own systems would write, with dates around today.

The same files that docs/tutorial.md walks through: orders, the map of insurance names, approvals
obtained before, clinical notes; and the claims that are billed in the evening.
"""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from authwright.app.demo.claim_file import BilledClaim, BilledLine

PRACTICE_ID = "maple-street"
PRACTICE_NAME = "Maple Street Orthopedics"
ORGANIZATION = "Maple Street Orthopedics"
SURGEON_NPI = "1881234565"
HOSPITAL_NPI = "1234567893"
GROUP_NPI = "1992345672"

# The sandbox portal's account, made up like everything else here.
CREDENTIALS = {
    "username": "specialist",
    "password": "practice-Day1",
    "totp_secret": "JBSWY3DPEHPK3PXP",
    "organization": ORGANIZATION,
}

# A request that the portal has had for weeks: sent by hand, before Authwright.
KNOWN_REQUEST = "A104233871"

# How the payer answers today. Whatever isn't listed is approved as it was asked for.
PAYER_RULES = [
    {"codes": ["63030"], "answer": "pended", "then": [{"after_seconds": 8, "answer": "certified"}]},
    {"codes": ["23472"], "answer": "denied", "reason": "Conservative treatment not documented"},
    {"codes": ["29827"], "answer": "not-required"},
]

COLUMNS: Mapping[str, str] = {
    "order.id": "Order #",
    "patient.last_name": "Patient Last",
    "patient.first_name": "Patient First",
    "patient.date_of_birth": "DOB",
    "coverage.insurance_name": "Insurance",
    "coverage.member_id": "Member ID",
    "service_lines[].code": "CPT",
    "service_lines[].modifiers": "Mod",
    "service_lines[].units": "Units",
    "service_lines[].start": "Service Date",
    "service_lines[].place_of_service": "POS",
    "diagnoses[].code": "Dx",
    "requesting_provider.npi": "Ordering NPI",
    "rendering_provider.npi": "Rendering NPI",
    "facility.npi": "Facility NPI",
    "contact.name": "Contact",
    "contact.phone": "Contact Phone",
    "clinical.notes": "Clinical Notes",
    "documents[].path": "Document",
}

INSURANCES = [
    ("UHC CHOICE PLUS", "unitedhealthcare", "", "commercial", "fully-insured"),
    ("MEDICARE PART B", "medicare-ffs", "", "medicare-ffs", ""),
]


@dataclass(frozen=True, slots=True)
class Visit:
    """One planned service line of one order, as the practice's scheduling system exports it."""

    order: str
    last: str
    first: str
    born: str
    insurance: str
    member: str
    code: str
    days: int
    diagnosis: str
    notes: str
    modifier: str = ""
    units: int = 1
    place: str = "22"


UHC, MEDICARE = "UHC CHOICE PLUS", "MEDICARE PART B"
KNEE = "Right knee osteoarthritis, Kellgren-Lawrence grade 4. Therapy and injections failed over 6 months."
NECK = "Cervical radiculopathy C6 with arm weakness, MRI of last month. Therapy over 8 weeks failed."
BACK = "Lumbar disc herniation L4-L5, left leg pain 12 weeks, therapy and one epidural without relief."
VISITS = (
    Visit("MSO-1001", "Rivera", "Elena", "1958-04-12", UHC, "W200417731", "27447", 0, "M17.11", KNEE, "RT"),
    Visit("MSO-1002", "Okafor", "Daniel", "1971-09-30", UHC, "W200655812", "22551", 9, "M50.122", NECK),
    Visit("MSO-1002", "Okafor", "Daniel", "1971-09-30", UHC, "W200655812", "22552", 9, "M50.122", NECK),
    Visit("MSO-1003", "Nguyen", "Linh", "1984-01-22", UHC, "W200733904", "63030", 12, "M51.16", BACK),
    Visit(
        "MSO-1004", "Kowalski", "Piotr", "1950-07-08", UHC, "W200148276", "23472", 15, "M19.011", "Shoulder."
    ),
    Visit("MSO-1005", "Haddad", "Rana", "1966-11-02", UHC, "W200881427", "29827", 7, "M75.121", "Cuff tear."),
    Visit(
        "MSO-1006", "Brandt", "Walter", "1947-03-17", MEDICARE, "1EG4TE5MK73", "63650", 20, "G89.4", "Trial."
    ),
    Visit(
        "MSO-1007",
        "Silva",
        "Marta",
        "1979-06-25",
        "BLUE CARD PPO GA",
        "XYZ884412907",
        "27447",
        21,
        "M17.12",
        KNEE,
    ),
    Visit("MSO-1008", "Meyer", "Jonas", "1990-12-05", UHC, "", "29881", 10, "S83.241A", "Meniscus tear."),
    Visit("MSO-1009", "Patel", "Asha", "1988-08-19", UHC, "W200992315", "99203", 3, "M25.561", "Knee pain."),
    Visit(
        "MSO-1010",
        "Turner",
        "Grace",
        "1962-02-14",
        UHC,
        "W200310588",
        "27130",
        14,
        "M16.11",
        "Hip arthritis.",
    ),
)


def orders_csv(today: date) -> str:
    """The day's orders, a line for each service line."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS.values())
    for v in VISITS:
        on = today + timedelta(days=v.days)
        writer.writerow(
            [
                v.order, v.last, v.first, v.born, v.insurance, v.member, v.code, v.modifier, v.units,
                f"{on:%m/%d/%Y}", v.place, v.diagnosis, SURGEON_NPI, SURGEON_NPI, HOSPITAL_NPI,
                "Dana Ruiz", "404-555-0100", v.notes, f"notes/{v.order}.txt",
            ]
        )  # fmt: skip
    return out.getvalue()


def insurances_csv() -> str:
    rows = [("insurance_name", "payer", "plan", "line_of_business", "funding"), *INSURANCES]
    return "".join(",".join(row) + "\n" for row in rows)


def certifications_csv(today: date) -> str:
    """Approvals from before Authwright: one by the hospital, one by phone."""
    start, end = today - timedelta(days=30), today + timedelta(days=60)
    head = (
        "number,payer,member_id,code,modifiers,units,from,to,rendering_npi,facility_npi,places,status,"
        "method,representative,at"
    )
    rows = [
        f"A553201,UHC,W200500177,29881,LT,1,{start},{end},{SURGEON_NPI},{HOSPITAL_NPI},22,certified,portal,,",
        f"A553377,UHC,W200612044,64635,,1,{start},{end},{SURGEON_NPI},,22,certified,phone,"
        f"J. Alvarez,{start}T10:15:00-05:00",
    ]
    return "\n".join([head, *rows]) + "\n"


def billed(today: date, numbers: Mapping[str, str]) -> list[BilledClaim]:
    """The evening's claims. `numbers` leads from order to the number that the portal gave today.

    Two are right; one bills two units of one approved; one forgets the number; one bills a code that
    no rule decides.
    """
    yesterday = today - timedelta(days=1)

    def claim(
        id_: str,
        last: str,
        first: str,
        born: str,
        member: str,
        dx: str,
        on: date,
        line: BilledLine,
        number: str,
    ) -> BilledClaim:
        return BilledClaim(
            id_, last, first, date.fromisoformat(born), member, dx, on, "22", (line,), SURGEON_NPI,
            HOSPITAL_NPI, number,
        )  # fmt: skip

    return [
        claim(
            "C-5001", "Rivera", "Elena", "1958-04-12", "W200417731", "M17.11", today,
            BilledLine("27447", modifiers=("RT",), charge="4200"), numbers.get("MSO-1001", ""),
        ),
        claim(
            "C-5002", "Costa", "Bruno", "1975-05-05", "W200500177", "S83.242A", yesterday,
            BilledLine("29881", modifiers=("LT",), charge="1900"), "A553201",
        ),
        claim(
            "C-5003", "Larsen", "Ingrid", "1969-10-11", "W200612044", "M47.816", yesterday,
            BilledLine("64635", units=2, charge="1300"), "A553377",
        ),
        claim(
            "C-5004", "Rivera", "Elena", "1958-04-12", "W200417731", "M17.11", today,
            BilledLine("27447", modifiers=("RT",), charge="4200"), "",
        ),
        claim(
            "C-5005", "Patel", "Asha", "1988-08-19", "W200992315", "M25.561", today,
            BilledLine("99203", charge="180"), "",
        ),
    ]  # fmt: skip


def write_files(folder: Path, today: date) -> None:
    """Put what the practice's systems export into the practice's folder."""
    (folder / "notes").mkdir(parents=True, exist_ok=True)
    (folder / "orders.csv").write_text(orders_csv(today), encoding="utf-8")
    (folder / "insurances.csv").write_text(insurances_csv(), encoding="utf-8")
    (folder / "certifications.csv").write_text(certifications_csv(today), encoding="utf-8")
    for visit in VISITS:
        note = f"{visit.first} {visit.last}, born {visit.born}\n\n{visit.notes}\n\nM. Chen, MD\n"
        (folder / "notes" / f"{visit.order}.txt").write_text(note, encoding="utf-8")


def settings_toml(hub_url: str) -> str:
    columns = "\n".join(f'"{name}" = "{column}"' for name, column in COLUMNS.items())
    return f"""\
[practice]
id = "{PRACTICE_ID}"
name = "{PRACTICE_NAME}"
acts_as = ["ordering", "rendering"]

[database]
url = "sqlite:///authwright.db"

[insurance]
map = "insurances.csv"

[orders.columns]
{columns}

[portals.hub]
base_url = "{hub_url}"
settle_seconds = 4

[filing]
unitedhealthcare = "hub"
"""
