"""What of a line can't be read. What can't be compared must not pass."""

import re
from collections.abc import Iterator
from dataclasses import replace

from authwright.cases.claims.compare import Subject
from authwright.cases.claims.result import Finding, FindingCode, LineResult, Verdict, worst
from authwright.core.codes import procedure_code_kind
from authwright.core.diagnostics import Severity

_STATES_OWN = re.compile(r"[A-Z]\d{4}")
"""Local codes of some Medicaid programs begin with W, X, Y or Z."""


def no_code(subject: Subject) -> Finding | None:
    """A finding when the line has no procedure code. Only CPT and HCPCS (HC) have a known shape."""
    line = subject.line
    code = line.code.upper()
    if code and (line.code_set != "HC" or procedure_code_kind(code) or _STATES_OWN.fullmatch(code)):
        return None
    said = f"{line.code!r} is no procedure code" if code else "the line has no procedure code"
    return _finding(
        f"{said}: expected five characters, such as 72148 or J0585",
        "2400 SV101-2",
        "codes.code",
        line.code,
        "Write the code of what was done; without it nothing can be compared.",
    )


def with_unreadable(result: LineResult, subject: Subject, concerned: bool) -> LineResult:
    """The result with what can't be read of units and dates. It blocks when an approval is
    `concerned` or the line is blocked anyway; else nothing is decided."""
    found = list(_unreadable(subject))
    if not found:
        return result
    blocks = concerned or result.verdict is Verdict.BLOCK
    severity = Severity.ERROR if blocks else Severity.NOTE
    findings = [
        replace(f, severity=severity, line=result.line, certification=result.certification) for f in found
    ]
    verdict = worst((result.verdict, Verdict.BLOCK if blocks else Verdict.NOT_DECIDED))
    return replace(result, verdict=verdict, findings=(*findings, *result.findings))


def _unreadable(subject: Subject) -> Iterator[Finding]:
    line = subject.line
    if line.units is None or line.units <= 0:
        said = line.units_text or ("" if line.units is None else str(line.units))
        yield _finding(
            f"the units are {said!r}: expected a number above 0" if said else "the line has no units",
            "2400 SV104",
            "codes.units",
            said,
            "Write how many units were done; what an approval leaves can't be counted without them.",
        )
    if line.start is None or line.end is None or line.date_text:
        said = line.date_text
        yield _finding(
            f"the date of service is {said!r}: expected a day of the calendar, YYYYMMDD"
            if said
            else "the line has no date of service",
            "2400 DTP*472",
            "from",
            said,
            "Write the date of service; an approval's dates can't be compared without it.",
        )


def _finding(message: str, claim_field: str, certification_field: str, claimed: str, fix: str) -> Finding:
    return Finding(
        FindingCode.UNREADABLE, Severity.ERROR, message, claim_field, certification_field, claimed, "", fix
    )
