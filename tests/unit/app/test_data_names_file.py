"""A practice's own names of data, and SOPs that use them."""

from pathlib import Path

from authwright.app.data_names_file import names_around, read_data_names
from authwright.app.sops import compile_file
from authwright.core.diagnostics import render

BAD = Path(__file__).parents[2] / "bad/CFG010-data-names.csv"
SOP = """---
id: dental/submit
purpose: other
portal: dental
---
# Teeth

## Fill in
1. Enter the shade mark in Tooth and the member ID in Member.
"""


def test_wrong_rows_are_told_and_left_out():
    text = BAD.read_text()
    names, found = read_data_names(text, "tests/bad/CFG010-data-names.csv")
    assert [n.path for n in names] == ["shade_number"]
    shown = "".join(render(d, text.split("\n")) + "\n" for d in found)
    assert shown == BAD.with_suffix(".expected").read_text()


def test_a_file_without_the_columns_is_told():
    assert [d.code for d in read_data_names("a,b\n", "x.csv")[1]] == ["CFG010"]
    assert [d.code for d in read_data_names("", "x.csv")[1]] == ["CFG010"]


def test_an_sop_of_the_library_knows_the_names(tmp_path):
    sop = tmp_path / "library/dental/sops/submit.md"
    sop.parent.mkdir(parents=True)
    sop.write_text(SOP)
    (tmp_path / "library/data-names.csv").write_text(
        "name,type,words\nshade_number,code,shade number; shade mark; shade\n"
    )
    assert [n.path for n in names_around(sop)] == ["shade_number"]
    compiled = compile_file(sop)
    assert compiled.diagnostics == ()
    assert compiled.workflow.data_used == ("coverage.member_id", "shade_number")


def test_without_the_file_the_words_are_the_authors_own(tmp_path):
    sop = tmp_path / "submit.md"
    sop.write_text(SOP.replace("shade mark", "shade"))
    assert compile_file(sop).workflow.data_used == ("coverage.member_id", "shade")
