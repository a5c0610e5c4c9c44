"""How much of each certified code the claims of a file draw, without counting one service twice."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal

from authwright.cases.claims import modifiers as mods
from authwright.formats.x12.claim import ClaimLine

Drawn = tuple[int, int]
"""A certification and one of its codes, by their places in the list."""
ClaimKey = tuple[str, str]
"""Member ID and claim ID: claim IDs alone repeat across patients in real files."""

_NOT_COUNTED = frozenset({"MJ"})
"""Anesthesia minutes: an approval counts services."""


@dataclass(frozen=True, slots=True)
class Use:
    """One line's draw. `part` is a side or component, "" for a whole service."""

    claim: ClaimKey
    line: str
    day: date | None
    part: str
    amount: Decimal


class UnitsUsed:
    """The draws of the claims seen so far."""

    def __init__(self) -> None:
        self._uses: dict[Drawn, list[Use]] = defaultdict(list)
        self._of_claim: dict[ClaimKey, set[Drawn]] = defaultdict(set)

    def total_with(self, drawn: Drawn, use: Use) -> Decimal:
        """What is used up if this line draws as well."""
        return _total([*self._uses.get(drawn, ()), use])

    def others(self, drawn: Drawn, claim: ClaimKey) -> list[str]:
        """IDs of the other claims that draw on it."""
        return list(dict.fromkeys(u.claim[1] for u in self._uses.get(drawn, ()) if u.claim != claim))

    def add(self, drawn: Drawn, use: Use) -> None:
        self._uses[drawn].append(use)
        self._of_claim[use.claim].add(drawn)

    def release(self, claim: ClaimKey) -> None:
        """Take back what a claim drew: it has been replaced or voided."""
        for drawn in self._of_claim.pop(claim, ()):
            self._uses[drawn] = [u for u in self._uses[drawn] if u.claim != claim]


def use_of(claim: ClaimKey, line: ClaimLine) -> Use:
    """What the line draws: nothing for assistants; one service for a bilateral procedure, whether it
    is billed as 1 or 2 units with 50; the sides and components of a service are parts of one."""
    held = set(line.modifiers)
    # Units that can't be read block the line; below 0 they would give back what others drew.
    amount = line.units if line.units is not None and line.units > 0 else Decimal(1)
    if mods.is_assistant(held) or line.unit_kind in _NOT_COUNTED:
        amount = Decimal(0)
    elif mods.BOTH_SIDES in held:
        amount = max(Decimal(1), (amount / 2).to_integral_value(ROUND_CEILING))
    part = next(
        (m for m in (mods.LEFT, mods.RIGHT, mods.PROFESSIONAL, mods.TECHNICAL, mods.CO_SURGEON) if m in held),
        "",
    )
    return Use(claim, line.number, line.start, part, amount)


def _total(uses: Iterable[Use]) -> Decimal:
    """Per day: whole services, and of sides, of components and of co-surgeons the larger part."""
    days: dict[date | None, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    co_surgeons: dict[date | None, Decimal] = {}
    for use in uses:
        if use.part == mods.CO_SURGEON:
            co_surgeons[use.day] = max(co_surgeons.get(use.day, Decimal(0)), use.amount)
        else:
            days[use.day][use.part] += use.amount
    total = sum(co_surgeons.values(), Decimal(0))
    for parts in days.values():
        total += parts[""]
        total += max(parts[mods.LEFT], parts[mods.RIGHT])
        total += max(parts[mods.PROFESSIONAL], parts[mods.TECHNICAL])
    return total
