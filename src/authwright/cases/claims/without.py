"""Findings on a line that no certification covers."""

from collections.abc import Sequence

from authwright.cases.claims.compare import Subject
from authwright.cases.claims.result import Finding, FindingCode
from authwright.core.certification import Certification
from authwright.core.diagnostics import Severity
from authwright.core.requirement import Requirement
from authwright.formats.x12.claim import NumberOnClaim


def other_code(subject: Subject, certification: Certification) -> Finding:
    approved = ", ".join(dict.fromkeys(c.code for c in certification.codes))
    code = subject.line.code
    return Finding(
        FindingCode.CODE,
        Severity.ERROR,
        f"{code} is claimed, but {certification.number} is for {approved}",
        "2400 SV101-2",
        "codes.code",
        code,
        approved,
        f"If {code} was done, ask the payer to change the approval to it; if not, correct the code.",
        certification=certification.number,
    )


def nothing_known(subject: Subject, requirement: Requirement, numbers: Sequence[NumberOnClaim]) -> Finding:
    code = subject.line.code
    needs = requirement.processes[0].name if requirement.processes else "approval"
    question = f" (unless: {requirement.question})" if requirement.question else ""
    if numbers:
        claimed = ", ".join(n.number for n in numbers)
        return Finding(
            FindingCode.NUMBER_UNKNOWN,
            Severity.ERROR,
            f"{code} needs {needs}{question}; the claim carries {claimed}, but no such approval is known",
            "2400 REF*G1" if subject.line.numbers else "2300 REF*G1",
            "number",
            claimed,
            "",
            f"Look {claimed} up at the payer and record the approval with its proof, or get one.",
        )
    return Finding(
        FindingCode.NO_CERTIFICATION,
        Severity.ERROR,
        f"{code} needs {needs}{question}, and no approval is known",
        "2400 SV101-2",
        "codes.code",
        code,
        "",
        "Get the approval, or record it if it was obtained elsewhere, before the claim is sent.",
    )


def left_out(subject: Subject, requirement: Requirement) -> Finding:
    process = requirement.processes[0] if requirement.processes else None
    what = process.name if process else requirement.outcome.value
    follows = f": {process.if_left_out}" if process and process.if_left_out else ""
    return Finding(
        FindingCode.VOLUNTARY,
        Severity.WARNING,
        f"{what} is open for {subject.line.code} ({requirement.outcome}) and was left out{follows}",
        "2400 SV101-2",
        "codes.code",
        subject.line.code,
        "",
        f"Do {what} if it is still possible, or send the claim knowing what may follow.",
    )


def usually_needed(subject: Subject, requirement: Requirement) -> Finding:
    assert requirement.advice is not None
    contact = f" ({requirement.advice.contact})" if requirement.advice.contact else ""
    return Finding(
        FindingCode.USUALLY_NEEDED,
        Severity.WARNING,
        f"no rule of this payer is known for {subject.line.code}, but payers usually want approval for"
        f" {requirement.advice.category}",
        "2400 SV101-2",
        "codes.code",
        subject.line.code,
        "",
        f"Ask the payer{contact}, and record the answer.",
    )
