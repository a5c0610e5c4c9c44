"""The billing system of the demo's practice: it writes the 837P file that Authwright then checks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class BilledLine:
    code: str
    units: int = 1
    modifiers: tuple[str, ...] = ()
    charge: str = "100"


@dataclass(frozen=True, slots=True)
class BilledClaim:
    """One professional claim as the practice would bill it. `number` is what stands in REF*G1."""

    id: str
    last_name: str
    first_name: str
    born: date
    member_id: str
    diagnosis: str
    on: date
    place: str
    lines: tuple[BilledLine, ...]
    rendering_npi: str
    facility_npi: str
    number: str = ""


def write_837p(claims: Sequence[BilledClaim], *, payer: str, payer_id: str, at: datetime) -> str:
    """The claims as one 005010X222A1 interchange, a segment a line."""
    body = [segment for n, claim in enumerate(claims) for segment in _claim(claim, 2 + n, payer, payer_id)]
    transaction = [
        "ST*837*0001*005010X222A1",
        f"BHT*0019*00*1*{at:%Y%m%d*%H%M}*CH",
        "NM1*41*2*MAPLE STREET ORTHOPEDICS*****46*MAPLE1",
        "PER*IC*BILLING*TE*4045550100",
        "NM1*40*2*CLEARINGHOUSE*****46*CLEAR1",
        "HL*1**20*1",
        "NM1*85*2*MAPLE STREET ORTHOPEDICS*****XX*1992345672",
        "N3*12 MAPLE STREET",
        "N4*ATLANTA*GA*303030000",
        "REF*EI*581234567",
        *body,
    ]
    envelope = [
        f"ISA*00*{'':10}*00*{'':10}*ZZ*{'MAPLE1':15}*ZZ*{'CLEAR1':15}*{at:%y%m%d*%H%M}*^*00501*000000001*0*T*:",
        f"GS*HC*MAPLE1*CLEAR1*{at:%Y%m%d*%H%M}*1*X*005010X222A1",
        *transaction,
        f"SE*{len(transaction) + 1}*0001",
        "GE*1*1",
        "IEA*1*000000001",
    ]
    return "".join(f"{segment}~\n" for segment in envelope)


def _claim(claim: BilledClaim, level: int, payer: str, payer_id: str) -> Iterator[str]:
    total = sum(float(line.charge) for line in claim.lines)
    yield f"HL*{level}*1*22*0"
    yield "SBR*P*18*******CI"
    yield f"NM1*IL*1*{claim.last_name.upper()}*{claim.first_name.upper()}****MI*{claim.member_id}"
    yield "N3*1 ELM STREET"
    yield "N4*ATLANTA*GA*303030000"
    yield f"DMG*D8*{claim.born:%Y%m%d}*U"
    yield f"NM1*PR*2*{payer.upper()}*****PI*{payer_id}"
    yield f"CLM*{claim.id}*{total:g}***{claim.place}:B:1*Y*A*Y*Y"
    if claim.number:
        yield f"REF*G1*{claim.number}"
    yield f"HI*ABK:{claim.diagnosis.replace('.', '')}"
    yield f"NM1*82*1*CHEN*MAYA****XX*{claim.rendering_npi}"
    yield f"NM1*77*2*PIEDMONT SURGICAL HOSPITAL*****XX*{claim.facility_npi}"
    yield "N3*900 PEACH AVENUE"
    yield "N4*ATLANTA*GA*303090000"
    for number, line in enumerate(claim.lines, 1):
        yield f"LX*{number}"
        code = ":".join(["HC", line.code, *line.modifiers])
        yield f"SV1*{code}*{line.charge}*UN*{line.units}***1"
        yield f"DTP*472*D8*{claim.on:%Y%m%d}"
