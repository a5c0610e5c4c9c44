"""What was done to a ledger behind its back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from authwright.ledger.chain import START, Entry, Head, entry_hash, signature_holds


class FindingKind(StrEnum):
    CHANGED = "changed"
    MISSING = "missing"
    OUT_OF_ORDER = "out-of-order"
    BROKEN_LINK = "broken-link"
    OTHER_PRACTICE = "other-practice"
    BAD_SIGNATURE = "bad-signature"
    HEAD_DIFFERS = "head-differs"
    CUT_OFF = "cut-off"
    UNSIGNED = "unsigned"
    PAYLOAD_CHANGED = "payload-changed"


@dataclass(frozen=True, slots=True)
class Finding:
    """`sequence` is the entry at which it shows."""

    kind: FindingKind
    sequence: int
    message: str


def verify(entries: Iterable[Entry], heads: Iterable[Head], keys: Mapping[str, bytes]) -> list[Finding]:
    """Everything that doesn't fit: a change, removal, insertion, another order, a cut-off end.

    `entries` in the order in which they are kept, all of one practice, as an iterator if there are
    many; `keys` are public keys by their id. What no set of entries and heads can show is a ledger set
    back to an earlier signed state with the later heads removed too: keep a recent head elsewhere
    (`authwright ledger head`), and give it along with the rest.
    """
    all_heads = sorted(heads, key=lambda h: h.sequence)
    findings = [
        Finding(
            FindingKind.BAD_SIGNATURE, h.sequence, f"the head at {h.sequence} isn't signed with {h.key_id}"
        )
        for h in all_heads
        if not signature_holds(h, keys)
    ]
    signed: dict[int, list[Head]] = {}
    for head in all_heads:
        signed.setdefault(head.sequence, []).append(head)
    practice = all_heads[0].practice if all_heads else None
    previous: Entry | None = None
    for entry in entries:
        practice = practice or entry.practice
        findings += _entry_findings(entry, previous, practice)
        findings += _head_findings(entry, signed.pop(entry.sequence, ()))
        previous = entry
    last = previous.sequence if previous else 0
    findings += [
        Finding(FindingKind.CUT_OFF, sequence, f"entry {sequence} was signed as the last one and is gone")
        for sequence in signed
    ]
    last_signed = all_heads[-1].sequence if all_heads else 0
    if last > last_signed:
        first = last_signed + 1
        findings.append(
            Finding(FindingKind.UNSIGNED, first, f"no signed head covers entries {first} to {last}")
        )
    return findings


def _entry_findings(entry: Entry, previous: Entry | None, practice: str) -> list[Finding]:
    found: list[Finding] = []
    n = entry.sequence
    expected = previous.sequence + 1 if previous else 1
    if n > expected:
        gone = f"entry {expected} is" if n == expected + 1 else f"entries {expected} to {n - 1} are"
        found.append(Finding(FindingKind.MISSING, expected, f"{gone} missing"))
    elif n < expected:
        found.append(Finding(FindingKind.OUT_OF_ORDER, n, f"entry {n} stands where {expected} belongs"))
    elif entry.previous_hash != (previous.hash if previous else START):
        found.append(Finding(FindingKind.BROKEN_LINK, n, f"entry {n} doesn't follow from the one before it"))
    if entry.practice != practice:
        found.append(Finding(FindingKind.OTHER_PRACTICE, n, f"entry {n} belongs to another practice"))
    if entry.hash != entry_hash(entry):
        found.append(Finding(FindingKind.CHANGED, n, f"entry {n} isn't what was written"))
    return found


def _head_findings(entry: Entry, heads: Iterable[Head]) -> list[Finding]:
    return [
        Finding(
            FindingKind.HEAD_DIFFERS, entry.sequence, f"entry {entry.sequence} isn't the one that was signed"
        )
        for head in heads
        if head.hash != entry.hash or head.practice != entry.practice
    ]
