"""Which SOPs were rehearsed where. A rehearsal holds for what an SOP means, not for its wording, and for
the portal at whose address it was walked through.

Kept in `rehearsals.json`: in the practice's folder beside the approvals, or in the folder of `--state`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from authwright.app.approvals import replace_file
from authwright.core.run import RunOutcome, RunResult
from authwright.core.workflow import Workflow
from authwright.runner.program import sends
from authwright.runner.sending import BEFORE_SUBMIT

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
    """Put rehearsals down; earlier ones of the same SOPs at the same portal are replaced."""
    new = list(rehearsals)
    replaced = {(n.sop, _site(n.portal)) for n in new}
    kept = [r for r in read(folder) if (r.sop, _site(r.portal)) not in replaced]
    folder.mkdir(parents=True, exist_ok=True)
    replace_file(
        folder / FILE_NAME, msgspec.json.format(msgspec.json.encode([*kept, *new]), indent=2) + b"\n"
    )


def holds(rehearsals: Iterable[SopRehearsal], workflow: Workflow, portal: str = "") -> bool:
    """Whether it was rehearsed as it stands; at that portal's host, if an address of it is given."""
    return any(
        r.sop == workflow.id
        and r.meaning_hash == workflow.meaning_hash
        and (not portal or _site(r.portal) == _site(portal))
        for r in rehearsals
    )


def of(walked: Iterable[Workflow], *, on: date, portal: str, by: str) -> list[SopRehearsal]:
    """What to put down of an SOP and the SOPs that it uses, once they were walked through."""
    return [SopRehearsal(w.id, w.meaning_hash, on, portal, by) for w in walked]


def reached(result: RunResult, walked: Iterable[Workflow]) -> bool:
    """Whether it was a rehearsal: it came to its end; to the sending step, where there is one."""
    to_its_end = result.stopped_with == BEFORE_SUBMIT or not any(map(sends, walked))
    return result.outcome is RunOutcome.DONE and to_its_end


def _site(address: str) -> str:
    return (urlsplit(address).netloc or address).casefold()
