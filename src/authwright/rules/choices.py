"""Choices of a rule's `when`: the value must be one of those named, or none of those barred."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Self

from authwright.core import codes as shapes_of_codes
from authwright.core.diagnostics import did_you_mean
from authwright.rules import vocabulary
from authwright.rules.nodes import Node, Table
from authwright.rules.shapes import Log, scalars


@dataclass(frozen=True, slots=True)
class Choice:
    """A value must be one of `named` (when there are any) and none of `barred`."""

    named: frozenset[str] = frozenset()
    barred: frozenset[str] = frozenset()

    what: ClassVar[str] = "value"
    form: ClassVar[str] = ""
    known: ClassVar[tuple[str, ...]] = ()

    def __bool__(self) -> bool:
        return bool(self.named or self.barred)

    def allows(self, value: str) -> bool:
        return value not in self.barred and (not self.named or value in self.named)

    @property
    def rank(self) -> int:
        """How specific: 2 when values are named, 1 when some are only barred, 0 when any will do."""
        return 2 if self.named else 1 if self.barred else 0

    def in_words(self) -> str:
        named, barred = ", ".join(sorted(self.named)), ", ".join(sorted(self.barred))
        return " and ".join(
            p for p in (f"in {named}" if named else "", f"not {barred}" if barred else "") if p
        )

    @classmethod
    def canonical(cls, text: str) -> str:
        """The value as it is compared, or "" when it is none."""
        return text

    @classmethod
    def from_node(cls, node: Node, log: Log) -> Self:
        if not isinstance(node, Table):
            return cls(cls._read(node, log))
        for key, at in node.keys.items():
            if key not in ("in", "not"):
                log.error(at, "RUL004", f"a choice of {cls.what}s has no key {key!r}", "its keys are in, not")
        return cls(
            *(cls._read(node.entries[k], log) if k in node.entries else frozenset() for k in ("in", "not"))
        )

    @classmethod
    def _read(cls, node: Node, log: Log) -> frozenset[str]:
        values = set()
        for item in scalars(node, log, f"a {cls.what}"):
            if value := cls.canonical(item.text.strip()):
                values.add(value)
            else:
                near = did_you_mean(item.text, cls.known)
                hint = "" if near else cls.form
                log.error(item, "RUL009", f"{item.text!r} is no {cls.what}", hint, near)
        return frozenset(values)


class Plans(Choice):
    what = "plan"
    form = "name a plan's id of payer.yaml"


class Lines(Choice):
    what = "line of business"
    known = vocabulary.LINES_OF_BUSINESS
    form = "it is one of " + ", ".join(known)

    @classmethod
    def canonical(cls, text: str) -> str:
        return vocabulary.line_of_business(text)


class Fundings(Choice):
    what = "funding"
    known = vocabulary.FUNDING
    form = "it is one of " + ", ".join(known)

    @classmethod
    def canonical(cls, text: str) -> str:
        return vocabulary.funding(text)


class FacilityTypes(Choice):
    what = "facility type"
    known = vocabulary.FACILITY_TYPES
    form = "it is one of " + ", ".join(known)

    @classmethod
    def canonical(cls, text: str) -> str:
        return vocabulary.facility_type(text)


class Coverages(Choice):
    what = "coverage"
    known = vocabulary.COVERAGES
    form = "it is one of " + ", ".join(known)

    @classmethod
    def canonical(cls, text: str) -> str:
        return text if text in cls.known else ""


class States(Choice):
    what = "state"
    form = "write the two letters of the post office: GA, TX"

    @classmethod
    def canonical(cls, text: str) -> str:
        return text.upper() if text.upper() in vocabulary.STATES else ""


class Places(Choice):
    what = "place of service"
    form = "write the two digits of the CMS place of service code set: 11 office, 22 hospital outpatient"

    @classmethod
    def canonical(cls, text: str) -> str:
        return text if text in vocabulary.PLACES else ""


class Modifiers(Choice):
    what = "modifier"
    form = "a modifier has two letters or digits: RT, 59"

    @classmethod
    def canonical(cls, text: str) -> str:
        return text.upper() if shapes_of_codes.is_modifier(text.upper()) else ""


class Diagnoses(Choice):
    """ICD-10-CM codes; a category stands for all below it (`M54` for M54.50)."""

    what = "diagnosis code"
    form = "write an ICD-10-CM code or its category: M54.50, M54"

    @classmethod
    def canonical(cls, text: str) -> str:
        return (
            shapes_of_codes.plain_diagnosis(text) if shapes_of_codes.is_diagnosis_code(text.upper()) else ""
        )

    def allows(self, value: str) -> bool:
        return not _under(value, self.barred) and (not self.named or _under(value, self.named))


def _under(code: str, categories: Iterable[str]) -> bool:
    return any(code.startswith(category) for category in categories)


class Procedures(Choice):
    what = "procedure code"
    form = "a CPT or HCPCS code has five characters: 72148, J0585"

    @classmethod
    def canonical(cls, text: str) -> str:
        return text.upper() if shapes_of_codes.procedure_code_kind(text.upper()) else ""
