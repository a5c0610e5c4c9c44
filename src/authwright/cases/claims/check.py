"""Verdicts on claims: each line against the certification that fits it best, or else against what
the payer requires."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from authwright.cases.claims.compare import Subject, compare, entry_for
from authwright.cases.claims.index import CertificationIndex, plain_number
from authwright.cases.claims.query import query_of
from authwright.cases.claims.readable import no_code, with_unreadable
from authwright.cases.claims.result import ClaimResult, Finding, FindingCode, LineResult, Verdict, worst
from authwright.cases.claims.similar import is_similar
from authwright.cases.claims.terms import FindTerms, PayerTerms, unknown_payer
from authwright.cases.claims.units import UnitsUsed, use_of
from authwright.cases.claims.without import left_out, nothing_known, other_code, usually_needed
from authwright.core.certification import APPROVES, Certification, DeterminationStatus
from authwright.core.diagnostics import Severity
from authwright.core.requirement import Outcome, Requirement, RequirementQuery
from authwright.formats.x12.claim import Claim, ClaimLine, NumberOnClaim
from authwright.rules.advice import Likelihood

Require = Callable[[RequirementQuery], Requirement]

_NEEDED = frozenset({Outcome.REQUIRED, Outcome.CONDITIONAL})
_LEFT_OPEN = frozenset({Outcome.VOLUNTARY, Outcome.NOTIFICATION_ONLY})
_FREE = frozenset({Outcome.NOT_REQUIRED, Outcome.EXEMPT})
_VOID, _REPLACEMENT = "8", "7"
_NUMBER_FIELD = "2300 REF*G1"


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A certification that covers the line's code, and what of it doesn't hold."""

    position: int
    entry: int
    certification: Certification
    findings: tuple[Finding, ...]
    on_claim: bool

    @property
    def blocking(self) -> int:
        return sum(f.blocks for f in self.findings)


def check_claim(
    claim: Claim,
    certifications: Sequence[Certification],
    require: Require,
    find_terms: FindTerms = unknown_payer,
) -> ClaimResult:
    """One claim by itself. For a file use one ClaimChecker, which counts units across its claims."""
    return ClaimChecker(certifications, require, find_terms).check(claim)


class ClaimChecker:
    """Checks the claims of one file in its order; units add up from claim to claim."""

    def __init__(
        self,
        certifications: Sequence[Certification],
        require: Require,
        find_terms: FindTerms = unknown_payer,
    ) -> None:
        self._index = CertificationIndex(certifications)
        self._require, self._find_terms = require, find_terms
        self._used = UnitsUsed()

    def check(self, claim: Claim) -> ClaimResult:
        terms = self._terms_of(claim)
        subjects = [Subject(claim, line, terms) for line in claim.lines]
        if subjects and claim.frequency in (_VOID, _REPLACEMENT):
            self._used.release(subjects[0].key)
        if claim.frequency == _VOID:
            lines = [
                LineResult(s.line.number, s.line.code, Verdict.PASS, segment=s.line.segment) for s in subjects
            ]
        else:
            lines = [self._check_line(subject) for subject in subjects]
        verdict = worst(line.verdict for line in lines) if lines else Verdict.NOT_DECIDED
        return ClaimResult(
            claim.id, verdict, tuple(lines), terms.id or claim.payer_name, claim.frequency, claim.segment
        )

    def _terms_of(self, claim: Claim) -> PayerTerms:
        by_id = self._find_terms(claim.payer_id)
        return by_id if by_id.id else self._find_terms(claim.payer_name)

    # One line

    def _check_line(self, subject: Subject) -> LineResult:
        if found := no_code(subject):
            return _result(subject, [found])
        numbers = numbers_of(subject.claim, subject.line)
        result = self._compare_line(subject, numbers)
        return with_unreadable(result, subject, concerned=bool(numbers or result.certification))

    def _compare_line(self, subject: Subject, numbers: Sequence[NumberOnClaim]) -> LineResult:
        candidates = self._candidates(subject, numbers)
        approvals = [c for c in candidates if c.certification.status is not DeterminationStatus.NOT_REQUIRED]
        if not approvals and candidates:
            return self._decided_free(subject, candidates[0], numbers)
        if approvals:
            return self._against(subject, approvals, numbers)
        return self._without(subject, numbers)

    def _candidates(self, subject: Subject, numbers: Sequence[NumberOnClaim]) -> list[_Candidate]:
        """Certifications that cover the code: the member's own, and those whose number is claimed."""
        stated = {p for n in numbers for p in self._index.numbered(n.number)}
        positions = dict.fromkeys([*self._index.of_member(subject.claim.member_id), *sorted(stated)])
        found = []
        for position in positions:
            if candidate := self._candidate(subject, position, position in stated):
                found.append(candidate)
        return found

    def _candidate(self, subject: Subject, position: int, on_claim: bool) -> _Candidate | None:
        certification = self._index.certifications[position]
        entry = entry_for(certification, subject.line, subject.terms)
        if entry is None:
            return None
        findings = compare(subject, certification, position, entry, self._used)
        other_payer = self._other_payer(certification, subject)
        if other_payer and not on_claim:
            return None
        return _Candidate(position, entry, certification, (*other_payer, *findings), on_claim)

    def _other_payer(self, certification: Certification, subject: Subject) -> tuple[Finding, ...]:
        """A finding if both payers are known and are not the same one."""
        theirs = self._find_terms(certification.payer).id
        if not theirs or not subject.terms.id or theirs == subject.terms.id:
            return ()
        return (
            Finding(
                FindingCode.PAYER,
                Severity.ERROR,
                f"the claim goes to {subject.claim.payer_name},"
                f" but {certification.number} is {certification.payer}'s",
                "2010BB NM103",
                "payer",
                subject.claim.payer_name,
                certification.payer,
                "Use the approval of the payer that the claim goes to, or send the claim to the other.",
            ),
        )

    def _against(
        self, subject: Subject, candidates: list[_Candidate], numbers: Sequence[NumberOnClaim]
    ) -> LineResult:
        best = min(
            candidates,
            key=lambda c: (
                c.blocking,
                not c.on_claim,
                len(c.findings),
                -(c.certification.end or dt.date.max).toordinal(),
            ),
        )
        findings = list(best.findings)
        # What doesn't approve anything has no number that could be missing from a claim.
        if best.certification.status in APPROVES:
            findings += self._number_findings(subject, best, candidates, numbers)
        if not any(f.blocks for f in findings):
            findings += self._other_processes(subject, candidates)
        self._used.add((best.position, best.entry), use_of(subject.key, subject.line))
        return _result(subject, findings, certification=best.certification.number)

    def _number_findings(
        self,
        subject: Subject,
        best: _Candidate,
        candidates: list[_Candidate],
        numbers: Sequence[NumberOnClaim],
    ) -> list[Finding]:
        right = best.certification.number
        if best.on_claim or not right or not subject.terms.number_on_claim:
            return []
        field = "2400 REF*G1" if subject.line.numbers else _NUMBER_FIELD
        claimed = ", ".join(n.number for n in numbers)
        if claimed:
            fix = f"Write {right} instead of {claimed}."
            if self._fits_another_line(subject, numbers):
                field = "2400 REF*G1"
                fix = f"Write {right} as this line's own REF*G1 (loop 2400); {claimed} is for other lines."
            return [
                Finding(
                    FindingCode.NUMBER_WRONG,
                    Severity.ERROR,
                    f"the claim carries {claimed}; the approval of {subject.line.code} is {right}",
                    field,
                    "number",
                    claimed,
                    right,
                    fix,
                )
            ]
        referrals = [n for n in subject.claim.numbers if n.kind == "9F"]
        if any(plain_number(n.number) == plain_number(right) for n in referrals):
            if "referral" in best.certification.process.casefold():
                return []
            where = "; it stands in the referral's field (REF*9F)"
        else:
            where = ""
        return [
            Finding(
                FindingCode.NUMBER_MISSING,
                Severity.ERROR,
                f"{subject.line.code} is approved under {right}; the claim doesn't carry the number{where}",
                field,
                "number",
                "",
                right,
                f"Write {right} as the prior authorization number (REF*G1).",
            )
        ]

    def _fits_another_line(self, subject: Subject, numbers: Sequence[NumberOnClaim]) -> bool:
        billed = {line.code for line in subject.claim.lines if line is not subject.line}
        return any(
            self._covers_any(self._index.certifications[position], billed, subject.terms)
            for number in numbers
            for position in self._index.numbered(number.number)
        )

    def _other_processes(self, subject: Subject, candidates: list[_Candidate]) -> list[Finding]:
        """Where the payer runs two processes for one service, both must hold."""
        requirement = self._ask(subject)
        if (
            requirement is None
            or requirement.outcome is not Outcome.REQUIRED
            or len(requirement.processes) < 2
        ):
            return []
        held = {c.certification.process.casefold() for c in candidates if not c.blocking}
        named = [{p.id.casefold(), p.name.casefold()} for p in requirement.processes]
        if "" in held or not any(names & held for names in named):
            return []
        return [
            Finding(
                FindingCode.PROCESS_MISSING,
                Severity.ERROR,
                f"{subject.line.code} also needs {process.name}, and no approval of that kind is known",
                "2400 SV101-2",
                "process",
                subject.line.code,
                "",
                f"Get {process.name}, or record the approval if it was obtained elsewhere.",
            )
            for process, names in zip(requirement.processes, named, strict=True)
            if not names & held
        ]

    def _decided_free(
        self, subject: Subject, decision: _Candidate, numbers: Sequence[NumberOnClaim]
    ) -> LineResult:
        """The payer said that no approval is required: its decision ID never goes on a claim."""
        number = decision.certification.number
        findings = [f for f in decision.findings if f.code in (FindingCode.DATE, FindingCode.PLACE)]
        if any(f.blocks for f in findings):
            return self._without(subject, numbers)
        if decision.on_claim:
            findings.append(
                Finding(
                    FindingCode.DECISION_ID,
                    Severity.ERROR,
                    f"{number} is a decision that no approval is required, not an approval's number",
                    _NUMBER_FIELD,
                    "number",
                    number,
                    "",
                    f"Take {number} off the claim; keep it as proof.",
                )
            )
        return _result(subject, findings, certification=number)

    # Without a certification that covers the code

    def _without(self, subject: Subject, numbers: Sequence[NumberOnClaim]) -> LineResult:
        if found := self._approved_for_other_code(subject, numbers):
            return _result(subject, [found], certification=found.certification)
        requirement = self._ask(subject)
        if requirement is None:
            return _result(subject, [], verdict=Verdict.NOT_DECIDED)
        return self._by_requirement(subject, requirement, numbers)

    def _approved_for_other_code(self, subject: Subject, numbers: Sequence[NumberOnClaim]) -> Finding | None:
        """The line draws on an approval that is for other codes: by its number, or since it is what
        was approved in a changed form (72148 approved, 72149 done)."""
        billed = {line.code for line in subject.claim.lines}
        for number in numbers:
            for position in self._index.numbered(number.number):
                certification = self._index.certifications[position]
                own = number in subject.line.numbers
                fits_none = not self._covers_any(certification, billed, subject.terms)
                if own or (fits_none and self._is_the_one_meant(subject, certification)):
                    return other_code(subject, certification)
        for position in self._index.of_member(subject.claim.member_id):
            certification = self._index.certifications[position]
            if (
                certification.status in APPROVES
                and not self._other_payer(certification, subject)
                and not self._covers_any(certification, billed, subject.terms)
                and _in_window(certification, subject.line)
                and any(is_similar(c.code, subject.line.code) for c in certification.codes)
            ):
                return other_code(subject, certification)
        return None

    def _covers_any(self, certification: Certification, billed: set[str], terms: PayerTerms) -> bool:
        return any(
            c.code == code or terms.covers(c.code, code) for c in certification.codes for code in billed
        )

    def _is_the_one_meant(self, subject: Subject, certification: Certification) -> bool:
        """Of a claim whose number fits none of its lines: the line that resembles what was approved,
        or every line that isn't free of approval if none does."""
        codes = [c.code for c in certification.codes]
        if any(is_similar(c, line.code) for c in codes for line in subject.claim.lines):
            return any(is_similar(c, subject.line.code) for c in codes)
        requirement = self._ask(subject)
        return requirement is None or requirement.outcome not in _FREE

    def _of_similar_member(self, subject: Subject) -> _Candidate | None:
        """An approval of this code on this day for a member ID that is one slip away.

        It only explains a block that stands anyway: IDs given out in sequence are near each other.
        """
        for position in self._index.of_similar_members(subject.claim.member_id):
            certification = self._index.certifications[position]
            if certification.status in APPROVES and _in_window(certification, subject.line):
                found = self._candidate(subject, position, False)
                if found and {f.code for f in found.findings if f.blocks} == {FindingCode.MEMBER}:
                    return found
        return None

    def _ask(self, subject: Subject) -> Requirement | None:
        """None when there is no date to ask for."""
        query = query_of(subject)
        return self._require(query) if query else None

    def _by_requirement(
        self, subject: Subject, requirement: Requirement, numbers: Sequence[NumberOnClaim]
    ) -> LineResult:
        outcome = requirement.outcome
        findings: list[Finding] = []
        if outcome in _NEEDED:
            if nearly := self._of_similar_member(subject):
                return _result(
                    subject,
                    nearly.findings,
                    certification=nearly.certification.number,
                    requirement=requirement,
                )
            verdict = Verdict.BLOCK
            findings = [nothing_known(subject, requirement, numbers)]
        elif outcome in _LEFT_OPEN:
            verdict = Verdict.WARN
            findings = [left_out(subject, requirement)]
        elif outcome in _FREE:
            verdict = Verdict.PASS
        elif requirement.advice and requirement.advice.likelihood == Likelihood.USUAL:
            verdict = Verdict.WARN
            findings = [usually_needed(subject, requirement)]
        else:
            verdict = Verdict.NOT_DECIDED
        return _result(subject, findings, verdict=verdict, requirement=requirement)


def numbers_of(claim: Claim, line: ClaimLine) -> list[NumberOnClaim]:
    """The prior authorization numbers that hold for the line and the claim's own payer: the line's,
    else the claim's. Numbers that REF04 gives to another payer don't count."""
    own = [n for n in line.numbers if n.kind == "G1" and n.payer_id in ("", claim.payer_id)]
    return own or [n for n in claim.numbers if n.kind == "G1"]


def _in_window(certification: Certification, line: ClaimLine) -> bool:
    if line.start is None or line.end is None:
        return False
    return (certification.start or line.start) <= line.start and line.end <= (certification.end or line.end)


def _result(
    subject: Subject,
    findings: Sequence[Finding],
    *,
    certification: str = "",
    verdict: Verdict | None = None,
    requirement: Requirement | None = None,
) -> LineResult:
    if verdict is None:
        warned = any(f.severity is Severity.WARNING for f in findings)
        blocked = any(f.blocks for f in findings)
        verdict = Verdict.BLOCK if blocked else Verdict.WARN if warned else Verdict.PASS
    line = subject.line
    return LineResult(
        line.number,
        line.code,
        verdict,
        requirement.outcome.value if requirement else "",
        requirement.rule if requirement else "",
        certification,
        line.segment,
        tuple(replace(f, line=line.number, certification=f.certification or certification) for f in findings),
    )
