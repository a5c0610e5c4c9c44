"""`authwright sop explain` and `check`: exit codes and what is printed."""

import json

import pytest
from typer.testing import CliRunner

from authwright.cli.main import app

GOOD = "---\nid: a/b\npurpose: other\nportal: a\n---\n# T\n\n## Steps\n1. Click Next.\n"


@pytest.fixture
def run(tmp_path):
    def call(command, text, *options):
        path = tmp_path / "sop.md"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return CliRunner().invoke(app, ["sop", command, str(path), *options])

    return call


def test_explain_says_back(run):
    result = run("explain", GOOD)
    assert result.exit_code == 0
    assert 'Press "Next"' in result.stdout


def test_explain_json(run):
    result = run("explain", GOOD, "--json")
    assert [s["target"] for s in json.loads(result.stdout)["steps"]] == ["Next"]


def test_errors_are_findings(run):
    result = run("explain", GOOD.replace("Click", "Clik"))
    assert result.exit_code == 1
    assert "did you mean: click" in " ".join(result.stdout.split())
    assert result.output.count("SOP011") == 1  # told once, beside its sentence


def test_a_file_that_cant_be_read(run, tmp_path):
    assert run("explain", b"\xff\xfe\x00bad").exit_code == 2
    assert CliRunner().invoke(app, ["sop", "explain", str(tmp_path / "none.md")]).exit_code == 2


def test_check_finds_more_than_explain(run):
    text = GOOD.replace("purpose: other", "purpose: submit").replace("Next", "Submit")
    assert run("explain", text).exit_code == 0
    result = run("check", text, "--json")
    assert result.exit_code == 1
    assert {d["code"] for d in json.loads(result.stdout)["diagnostics"]} == {"SOP030", "SOP032"}


@pytest.fixture
def sops(tmp_path):
    folder = tmp_path / "sops"
    folder.mkdir()
    files = {
        "empty.md": b"",
        "binary.md": b"\xff\xfe\x00\x81",
        "plain.md": b"# Only words\n",
        "bad.md": GOOD.replace("Click", "Clik").encode(),
        "good.md": GOOD.encode(),
        "README.md": b"About these.\n",
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


def check(*paths):
    done = CliRunner().invoke(app, ["sop", "check", *map(str, paths), "--json"])
    told = json.loads(done.stdout)["diagnostics"]
    return done.exit_code, {(d["file"].rpartition("/")[2], d["code"]) for d in told}


WANTED = {("empty.md", "SOP007"), ("binary.md", "SOP001"), ("plain.md", "SOP001"), ("bad.md", "SOP011")}


def test_every_file_of_a_folder_gets_its_finding(sops):
    exit_code, found = check(sops)
    assert exit_code == 1 and found >= WANTED
    assert {name for name, _ in found} == {name for name, _ in WANTED}
    done = CliRunner().invoke(app, ["sop", "check", str(sops)])
    assert "5 checked" in done.stdout and "not UTF-8" in done.stderr


def test_a_binary_or_missing_file_among_those_named_hides_no_other(sops):
    names = ["empty.md", "binary.md", "plain.md", "bad.md"]
    assert check(*(sops / n for n in names)) == (1, check(sops)[1])
    exit_code, found = check(sops / "none.md", sops / "bad.md")
    assert exit_code == 2 and {("none.md", "SOP001"), ("bad.md", "SOP011")} <= found


CASE = {"coverage": {"member_id": "W123456789"}, "patient": {"first_name": "Maria", "last_name": "Sandbox"}}
ENTER = GOOD.replace("Click Next", "Enter the member ID in ID and the patient's name in Name")


@pytest.fixture
def case(tmp_path):
    path = tmp_path / "case.json"
    path.write_text(json.dumps(CASE))
    return str(path)


def test_explain_shows_a_case_masked_unless_asked(run, case):
    told = " ".join(run("explain", ENTER, "--case", case).stdout.split())
    assert "the member ID of the case (in this case ••••••••89)" in told
    assert "Maria" not in told and "W123456789" not in told
    shown = " ".join(run("explain", ENTER, "--case", case, "--show-phi").stdout.split())
    assert "(in this case W123456789)" in shown and "(in this case Maria Sandbox)" in shown


def test_explain_says_what_a_case_lacks_and_never_shows_a_secret(run, case, tmp_path):
    text = GOOD.replace("Click Next", "Enter the group number in Group and the password in Password")
    (tmp_path / "case.json").write_text(json.dumps({"credentials": {"password": "hunter2hunter2"}}))
    told = run("explain", text, "--case", case, "--show-phi").stdout
    assert "the group number of the case (missing in this case)" in told and "hunter2" not in told


def test_a_case_that_cant_be_read_is_wrong_usage(run, tmp_path):
    (tmp_path / "broken.json").write_text("{")
    assert run("explain", ENTER, "--case", str(tmp_path / "broken.json")).exit_code == 2
    assert run("explain", ENTER, "--case", str(tmp_path / "none.json")).exit_code == 2


def test_explain_writes_one_page(run, tmp_path):
    page = tmp_path / "out.html"
    result = run("explain", GOOD.replace("Next", '"<Next>"'), "--html", str(page))
    assert result.exit_code == 0 and str(page) in result.stdout
    assert "&lt;Next&gt;" in page.read_text() and "<Next>" not in page.read_text()
    assert run("explain", GOOD, "--html", str(tmp_path / "no/such/out.html")).exit_code == 2


WARNED = GOOD.replace("Click Next", "If the doctor agrees, click Next")


def test_warnings_count_only_when_strict(run):
    assert run("check", WARNED).exit_code == 0
    assert run("check", WARNED, "--strict").exit_code == 1
    assert run("check", GOOD, "--strict").exit_code == 0


def test_sarif_names_files_from_the_present_folder(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = run("check", WARNED, "--sarif")
    [result] = json.loads(done.stdout)["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]
    assert (result["ruleId"], place["artifactLocation"]["uri"]) == ("SOP037", "sop.md")
    assert run("check", WARNED, "--sarif", "--json").exit_code == 2


def test_an_sop_is_checked_among_those_around_it(tmp_path):
    folder = tmp_path / "library/a/sops"
    folder.mkdir(parents=True)
    (folder / "other.md").write_text(GOOD.replace("id: a/b", "id: a/other"))
    (folder / "sop.md").write_text(GOOD.replace("Click Next", "Use SOP a/other"))
    assert check(folder / "sop.md") == (0, set())
    (folder / "other.md").unlink()
    assert check(folder / "sop.md") == (1, {("sop.md", "SOP053")})


def test_a_stale_compiled_file_beside_an_sop(tmp_path):
    sop = tmp_path / "sop.md"
    sop.write_text(GOOD)
    (tmp_path / "sop.workflow.json").write_text("{}")
    assert check(sop) == (1, {("sop.md", "SOP058")})
