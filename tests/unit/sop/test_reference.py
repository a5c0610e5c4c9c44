"""Every example in the reference's table is read as it stands there."""

import re
from pathlib import Path

import pytest

TEXT = (Path(__file__).parents[3] / "docs/reference/sop-language.md").read_text()
ROWS = re.findall(r"^\| (?!To |---)([^|]+) \| (.+) \|$", TEXT, re.M)
EXAMPLES = [re.sub(r" \(.*?\)", "", example) for _, cell in ROWS for example in cell.split(" \u00b7 ")]


def test_the_table_is_there():
    assert len(EXAMPLES) > 30


@pytest.mark.parametrize("example", [e for e in EXAMPLES if "..." not in e])
def test_an_example_is_read(sop, example):
    filler = ["Type the units in Units."] * 3
    assert sop.steps(*filler, example[:1].upper() + example[1:] + ".")
