"""What the page itself complains of: the portal's own words say best why a run can't go on."""

import re
from dataclasses import replace

from authwright.core.run import Halt
from authwright.runner.page import Page
from authwright.runner.state import Run
from authwright.runner.wording import contains

MOST_LINES = 6
_COMPLAINT = re.compile(
    r"(please (correct|fix)|errors?|sorry|invalid|oops)\b"
    r"|.*\b(is|are) (required|invalid|missing|incorrect|not valid|not allowed)\b"
    r"|.*\bmust (be|have|contain|match|not)\b"
    r"|.*\b(cannot|can't|could not|couldn't) be\b"
    r"|.*\b(too (large|big|long)|not (accepted|supported)|unsupported|exceeds|refused|rejected)\b"
    r"|.*\bonly\b.*\b(files?|allowed|accepted)\b",
    re.IGNORECASE,
)


def lines(page: Page) -> tuple[str, ...]:
    """The page's lines as they are read, without what is empty."""
    return tuple(line for raw in page.text.splitlines() if (line := " ".join(raw.split())))


def line_with(page: Page, words: str) -> str:
    """The line of the page that holds the words, with the next one; the words where no line does."""
    said = lines(page)
    at = next((n for n, line in enumerate(said) if contains(line, words)), None)
    return words if at is None else " ".join(said[at : at + 2])


def complaint(run: Run) -> str:
    """What the page marks as an error, else the lines that came with the last click, from the first one
    that reads like a complaint; "" when there is nothing of the kind."""
    if marked := _whole(run.page.alerts):
        return "; ".join(marked)
    if run.before_click is None:
        return ""
    found: list[str] = []
    for line in lines(run.page):
        new = line not in run.before_click
        if found and not new:
            break
        if new and (found or _COMPLAINT.match(line)):
            found.append(line)
    return " ".join(found[:MOST_LINES])


def complaint_after(page: Page, before: Page) -> str:
    """What the page complains of that it didn't before; "" when there is nothing new of the kind. An alert
    alone is no complaint: many tell that all went well."""
    known = {*lines(before), *before.alerts}
    new = dict.fromkeys(said for said in (*_whole(page.alerts), *lines(page)) if said not in known)
    return "; ".join(_whole(tuple(said for said in new if _COMPLAINT.match(said)))[:MOST_LINES])


def with_complaint(run: Run, halt: Halt) -> Halt:
    said = complaint(run)
    if not said or said in halt.found:
        return halt
    return replace(halt, found=f'{halt.found}; the page says "{said}"')


def _whole(alerts: tuple[str, ...]) -> list[str]:
    """Each once, without those that are a part of another: markup often nests them."""
    once = dict.fromkeys(alerts)
    return [a for a in once if not any(a != other and a in other for other in once)]
