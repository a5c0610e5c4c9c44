"""Modifiers that exclude each other, and those that change how units are counted.

Families are from the HCPCS level II modifiers (CMS) and the names of CPT's two-digit ones.
"""

from collections.abc import Iterable, Mapping

LEFT, RIGHT, BOTH_SIDES = "LT", "RT", "50"
PROFESSIONAL, TECHNICAL = "26", "TC"
CO_SURGEON = "62"
ASSISTANTS = frozenset({"80", "81", "82", "AS"})


def _numbered(letter: str, last: int) -> frozenset[str]:
    return frozenset({f"{letter}A", *(f"{letter}{n}" for n in range(1, last + 1))})


FAMILIES: Mapping[str, frozenset[str]] = {
    "side": frozenset({LEFT, RIGHT, BOTH_SIDES}),
    "finger": _numbered("F", 9),
    "toe": _numbered("T", 9),
    "eyelid": frozenset({"E1", "E2", "E3", "E4"}),
    "coronary vessel": frozenset({"LC", "LD", "LM", "RC", "RI"}),
    "purchase or rental": frozenset({"NU", "RR", "UE"}),
    "therapy discipline": frozenset({"GN", "GO", "GP"}),
    "component": frozenset({PROFESSIONAL, TECHNICAL}),
}


def conflict(claimed: Iterable[str], certified: Iterable[str]) -> tuple[str, str, str] | None:
    """The first family in which both name members and no claimed one is certified.

    Gives (family, claimed, certified). What is certified for both sides covers either.
    """
    on_claim, approved = set(claimed), set(certified)
    if BOTH_SIDES in approved or {LEFT, RIGHT} <= approved:
        approved |= FAMILIES["side"]
    for family, members in FAMILIES.items():
        have, want = on_claim & members, approved & members
        if have and want and not have <= want:
            return family, ", ".join(sorted(have - want)), ", ".join(sorted(want))
    return None


def missing(claimed: Iterable[str], certified: Iterable[str]) -> tuple[str, str] | None:
    """A family that the certification names and the claim doesn't: (family, certified)."""
    on_claim, approved = set(claimed), set(certified)
    for family, members in FAMILIES.items():
        if approved & members and not on_claim & members:
            return family, ", ".join(sorted(approved & members))
    return None


def is_assistant(claimed: Iterable[str]) -> bool:
    return not ASSISTANTS.isdisjoint(claimed)


def is_second_surgeon(claimed: Iterable[str]) -> bool:
    """Assistants and co-surgeons work under the approval of the procedure, not one of their own."""
    held = set(claimed)
    return CO_SURGEON in held or is_assistant(held)
