"""The practitioners that are there from the start. All made up."""

from datetime import date, timedelta

from authwright_sandbox.caqh.fields import DAYS, EXPIRING, FORMS, QUESTIONS
from authwright_sandbox.caqh.profile import Document, Profile
from authwright_sandbox.dates import show_date

_ADDRESSES = {
    "home": ("17 Sparrow Lane", "", "Decatur", "GA", "30030"),
    "mail": ("200 Maple Street", "Suite 310", "Atlanta", "GA", "30308"),
    "location1.place": ("200 Maple Street", "Suite 300", "Atlanta", "GA", "30308"),
    "location2.place": ("41 Mill Road", "", "Marietta", "GA", "30060"),
    "carrier": ("900 Harbor Avenue", "Floor 12", "Charlotte", "NC", "28202"),
}


def _values(today: date) -> dict[str, str]:
    values = {key: "" for form in FORMS.values() for key, _, _ in form.entries()}
    for block, parts in _ADDRESSES.items():
        names = ("line1", "line2", "city", "state", "zip")
        values |= {f"{block}.{name}": part for name, part in zip(names, parts, strict=True)}
    for number, name in enumerate(("Maple Street Orthopedics", "Maple Street at Mill Road"), 1):
        key = f"location{number}"
        values |= {
            f"{key}.place.name": name,
            f"{key}.office.phone": f"404-555-01{40 + number}",
            f"{key}.office.fax": f"404-555-01{50 + number}",
            f"{key}.office.new": "Yes",
        }
        for day in DAYS:
            values |= {f"{key}.hours.{day}.opens": "08:00", f"{key}.hours.{day}.closes": "17:00"}
    values |= {f"{key}.answer": "No" for key, _ in QUESTIONS}
    return values | {
        "contact.phone": "404-555-0140",
        "contact.fax": "404-555-0150",
        "contact.email": "credentialing@maplestreet.example",
        "policy.carrier": "Harbor Mutual Professional",
        "policy.number": "HMP-448120",
        "policy.from": show_date(today - timedelta(days=200)),
        "policy.to": show_date(today + timedelta(days=165)),
    }


def _documents(today: date) -> dict[str, Document]:
    uploaded = today - timedelta(days=190)
    kinds = {
        "State License": "license.pdf",
        "DEA Certificate": "dea.pdf",
        "Malpractice Insurance Face Sheet": "face-sheet.pdf",
        "W-9": "w9.pdf",
    }
    expires = today + timedelta(days=165)
    return {
        kind: Document(name, uploaded, expires if kind in EXPIRING else None) for kind, name in kinds.items()
    }


def profiles(today: date) -> list[Profile]:
    """One whose attestation is current, one that is due, one that ran out together with two papers."""

    def made(number: str, npi: str, first: str, last: str, ago: int) -> Profile:
        attested = today - timedelta(days=ago)
        return Profile(number, npi, first, last, _values(today), _documents(today), attested)

    lapsed = made("15550133", "1992345672", "Noor", "Haddad", 131)
    ended = today - timedelta(days=12)
    lapsed.values["policy.to"] = show_date(ended)
    lapsed.attested_values["policy.to"] = show_date(ended)
    sheet = "Malpractice Insurance Face Sheet"
    lapsed.documents[sheet] = Document("face-sheet.pdf", today - timedelta(days=380), ended)
    return [
        made("15550111", "1234567893", "Elena", "Rowan", 31),
        made("15550122", "1881234565", "Owen", "Larch", 109),
        lapsed,
    ]
