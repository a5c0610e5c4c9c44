"""The example of docs/reference/reading-back.md is what is really said."""

import re
from pathlib import Path

from authwright.sop import account_of, check_sop, compile_sop, explain_text

PAGE = (Path(__file__).parents[3] / "docs/reference/reading-back.md").read_text()
SOP = re.search(r"```markdown\n(.*?)```", PAGE, re.S)[1]
SAID = re.search(r"```text\n(.*?)```", PAGE, re.S)[1]


def test_the_example_is_said_back_as_the_page_shows():
    workflow, found = compile_sop(SOP, "example.md")
    assert found == []
    assert explain_text(account_of(workflow, SOP.split("\n"))) + "\n" == SAID


def test_the_example_is_no_bad_example():
    workflow, _ = compile_sop(SOP, "example.md")
    assert [d.code for d in check_sop(workflow, "example.md") if d.severity == "error"] == []
