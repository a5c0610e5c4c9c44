"""Claims a CPU-second of the claim check, from the 837P's bytes to verdicts, against reading alone.

    python benchmarks/claim_check.py [--claims 20000]

Each claim has four lines; half of them are approved. The requirement is answered by a dictionary, so
that the check and the parser are measured and not the rules.
"""

import argparse
import io
import sys
import time
from datetime import date
from decimal import Decimal

from authwright.cases.claims.check import ClaimChecker
from authwright.cases.claims.result import Verdict
from authwright.core.certification import Certification, CertifiedCode
from authwright.core.requirement import Outcome, Requirement
from authwright.formats.x12.claim_837p import read_claims
from authwright.formats.x12.reader import X12Reader

GOAL = 2000
_OUTCOMES = {"99213": Outcome.NOT_REQUIRED, "97110": Outcome.UNKNOWN}


def claim_text(number: int) -> str:
    lines = "".join(
        f"LX*{n}~SV1*HC:{code}*100*UN*1***1~DTP*472*D8*20260310~"
        for n, code in enumerate(("72148", "99213", "20610", "97110"), 1)
    )
    return (
        f"HL*{number + 2}*1*22*0~SBR*P*18*******CI~NM1*IL*1*DOE*J****MI*W{number:09d}~N4*X*GA*30301~"
        f"DMG*D8*19700101*F~NM1*PR*2*EXAMPLE*****PI*00001~CLM*C{number}*400***22:B:1*Y*A*Y*I~"
        f"REF*G1*A{number}~HI*ABK:M545~NM1*82*1*ROE*ANN****XX*1245319599~{lines}"
    )


def claim_file(claims: int) -> bytes:
    isa = "ISA*00*          *00*          *ZZ*CLINIC         *ZZ*PAYER          "
    isa += "*260310*1200*^*00501*000000001*0*P*:~"
    body = "HL*1**20*1~NM1*85*2*CLINIC*****XX*1234567893~REF*EI*123456789~"
    body += "".join(map(claim_text, range(claims)))
    st = "GS*HC*A*B*20260310*1200*1*X*005010X222A1~ST*837*0001*005010X222A1~"
    return f"{isa}{st}{body}SE*{body.count('~') + 2}*0001~GE*1*1~IEA*1*000000001~".encode()


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--claims", type=int, default=20_000)
    count = options.parse_args().claims
    data = claim_file(count)
    codes = (CertifiedCode("72148", (), Decimal(1)), CertifiedCode("20610", (), Decimal(2)))
    window = (date(2026, 3, 1), date(2026, 3, 31))
    approvals = [Certification(f"A{n}", "Example", f"W{n:09d}", codes, *window) for n in range(count)]

    begin = time.process_time()
    read = sum(1 for _ in read_claims(X12Reader(io.BytesIO(data), "benchmark")))
    reading = time.process_time() - begin

    begin = time.process_time()
    checker = ClaimChecker(
        approvals, lambda q: Requirement(q.code, _OUTCOMES.get(q.code, Outcome.REQUIRED), q.coverage)
    )
    results = [checker.check(claim) for claim in read_claims(X12Reader(io.BytesIO(data), "benchmark"))]
    checking = time.process_time() - begin

    verdicts = ", ".join(f"{sum(r.verdict is v for r in results)} {v}" for v in Verdict)
    print(f"{read} claims, {len(data) / 1e6:.1f} MB; {verdicts}")
    print(f"read and check  {count / checking:8.0f} claims per CPU-second (goal {GOAL})")
    print(f"read alone      {count / reading:8.0f} claims per CPU-second")
    print(f"ratio           {checking / reading:8.2f} times the reading")
    return 0 if count / checking >= GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
