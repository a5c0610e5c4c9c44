"""How a diagnostic is shown."""

from authwright.core.diagnostics import Diagnostic, Severity, did_you_mean, has_errors, in_order, render


def test_shows_the_line_with_a_caret_under_the_column():
    found = Diagnostic(
        "a.csv", 2, 5, "ORD001", "no member ID", hint="fill the column", suggestions=("member_id",)
    )
    assert render(found, ["id,member", "A1,,X"]) == (
        "a.csv:2:5: error ORD001: no member ID\n"
        "    A1,,X\n"
        "        ^\n"
        "  hint: fill the column\n"
        "  did you mean: member_id"
    )


def test_the_caret_stays_under_its_column_in_a_long_line():
    line = "x" * 500 + "HERE" + "y" * 500
    shown = render(Diagnostic("f", 1, 501, "SOP001", "m"), [line]).splitlines()
    assert shown[1][shown[2].index("^") :].startswith("HERE")


def test_a_tab_counts_as_one_column():
    shown = render(Diagnostic("f", 1, 3, "SOP001", "m"), ["\ta!b"]).splitlines()
    assert shown[1][shown[2].index("^")] == "!"


def test_without_a_line_only_the_message_is_shown():
    assert render(Diagnostic("f", 0, 0, "X12001", "empty")) == "f: error X12001: empty"


def test_order_is_by_file_line_and_column():
    a, b = Diagnostic("f", 10, 1, "SOP001", "m"), Diagnostic("f", 9, 2, "SOP001", "m")
    assert in_order([a, b]) == [b, a]


def test_a_warning_is_no_error():
    warning = Diagnostic("f", 1, 1, "SOP001", "m", severity=Severity.WARNING)
    assert not has_errors([warning])
    assert has_errors([warning, Diagnostic("f", 1, 1, "SOP002", "m")])


def test_suggestions_keep_the_spelling_of_the_known_word():
    assert did_you_mean("unitedhelthcare", ["UnitedHealthcare", "Aetna"]) == ("UnitedHealthcare",)
    assert did_you_mean("zzz", ["Aetna"]) == ()
