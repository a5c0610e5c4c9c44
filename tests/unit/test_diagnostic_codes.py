"""Each diagnostic code has a broken file with golden output and a paragraph in the reference."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
CODE = re.compile(r"\"((?:SOP|RUL|ORD|CRT|X12|RUN|CFG)\d{3})\"")


def codes_in_source():
    return {code for path in (ROOT / "src").rglob("*.py") for code in CODE.findall(path.read_text())}


def test_each_code_has_a_broken_file_with_its_golden_output():
    there = {p.name[:6] for p in (ROOT / "tests/bad").glob("*.expected")}
    assert codes_in_source() - there == set()


def test_each_code_has_a_paragraph_in_the_reference():
    text = "".join(p.read_text() for p in (ROOT / "docs/reference").glob("diagnostics-*.md"))
    assert codes_in_source() - set(re.findall(r"^### (\w{6})", text, re.M)) == set()


def test_each_paragraph_is_of_a_code_that_exists():
    text = "".join(p.read_text() for p in (ROOT / "docs/reference").glob("diagnostics-*.md"))
    assert set(re.findall(r"^### ([A-Z0-9]{3}\d{3})", text, re.M)) - codes_in_source() == set()
