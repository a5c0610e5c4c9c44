"""What of a page may become a case's evidence: rows of lists that are about other patients never do."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from authwright.core.data_names import AmbiguousDataError, look_up
from authwright.runner.asks import KeepText, Own, Picture, Walk, keep
from authwright.runner.state import Run
from authwright.runner.wording import squeezed, words

HIDDEN_ROW = "[a row of someone else]"
# A column under one of these words says whose the row is.
_PERSON = frozenset(
    {"patient", "member", "subscriber", "beneficiary", "enrollee", "client", "insured", "dob"}
)
_MEMBER = frozenset({"id", "number", "no"})
_NUMBERS = ("reference_number", "decision_id")


@dataclass(frozen=True, slots=True)
class SeenRow:
    """A row as it stands in the page now. `path` is its CSS selector, `own` marks the matched one."""

    path: str
    cells: tuple[str, ...]
    own: bool = False


@dataclass(frozen=True, slots=True)
class SeenList:
    headers: tuple[str, ...]
    rows: tuple[SeenRow, ...]


def picture(run: Run, name: str, *, whole_page: bool = False, note: str = "") -> Walk[str]:
    """A picture of the page into the evidence; its hash, "" when none could be taken."""
    return keep(Picture(name, whole_page, note, own_of(run)))


def page_text(run: Run, name: str, text: str) -> Walk[str]:
    """The page's text into the evidence."""
    return keep(KeepText(name, text, own_of(run)))


def own_of(run: Run) -> Own:
    """How the case's own rows are told from others'."""
    numbers = [_datum(run, name) for name in _NUMBERS] + [run.read.get(name, "") for name in _NUMBERS]
    return Own(
        row=run.row[1].id if run.row is not None else "",
        member=_datum(run, "coverage.member_id"),
        names=tuple(filter(None, (_datum(run, "patient.last_name"), _datum(run, "patient.first_name")))),
        numbers=tuple(n for n in dict.fromkeys(numbers) if n),
    )


def _datum(run: Run, path: str) -> str:
    try:
        return str(look_up(run.case, path) or "")
    except AmbiguousDataError:
        return ""


def others(lists: Iterable[SeenList], own: Own) -> list[SeenRow]:
    """The rows that must not be kept.

    Beside a matched row all the others; in a list that says whose a row is, without a matched one, every
    row that isn't plainly the case's. Other tables (the lines of a request) are kept as they are.
    """
    return [row for seen in lists for row in _others_in(seen, own)]


def _others_in(seen: SeenList, own: Own) -> list[SeenRow]:
    if any(row.own for row in seen.rows):
        return [row for row in seen.rows if not row.own]
    if not _tells_whose(seen.headers):
        return []
    return [row for row in seen.rows if _says_something(row) and not _is_ours(seen.headers, row, own)]


def _tells_whose(headers: Sequence[str]) -> bool:
    return any(_PERSON & set(words(header)) or "birth" in words(header) for header in headers)


def _says_something(row: SeenRow) -> bool:
    """Not the one cell across the list that says that there is nothing in it."""
    return len(row.cells) > 1 or bool(re.search(r"\d", " ".join(row.cells)))


def _is_ours(headers: Sequence[str], row: SeenRow, own: Own) -> bool:
    """By the member ID where the list has one, else by a number of the payer, else by the name."""
    said = [squeezed(cell) for cell in row.cells]
    if own.member and any(_is_member_column(header) for header in headers):
        return any(squeezed(own.member) in cell for cell in said)
    if any(squeezed(known) in cell for known in (own.member, *own.numbers) if known for cell in said):
        return True
    spoken = {word for cell in row.cells for word in words(cell)}
    return len(own.names) > 1 and all(set(words(name)) <= spoken for name in own.names)


def _is_member_column(header: str) -> bool:
    said = set(words(header))
    return bool(_PERSON & said and _MEMBER & said)


def without(text: str, rows: Iterable[SeenRow]) -> str:
    """The text without those rows. What can't be cut out as a row is cut out cell by cell."""
    for row in rows:
        cells = [cell for cell in row.cells if cell]
        if not cells:
            continue
        as_row = r"\s+".join(r"\s+".join(map(re.escape, cell.split())) for cell in cells)
        text, cut = re.subn(as_row, HIDDEN_ROW, text)
        for cell in [] if cut else (c for c in cells if len(c) > 3):
            text = re.sub(r"\s+".join(map(re.escape, cell.split())), HIDDEN_ROW, text)
    return text
