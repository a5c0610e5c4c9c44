"""What a practice has recorded of portals' terms: a program works only where their owner has read them.

Kept in `terms.json` in the practice's folder, beside the approvals.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from authwright.app.approvals import replace_file
from authwright.core.hosts import is_here
from authwright.rules.portal import Automation, PortalFile

FILE_NAME = "terms.json"


class Decision(StrEnum):
    """What the terms say of programs, as who has read them understands it."""

    ALLOWED = "allowed"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True, slots=True)
class TermsRead:
    """That a person has read a portal's terms, and what they say of programs."""

    portal: str
    decision: Decision
    by: str
    on: date


class TermsError(Exception):
    """The file is no such list; the text says where and what to do."""


def read(folder: Path) -> tuple[TermsRead, ...]:
    """What was recorded, one for each portal; nothing without the file. Raises TermsError."""
    path = folder / FILE_NAME
    if not path.is_file():
        return ()
    try:
        return msgspec.json.decode(path.read_bytes(), type=tuple[TermsRead, ...])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise TermsError(
            f"{path} is no list of terms that were read ({error}): put it aside, then record them anew"
        ) from error


def add(folder: Path, terms: TermsRead) -> None:
    """Put it down; what was recorded of the same portal before is replaced."""
    kept = [t for t in read(folder) if t.portal != terms.portal]
    content = msgspec.json.format(msgspec.json.encode([*kept, terms]), indent=2)
    replace_file(folder / FILE_NAME, content + b"\n")


def why_refused(files: Iterable[PortalFile], base_url: str, recorded: Iterable[TermsRead]) -> str:
    """Why no program may work in one of these portals at this address, in a sentence; "" when one may. A
    portal on this machine has no terms, unless its file says so."""
    known = {t.portal: t for t in recorded}
    address = urlsplit(base_url)
    here = address.scheme == "file" or is_here(address.hostname or "")
    return next((why for file in files if (why := _why(file, known.get(file.portal), here=here))), "")


def _why(file: PortalFile, own: TermsRead | None, *, here: bool) -> str:
    name = file.name or file.portal
    if file.automation is Automation.FORBIDDEN:
        return f"The terms of {name} forbid programs: it is never driven, a person works in it."
    if own is not None and own.decision is Decision.FORBIDDEN:
        return f"The terms of {name} forbid programs, as {own.by} recorded on {own.on}: it is never driven."
    if own is not None or here:
        return ""
    record = f"authwright library terms {file.portal} --read-by NAME --on DATE --decision allowed"
    return (
        f"Nobody has recorded that the terms of {name} were read and allow programs: "
        f"the account's owner reads them, then `{record}`."
    )
