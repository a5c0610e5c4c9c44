"""A practitioner's profile: values, documents, what is wrong with them, what changed, until when it holds."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from authwright_sandbox.caqh.fields import DOCUMENT_TYPES, EXPIRING, FORMS, SECTIONS, section_of
from authwright_sandbox.dates import parse_date, show_date

VALID = timedelta(days=120)
DUE_SOON = timedelta(days=30)
CURRENT, DUE, EXPIRED = "Current", "Re-attestation Due", "Expired"
ERROR, WARNING = "Error", "Warning"


@dataclass(frozen=True, slots=True)
class Document:
    name: str
    uploaded: date
    expires: date | None = None
    stored: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    section: str
    severity: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    section: str
    field: str
    before: str
    after: str


@dataclass(slots=True)
class Profile:
    """`attested_*` are values and documents as they were last attested to."""

    id: str
    npi: str
    first_name: str
    last_name: str
    values: dict[str, str]
    documents: dict[str, Document]
    attested_on: date
    attestation_id: str = ""
    attested_values: dict[str, str] = field(default_factory=dict)
    attested_documents: dict[str, str] = field(default_factory=dict)
    reviewed: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._keep()

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def due(self) -> date:
        return self.attested_on + VALID

    def status(self, today: date) -> str:
        if today > self.due:
            return EXPIRED
        return DUE if self.due - today <= DUE_SOON or self.changes() else CURRENT

    def change(self, form_key: str, values: dict[str, str]) -> None:
        """The values of one form; a section that was reviewed has to be reviewed again."""
        self.values.update(values)
        self.reviewed.discard(section_of(form_key).key)

    def upload(self, kind: str, document: Document) -> None:
        self.documents[kind] = document
        self.reviewed.discard("documents")

    def attest(self, today: date, number: str) -> None:
        self.attested_on, self.attestation_id = today, number
        self.reviewed.clear()
        self._keep()

    def _keep(self) -> None:
        self.attested_values = dict(self.values)
        self.attested_documents = {kind: document.name for kind, document in self.documents.items()}

    def changes(self) -> list[Change]:
        """Since the last attestation."""
        found = []
        for form in FORMS.values():
            title = section_of(form.key).title
            for key, _, words in form.entries():
                before, after = self.attested_values.get(key, ""), self.values.get(key, "")
                if before != after:
                    found.append(Change(title, f"{form.title}, {words}", before, after))
        for kind, document in self.documents.items():
            before = self.attested_documents.get(kind, "")
            if before != document.name:
                found.append(Change("Documents", kind, before, document.name))
        return found

    def findings(self, today: date) -> list[Finding]:
        """Errors keep the profile from being attested to, warnings don't."""
        found = []
        for form in FORMS.values():
            section = section_of(form.key).key
            for key, each, words in form.entries():
                value = self.values.get(key, "")
                if each.required and not value:
                    found.append(Finding(section, ERROR, f"{form.title}, {words} is missing."))
                if each.kind == "explanation" and not value and self.values[_answer(key)] == "Yes":
                    found.append(Finding(section, ERROR, f"{words} is missing."))
        found += self._insurance(today)
        for kind in DOCUMENT_TYPES:
            found += self._document(kind, today)
        return found

    def _insurance(self, today: date) -> list[Finding]:
        ends = parse_date(self.values.get("policy.to", ""))
        return _runs_out("insurance", "Professional Liability Insurance", ends, today)

    def _document(self, kind: str, today: date) -> list[Finding]:
        document = self.documents.get(kind)
        if document is None:
            return [Finding("documents", ERROR, f"{kind} is missing.")]
        return _runs_out("documents", kind, document.expires, today)

    def document_status(self, kind: str, today: date) -> str:
        document = self.documents.get(kind)
        if document is None:
            return "Missing"
        if kind not in EXPIRING or document.expires is None:
            return "On file"
        return "Expired" if document.expires < today else "Current"

    def errors(self, today: date, section: str = "") -> list[Finding]:
        return [
            each for each in self.findings(today) if each.severity == ERROR and section in ("", each.section)
        ]

    def ready(self, today: date) -> bool:
        """Nothing is wrong, and every section was reviewed as it is."""
        return not self.errors(today) and self.reviewed == {section.key for section in SECTIONS}


def _answer(key: str) -> str:
    return key.removesuffix("why") + "answer"


def _runs_out(section: str, what: str, ends: date | None, today: date) -> list[Finding]:
    if ends is None or ends - today > DUE_SOON:
        return []
    if ends < today:
        return [Finding(section, ERROR, f"{what} expired on {show_date(ends)}.")]
    return [Finding(section, WARNING, f"{what} will expire on {show_date(ends)}.")]
