"""`authwright demo` as a newcomer runs it: a whole day, and what it says is what happened."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from authwright.app.demo import scenario

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
AUTHWRIGHT = str(Path(sys.executable).parent / "authwright")


def authwright(*arguments: str, code: int = 0) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("AUTHWRIGHT_KEY")}
    done = subprocess.run(
        [AUTHWRIGHT, *arguments], capture_output=True, text=True, env=environment, timeout=240
    )
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder and output of the second of two runs; the first one was cut short."""
    folder = tmp_path_factory.mktemp("demo") / "out"
    folder.mkdir()
    (folder / "made-by-authwright-demo").touch()
    (folder / "authwright.db").write_text("left by a demo that was cut short")
    return folder, authwright("demo", "--folder", str(folder)).stdout


def cases(folder: Path) -> dict[str, dict[str, object]]:
    found = json.loads(authwright("cases", "list", "--practice", str(folder), "--json").stdout)["cases"]
    return {case["order"]: case for case in found}


def test_every_order_ends_where_it_should(day: tuple[Path, str]) -> None:
    states = {order: case["state"] for order, case in cases(day[0]).items()}
    assert states == {
        "MSO-1001": "certified",
        "MSO-1002": "certified",
        "MSO-1003": "certified",
        "MSO-1004": "not-certified",
        "MSO-1005": "not-required",
        "MSO-1006": "elsewhere",
        "MSO-1007": "draft",
        "MSO-1008": "incomplete",
        "MSO-1009": "draft",
        "MSO-1010": "certified",
    }


def test_what_waits_for_a_person_says_why(day: tuple[Path, str]) -> None:
    listed = authwright("worklist", "list", "--practice", str(day[0]), "--json").stdout
    why = {item["kind"]: item["why"] for item in json.loads(listed)["worklist"]}
    assert why["packet"] == "PAR packet ready, the hospital is responsible, a person sends it."
    assert why["missing"] == "Missing: the member ID."
    assert "BLUE CARD PPO GA" in why["insurance-name"]
    assert "99203" in why["requirement"]
    assert "Conservative treatment not documented" in why["adverse-determination"]
    assert len(why) == 5


def test_the_claims_that_do_not_match_are_blocked(day: tuple[Path, str]) -> None:
    done = authwright(
        "claims", "check", str(day[0] / "claims.837"), "--practice", str(day[0]), "--json", code=1
    )
    verdicts = {claim["id"]: claim["verdict"] for claim in json.loads(done.stdout)["claims"]}
    assert verdicts == {
        "C-5001": "pass",
        "C-5002": "pass",
        "C-5003": "block",
        "C-5004": "block",
        "C-5005": "not-decided",
    }


def test_the_summary_counts_what_happened(day: tuple[Path, str]) -> None:
    folder, said = day
    sent = [c for c in cases(folder).values() if c["number"]]
    assert f"Sent: {len(sent)} requests are at the payer ({len(sent)} were received there)" in said
    assert "2 of 5 claims are blocked" in said
    assert re.search(r"By hand the same 6 take 96 minutes in the portal \(16 each\) or 144 by phone", said)


def test_the_report_shows_each_case_with_its_run(day: tuple[Path, str]) -> None:
    folder, _ = day
    page = (folder / "report" / "index.html").read_text()
    pictures = set(re.findall(r'src="(pictures/[0-9a-f]+\.png)"', page))
    assert len(pictures) > 50
    assert all((folder / "report" / p).stat().st_size > 1000 for p in pictures)
    for visit in scenario.VISITS:
        assert visit.order in page
    for case in cases(folder).values():
        assert str(case["number"]) in page


def test_both_sops_were_rehearsed_in_the_portal_before_anything_was_sent(day: tuple[Path, str]) -> None:
    folder, said = day
    for sop in ("hub/submit-outpatient", "hub/status"):
        assert re.search(rf"{sop} rehearsed in the portal: \d+ steps, nothing sent", said)
    assert said.index("rehearsed in the portal") < said.index("they are sent in the portal")
    walked = json.loads((folder / "rehearsals.json").read_text())
    assert {entry["sop"] for entry in walked} == {"hub/submit-outpatient", "hub/status"}


def test_the_ledger_holds(day: tuple[Path, str]) -> None:
    assert "all as they were written" in authwright("ledger", "verify", "--practice", str(day[0])).stdout


def test_no_secret_is_written_anywhere_in_the_open(day: tuple[Path, str]) -> None:
    """Nor are names and member IDs, but for the files of the practice's systems and the report."""
    folder, said = day
    ours = {"orders.csv", "certifications.csv", "claims.837", "notes", "report"}
    names = [v.last.encode() for v in scenario.VISITS] + [
        v.member.encode() for v in scenario.VISITS if v.member
    ]
    for path in folder.rglob("*"):
        if not path.is_file():
            continue
        content = path.read_bytes()
        for secret in (scenario.CREDENTIALS["password"], scenario.CREDENTIALS["totp_secret"]):
            assert secret.encode() not in content, path
        if not ours & set(path.relative_to(folder).parts):
            assert not [name for name in names if name in content], path
    assert scenario.CREDENTIALS["password"] not in said


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    done = authwright("demo", "--folder", str(tmp_path), code=2)
    assert "was not made by the demo" in done.stderr
    assert (tmp_path / "mine.txt").read_text() == "mine"
