"""Which of several rows is meant, said apart from the step that opens one."""

from authwright.sop import compile_sop

HEAD = "---\nid: a/status\npurpose: status\nportal: a\neffective: 2026-11-24\n---\n# T\n\n## Look\n"


def test_rows_that_nothing_opens_are_told_where_they_are_spoken_of():
    steps = "1. Click Search.\n2. If more than one row fits, take the latest.\n3. Read the status.\n"
    _, found = compile_sop(HEAD + steps, "a.md")
    assert [(d.code, d.line, d.message) for d in found] == [
        ("SOP014", 11, "which row is meant is not clear: none is opened")
    ]
