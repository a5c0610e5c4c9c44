"""What a profile consists of: sections, the forms in which they are changed, blocks and fields. As data."""

from collections.abc import Iterator
from dataclasses import dataclass

YES_NO = ("Yes", "No")
STATES = ("", "FL", "GA", "NC", "SC", "TN", "TX")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


@dataclass(frozen=True, slots=True)
class Field:
    """`kind`: text, date, state, yes-no or explanation (asked for once the answer before it is Yes)."""

    key: str
    label: str
    required: bool = True
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Block:
    """With `rows` it is a table: the fields are its columns."""

    key: str
    title: str
    fields: tuple[Field, ...]
    rows: tuple[str, ...] = ()

    def entries(self) -> Iterator[tuple[str, Field, str]]:
        """(key of the value, field, words that name it)."""
        for row in self.rows:
            for field in self.fields:
                yield f"{self.key}.{row}.{field.key}", field, f"{row} {field.label}"
        if not self.rows:
            for field in self.fields:
                yield f"{self.key}.{field.key}", field, field.label


@dataclass(frozen=True, slots=True)
class Form:
    """What one dialog changes."""

    key: str
    title: str
    blocks: tuple[Block, ...]

    def entries(self) -> Iterator[tuple[str, Field, str]]:
        for block in self.blocks:
            for key, field, words in block.entries():
                yield key, field, f"{block.title}: {words}"


@dataclass(frozen=True, slots=True)
class Section:
    key: str
    title: str
    forms: tuple[Form, ...] = ()


ADDRESS = (
    Field("line1", "Address Line 1"),
    Field("line2", "Address Line 2", required=False),
    Field("city", "City"),
    Field("state", "State", kind="state"),
    Field("zip", "ZIP Code"),
)
HOURS = (Field("opens", "Opens", required=False), Field("closes", "Closes", required=False))
QUESTIONS = (
    ("license", "Has your license ever been denied, suspended or revoked?"),
    ("privileges", "Have your clinical privileges ever been limited or withdrawn?"),
    ("claims", "Have you had a malpractice claim in the last ten years?"),
    ("conviction", "Have you ever been convicted of a felony?"),
)


def _location(number: int, title: str) -> Form:
    key = f"location{number}"
    return Form(
        key,
        title,
        (
            Block(f"{key}.place", "Location Address", (Field("name", "Practice Name"), *ADDRESS)),
            Block(
                f"{key}.office",
                "Office",
                (
                    Field("phone", "Phone Number"),
                    Field("fax", "Fax Number", required=False),
                    Field("new", "Accepting New Patients", kind="yes-no"),
                ),
            ),
            Block(f"{key}.hours", "Office Hours", HOURS, DAYS),
        ),
    )


SECTIONS = (
    Section(
        "personal",
        "Personal Information",
        (
            Form(
                "personal",
                "Personal Information",
                (
                    Block("home", "Home Address", ADDRESS),
                    Block("mail", "Correspondence Address", ADDRESS),
                    Block(
                        "contact",
                        "Contact",
                        (
                            Field("phone", "Phone Number"),
                            Field("fax", "Fax Number", required=False),
                            Field("email", "Email"),
                        ),
                    ),
                ),
            ),
        ),
    ),
    Section(
        "locations",
        "Practice Locations",
        (_location(1, "Primary Location"), _location(2, "Additional Location")),
    ),
    Section(
        "insurance",
        "Professional Liability Insurance",
        (
            Form(
                "insurance",
                "Professional Liability Insurance",
                (
                    Block(
                        "policy",
                        "Policy",
                        (
                            Field("carrier", "Carrier Name"),
                            Field("number", "Policy Number"),
                            Field("from", "Effective Date", kind="date"),
                            Field("to", "Expiration Date", kind="date"),
                        ),
                    ),
                    Block("carrier", "Carrier Address", ADDRESS),
                ),
            ),
        ),
    ),
    Section(
        "disclosures",
        "Disclosures",
        (
            Form(
                "disclosures",
                "Disclosures",
                tuple(
                    Block(
                        key,
                        f"Question {number}",
                        (
                            Field("answer", question, kind="yes-no"),
                            Field("why", "Explanation", required=False, kind="explanation"),
                        ),
                    )
                    for number, (key, question) in enumerate(QUESTIONS, 1)
                ),
            ),
        ),
    ),
    Section("documents", "Documents"),
)
FORMS = {form.key: form for section in SECTIONS for form in section.forms}
DOCUMENT_TYPES = ("State License", "DEA Certificate", "Malpractice Insurance Face Sheet", "W-9")
EXPIRING = frozenset(DOCUMENT_TYPES) - {"W-9"}


def section_of(form_key: str) -> Section:
    return next(section for section in SECTIONS if any(form.key == form_key for form in section.forms))
