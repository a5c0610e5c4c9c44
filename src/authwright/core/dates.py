"""Dates as people and files write them, and windows of them."""

import re
from dataclasses import dataclass
from datetime import date

DATE_FORMS = "YYYY-MM-DD, MM/DD/YYYY or YYYYMMDD"
_FORMS = (
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})"),
    re.compile(r"(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4})"),
    re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})"),
)


def parse_date(text: str) -> date | None:
    """A date from one of the accepted forms; None when it is none, or no day of the calendar.

    A two-digit year is refused: it has two readings.
    """
    for form in _FORMS:
        if found := form.fullmatch(text.strip()):
            try:
                return date(int(found["y"]), int(found["m"]), int(found["d"]))
            except ValueError:
                return None
    return None


@dataclass(frozen=True, slots=True)
class DateWindow:
    """From the first day to the last, both included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a window that ends ({self.end}) before it starts ({self.start})")

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end
