"""Findings as SARIF 2.1.0."""

from pathlib import PurePosixPath

import pytest

from authwright.core.diagnostics import Diagnostic, Severity
from authwright.formats.sarif import sarif

FOUND = [
    Diagnostic("a/sop one.md", 3, 5, "SOP030", "it sends", "write once", ("x",)),
    Diagnostic("a/sop one.md", 0, 0, "SOP032", "it is missing", severity=Severity.WARNING),
    Diagnostic("a/rules.yaml", 2, 0, "SOP030", "again"),
]


@pytest.fixture
def run():
    made = sarif(FOUND, "1.2.3", PurePosixPath("/repo"))
    assert made["version"] == "2.1.0"
    [run] = made["runs"]
    return run


def test_each_result_points_to_its_rule(run):
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == ["SOP030", "SOP032"]
    assert [rules[r["ruleIndex"]] for r in run["results"]] == [d.code for d in FOUND]
    assert [r["level"] for r in run["results"]] == ["error", "warning", "error"]


def test_places_are_as_exact_as_they_are_known(run):
    places = [r["locations"][0]["physicalLocation"] for r in run["results"]]
    assert [p.get("region") for p in places] == [{"startLine": 3, "startColumn": 5}, None, {"startLine": 2}]
    assert places[0]["artifactLocation"]["uri"] == "a/sop%20one.md"


def test_hints_are_part_of_the_message(run):
    assert run["results"][0]["message"]["text"] == "it sends\nHint: write once\nDid you mean: x"
    assert run["results"][1]["message"]["text"] == "it is missing"


@pytest.mark.parametrize(
    ("file", "uri"), [("/repo/a/b.md", "a/b.md"), ("/elsewhere/b.md", "file:///elsewhere/b.md")]
)
def test_absolute_names(file, uri):
    made = sarif([Diagnostic(file, 1, 1, "SOP030", "x")], "1", PurePosixPath("/repo"))
    place = made["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == uri
