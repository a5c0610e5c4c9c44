"""`authwright sop diff`, `compile` and `watch`: what an author uses while writing."""

import json

import pytest
from typer.testing import CliRunner

from authwright.cli.main import app
from authwright.cli.sop_watch import follow
from authwright.core.workflow import from_json

GOOD = "---\nid: a/b\npurpose: other\nportal: a\n---\n# T\n\n## Steps\n1. Click Next.\n"


def run(*words):
    done = CliRunner().invoke(app, ["sop", *map(str, words)])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


@pytest.fixture
def sop(tmp_path):
    def write(name, text=GOOD):
        (tmp_path / name).write_text(text)
        return tmp_path / name

    return write


def test_the_same_meaning_is_done_and_another_a_finding(sop):
    old = sop("old.md")
    same = run("diff", old, sop("same.md", GOOD.replace("Click Next", "Press the Next button, please")))
    other = run("diff", old, sop("other.md", GOOD.replace("Next", "Back")))
    assert (run("diff", old, old).exit_code, other.exit_code) == (0, 1)
    assert 'now:    Press "Back"' in other.stdout
    assert same.exit_code == 1 and "kind of control" in same.stdout


def test_diff_as_json(sop):
    done = run("diff", sop("old.md"), sop("new.md", GOOD.replace("Next", "Back once")), "--json")
    told = json.loads(done.stdout)
    assert (done.exit_code, told["same_meaning"]) == (1, False) and told["old"] != told["new"]
    (change,) = told["changes"]
    assert change["mark"] and change["new_line"] == 9 and change["new"].startswith('Press "Back"')


def test_an_sop_with_errors_is_not_compared(sop):
    done = run("diff", sop("old.md"), sop("new.md", GOOD.replace("Click", "Clik")))
    assert done.exit_code == 2 and "SOP011" in done.stderr and "has errors" in done.stderr
    assert run("diff", sop("old.md"), "none.md").exit_code == 2


def test_compile_writes_what_diff_reads_back(sop, tmp_path):
    out = tmp_path / "b.workflow.json"
    assert run("compile", sop("b.md"), "--output", out).exit_code == 0
    assert from_json(out.read_bytes()).meaning_hash
    assert out.read_text() == run("compile", sop("b.md")).stdout
    assert run("diff", out, sop("b.md")).exit_code == 0
    assert run("diff", sop("no.json", "{}"), out).exit_code == 2


def test_compile_writes_nothing_when_there_are_errors(sop, tmp_path):
    out = tmp_path / "b.workflow.json"
    done = run("compile", sop("b.md", GOOD.replace("Click", "Clik")), "--output", out)
    assert done.exit_code == 1 and "SOP011" in done.stderr and not out.exists()
    assert run("compile", sop("b.md"), "--output", tmp_path / "no/such/file").exit_code == 2


def test_watch_tells_each_saving_once_and_ends_quietly(sop):
    file, told = sop("b.md"), []
    changes = iter(
        [
            lambda: None,
            lambda: sop("b.md", GOOD.replace("Click", "Clik it")),
            lambda: None,
            file.unlink,
            lambda: sop("b.md", GOOD + "2. Click Done. The list opens.\n"),
        ]
    )

    def wait():
        change = next(changes, None)
        if change is None:
            raise KeyboardInterrupt
        change()

    follow(file, told.append, wait)
    assert [text.split("\n")[-1] for text in told] == [
        "b.md reads well: 1 step",
        "b.md: 1 finding",
        "b.md: 1 finding",
        "b.md reads well: 2 steps",
    ]
    assert "SOP011" in told[1] and "can't be read" in told[2]


def test_watch_refuses_a_file_that_is_not_there(tmp_path):
    done = run("watch", tmp_path / "none.md")
    assert done.exit_code == 2 and "no such file" in done.stderr
