import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from authwright.cli import check, require

RUN = CliRunner()
KEYS = [
    "code",
    "outcome",
    "coverage",
    "verify",
    "question",
    "processes",
    "advice",
    "deadlines",
    "rule",
    "why",
    "sources",
    "notes",
]


UHC = ["--payer", "uhc", "--code", "23470"]


def ask(*args: str):
    return RUN.invoke(require.app, [*args, "--today", "2026-11-24"])


def test_json_has_the_published_names():
    done = ask(
        "--payer",
        "medicare",
        "--code",
        "64490",
        "--code",
        "99213",
        "--place",
        "22",
        "--date",
        "2026-12-01",
        "--json",
    )
    assert done.exit_code == 0
    first, second = json.loads(done.stdout)["lines"]
    assert set(KEYS) <= set(first)
    assert (first["outcome"], second["outcome"]) == ("required", "unknown")
    process = first["processes"][0]
    wanted = [
        "name",
        "reviews",
        "reviewer",
        "responsible",
        "may_also_file",
        "if_left_out",
        "channels",
        "turnaround",
        "documents",
    ]
    assert set(wanted) <= set(process)
    assert set(process["channels"][0]) >= {"kind", "address"}
    assert set(first["why"][0]) == {"rule", "matched", "because"}
    assert set(first["sources"][0]) >= {"title", "url", "published", "retrieved", "confidence"}
    assert set(second["advice"]) == {"category", "likelihood", "contact"}


def test_codes_of_one_question_count_as_billed_together():
    done = ask(
        "--payer",
        "medicare",
        "--code",
        "J0585",
        "--code",
        "64615",
        "--place",
        "22",
        "--date",
        "2026-12-01",
        "--json",
    )
    assert [line["outcome"] for line in json.loads(done.stdout)["lines"]] == ["required", "required"]


def test_each_coverage_is_answered_with_its_own_plan():
    done = ask(
        "--payer",
        "uhc",
        "--plan",
        "commercial",
        "--payer",
        "medicare",
        "--code",
        "23470",
        "--place",
        "22",
        "--json",
    )
    lines = json.loads(done.stdout)["lines"]
    assert [(line["coverage"], line["outcome"]) for line in lines] == [(1, "required"), (2, "unknown")]


def test_people_read_outcome_source_and_why():
    done = ask("--payer", "medicare", "--code", "64492", "--place", "22", "--date", "2024-08-16")
    assert "NOT-REQUIRED" in done.stdout
    assert "withdraws the code; in force from 2024-08-16" in done.stdout
    assert "cms.gov" in done.stdout


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--payer", "Unitedhelthcare", "--code", "23470"], "did you mean: unitedhealthcare"),
        (["--payer", "zzz", "--code", "23470"], "the library has: medicare-ffs"),
        (["--payer", "uhc", "--code", "2347"], "no CPT or HCPCS code"),
        (["--payer", "uhc", "--code", "23470", "--place", "office"], "two digits"),
        ([*UHC, "--line-of-business", "comercial"], "did you mean: commercial?"),
        ([*UHC, "--line-of-business", "zzz"], "known are commercial, exchange"),
        ([*UHC, "--funding", "self-fundd"], "did you mean: self-funded"),
        ([*UHC, "--facility-type", "ofice"], "did you mean: office?"),
        ([*UHC, "--state", "XX"], "--state XX: no state"),
        ([*UHC, "--place", "29"], "--place 29: no place of service"),
        ([*UHC, "--dx", "nonsense"], "--dx nonsense: no ICD-10-CM code"),
        ([*UHC, "--modifier", "RTX"], "--modifier RTX: no modifier"),
        ([*UHC, "--npi", "1234567890"], "--npi 1234567890: no NPI"),
        ([*UHC, "--library", "/nowhere"], "--library /nowhere: no such folder"),
        (["--payer", "uhc", "--code", "23470", "--date", "tomorrow"], "a date is written"),
        (["--payer", "uhc", "--code", "23470", "--plan", "a", "--plan", "b"], "repeat --payer"),
    ],
)
def test_wrong_usage_ends_with_two_and_says_why(args, said):
    done = ask(*args)
    assert done.exit_code == 2
    assert said in done.stderr


def write_library(folder: Path, rules: str) -> Path:
    (folder / "acme/rules").mkdir(parents=True)
    (folder / "acme/payer.yaml").write_text(
        "payer: acme\nname: Acme\nprocesses: [{id: precert, name: Precertification}]\n"
    )
    (folder / "acme/rules/a.yaml").write_text(rules)
    return folder


GOOD = """
- rule: a
  codes: [73721]
  requires: precert
  from: 2026-01-01
  source: {title: L, url: x.test}
"""


def test_an_overlay_is_laid_over_the_shipped_library(tmp_path):
    folder = write_library(tmp_path, GOOD)
    done = ask(
        "--library", str(folder), "--payer", "acme", "--code", "73721", "--date", "2026-06-01", "--json"
    )
    assert json.loads(done.stdout)["lines"][0]["outcome"] == "required"


def test_words_of_people_are_understood():
    words = ["--line-of-business", "MA", "--funding", "ASO", "--facility-type", "ASC", "--state", "tx"]
    done = ask(*UHC, *words, "--dx", "m54.16", "--modifier", "rt", "--npi", "1234567893", "--place", "24")
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize(
    ("rules", "code"), [(GOOD + "- rule: b\n", "RUL006"), (GOOD.replace("precert", "precrt"), "RUL024")]
)
def test_a_library_with_errors_is_refused_with_its_findings(tmp_path, rules, code):
    folder = write_library(tmp_path, rules)
    done = ask("--library", str(folder), "--payer", "acme", "--code", "73721", "--json")
    assert done.exit_code == 2 and done.stdout == ""
    assert "a.yaml" in done.stderr and f"error {code}" in done.stderr


def test_check_prints_findings_and_ends_with_one(tmp_path):
    folder = write_library(tmp_path, GOOD.replace("precert", "precrt"))
    done = RUN.invoke(check.app, [str(folder)])
    assert done.exit_code == 1
    assert "a.yaml:4:13: error RUL024" in done.stdout
    assert "did you mean: precert" in done.stdout
    told = json.loads(RUN.invoke(check.app, [str(folder), "--json"]).stdout)
    assert told["checked"]["payers"] == 1
    assert told["diagnostics"][0]["code"] == "RUL024"


def test_check_of_a_good_library_ends_with_nought(tmp_path):
    assert RUN.invoke(check.app, [str(write_library(tmp_path, GOOD))]).exit_code == 0
    assert RUN.invoke(check.app, [str(tmp_path / "nowhere")]).exit_code == 2


def test_a_part_of_a_shipped_payer_is_checked_over_the_shipped_library(tmp_path):
    rules = tmp_path / "unitedhealthcare/rules"
    rules.mkdir(parents=True)
    (rules / "own.yaml").write_text(GOOD.replace("precert", "prior-authorization"))
    assert RUN.invoke(check.app, [str(tmp_path)]).exit_code == 0
    (rules / "own.yaml").write_text(GOOD)
    done = RUN.invoke(check.app, [str(tmp_path)])
    assert done.exit_code == 1
    assert "UnitedHealthcare has no process 'precert'" in done.stdout


def test_one_file_is_checked_with_its_payer(tmp_path):
    folder = write_library(tmp_path, GOOD.replace("precert", "precrt"))
    (folder / "acme/rules/b.yaml").write_text(GOOD.replace("rule: a", "rule: b"))
    assert RUN.invoke(check.app, [str(folder / "acme/rules/a.yaml")]).exit_code == 1
    assert RUN.invoke(check.app, [str(folder / "acme/rules/b.yaml")]).exit_code == 0


@pytest.mark.parametrize("garbage", [b"\xff\xfe\x00\x81", b"\x00\x01\x02"])
def test_a_binary_file_is_a_finding_and_no_neighbours_trouble(tmp_path, garbage):
    folder = write_library(tmp_path, GOOD)
    (folder / "acme/sops").mkdir()
    for name in ("rules/bin.yaml", "sops/bin.md"):
        (folder / "acme" / name).write_bytes(garbage)
    done = RUN.invoke(check.app, [str(folder)])
    assert isinstance(done.exception, SystemExit) and done.exit_code == 1
    assert "bin.yaml" in done.stdout and "bin.md" in done.stdout
    done = RUN.invoke(check.app, [str(folder / "acme/sops/bin.md")])
    assert isinstance(done.exception, SystemExit) and done.exit_code == 1
    assert "bin.yaml" not in done.stdout
    assert RUN.invoke(check.app, [str(folder / "acme/rules/a.yaml")]).exit_code == 0


def test_a_single_file_is_checked_or_refused(tmp_path):
    (tmp_path / "z").write_bytes(b"\xff\xfe")
    done = RUN.invoke(check.app, [str(tmp_path / "z")])
    assert done.exit_code == 2 and "none of the files" in done.stderr
    (tmp_path / "draft.md").write_text("no front matter")
    done = RUN.invoke(check.app, [str(tmp_path / "draft.md")])
    assert done.exit_code == 1 and "SOP001" in done.stdout and "1 sops" in done.stdout


def test_require_loads_no_engine_browser_or_store():
    names = [
        "sqlalchemy",
        "playwright",
        "dbos",
        "httpx",
        "cryptography",
        "fhir",
        "authwright.engine",
        "authwright.browser",
    ]
    code = (
        "import sys; from authwright.cli.main import app\n"
        "try: app(['require', '--payer', 'uhc', '--code', '23470'])\n"
        "except SystemExit: pass\n"
        f"sys.stderr.write(' '.join(n for n in {names!r} if n in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env={**os.environ}, check=True
    )
    assert done.stderr == ""


class TestAPracticesFolder:
    @pytest.fixture
    def folder(self, tmp_path):
        from authwright.app.init import init

        init(tmp_path / "clinic", "clinic", "Clinic", at=None)
        return tmp_path / "clinic"

    def test_a_new_one_has_nothing_wrong(self, folder):
        done = RUN.invoke(check.app, [str(folder)])
        assert (done.exit_code, "0 findings" in done.stdout) == (0, True)

    def test_settings_map_library_and_sops_are_all_checked(self, folder):
        settings = folder / "authwright.toml"
        settings.write_text(settings.read_text() + "\n[orders]\ncolums = {}\n")
        (folder / "library/hub/sops").mkdir(parents=True)
        (folder / "library/hub/sops/mine.md").write_text("no SOP\n")
        (folder / "library/unitedhealthcare/rules").mkdir(parents=True)
        (folder / "library/unitedhealthcare/rules/own.yaml").write_text("rules: 3\n")
        done = RUN.invoke(check.app, [str(folder), "--json"])
        found = json.loads(done.stdout)["diagnostics"]
        assert done.exit_code == 1
        assert {Path(d["file"]).name for d in found} == {"authwright.toml", "mine.md", "own.yaml"}
        assert "RUL021" not in {d["code"] for d in found}

    def test_the_insurance_map_is_checked_against_the_library(self, folder):
        with (folder / "insurances.csv").open("a") as file:
            file.write("UHC CHOICE,unitedhelthcare,,,\n")
        done = RUN.invoke(check.app, [str(folder)])
        assert done.exit_code == 1
        assert "insurances.csv:2" in done.stdout and "did you mean: unitedhealthcare" in done.stdout

    def test_a_map_that_is_not_there_is_found(self, folder):
        (folder / "insurances.csv").unlink()
        done = RUN.invoke(check.app, [str(folder)])
        assert done.exit_code == 1 and "CFG007" in done.stdout

    @pytest.mark.parametrize(
        ("name", "codes"), [("hub/draft", {"CFG009"}), ("hub/none", {"CFG008"}), ("hub/status", {"CFG008"})]
    )
    def test_the_sops_that_the_settings_name_are_looked_up(self, folder, name, codes):
        settings = folder / "authwright.toml"
        portal = f'\n[portals.hub]\nbase_url = "https://x.example/"\nsops = {{other = "{name}"}}\n'
        settings.write_text(settings.read_text() + portal)
        (folder / "library/hub/sops").mkdir(parents=True)
        (folder / "library/hub/sops/draft.md").write_text(
            "---\nid: hub/draft\npurpose: other\nportal: hub\ndraft: true\n---\n## Steps\n1. Click Next.\n"
        )
        done = RUN.invoke(check.app, [str(folder), "--json"])
        assert {d["code"] for d in json.loads(done.stdout)["diagnostics"]} == codes

    def test_a_portal_without_a_file_is_a_warning(self, folder):
        sop = folder / "library/hub/sops/mine.md"
        sop.parent.mkdir(parents=True)
        sop.write_text("---\nid: x/y\npurpose: other\nportal: hubb\n---\n## Steps\n1. Click Next.\n")
        done = RUN.invoke(check.app, [str(folder)])
        assert done.exit_code == 0 and "SOP055" in done.stdout and "did you mean: hub" in done.stdout
        assert RUN.invoke(check.app, [str(folder), "--strict"]).exit_code == 1
