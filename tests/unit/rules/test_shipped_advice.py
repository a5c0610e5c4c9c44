"""The shipped advice is read with the library."""

from pathlib import Path

from authwright.rules import load_library

LIBRARY = Path(__file__).parents[3] / "library"


def test_a_code_of_a_category_that_most_payers_review_gets_advice():
    library, _ = load_library([LIBRARY])
    assert library.advice.about("70553", "").category == "advanced imaging"


def test_advice_that_cannot_be_read_is_a_finding(tmp_path):
    (tmp_path / "advice.yaml").write_text("category: no list\n")
    _, found = load_library([tmp_path])
    assert [d.code for d in found] == ["RUL005"]
