"""Which SOPs a person has approved. An approval holds for what an SOP means, not for its wording.

Kept in `approvals.json` in the practice's folder, so that it travels with the SOPs it is about.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec

FILE_NAME = "approvals.json"


@dataclass(frozen=True, slots=True)
class SopApproval:
    """`meaning_hash` is core.workflow.meaning_hash of what was approved."""

    sop: str
    meaning_hash: str
    by: str
    on: date


class ApprovalsError(Exception):
    """The file is no list of approvals; the text says where and what to do."""


def read(folder: Path) -> tuple[SopApproval, ...]:
    """Every approval; none without the file. Raises ApprovalsError."""
    path = folder / FILE_NAME
    if not path.exists():
        return ()
    try:
        return msgspec.json.decode(path.read_bytes(), type=tuple[SopApproval, ...])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ApprovalsError(
            f"{path} is no list of approvals ({error}): put it aside, then approve the SOPs anew"
        ) from error


def add(folder: Path, approval: SopApproval) -> None:
    """Put an approval down; an earlier one of the same SOP is replaced."""
    kept = [a for a in read(folder) if a.sop != approval.sop]
    content = msgspec.json.format(msgspec.json.encode([*kept, approval]), indent=2)
    beside = folder / f".{FILE_NAME}.new"
    beside.write_bytes(content + b"\n")
    beside.replace(folder / FILE_NAME)


def holds(approvals: tuple[SopApproval, ...], sop: str, meaning_hash: str) -> bool:
    return any(a.sop == sop and a.meaning_hash == meaning_hash for a in approvals)
