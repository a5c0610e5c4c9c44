"""portals/*.yaml: what is true of a payer's portal, whatever the SOP."""

from dataclasses import dataclass, field
from enum import StrEnum

from authwright.core.certification import DeterminationStatus
from authwright.rules.shapes import NEEDED
from authwright.rules.values import Citation


class Automation(StrEnum):
    """Whether the portal's terms let a program work in it. `ask`: not until its owner has said so."""

    ALLOWED = "allowed"
    ASK = "ask"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True, slots=True)
class CaptchaFile:
    """`solver` is a function, "package.module:function", that may answer the portal's CAPTCHA; "" for none:
    then a person does."""

    solver: str = ""


@dataclass(frozen=True, slots=True)
class PortalFile:
    """`settle_seconds` is how long a request may take to appear in the portal's own search.

    `statuses` leads from the portal's words to a determination; a word that decides nothing (such as
    "Contact Payer") stands under `no_decision`. `sending_urls` are patterns (`*` any text) of
    addresses that send a request when they are posted to.
    """

    portal: str
    name: str = field(default="", metadata=NEEDED)
    automation: Automation = Automation.ASK
    automation_source: Citation | None = None
    settle_seconds: int = 900
    sign_in_url: str = ""
    sending_urls: tuple[str, ...] = ()
    statuses: dict[str, DeterminationStatus] = field(default_factory=dict)
    no_decision: tuple[str, ...] = ()
    captcha: CaptchaFile = CaptchaFile()
    hours: str = ""
    notes: tuple[str, ...] = ()

    def status(self, words: str) -> DeterminationStatus | None:
        """The determination that the portal's words stand for; case and runs of spaces don't matter."""
        wanted = _fold(words)
        return next((status for own, status in self.statuses.items() if _fold(own) == wanted), None)


def _fold(words: str) -> str:
    return " ".join(words.casefold().split())
