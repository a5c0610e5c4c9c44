"""The portal's state: the practitioners' profiles and what was changed and attested to."""

import random
from datetime import date
from typing import Any

from authwright_sandbox.accounts import Account
from authwright_sandbox.caqh import seeds
from authwright_sandbox.caqh.fields import DOCUMENT_TYPES, EXPIRING, FORMS, SECTIONS, STATES, YES_NO, Field
from authwright_sandbox.caqh.profile import Document, Profile
from authwright_sandbox.clock import PortalClock
from authwright_sandbox.dates import parse_date
from authwright_sandbox.events import EventLog
from authwright_sandbox.faults import Faults
from authwright_sandbox.sessions import Session
from authwright_sandbox.site import RefusedError, Site
from authwright_sandbox.uploads import Upload


class CaqhPortal(Site):
    account = Account("specialist", "practice-Day1", organizations=("Maple Street Orthopedics",))

    def __init__(self, clock: PortalClock, events: EventLog, faults: Faults) -> None:
        self._numbers = random.Random(20261124)
        super().__init__(clock, events, faults)

    def reset(self) -> None:
        super().reset()
        self.profiles = {profile.id: profile for profile in seeds.profiles(self.today)}

    @property
    def today(self) -> date:
        return self.clock.today()

    def find(self, practitioner: str) -> Profile | None:
        """By ID or NPI."""
        asked = practitioner.strip().casefold()
        return next((each for each in self.profiles.values() if asked in (each.id, each.npi)), None)

    def search(self, asked: str) -> list[Profile]:
        asked = asked.strip().casefold()
        return [
            each
            for each in self.profiles.values()
            if asked in (each.id, each.npi) or asked in each.name.casefold()
        ]

    def save(self, session: Session, profile: Profile, form_key: str, sent: dict[str, str]) -> None:
        """Raises RefusedError, in the page's words, if a value doesn't do."""
        fields = {key: (field, words) for key, field, words in FORMS[form_key].entries()}
        values = {key: sent.get(key, "").strip() for key in fields}
        for key, value in values.items():
            if wrong := _wrong(*fields[key], value):
                raise RefusedError(wrong)
        profile.change(form_key, values)
        self._record(session, "save", profile, {"form": form_key, **values})

    def upload(self, session: Session, profile: Profile, sent: dict[str, str], uploads: list[Upload]) -> None:
        kind = sent.get("kind", "")
        expires = parse_date(sent.get("expires", ""))
        if kind not in DOCUMENT_TYPES:
            raise RefusedError("Select a Document Type.")
        if len(uploads) != 1:
            raise RefusedError("Choose one file.")
        if kind in EXPIRING and (expires is None or expires <= self.today):
            raise RefusedError("Enter an Expiration Date in the future.")
        profile.upload(kind, Document(uploads[0].name, self.today, expires, uploads[0].to_json()))
        self._record(session, "upload", profile, sent, uploads)

    def review(self, profile: Profile, section: str, done: bool) -> None:
        if section not in {each.key for each in SECTIONS}:
            raise RefusedError("There is no such section.")
        if not done:
            profile.reviewed.discard(section)
        elif profile.errors(self.today, section):
            raise RefusedError("Correct the errors in this section first.")
        else:
            profile.reviewed.add(section)

    def attest(self, session: Session, profile: Profile, sent: dict[str, str]) -> None:
        """The one way in which a profile is attested to."""
        if not profile.ready(self.today):
            raise RefusedError("The profile has errors or sections that were not reviewed.")
        if sent.get("certify") != "yes":
            raise RefusedError("You must certify that the information is true, correct and complete.")
        if sent.get("name", "").strip().casefold() != profile.name.casefold():
            raise RefusedError("The name that you entered is not the practitioner's name.")
        profile.attest(self.today, f"AT{self._numbers.randrange(10**7, 10**8)}")
        self._record(session, "attest", profile, sent)

    def _record(
        self,
        session: Session,
        kind: str,
        profile: Profile,
        payload: dict[str, str],
        uploads: list[Upload] | None = None,
    ) -> None:
        entry: dict[str, Any] = {
            "sequence": len(self.received) + 1,
            "at": self.clock.now().isoformat(),
            "kind": kind,
            "account": session.user,
            "provider_id": profile.id,
            "status": profile.status(self.today),
            "attestation_id": profile.attestation_id if kind == "attest" else "",
            "payload": payload,
            "attachments": [upload.to_json() for upload in uploads or ()],
        }
        self.received.append(entry)


def _wrong(field: Field, words: str, value: str) -> str:
    if field.required and not value:
        return f"{words} is required."
    if field.kind == "date" and parse_date(value) is None:
        return f"{words} is not a date."
    among = {"yes-no": YES_NO, "state": STATES}.get(field.kind)
    return f"{words} is not one of the list." if among and value not in among else ""
