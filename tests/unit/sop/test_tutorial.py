"""What docs/tutorial-sop.md shows is read without a finding."""

import json
import re
from pathlib import Path

import pytest

from authwright.core.data_names import BY_PATH

TUTORIAL = (Path(__file__).parents[3] / "docs" / "tutorial-sop.md").read_text(encoding="utf-8")
PATTERNS = re.findall(r"^\| [^|]+ \| `([^`]+)`", TUTORIAL.split("## 4.")[0], re.MULTILINE)
BLOCKS = re.findall(r"```markdown\n(.*?)```", TUTORIAL, re.DOTALL)


@pytest.mark.parametrize("sentence", PATTERNS)
def test_a_pattern_is_read(sop, sentence):
    before = "1. Type the diagnosis code in Diagnosis.\n" if "suggestion" in sentence else ""
    _, found = sop.file(f"## Steps\n{before}2. {sentence}\n")
    assert found == []


def test_the_example_is_read(sop):
    head, *steps = BLOCKS
    body = "".join(block if block.startswith("##") else f"\n{block}" for block in steps)
    _, found = sop.file("## Submit\n1. Go to the form.\n" + body)
    assert head.startswith("---") and len(steps) == 5
    assert found == []


def test_there_are_patterns():
    assert len(PATTERNS) >= 10


def test_the_case_holds_names_of_the_table():
    case = json.loads(re.search(r"```json\n(.*?)```", TUTORIAL, re.DOTALL)[1])
    assert f"coverage.{next(iter(case['coverage']))}" in BY_PATH and case["service_lines"][0]["code"]
