"""Which SOPs a person has approved. An approval holds for what an SOP means, not for its wording.

Kept in `approvals.json` in the practice's folder, so that it travels with the SOPs it is about; what was
approved stands compiled under `approved/`, so that a later change can be told from it.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import quote

import msgspec

from authwright.core.workflow import Workflow, from_json, to_json

FILE_NAME = "approvals.json"
APPROVED = "approved"


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
    replace_file(folder / FILE_NAME, content + b"\n")


def keep(folder: Path, workflow: Workflow) -> None:
    """Put down what was approved; an earlier text of the same SOP is replaced."""
    (folder / APPROVED).mkdir(exist_ok=True)
    replace_file(_kept_as(folder, workflow.id), to_json(workflow))


def kept(folder: Path, sop: str) -> Workflow | None:
    """The SOP as it was approved last; None when that isn't known any more."""
    approval = next((a for a in read(folder) if a.sop == sop), None)
    path = _kept_as(folder, sop)
    if approval is None or not path.is_file():
        return None
    try:
        workflow = from_json(path.read_bytes())
    except msgspec.MsgspecError:
        return None  # of an older format: there is nothing to compare with
    return workflow if workflow.meaning_hash == approval.meaning_hash else None


def _kept_as(folder: Path, sop: str) -> Path:
    return folder / APPROVED / f"{quote(sop, safe='')}.workflow.json"


def replace_file(path: Path, content: bytes) -> None:
    """Write the file whole or not at all."""
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(content)
    beside.replace(path)


def holds(approvals: tuple[SopApproval, ...], sop: str, meaning_hash: str) -> bool:
    return any(a.sop == sop and a.meaning_hash == meaning_hash for a in approvals)
