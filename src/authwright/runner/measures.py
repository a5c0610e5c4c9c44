"""Numbers, dates and moments, to be compared: "today-P90D", "12/07/2026 10:15 AM"."""

import re
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from authwright.runner.values import read_date

_TODAY = re.compile(r"today(?:([+-])P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?)?", re.IGNORECASE)
_DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
_WITH_TIME = re.compile(
    r"(.+?),?[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([ap])?\.?(?:m\.?)?(?: [A-Z]{2,4})?", re.I
)


def measure(value: Any, today: date) -> Decimal | date | None:
    """A number or a date, None for anything else."""
    if isinstance(value, date):
        return value
    text = str(value).strip()
    if found := _TODAY.fullmatch(text):
        return _from_today(today, found)
    try:
        return Decimal(text.replace(",", "").removeprefix("$"))
    except InvalidOperation:
        return read_date(text)


def _from_today(today: date, found: re.Match[str]) -> date:
    years, months, weeks, days = (int(n or 0) for n in found.groups()[1:])
    sign = -1 if found[1] == "-" else 1
    moved = _months_on(today, sign * (12 * years + months))
    return moved + sign * timedelta(weeks=weeks, days=days)


def _months_on(day: date, months: int) -> date:
    """The same day of another month, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise ValueError(f"no day {day.day} in {year}-{month + 1:02d}")


def seconds(duration: str) -> float | None:
    """An ISO 8601 duration of days, hours, minutes and seconds; None when it is none."""
    found = _DURATION.fullmatch(duration)
    if not found or not any(found.groups()):
        return None
    days, hours, minutes, rest = (int(n or 0) for n in found.groups())
    return float(((days * 24 + hours) * 60 + minutes) * 60 + rest)


def moment(text: str) -> tuple[date, float] | None:
    """A day and the seconds since its midnight (-1 when no time is said); None for anything else."""
    if day := read_date(text):
        return day, -1.0
    found = _WITH_TIME.fullmatch(text.strip())
    if not found or not (day := read_date(found[1])):
        return None
    hour, minute, second = int(found[2]), int(found[3]), int(found[4] or 0)
    if found[5]:
        hour = hour % 12 + (12 if found[5].lower() == "p" else 0)
    return day, float(hour * 3600 + minute * 60 + second)
