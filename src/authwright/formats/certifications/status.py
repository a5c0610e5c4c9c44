"""Words for the payer's decision, as files and portals write them."""

from authwright.core.certification import DeterminationStatus as Status
from authwright.formats.places import plain_name

EXPIRED = "expired"
"""No decision: an approval whose window is over still covers the days within it."""

WORDS: dict[str, Status] = {
    **{plain_name(status.value): status for status in Status},
    # X12 element 306 in HCR01 of the 278 answer
    "a1": Status.CERTIFIED,
    "a2": Status.PARTIAL,
    "a3": Status.NOT_CERTIFIED,
    "a4": Status.PENDED,
    "a6": Status.MODIFIED,
    "na": Status.NOT_REQUIRED,
    "c": Status.CANCELLED,
    # What portals and people write
    "approved": Status.CERTIFIED,
    "active": Status.CERTIFIED,
    "certified in total": Status.CERTIFIED,
    "authorized": Status.CERTIFIED,
    "provisional affirmation": Status.CERTIFIED,
    "affirmed": Status.CERTIFIED,
    "approved with changes": Status.MODIFIED,
    "modified": Status.MODIFIED,
    "partly approved": Status.PARTIAL,
    "partially approved": Status.PARTIAL,
    "partial": Status.PARTIAL,
    "certified partial": Status.PARTIAL,
    "pending": Status.PENDED,
    "in review": Status.PENDED,
    "denied": Status.NOT_CERTIFIED,
    "not approved": Status.NOT_CERTIFIED,
    "non affirmed": Status.NOT_CERTIFIED,
    "non affirmation": Status.NOT_CERTIFIED,
    "no action required": Status.NOT_REQUIRED,
    "no auth required": Status.NOT_REQUIRED,
    "no authorization required": Status.NOT_REQUIRED,
    "canceled": Status.CANCELLED,
    "void": Status.CANCELLED,
    "withdrawn": Status.CANCELLED,
}


def status_of(words: str) -> Status | None:
    """None for words that are not known. "" is certified: a list of approvals rarely says so."""
    plain = plain_name(words)
    return WORDS.get(plain) if plain else Status.CERTIFIED
