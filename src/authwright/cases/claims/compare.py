"""One claim line against one certification, field by field, the number apart."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from authwright.cases.claims import modifiers as mods
from authwright.cases.claims.index import differs_by_suffix, plain
from authwright.cases.claims.result import Finding, FindingCode
from authwright.cases.claims.terms import PayerTerms
from authwright.cases.claims.units import UnitsUsed, use_of
from authwright.core.certification import APPROVES, Certification, CertifiedCode, DeterminationStatus
from authwright.core.diagnostics import Severity
from authwright.formats.x12.claim import Claim, ClaimLine, Party

_STATUS_FIX = {
    DeterminationStatus.PENDED: "Wait for the payer's decision, or call for it, before the claim is sent.",
    DeterminationStatus.NOT_CERTIFIED: "Appeal, or bill as not approved once the decision is final.",
    DeterminationStatus.CANCELLED: "Ask for a new approval; this one was cancelled.",
    DeterminationStatus.DUPLICATE: "Find the request that it duplicates, and use that one's approval.",
}


@dataclass(frozen=True, slots=True)
class Subject:
    """The line with what it inherits from its claim."""

    claim: Claim
    line: ClaimLine
    terms: PayerTerms

    @property
    def key(self) -> tuple[str, str]:
        return plain(self.claim.member_id), self.claim.id

    @property
    def place(self) -> str:
        return self.line.place or self.claim.place

    @property
    def rendering(self) -> Party:
        """Loop 2420A, else 2310B, else the billing provider (2010AA): the guide's own rule."""
        return self.line.rendering or self.claim.rendering or self.claim.billing

    @property
    def facility(self) -> Party | None:
        return self.line.facility or self.claim.facility


def entry_for(certification: Certification, line: ClaimLine, terms: PayerTerms) -> int | None:
    """Which of the certification's codes covers the line's: the same code, the best fit of modifiers
    first, else one whose approval covers the claimed code."""
    same = [i for i, c in enumerate(certification.codes) if c.code == line.code]
    if not same:
        same = [i for i, c in enumerate(certification.codes) if terms.covers(c.code, line.code)]
    return min(same, key=lambda i: _misfit(certification.codes[i], line), default=None)


def _misfit(code: CertifiedCode, line: ClaimLine) -> tuple[bool, bool, int]:
    return (
        mods.conflict(line.modifiers, code.modifiers) is not None,
        mods.missing(line.modifiers, code.modifiers) is not None,
        -len(set(code.modifiers) & set(line.modifiers)),
    )


def compare(
    subject: Subject, certification: Certification, position: int, entry: int, used: UnitsUsed
) -> list[Finding]:
    """Everything that doesn't hold, the worst first."""
    code = certification.codes[entry]
    findings = [
        *_status(certification),
        *_member(subject, certification),
        *_dates(subject, certification),
        *_modifiers(subject, code),
        *_units(subject, certification, code, (position, entry), used),
        *_providers(subject, certification),
        *_site(subject, certification),
    ]
    return sorted(findings, key=lambda f: not f.blocks)


def _status(certification: Certification) -> Iterator[Finding]:
    if certification.status not in APPROVES and certification.status is not DeterminationStatus.NOT_REQUIRED:
        yield Finding(
            FindingCode.NOT_APPROVED,
            Severity.ERROR,
            f"{certification.number or 'the request'} is no approval: its status is {certification.status}",
            certification_field="status",
            certified=certification.status.value,
            fix=_STATUS_FIX.get(certification.status, "Get an approval before the claim is sent."),
        )


def _member(subject: Subject, certification: Certification) -> Iterator[Finding]:
    claimed, certified = subject.claim.member_id, certification.member_id
    if plain(claimed) == plain(certified):
        return
    if differs_by_suffix(claimed, certified):
        yield Finding(
            FindingCode.MEMBER_SUFFIX,
            Severity.WARNING,
            f"the member ID on the claim is {claimed}, on the approval {certified}: only the suffix differs",
            "2010BA NM109",
            "member_id",
            claimed,
            certified,
            "Look at the member's card and write the ID as it stands there.",
        )
        return
    yield Finding(
        FindingCode.MEMBER,
        Severity.ERROR,
        f"the member ID on the claim is {claimed or 'empty'}, but the approval is for {certified}",
        "2010BA NM109",
        "member_id",
        claimed,
        certified,
        f"Check the member's card: write {certified} on the claim if it is this patient's,"
        " else use this patient's own approval.",
    )


def _dates(subject: Subject, certification: Certification) -> Iterator[Finding]:
    start, end = subject.line.start, subject.line.end
    if start is None or end is None:
        return
    too_early = certification.start is not None and start < certification.start
    too_late = certification.end is not None and end > certification.end
    if too_early or too_late:
        claimed = str(start) if start == end else f"{start} to {end}"
        window = f"{certification.start or 'any day'} to {certification.end or 'any day'}"
        yield Finding(
            FindingCode.DATE,
            Severity.ERROR,
            f"{subject.line.code} was done on {claimed}, but {certification.number} is for {window}",
            "2400 DTP*472",
            "from" if too_early else "to",
            claimed,
            window,
            "Check the date of service; if it is right, ask the payer to change the approval's dates"
            " or for one that covers this day.",
        )


def _modifiers(subject: Subject, code: CertifiedCode) -> Iterator[Finding]:
    claimed = subject.line.modifiers
    if found := mods.conflict(claimed, code.modifiers):
        family, have, want = found
        yield Finding(
            FindingCode.MODIFIER,
            Severity.ERROR,
            f"{code.code} is claimed with {have}, but approved with {want} ({family})",
            "2400 SV101-3",
            "codes.modifiers",
            have,
            want,
            f"Check the record: write {want} if that was done, else have the approval changed to {have}.",
        )
    elif lacking := mods.missing(claimed, code.modifiers):
        family, want = lacking
        yield Finding(
            FindingCode.MODIFIER_MISSING,
            Severity.WARNING,
            f"{code.code} is approved with {want} ({family}); the claim names none",
            "2400 SV101-3",
            "codes.modifiers",
            ", ".join(claimed),
            want,
            f"Add {want} if that was done.",
        )


def _units(
    subject: Subject,
    certification: Certification,
    code: CertifiedCode,
    drawn: tuple[int, int],
    used: UnitsUsed,
) -> Iterator[Finding]:
    if code.units is None:
        return
    use = use_of(subject.key, subject.line)
    total = used.total_with(drawn, use)
    if use.amount == 0 or total <= code.units:
        return
    others = used.others(drawn, subject.key)
    with_others = f", with claim {', '.join(others)}" if others else ""
    yield Finding(
        FindingCode.UNITS,
        Severity.ERROR,
        f"{certification.number} approves {_plain(code.units)} of {code.code};"
        f" this line brings it to {_plain(total)}{with_others}",
        "2400 SV104",
        "codes.units",
        _plain(total),
        _plain(code.units),
        f"Check the units; if they are right, ask the payer for {_plain(total - code.units)} more"
        " before the claim is sent.",
    )


def _providers(subject: Subject, certification: Certification) -> Iterator[Finding]:
    billing_tin = subject.claim.billing.tax_id
    in_group = bool(certification.group_tin) and billing_tin == certification.group_tin.replace("-", "")
    if certification.group_tin and billing_tin and not in_group:
        yield Finding(
            FindingCode.GROUP,
            Severity.ERROR,
            f"the claim bills under tax ID {billing_tin}, but the approval is for {certification.group_tin}",
            "2010AA REF*EI",
            "group_tin",
            billing_tin,
            certification.group_tin,
            "Bill under the approved group, or have the approval changed to this one.",
        )
    if not certification.rendering_npi or mods.is_second_surgeon(subject.line.modifiers):
        return
    if subject.terms.bound_to == "facility" or (subject.terms.bound_to == "group" and in_group):
        return
    rendering = subject.rendering
    if rendering.npi == certification.rendering_npi:
        return
    loop = "2420A" if subject.line.rendering else "2310B" if subject.claim.rendering else "2010AA"
    yield Finding(
        FindingCode.RENDERING,
        Severity.ERROR,
        f"{subject.line.code} was rendered by {rendering.npi or 'somebody without an NPI on the claim'},"
        f" but {certification.number} is for {certification.rendering_npi}",
        f"{loop} NM109",
        "rendering_npi",
        rendering.npi,
        certification.rendering_npi,
        f"If {certification.rendering_npi} did it, correct the rendering provider;"
        " else have the provider on the approval changed.",
    )


def _site(subject: Subject, certification: Certification) -> Iterator[Finding]:
    if certification.places and subject.place and subject.place not in certification.places:
        places = ", ".join(certification.places)
        yield Finding(
            FindingCode.PLACE,
            Severity.ERROR,
            f"the place of service is {subject.place}, but {certification.number} is for {places}",
            "2400 SV105" if subject.line.place else "2300 CLM05-1",
            "places",
            subject.place,
            places,
            "Correct the place of service, or have the approval changed to where it was done.",
        )
    if not certification.facility_npi:
        return
    facility = subject.facility
    claimed = (facility.npi if facility else "") or ""
    if certification.facility_npi in (claimed, subject.claim.billing.npi if not claimed else ""):
        return
    loop = "2420C" if subject.line.facility else "2310C"
    if claimed:
        yield Finding(
            FindingCode.FACILITY,
            Severity.ERROR,
            f"the service facility is {claimed},"
            f" but {certification.number} is for {certification.facility_npi}",
            f"{loop} NM109",
            "facility_npi",
            claimed,
            certification.facility_npi,
            "Correct the service facility, or have the approval changed to where it was done.",
        )
    else:
        yield Finding(
            FindingCode.FACILITY_MISSING,
            Severity.WARNING,
            f"{certification.number} is for facility {certification.facility_npi};"
            " the claim names no facility",
            f"{loop} NM109",
            "facility_npi",
            "",
            certification.facility_npi,
            f"Add the service facility {certification.facility_npi} if it was done there.",
        )


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
