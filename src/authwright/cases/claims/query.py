"""The question about a claim line's requirement. What the claim doesn't say stays empty."""

import datetime as dt

from authwright.cases.claims.compare import Subject
from authwright.core.requirement import RequirementQuery

_LINES_OF_BUSINESS = {
    "16": "medicare-advantage",
    "MA": "medicare-ffs",
    "MB": "medicare-ffs",
    "MC": "medicaid",
    "CH": "tricare",
    "FI": "federal-employees",
    "CI": "commercial",
    "WC": "workers-compensation",
}
"""SBR09, claim filing indicator (X12 element 1032), where it says one line of business."""

_COVERAGE = {"P": 1, "S": 2, "T": 3}


def query_of(subject: Subject) -> RequirementQuery | None:
    """None without a date of service: no rule can be asked."""
    claim, line = subject.claim, subject.line
    if line.start is None or not line.code:
        return None
    whole = line.units is not None and line.units == line.units.to_integral_value()
    return RequirementQuery(
        payer=subject.terms.id or claim.payer_name,
        code=line.code,
        date=line.start,
        line_of_business=_LINES_OF_BUSINESS.get(claim.filing, ""),
        state=claim.patient_state,
        place=subject.place,
        modifiers=line.modifiers,
        diagnoses=claim.diagnoses,
        units=int(line.units) if line.units is not None and whole else None,
        age=_age(claim.patient_birth, line.start),
        provider_npi=subject.rendering.npi,
        provider_tin=claim.billing.tax_id,
        also_billed=tuple(other.code for other in claim.lines if other is not line),
        coverage=_COVERAGE.get(claim.order, 1),
    )


def _age(born: dt.date | None, on: dt.date) -> int | None:
    if born is None or born > on:
        return None
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
