"""Every RUL diagnostic: a broken file and exactly what is said about it.

`UPDATE_GOLDEN=1 pytest tests/unit/rules/test_bad_files.py` writes the expected texts anew.
"""

import datetime as dt
import os
from pathlib import Path

import pytest

from authwright.core.diagnostics import Diagnostic, in_order, render
from authwright.rules import check_library, read_insurance_map
from authwright.rules.checks import no_source_is_old
from authwright.rules.importer import Meaning, Translation, Variant, rules_yaml
from authwright.rules.library import SourceText, assemble
from authwright.rules.tables import read_table

ROOT = Path(__file__).parents[3]
SAMPLE = SourceText(
    "sample/payer.yaml", "payer", "sample", (Path(__file__).parent / "sample-payer.yaml").read_text()
)
BAD = sorted(p for p in (ROOT / "tests/bad").glob("RUL*") if p.suffix != ".expected")
TRANSLATION = Translation(
    "sample",
    {"prior authorization": Meaning(requires=("prior-authorization",))},
    {"": (Variant(),)},
    {"Commercial": {"lines_of_business": ["commercial"]}},
)


def findings(path: Path) -> list[Diagnostic]:
    file, text = str(path.relative_to(ROOT)), path.read_text()
    if path.suffix == ".csv":
        if "insurance_name" in text:
            return read_insurance_map(text, file, assemble([SAMPLE])[0])[1]
        rows, refused = read_table(text, file)
        return in_order([*refused, *rules_yaml(rows, TRANSLATION, "")[1]])
    kind = {"payer:": "payer", "portal:": "portal"}.get(text.split()[0], "rules")
    group = "sample" if kind == "rules" and "without-payer" not in path.name else "elsewhere"
    library, found = assemble([SAMPLE, SourceText(file, kind, group, text)])
    found = [*found, *check_library(library), *no_source_is_old(library, dt.date(2026, 11, 24))]
    return in_order(d for d in found if d.file == file)


@pytest.mark.parametrize("path", BAD, ids=lambda p: p.stem)
def test_a_broken_file_is_told_as_expected(path: Path) -> None:
    lines = path.read_text().splitlines()
    found = findings(path)
    said = "".join(render(d, lines) + "\n" for d in found)
    golden = path.with_suffix(".expected")
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(said)
    assert path.name[:6] in {d.code for d in found}
    assert said == golden.read_text()
