"""Which SOPs were rehearsed. A rehearsal holds for what an SOP means, not for its wording.

Kept in `rehearsals.json`: in the practice's folder beside the approvals, or in the folder of `--state`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec

from authwright.app.approvals import replace_file
from authwright.core.workflow import Workflow

FILE_NAME = "rehearsals.json"


@dataclass(frozen=True, slots=True)
class SopRehearsal:
    """`meaning_hash` is that of what was walked through, `portal` the address where."""

    sop: str
    meaning_hash: str
    on: date
    portal: str
    by: str


class RehearsalsError(Exception):
    """The file is no list of rehearsals; the text says where and what to do."""


def read(folder: Path) -> tuple[SopRehearsal, ...]:
    """Every rehearsal; none without the file. Raises RehearsalsError."""
    path = folder / FILE_NAME
    if not path.is_file():
        return ()
    try:
        return msgspec.json.decode(path.read_bytes(), type=tuple[SopRehearsal, ...])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise RehearsalsError(
            f"{path} is no list of rehearsals ({error}): put it aside, then rehearse the SOPs anew"
        ) from error


def add(folder: Path, rehearsals: Iterable[SopRehearsal]) -> None:
    """Put rehearsals down; earlier ones of the same SOPs are replaced."""
    new = list(rehearsals)
    kept = [r for r in read(folder) if r.sop not in {n.sop for n in new}]
    folder.mkdir(parents=True, exist_ok=True)
    replace_file(
        folder / FILE_NAME, msgspec.json.format(msgspec.json.encode([*kept, *new]), indent=2) + b"\n"
    )


def holds(rehearsals: Iterable[SopRehearsal], workflow: Workflow) -> bool:
    return any(r.sop == workflow.id and r.meaning_hash == workflow.meaning_hash for r in rehearsals)
