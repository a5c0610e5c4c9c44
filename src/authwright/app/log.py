"""The practice's log: `logs/authwright.jsonl` in its folder, every line through the redactor."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from authwright.vault import logs
from authwright.vault.redact import Redactor

# Branches of a case whose every value names the patient.
_TELLING = ("patient", "clinical")
_TELLING_OF_COVERAGE = ("member_id", "group_number", "subscriber_first_name", "subscriber_last_name")


def to_file(folder: Path) -> Redactor:
    """Send all logging of the process to the practice's log; what is registered with the redactor
    never gets there."""
    redactor = Redactor()
    place = folder / "logs"
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    logs.set_up(redactor, file=place / "authwright.jsonl", uncaught=False)
    return redactor


def telling_values(case: Mapping[str, Any]) -> Iterator[str]:
    """What of a case may stand in no log."""
    for branch in _TELLING:
        yield from _leaves(case.get(branch))
    coverage = case.get("coverage") or {}
    for key in _TELLING_OF_COVERAGE:
        yield from _leaves(coverage.get(key))


def _leaves(node: Any) -> Iterator[str]:
    if isinstance(node, Mapping):
        for value in node.values():
            yield from _leaves(value)
    elif isinstance(node, (list, tuple)):
        for value in node:
            yield from _leaves(value)
    elif isinstance(node, str) and node:
        yield node
