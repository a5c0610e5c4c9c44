"""Dates as the portals' pages write them."""

from datetime import date


def parse_date(text: str) -> date | None:
    """A date as the pages write it (MM/DD/YYYY), None if it isn't one."""
    parts = text.split("/")
    if [len(part) for part in parts] != [2, 2, 4] or not all(part.isdigit() for part in parts):
        return None
    try:
        return date(int(parts[2]), int(parts[0]), int(parts[1]))
    except ValueError:
        return None


def show_date(day: date | None) -> str:
    return f"{day:%m/%d/%Y}" if day else ""
