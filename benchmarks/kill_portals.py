"""What the kill benchmark sends: one SOP of each practice portal, with the sending address."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from authwright_sandbox.desks import DESKS, Desk

LIBRARY = Path(__file__).parents[1] / "library"


@dataclass(frozen=True)
class Target:
    """`folder` of the library, `name` of its SOP. `sends` is where the one call that sends arrives.
    `answered_by` says for a person what an SOP waits for: (what is written there, what stands there once
    the person has done it)."""

    folder: str
    name: str
    sends: str
    answered_by: tuple[str, str] | None = None

    @property
    def desk(self) -> Desk:
        return DESKS[self.folder]

    @property
    def portal(self) -> str:
        return self.desk.portal

    @property
    def start(self) -> str:
        return self.desk.start

    @property
    def case(self) -> dict[str, Any]:
        return self.desk.case

    @property
    def before(self) -> dict[str, dict[str, Any]]:
        return dict(self.desk.before)

    @property
    def sop(self) -> Path:
        return LIBRARY / self.folder / "sops" / f"{self.name}.md"

    def sop_text(self) -> str:
        text = self.sop.read_text(encoding="utf-8")
        if self.answered_by is None:
            return text
        asked, done = self.answered_by
        assert asked in text, f"{self.sop} no longer asks: {asked}"
        return text.replace(asked, done)


CONFIRMED = (
    "1. Ask the practitioner to read the changes since the last attestation and to confirm that "
    "the data is true.",
    "1. Take a screenshot.",
)

TARGETS: dict[str, Target] = {
    "hub": Target("hub", "submit-outpatient", "/hub/app/api/requests"),
    "united": Target("united", "submit", "/united/api/requests"),
    "cigna": Target("cigna-sandbox", "submit", "/cigna/requests"),
    "delegate": Target("delegate", "submit", "/delegate/desk/drafts/*/submit"),
    "aetna": Target("aetna-sandbox", "submit", "/aetna/precertification/*/review"),
    "caqh-attest": Target("caqh-sandbox", "attest", "/caqh/providers/*/attest", CONFIRMED),
    "caqh-upload": Target("caqh-sandbox", "upload", "/caqh/providers/*/parts/documents"),
    "forms": Target("forms", "submit-dental", "/forms/dental/sent"),
}
