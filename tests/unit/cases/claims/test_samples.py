"""Every sample file is checked, or refused with a reason."""

from pathlib import Path

import pytest

from authwright.cases.claims.check import ClaimChecker
from authwright.cases.claims.result import FindingCode, Verdict
from authwright.core.diagnostics import has_errors
from authwright.core.requirement import Outcome, Requirement
from authwright.formats.x12.claim_837p import read_claims
from authwright.formats.x12.reader import X12Reader

DATA = Path(__file__).parents[3] / "data/x12"
SAMPLES = sorted(p for p in DATA.rglob("*") if p.is_file())


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.name)
def test_a_sample_is_checked_or_refused(path):
    checker = ClaimChecker([], lambda query: Requirement(query.code, Outcome.UNKNOWN))
    with path.open("rb") as stream:
        reader = X12Reader(stream, path.name)
        results = [checker.check(claim) for claim in read_claims(reader)]
    assert results or has_errors(reader.diagnostics)
    # Some samples have lines without a procedure code, or with six digits for one.
    for result in results:
        assert {f.code for f in result.findings} <= {FindingCode.UNREADABLE}
        assert result.verdict is (Verdict.BLOCK if result.findings else Verdict.NOT_DECIDED)
    assert bool(results) <= (path.parent.name in ("837P", "malformed"))
