"""Every example of the page on structure is read without an error."""

import re
from pathlib import Path

import pytest

from authwright.sop import compile_sop

PAGE = (Path(__file__).parents[3] / "docs/reference/sop-structure.md").read_text()
EXAMPLES = re.findall(r"```markdown\n(.*?)```", PAGE, re.S)
HEAD = "---\nid: a/b\npurpose: other\nportal: a\n---\n# T\n\n"


def test_the_examples_are_there():
    assert len(EXAMPLES) > 8


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e.split("\n")[0].strip("# "))
def test_an_example_is_read(example):
    workflow, found = compile_sop(HEAD + example, "x.md")
    assert [(d.line - HEAD.count("\n"), d.message) for d in found] == []
    assert workflow is not None
