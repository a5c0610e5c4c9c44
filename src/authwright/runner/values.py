"""How a value is written into a field, and when two ways of writing are the same value."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from authwright.core.data_table import DataType
from authwright.core.dates import parse_date
from authwright.runner.wording import plain, squeezed

_FORM = re.compile(
    r"\b(?:MM?([/.\- ]?)DD?\1(?:YYYY|YY|AAAA)|YYYY([/.\- ]?)MM\2DD|DD([/.\- ]?)(?:MON|MMM)\3YYYY"
    r"|DD([/.\-])MM\4YYYY)\b",
    re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WORDY = re.compile(r"([a-z]{3})[a-z]*\.? (\d{1,2}),? (\d{4})|(\d{1,2})[ -]([a-z]{3})[a-z]*[ -](\d{4})")
_NATIVE_DATE = "YYYY-MM-DD"
DEFAULT_DATE_FORM = "MM/DD/YYYY"


def write(value: Any, type_: DataType, hint: str = "", *, native_date: bool = False, form: str = "") -> str:
    """The text to type for a value of the case. Dates in the `form` that is said, else in the one that
    the page asks for."""
    if type_ is DataType.DATE:
        day = value if isinstance(value, date) else read_date(str(value))
        if day is None:
            return str(value)
        return write_date(day, _NATIVE_DATE if native_date else form.upper() or date_form(hint))
    if type_ is DataType.NUMBER:
        return write_number(value)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return str(value).strip()


_PART = re.compile(r"YYYY|YY|MMM|MON|MM|M|DD|D", re.IGNORECASE)


def is_date_form(form: str) -> bool:
    """Whether a form has exactly one year, month and day, and nothing else but marks between them."""
    parts = sorted(part[0].upper() for part in _PART.findall(form))
    return parts == ["D", "M", "Y"] and not re.search(r"\w", _PART.sub("", form))


def contradicts(form: str, hint: str) -> str:
    """The form that a hint names when it isn't the one that is said; leading zeros aside. "" when it is."""
    found = _FORM.search(hint)
    return found.group() if found and _shape(found.group()) != _shape(form) else ""


def _shape(form: str) -> str:
    shape = form.upper().replace("AAAA", "YYYY").replace("MMM", "MON")
    return re.sub(r"D+", "D", re.sub(r"M+(?!O)", "M", shape))


def date_form(hint: str) -> str:
    """The date form named in a hint, a placeholder or a label; US portals mean MM/DD/YYYY."""
    found = _FORM.search(hint)
    return found.group().upper().replace("AAAA", "YYYY") if found else DEFAULT_DATE_FORM


def write_date(day: date, form: str) -> str:
    """The day in a form made of YYYY, YY, MON, MM, M, DD, D."""
    parts: tuple[tuple[str, str], ...] = (
        ("YYYY", f"{day.year:04d}"),
        ("YY", f"{day.year % 100:02d}"),
        ("MON", _MONTHS[day.month - 1].upper()),
        ("MMM", _MONTHS[day.month - 1].upper()),
        ("MM", f"{day.month:02d}"),
        ("DD", f"{day.day:02d}"),
        ("M", str(day.month)),
        ("D", str(day.day)),
    )
    return re.sub(r"YYYY|YY|MON|MMM|MM|DD|M|D", lambda m: dict(parts)[m.group()], form)


def write_number(value: Any) -> str:
    """Without needless zeros: 1.0 is "1"."""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return str(value).strip()
    whole = number.to_integral_value()
    return str(int(whole)) if number == whole else format(number.normalize(), "f")


def read_date(text: str) -> date | None:
    """A date as a portal may show it: the accepted forms, dashes for slashes, or month by name."""
    text = text.strip()
    if (day := parse_date(text)) or (day := parse_date(text.replace("-", "/").replace(".", "/"))):
        return day
    if re.fullmatch(r"\d{8}", text):
        return parse_date(f"{text[:2]}/{text[2:4]}/{text[4:]}")
    found = _WORDY.fullmatch(text.lower())
    if not found:
        return None
    name, day_text, year = (found[1], found[2], found[3]) if found[1] else (found[5], found[4], found[6])
    if name not in _MONTHS:
        return None
    try:
        return date(int(year), _MONTHS.index(name) + 1, int(day_text))
    except ValueError:
        return None


def same(expected: str, found: str, type_: DataType = DataType.TEXT) -> bool:
    """Whether the page shows the value, in whatever way it writes values of this type."""
    return _SAME.get(type_, _same_text)(expected, found)


def _same_text(expected: str, found: str) -> bool:
    return " ".join(expected.split()).casefold() == " ".join(found.split()).casefold()


def _same_date(expected: str, found: str) -> bool:
    day = read_date(expected)
    return day == read_date(found) if day is not None else bool(found) and _same_text(expected, found)


def _same_number(expected: str, found: str) -> bool:
    return bool(found.strip()) and write_number(expected) == write_number(found.replace(",", ""))


def _digits(text: str) -> str:
    digits = re.sub(r"\D", "", text)
    return digits[1:] if len(digits) == 11 and digits.startswith("1") else digits


def _same_phone(expected: str, found: str) -> bool:
    return bool(_digits(expected)) and _digits(expected) == _digits(found)


def _same_code(expected: str, found: str) -> bool:
    return bool(squeezed(expected)) and squeezed(expected) == squeezed(found)


_YES, _NO = frozenset({"yes", "y", "true", "1", "on"}), frozenset({"no", "n", "false", "0", "off"})


def yes_or_no(text: str) -> bool | None:
    """None for a text that says neither."""
    said = plain(text)
    return True if said in _YES else False if said in _NO else None


def _same_answer(expected: str, found: str) -> bool:
    said = yes_or_no(expected)
    return said == yes_or_no(found) if said is not None else _same_text(expected, found)


_SAME: dict[DataType, Callable[[str, str], bool]] = {
    DataType.DATE: _same_date,
    DataType.NUMBER: _same_number,
    DataType.MONEY: _same_number,
    DataType.PHONE: _same_phone,
    DataType.CODE: _same_code,
    DataType.YES_NO: _same_answer,
}


def is_of_type(text: str, type_: DataType) -> bool:
    """Whether a text can be a value of the type at all: "soon" is no date."""
    if type_ is DataType.DATE:
        return read_date(text) is not None
    if type_ is DataType.YES_NO:
        return yes_or_no(text) is not None
    if type_ in (DataType.NUMBER, DataType.MONEY):
        return bool(re.fullmatch(r"-?\$?[\d,]*\.?\d+", text.strip()))
    return True


def same_chosen(value: str, option: str, type_: DataType) -> bool:
    """Whether an option is the value: its exact text, or for a code its leading token.

    "22" is "22 - On Campus-Outpatient Hospital", also without the dash; "Aetna" is not "Aetna Better
    Health".
    """
    if plain(value) == plain(option):
        return True
    if type_ in (DataType.CODE, DataType.STATE):
        lead = re.match(r"\s*\(?([\w.]+)\)?\s*(?:[-–—:|(]|\s\s)", option)
        bare = re.match(r"\s*(\w*\d[\w.]*) [^\W\d]", option)  # "22 On Campus": a code has a digit
        return any(m is not None and _same_code(value, m[1]) for m in (lead, bare))
    return False


def starts_with(value: str, suggestion: str) -> bool:
    """Whether a suggestion starts with the value as a whole word ("7214" is no start of "72148")."""
    wanted, shown = _undotted(value), _undotted(suggestion)
    return bool(wanted) and shown.startswith(wanted) and not shown[len(wanted) :][:1].isalnum()


def _undotted(text: str) -> str:
    """Lower case, without the dot inside a diagnosis code."""
    return re.sub(r"(?<=\w)\.(?=\w)", "", plain(text))


def masked(value: str, *, secret: bool = False) -> str:
    """For records: all but the last two characters hidden; secrets wholly."""
    if secret or len(value) <= 3:
        return "•" * min(len(value), 8)
    return "•" * min(len(value) - 2, 8) + value[-2:]
