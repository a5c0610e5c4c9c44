"""The table of habits names tests that are there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
TABLE = (ROOT / "docs" / "reference" / "page-habits.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`((?:tests/[\w/]+/)?test_\w+)(?:::(test_\w+))?`")


def test_every_test_that_the_table_names_is_there() -> None:
    named = NAMED.findall(TABLE)
    assert len(named) > 40
    for file, test in named:
        folder = ROOT if "/" in file else ROOT / "tests" / "unit" / "browser"
        assert f"def {test}" in (folder / f"{file}.py").read_text(encoding="utf-8"), f"{file}::{test}"


def test_every_row_names_one() -> None:
    rows = [line for line in TABLE.splitlines() if line.startswith("| ") and not line.startswith("| habit")]
    assert [row for row in rows if not NAMED.search(row) and not row.startswith("| ---")] == []
