"""New labels that runs have found, and what people have decided on them: a file of a `--state` folder."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import msgspec

from authwright.core.run import Healed
from authwright.runner.bindings import Repairs

OPEN, APPROVED, REJECTED = "open", "approved", "rejected"
_FILES = "repairs-*.json"


@dataclass(frozen=True, slots=True)
class Repair:
    """What the SOP wants (`key` for the runner, `label` for people), what it `was` called and is called
    `now`. `picture` is the content hash of the run's picture, "" if none was kept."""

    sop: str
    line: int
    key: str
    label: str
    was: str
    now: str
    picture: str = ""
    at: datetime | None = None
    decision: str = OPEN


def repairs_file(state: Path, sop: str) -> Path:
    return state / f"repairs-{sop.replace('/', '-')}.json"


def read_repairs(file: Path) -> list[Repair]:
    """Raises ValueError when the file is there and can't be read: a rejection in it must not be lost."""
    if not file.exists():
        return []
    try:
        return msgspec.json.decode(file.read_bytes(), type=list[Repair])
    except msgspec.MsgspecError as error:
        raise ValueError(f"{file} is no file of repairs: {error}") from None


def all_repairs(state: Path) -> list[Repair]:
    return [each for file in sorted(state.glob(_FILES)) for each in read_repairs(file)]


def decided(repairs: Sequence[Repair]) -> Repairs:
    """As the runner takes them."""
    return Repairs(_by_key(repairs, APPROVED), _by_key(repairs, REJECTED))


def _by_key(repairs: Sequence[Repair], decision: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for each in repairs:
        if each.decision == decision:
            found[each.key] = (*found.get(each.key, ()), each.now)
    return found


def record(state: Path, sop: str, healed: Sequence[Healed]) -> None:
    """Adds what a run has found, unless it is there already."""
    file = repairs_file(state, sop)
    there = read_repairs(file)
    known = {(each.key, each.now) for each in there}
    new = [
        Repair(sop, each.line, each.key, each.label, each.was, each.now, each.picture, each.at)
        for each in healed
        if (each.key, each.now) not in known
    ]
    if new:
        _write(file, [*there, *new])


def decide(state: Path, number: int, decision: str) -> Repair:
    """Decides on the repair with that number, counted from 1 over all SOPs. Raises IndexError."""
    wanted = all_repairs(state)[number - 1] if number > 0 else None
    if wanted is None:
        raise IndexError(number)
    file = repairs_file(state, wanted.sop)
    changed = replace(wanted, decision=decision)
    _write(file, [changed if each == wanted else each for each in read_repairs(file)])
    return changed


def _write(file: Path, repairs: Sequence[Repair]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(".new")
    fresh.write_bytes(msgspec.json.format(msgspec.json.encode(repairs), indent=1))
    fresh.replace(file)
