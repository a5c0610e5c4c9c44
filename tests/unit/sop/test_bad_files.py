"""Each broken SOP under tests/bad gives the diagnostics that stand beside it."""

from pathlib import Path

import pytest

from authwright.core.diagnostics import has_errors, in_order, render
from authwright.sop import check_sop, compile_sop
from tests.unit.sop.surroundings import around

ROOT = Path(__file__).parents[3]
FILES = sorted((ROOT / "tests/bad").glob("SOP*.md"))


def test_there_are_broken_files():
    assert len(FILES) > 20


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_diagnostics_are_as_written(path):
    text, name = path.read_text(), f"tests/bad/{path.name}"
    workflow, found = compile_sop(text, name)
    if workflow:
        found = in_order([*found, *check_sop(workflow, name, around(path), partly_read=has_errors(found))])
    printed = "".join(render(d, text.split("\n")) + "\n" for d in found)
    assert printed == path.with_suffix(".expected").read_text()
    assert path.name[:6] in {d.code for d in found}
