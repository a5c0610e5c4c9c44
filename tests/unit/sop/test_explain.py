from authwright.sop import check_sop, compile_sop, explain_json


def test_json_has_the_published_names(sop):
    (step,) = sop.flat("Enter the member ID in Member ID.")
    assert list(step) == [
        "line", "column", "action", "target", "target_kind", "value", "condition", "inside", "once",
        "in_words",
    ]  # fmt: skip
    assert (step["line"], step["column"]) == (10, 4)
    assert step["value"] == {"ref": "coverage.member_id", "words": "the member ID"}


def test_a_repeat_stands_before_its_body(sop):
    workflow, found = sop.file(
        "## Steps\n1. Click Start.\n2. For each service line:\n   1. Click Add.\n"
        "   2. If it is the last, click Done.\n3. Click Next.\n"
    )
    steps = explain_json(workflow, found)["steps"]
    assert [(s["action"], s["target"], s["inside"]) for s in steps] == [
        ("click", "Start", None), ("repeat", None, None), ("click", "Add", 1), ("click", "Done", 1),
        ("click", "Next", None),
    ]  # fmt: skip
    assert steps[1]["condition"] == "for each of service_lines"
    assert steps[3]["condition"] == "it is the last"


def test_a_suggestion_shows_as_fill_and_select(sop):
    steps = sop.flat("Type the diagnosis code in Diagnosis and pick the suggestion that starts with it.")
    assert [(s["action"], s["target"]) for s in steps] == [("fill", "Diagnosis"), ("select", "Diagnosis")]


def test_diagnostics_of_the_language_only(sop):
    workflow, found = sop.file("## Steps\n1. Click Submit.\n", purpose="submit")
    assert explain_json(workflow, found)["diagnostics"] == []
    assert {d.code for d in check_sop(workflow, "x.md")} == {"SOP030", "SOP032"}


def test_the_once_rule_is_a_warning_where_nothing_is_sent(sop):
    workflow, _ = sop.file("## Steps\n1. Click Submit.\n", purpose="status")
    assert [(d.code, d.severity.value) for d in check_sop(workflow, "x.md")] == [("SOP030", "warning")]


def test_nothing_to_explain():
    assert explain_json(*compile_sop("", "x.md"))["steps"] == []
