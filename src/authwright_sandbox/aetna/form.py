"""The wizard's steps: what each sends and when it is complete. Values are text, as a form sends them."""

import re
from collections.abc import Callable
from datetime import date

from authwright_sandbox import reference_data as known
from authwright_sandbox.held import Line

STEPS = ("Member", "Service", "Providers", "Clinical", "Review")
BAR = (*STEPS, "Submit")
CATEGORIES = ("Inpatient", "Outpatient", "Home")
REVIEWS = ("Standard", "Expedited")
RELATIONSHIPS = ("Self", "Spouse", "Child")
ROLES = {"requesting": "Requesting Provider", "servicing": "Servicing Provider", "facility": "Facility"}
FILES = ("Clinical notes", "Imaging report", "Other")
MOST_LINES = 6
_LINE = re.compile(r"procedure_(\d+)")
_TIN = re.compile(r"\d{2}-?\d{7}")

Form = dict[str, str]


def day(text: str) -> date | None:
    """A date as a native date field sends it."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def lines_of(form: Form) -> tuple[Line, ...]:
    """The blocks with a code, in their order."""
    blocks = sorted(int(found[1]) for key in form if (found := _LINE.fullmatch(key)))
    return tuple(
        Line(
            form[f"procedure_{block}"].strip().upper(),
            form.get(f"modifier_{block}", "").strip().upper(),
            int(units) if (units := form.get(f"units_{block}", "").strip()).isdigit() else 0,
        )
        for block in blocks
        if form[f"procedure_{block}"].strip()
    )


def diagnoses_of(form: Form) -> list[str]:
    given = (form.get(f"diagnosis_{number}", "").strip().upper() for number in range(1, 5))
    return [code for code in given if code]


def _member(form: Form) -> list[str]:
    wrong = [] if day(form.get("date_of_birth", "")) else ["Enter the member's date of birth."]
    if not form.get("last_name", "").strip():
        wrong.append("Enter the member's last name.")
    return wrong + ["Choose a relationship."] * (form.get("relationship") not in RELATIONSHIPS)


def _service(form: Form) -> list[str]:
    wrong = ["Choose a category."] * (form.get("category") not in CATEGORIES)
    wrong += ["Choose a review type."] * (form.get("review") not in REVIEWS)
    if form.get("review") == "Expedited" and not form.get("urgency", "").strip():
        wrong.append("Explain why the review must be expedited.")
    wrong += ["Select a place of service."] * (form.get("place") not in dict(known.PLACES))
    start, end = day(form.get("start", "")), day(form.get("end", ""))
    if start is None or end is None or end < start:
        wrong.append("Enter a start date and an end date on or after it.")
    codes = diagnoses_of(form)
    if not codes or not all(map(known.is_diagnosis, codes)):
        wrong.append("Enter one to four valid diagnosis codes.")
    lines = lines_of(form)
    if not 1 <= len(lines) <= MOST_LINES:
        wrong.append(f"Enter 1 to {MOST_LINES} services.")
    wrong += [f"{line.code} is not a valid procedure." for line in lines if not known.is_procedure(line.code)]
    return wrong + [f"{line.code}: enter the units." for line in lines if line.units < 1]


def _providers(form: Form) -> list[str]:
    wrong = []
    for role, title in ROLES.items():
        if known.provider_name(form.get(f"{role}_npi", "").strip(), role) is None:
            missing = "add a provider" if role == "servicing" else "the NPI was not found"
            wrong.append(f"{title}: {missing}.")
        if not _TIN.fullmatch(form.get(f"{role}_tin", "").strip()):
            wrong.append(f"{title}: enter a TIN of nine digits.")
    for key, label in (("contact", "contact name"), ("phone", "contact phone")):
        wrong += [f"Enter a {label}."] * (not form.get(key, "").strip())
    return wrong


def _clinical(form: Form) -> list[str]:
    return [] if form.get("notes", "").strip() else ["Enter clinical notes."]


MISTAKES: dict[str, Callable[[Form], list[str]]] = {
    "Member": _member,
    "Service": _service,
    "Providers": _providers,
    "Clinical": _clinical,
    "Review": lambda form: [],
}
"""What is wrong with a step, in the page's words; nothing if the wizard goes on."""
