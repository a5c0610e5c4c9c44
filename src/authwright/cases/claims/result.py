"""What the claim check says: a verdict a claim and line, and findings that a biller can act on."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from authwright.core.diagnostics import Severity


class Verdict(StrEnum):
    PASS = "pass"
    NOT_DECIDED = "not-decided"
    WARN = "warn"
    BLOCK = "block"


_RANK = {Verdict.PASS: 0, Verdict.NOT_DECIDED: 1, Verdict.WARN: 2, Verdict.BLOCK: 3}


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """Block over warn over not-decided over pass; pass when there is none."""
    return max(verdicts, key=_RANK.__getitem__, default=Verdict.PASS)


class FindingCode(StrEnum):
    """Each is explained in docs/reference/claims.md."""

    NO_CERTIFICATION = "no-certification"
    PROCESS_MISSING = "process-missing"
    USUALLY_NEEDED = "usually-needs-approval"
    VOLUNTARY = "voluntary-left-out"
    CODE = "code-not-covered"
    MODIFIER = "modifier-differs"
    MODIFIER_MISSING = "modifier-missing"
    UNITS = "units-exceeded"
    DATE = "date-outside"
    NUMBER_MISSING = "number-missing"
    NUMBER_WRONG = "number-wrong"
    NUMBER_UNKNOWN = "number-unknown"
    DECISION_ID = "decision-id-on-claim"
    RENDERING = "rendering-differs"
    GROUP = "group-differs"
    FACILITY = "facility-differs"
    FACILITY_MISSING = "facility-missing"
    PLACE = "place-differs"
    NOT_APPROVED = "not-approved"
    MEMBER = "member-differs"
    MEMBER_SUFFIX = "member-suffix"
    PAYER = "payer-differs"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Finding:
    """One field that doesn't hold. `severity` error blocks, warning warns, note only tells.

    `claim_field` is where it stands in the 837 ("2400 SV104"), `certification_field` the name in the
    certification; `claimed` and `certified` what each says; `fix` what to do about it.
    """

    code: FindingCode
    severity: Severity
    message: str
    claim_field: str = ""
    certification_field: str = ""
    claimed: str = ""
    certified: str = ""
    fix: str = ""
    line: str = ""
    certification: str = ""

    @property
    def blocks(self) -> bool:
        return self.severity is Severity.ERROR


@dataclass(frozen=True, slots=True)
class LineResult:
    """`requirement` is the outcome that was looked up, "" if it wasn't; `certification` the number
    of the approval that the line was compared with."""

    line: str
    code: str
    verdict: Verdict
    requirement: str = ""
    rule: str = ""
    certification: str = ""
    segment: int = 0
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimResult:
    id: str
    verdict: Verdict
    lines: tuple[LineResult, ...]
    payer: str = ""
    frequency: str = "1"
    segment: int = 0

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(f for line in self.lines for f in line.findings)

    def as_json(self) -> dict[str, Any]:
        """The stable form that `authwright claims check --json` prints."""
        return {
            "id": self.id,
            "verdict": self.verdict.value,
            "payer": self.payer,
            "frequency": self.frequency,
            "segment": self.segment,
            "lines": [_line_json(line) for line in self.lines],
            "findings": [_finding_json(f) for f in self.findings],
        }


def _line_json(line: LineResult) -> dict[str, Any]:
    return {
        "line": line.line,
        "code": line.code,
        "verdict": line.verdict.value,
        "requirement": line.requirement or None,
        "rule": line.rule or None,
        "certification": line.certification or None,
        "segment": line.segment,
    }


def _finding_json(finding: Finding) -> dict[str, Any]:
    return {
        "line": finding.line,
        "code": finding.code.value,
        "severity": finding.severity.value,
        "message": finding.message,
        "claim_field": finding.claim_field,
        "certification_field": finding.certification_field,
        "claimed": finding.claimed,
        "certified": finding.certified,
        "certification": finding.certification or None,
        "fix": finding.fix,
    }
