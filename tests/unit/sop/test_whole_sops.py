"""Whole untidy SOPs, each with the workflow that it means beside it.

After a change that is meant: `python tests/unit/sop/test_whole_sops.py` writes the workflows anew; read
what changed.
"""

from dataclasses import replace
from pathlib import Path

import pytest

from authwright.core.workflow import to_json
from authwright.sop import compile_sop
from authwright.sop.amend import amend_all

FOLDER = Path(__file__).parents[2] / "data/sops"
SOPS = sorted(FOLDER.glob("*.md"))


def compiled(sop):
    workflow, found = compile_sop(sop.read_text(), sop.name)
    assert found == [], [(d.line, d.message) for d in found]
    bare = [replace(s, steps=amend_all(s.steps, _without_playback)) for s in workflow.sections]
    return to_json(replace(workflow, sections=tuple(bare)))


def _without_playback(step):
    """How a step is said back is tested elsewhere."""
    return replace(step, in_words="")


def test_they_are_there():
    assert len(SOPS) >= 8


@pytest.mark.parametrize("sop", SOPS, ids=lambda p: p.stem)
def test_it_means_what_stands_beside_it(sop):
    assert compiled(sop).decode() == sop.with_suffix(".workflow.json").read_text()


if __name__ == "__main__":
    for path in SOPS:
        path.with_suffix(".workflow.json").write_bytes(compiled(path))
