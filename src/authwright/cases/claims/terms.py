"""What the check needs to know about a payer: who it is, which codes an approval covers, and whether
a professional claim carries the number."""

from collections.abc import Callable
from dataclasses import dataclass

from authwright.rules.library import Library, UnknownPayer
from authwright.rules.payer import ApprovalFor, ClaimKind, ClaimRule, Payer


@dataclass(frozen=True, slots=True)
class PayerTerms:
    """`id` is "" for a payer that the library doesn't know.

    `covers(approved, claimed)` says whether an approval of one code covers a claim of another.
    `bound_to` is individual, group, facility or "" (as the certification says).
    """

    id: str = ""
    covers: Callable[[str, str], bool] = lambda approved, claimed: False
    number_on_claim: bool = True
    bound_to: str = ""


FindTerms = Callable[[str], PayerTerms]
"""Takes a payer's name, alias or X12 id."""

UNKNOWN_PAYER = PayerTerms()


def unknown_payer(name: str) -> PayerTerms:
    """For a check without a library."""
    return UNKNOWN_PAYER


def terms_from(library: Library) -> FindTerms:
    """Looks payers up in the library, each name once."""
    known: dict[str, PayerTerms] = {"": UNKNOWN_PAYER}

    def find(name: str) -> PayerTerms:
        if name not in known:
            found = library.find_payer(name)
            known[name] = UNKNOWN_PAYER if isinstance(found, UnknownPayer) else _terms(found)
        return known[name]

    return find


def _terms(payer: Payer) -> PayerTerms:
    professional = [r for r in payer.claim_rules if r.claim in (ClaimKind.BOTH, ClaimKind.PROFESSIONAL)]
    bound = next((r.approval_for for r in professional if r.approval_for), None)
    return PayerTerms(
        id=payer.payer,
        covers=lambda approved, claimed: any(
            approved in g.authorized and claimed in g.covers for g in payer.code_groups
        ),
        number_on_claim=_number_on_claim(payer.claim_rules, professional),
        bound_to=bound.value if isinstance(bound, ApprovalFor) else "",
    )


def _number_on_claim(rules: tuple[ClaimRule, ...], professional: list[ClaimRule]) -> bool:
    """True unless the payer says that the number goes on the other claim, or on none."""
    if any(not r.carries_number for r in professional):
        return False
    elsewhere = any(r.claim is ClaimKind.INSTITUTIONAL and r.carries_number for r in rules)
    return not elsewhere or any(r.where for r in professional)
