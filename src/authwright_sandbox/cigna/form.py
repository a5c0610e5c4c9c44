"""What the request form sends, and when it is complete. Values are text, as a form sends them."""

import re
from datetime import date

from authwright_sandbox import reference_data as known
from authwright_sandbox.dates import parse_date
from authwright_sandbox.held import Line

REQUEST_TYPES = ("Admission", "Inpatient Surgical", "Outpatient Procedure")
URGENCIES = ("Standard", "Urgent")
MOST_LINES = 8
REQUIRED = {
    "service_description": "Service description",
    "contact_name": "Contact Name",
    "contact_phone": "Contact Phone",
}
PROVIDERS = {"ordering": "Ordering Provider", "servicing": "Servicing Provider", "facility": "Facility"}
_LINE = re.compile(r"code_(\d+)")
_PHONE = re.compile(r"\(\d{3}\) \d{3}-\d{4}")
_TAX_ID = re.compile(r"\d{2}-\d{7}")

Form = dict[str, str]


def lines_of(form: Form) -> tuple[Line, ...]:
    """The lines with a code, in the order of their rows."""
    rows = sorted(int(found[1]) for key in form if (found := _LINE.fullmatch(key)))
    filled = (row for row in rows if form[f"code_{row}"].strip())
    return tuple(
        Line(
            form[f"code_{row}"].strip().upper(),
            form.get(f"modifier_{row}", "").strip().upper(),
            _whole(form.get(f"units_{row}", "")),
        )
        for row in filled
    )


def start_of(form: Form) -> date:
    """Raises ValueError if the form has none."""
    day = parse_date(form.get("start_date", ""))
    if day is None:
        raise ValueError("the start date is not a date")
    return day


def mistakes(form: Form) -> list[str]:
    """In the page's words; none if the form can be sent."""
    wrong = [f"{label} is required." for key, label in REQUIRED.items() if not form.get(key, "").strip()]
    return [*wrong, *_choices(form), *_dates(form), *_codes(form), *_providers(form), *_numbers(form)]


def _whole(text: str) -> int:
    return int(text) if text.strip().isdigit() else 0


def _choices(form: Form) -> list[str]:
    chosen = (
        ("request_type", "Type of Request", REQUEST_TYPES),
        ("urgency", "Urgency", URGENCIES),
        ("place_of_service", "Place of Service", dict(known.PLACES)),
    )
    return [f"{label} is not one of the list." for key, label, among in chosen if form.get(key) not in among]


def _dates(form: Form) -> list[str]:
    start, end = (parse_date(form.get(key, "")) for key in ("start_date", "end_date"))
    if start is None or end is None:
        return ["The dates must be entered as MM/DD/YYYY."]
    return ["The end date is before the start date."] if end < start else []


def _codes(form: Form) -> list[str]:
    lines = lines_of(form)
    wrong = []
    if not 1 <= len(lines) <= MOST_LINES:
        wrong.append(f"Enter 1 to {MOST_LINES} procedure codes.")
    wrong += [
        f"{each.code} is not a valid procedure code." for each in lines if not known.is_procedure(each.code)
    ]
    wrong += [f"{each.code}: enter the units." for each in lines if each.units < 1]
    if not known.is_diagnosis(form.get("diagnosis_1", "").strip().upper()):
        wrong.append("Primary Diagnosis is not a valid diagnosis code.")
    second = form.get("diagnosis_2", "").strip().upper()
    return wrong + ["Secondary Diagnosis is not a valid diagnosis code."] * bool(
        second and not known.is_diagnosis(second)
    )


def _providers(form: Form) -> list[str]:
    return [
        f"{title}: the NPI was not found."
        for role, title in PROVIDERS.items()
        if known.provider_name(form.get(f"{role}_npi", "").strip(), role) is None
    ]


def _numbers(form: Form) -> list[str]:
    wrong = []
    if form.get("contact_phone", "").strip() and not _PHONE.fullmatch(form["contact_phone"]):
        wrong.append("Contact Phone is not a phone number.")
    for role in ("ordering", "servicing"):
        if not _TAX_ID.fullmatch(form.get(f"{role}_tin", "")):
            wrong.append(f"{PROVIDERS[role]}: the Tax ID has nine digits.")
    return wrong
