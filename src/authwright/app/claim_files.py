"""A claim file against the approvals: what came of it, as the terminal, scripts and the report show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO

from authwright.cases.claims.check import ClaimChecker, Require
from authwright.cases.claims.result import ClaimResult, Verdict
from authwright.cases.claims.terms import FindTerms, terms_from, unknown_payer
from authwright.core.certification import Certification
from authwright.core.diagnostics import Diagnostic, has_errors
from authwright.core.requirement import Outcome, Requirement, RequirementQuery
from authwright.formats.x12.claim_837p import read_claims
from authwright.formats.x12.reader import X12Reader
from authwright.rules import Library
from authwright.rules import require as ask_rules

FINDINGS, UNREADABLE = 1, 2


@dataclass(frozen=True, slots=True)
class ClaimsReport:
    """What came of one claim file. `readable` is False if no claim of it could be checked."""

    file: str
    claims: tuple[ClaimResult, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def readable(self) -> bool:
        return bool(self.claims) or not has_errors(self.diagnostics)

    def count(self, verdict: Verdict) -> int:
        return sum(claim.verdict is verdict for claim in self.claims)

    @property
    def exit_code(self) -> int:
        if not self.readable:
            return UNREADABLE
        return FINDINGS if self.count(Verdict.BLOCK) or has_errors(self.diagnostics) else 0

    def as_json(self) -> dict[str, Any]:
        return {
            "file": self.file,
            "claims": [claim.as_json() for claim in self.claims],
            "counts": {verdict.value: self.count(verdict) for verdict in Verdict},
            "diagnostics": [diagnostic.as_json() for diagnostic in self.diagnostics],
        }


def check_file(
    stream: BinaryIO,
    name: str,
    certifications: Sequence[Certification],
    require: Require,
    find_terms: FindTerms = unknown_payer,
) -> ClaimsReport:
    """Check every professional claim of an 837 file. Reads the stream once, in chunks."""
    reader = X12Reader(stream, name)
    checker = ClaimChecker(certifications, require, find_terms)
    results = tuple(checker.check(claim) for claim in read_claims(reader))
    return ClaimsReport(name, results, tuple(reader.diagnostics))


def requirements_of(library: Library, today: date) -> tuple[Require, FindTerms]:
    """The payer library's answers; a payer that it doesn't know is unknown, not an error."""
    answers: dict[RequirementQuery, Requirement] = {}

    def ask(query: RequirementQuery) -> Requirement:
        if query.payer not in library.payers:
            return Requirement(query.code, Outcome.UNKNOWN, query.coverage)
        if query not in answers:
            answers[query] = ask_rules(library, query, today)
        return answers[query]

    return ask, terms_from(library)
