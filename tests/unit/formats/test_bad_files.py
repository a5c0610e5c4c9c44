"""Every ORD, CRT and X12 diagnostic: a broken file and exactly what is said about it.

`UPDATE_GOLDEN=1 pytest tests/unit/formats/test_bad_files.py` writes the expected texts anew.
"""

import io
import os
from datetime import date
from pathlib import Path

import pytest

from authwright.core.diagnostics import Diagnostic, in_order, render
from authwright.formats.certifications import read_certifications
from authwright.formats.orders import read_orders
from authwright.formats.x12.claim_837p import read_claims
from authwright.formats.x12.reader import X12Reader

ROOT = Path(__file__).parents[3]
AREAS = ("ORD", "CRT", "X12")
BAD = sorted(p for a in AREAS for p in (ROOT / "tests/bad").glob(f"{a}*") if p.suffix != ".expected")


def findings(path: Path) -> list[Diagnostic]:
    data, file = path.read_bytes(), str(path.relative_to(ROOT))
    if path.name.startswith("ORD"):
        return read_orders(data, file, today=date(2026, 3, 1))[1]
    if path.name.startswith("CRT"):
        return read_certifications(data, file)[1]
    reader = X12Reader(io.BytesIO(data), file)
    # A code of the reader alone stands in a set that the claim parser refuses first.
    for _ in reader if path.name.startswith("X12014") else read_claims(reader):
        pass
    return in_order(reader.diagnostics)


def test_there_are_broken_files_of_each_area():
    assert {p.name[:3] for p in BAD} == set(AREAS)


@pytest.mark.parametrize("path", BAD, ids=lambda p: p.stem)
def test_a_broken_file_is_told_as_expected(path):
    lines = path.read_text().splitlines()
    found = findings(path)
    said = "".join(render(d, lines) + "\n" for d in found)
    golden = path.with_suffix(".expected")
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(said)
    assert path.name[:6] in {d.code for d in found}
    assert said == golden.read_text()
