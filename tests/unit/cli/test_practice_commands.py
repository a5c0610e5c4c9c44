"""The commands of a practice, each as a person types it."""

import json
import re
import sqlite3
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from authwright.app import rehearsals
from authwright.app.demo.claim_file import BilledClaim, BilledLine, write_837p
from authwright.app.installation import opened
from authwright.app.library_folder import library_folder
from authwright.app.refusals import Account
from authwright.app.sops import compile_file
from authwright.app.system import SystemClock
from authwright.cli.main import app
from authwright.core.dates import parse_date
from authwright.core.run import Halt, HaltReason, RunOutcome, RunResult
from authwright.store.worklist import Guide

from .conftest import RUN

HEAD = (
    "order.id,patient.last_name,patient.first_name,patient.date_of_birth,coverage.insurance_name,"
    "coverage.member_id,service_lines[].code,service_lines[].units,service_lines[].start,"
    "service_lines[].place_of_service,diagnoses[].code,requesting_provider.npi,rendering_provider.npi,"
    "facility.npi,documents[].path\n"
)
GOOD = (
    "O-1,Doe,Jane,1960-01-02,UHC CHOICE PLUS,W1,27447,1,2026-12-01,22,M17.11,"
    "1234567893,1234567893,1234567893,note.txt\n"
)
SUBMIT_SOP = library_folder() / "hub/sops/submit-outpatient.md"
STATUS_SOP = library_folder() / "hub/sops/status.md"
SECRET = "S3cret-Never-Shown"
ADD = (
    "certifications", "add", "--number", "A100", "--payer", "UnitedHealthcare", "--member", "W1",
    "--code", "27447:1", "--from", "2026-12-01", "--to", "2027-02-28",
)  # fmt: skip
PUT = ("vault", "put", "hub.password", "--owner", "Dana Ruiz", "--permission", "may be used")


def said(done):
    """What a refused command says: one sentence on standard error, nothing else."""
    assert done.exit_code == 2, done.output
    assert done.stdout == ""
    return done.stderr


@pytest.fixture
def write(tmp_path):
    (tmp_path / "note.txt").write_text("Right knee osteoarthritis.")

    def file(name: str, text: str) -> str:
        (tmp_path / name).write_text(text)
        return str(tmp_path / name)

    return file


@pytest.fixture
def mapped(folder: Path) -> Path:
    with (folder / "insurances.csv").open("a") as file:
        file.write("UHC CHOICE PLUS,unitedhealthcare,,commercial,fully-insured\n")
    return folder


@pytest.fixture
def with_order(run, write, mapped):
    """O-1 has come in; its case as `cases list --json` shows it."""
    done = run("orders", "import", write("orders.csv", HEAD + GOOD))
    assert done.exit_code == 0, done.output
    (case,) = json.loads(run("cases", "list", "--json").stdout)["cases"]
    return case


class TestInit:
    def test_it_makes_everything_and_says_what_is_next(self, tmp_path):
        done = RUN.invoke(app, ["init", str(tmp_path / "new"), "--name", "Maple Street Ortho"])
        assert done.exit_code == 0
        made = {p.name for p in (tmp_path / "new").iterdir()}
        assert made >= {"authwright.toml", "authwright.key", "authwright.db", "insurances.csv", "library"}
        assert 'id = "maple-street-ortho"' in (tmp_path / "new/authwright.toml").read_text()
        assert (tmp_path / "new/authwright.key").read_text().strip() not in done.output

    def test_it_never_overwrites(self, folder):
        before = {p: p.read_bytes() for p in folder.iterdir() if p.is_file()}
        done = RUN.invoke(app, ["init", str(folder), "--name", "Other"])
        assert "nothing was changed" in said(done)
        assert {p: p.read_bytes() for p in folder.iterdir() if p.is_file()} == before

    def test_a_name_with_quotes_makes_settings_that_can_be_read(self, tmp_path, run):
        done = RUN.invoke(app, ["init", str(tmp_path / "new"), "--name", 'Dr. "Bones" \\ Sons'])
        assert done.exit_code == 0
        assert run("cases", "list", practice=tmp_path / "new").exit_code == 0

    def test_a_file_where_the_folder_should_be_is_refused(self, tmp_path):
        (tmp_path / "file").write_text("mine")
        assert "can't be made" in said(RUN.invoke(app, ["init", str(tmp_path / "file"), "--name", "X"]))
        assert (tmp_path / "file").read_text() == "mine"

    def test_a_name_of_signs_only_needs_an_id(self, tmp_path):
        done = RUN.invoke(app, ["init", str(tmp_path / "new"), "--name", "***"])
        assert "--id" in said(done)
        assert not (tmp_path / "new").exists()


class TestNoPractice:
    COMMANDS = (
        ("cases", "list"), ("cases", "show", "x"), ("worklist", "list"), ("worklist", "done", "x", "y"),
        ("vault", "list"), ("vault", "remove", "x"), ("ledger", "verify"), ("certifications", "list"),
        ("submit",), ("track",),
    )  # fmt: skip

    @pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
    def test_a_folder_without_settings_is_refused(self, run, tmp_path, words):
        assert "authwright init" in said(run(*words, practice=tmp_path))

    def test_wrong_settings_are_shown_with_their_line(self, run, folder):
        settings = folder / "authwright.toml"
        settings.write_text(settings.read_text().replace("[insurance]", "[insurence]"))
        shown = said(run("cases", "list"))
        assert "CFG003" in shown and "[insurence]" in shown and "can't be used" in shown

    def test_a_lost_key_is_named(self, run, folder):
        (folder / "authwright.key").unlink()
        assert "authwright.key does not exist" in said(run("cases", "list"))

    def test_a_lost_database_is_named(self, run, folder):
        (folder / "authwright.db").unlink()
        assert said(run("cases", "list"))


class TestOrders:
    def test_a_good_file_becomes_cases(self, run, write, mapped):
        done = run("orders", "import", write("orders.csv", HEAD + GOOD))
        assert done.exit_code == 0, done.output
        assert "O-1  27447  Ready to send: The request is ready, and the settings" in done.stdout
        assert "1 orders read, 0 of them known already; 1 cases decided." in done.stdout

    def test_good_rows_go_through_and_the_rest_is_listed(self, run, write, mapped):
        bad = GOOD.replace("O-1", "O-2").replace("2026-12-01", "2026-02-30")
        done = run("orders", "import", write("orders.csv", HEAD + GOOD + bad))
        assert done.exit_code == 1
        assert "O-1  27447" in done.stdout
        assert "orders.csv:3" in done.stderr and "2026-02-30" in done.stderr

    def test_the_same_file_twice_is_known(self, run, write, with_order, tmp_path):
        done = run("orders", "import", str(tmp_path / "orders.csv"))
        assert done.exit_code == 0
        before = json.loads(run("cases", "list", "--json").stdout)["cases"]
        assert "1 orders read, 1 of them known already" in done.stdout
        assert before == [with_order]

    def test_an_unmapped_name_is_asked_and_the_answer_decides(self, run, write, folder):
        file = write("orders.csv", HEAD + GOOD)
        done = run("orders", "import", file)
        assert 'Waits until someone says which payer "UHC CHOICE PLUS" is.' in done.stdout
        with (folder / "insurances.csv").open("a") as out:
            out.write("UHC CHOICE PLUS,unitedhealthcare,,commercial,fully-insured\n")
        run("orders", "import", file)
        kinds = [i["kind"] for i in json.loads(run("worklist", "list", "--json").stdout)["worklist"]]
        assert "insurance-name" not in kinds

    def test_a_file_that_cannot_be_read_is_refused(self, run, tmp_path):
        assert "none.csv can't be read" in said(run("orders", "import", str(tmp_path / "none.csv")))

    def test_a_file_without_orders_is_refused(self, run, write):
        done = run("orders", "import", write("orders.csv", "what,is,this\n1,2,3\n"))
        assert done.exit_code == 2 and "ORD" in done.stderr


class TestCertifications:
    def test_adding_one_settles_its_case(self, run, with_order):
        done = run(*ADD, "--method", "portal")
        assert (done.exit_code, done.stdout) == (0, "Approval A100 is on record. It settled its case.\n")
        (case,) = json.loads(run("cases", "list", "--json").stdout)["cases"]
        assert (case["state"], case["number"]) == ("certified", "A100")
        assert run(*ADD, "--method", "portal").stdout == "Approval A100 was on record already.\n"
        kept = json.loads(run("certifications", "list", "--json").stdout)["certifications"]
        assert [(c["number"], c["payer"]) for c in kept] == [("A100", "unitedhealthcare")]
        assert "A100" in run("certifications", "list").stdout

    def test_by_phone_it_needs_who_and_when(self, run, with_order):
        assert "--representative and --at" in said(run(*ADD, "--method", "phone"))
        assert "--representative and --at" in said(run(*ADD, "--method", "phone", "--representative", "Pat"))
        done = run(*ADD, "--method", "phone", "--representative", "Pat", "--at", "2026-11-23T15:00")
        assert done.exit_code == 0 and "settled" in done.stdout

    @pytest.mark.parametrize(
        ("option", "value", "says"),
        [
            ("--code", "2744", "no CPT or HCPCS code"),
            ("--code", "27447:one", "one is no number of units"),
            ("--code", "27447:NaN", "NaN is no number of units"),
            ("--code", "27447:-1", "-1 is no number of units"),
            ("--from", "soon", "two dates"),
            ("--to", "2026-11-30", "the first not after the last"),
        ],
    )
    def test_a_bad_value_is_refused_and_nothing_is_kept(self, run, option, value, says):
        assert says in said(run(*ADD, "--method", "portal", option, value))
        assert json.loads(run("certifications", "list", "--json").stdout) == {"certifications": []}

    def test_its_proof_is_kept_as_evidence(self, run, write, folder):
        done = run(*ADD, "--method", "letter", "--file", write("letter.txt", "approved"))
        assert done.exit_code == 0
        (kept,) = json.loads(run("certifications", "list", "--json").stdout)["certifications"]
        assert kept["proof"]["file"].startswith("letter.txt (")
        assert "every piece of evidence is what was kept" in run("ledger", "verify").stdout

    def test_a_proof_that_cannot_be_read_is_refused(self, run, tmp_path):
        shown = said(run(*ADD, "--method", "letter", "--file", str(tmp_path / "none.pdf")))
        assert "none.pdf can't be read" in shown

    def test_good_rows_of_a_file_come_in_and_the_rest_is_listed(self, run, write, with_order):
        rows = (
            "number,payer,member_id,code,units,start,end\n"
            "A100,UnitedHealthcare,W1,27447,1,2026-12-01,2027-02-28\n"
            "A101,UnitedHealthcare,W2,27447,one,2026-12-01,2027-02-28\n"
        )
        done = run("certifications", "import", write("approvals.csv", rows))
        assert done.exit_code == 1
        assert "1 approvals came in, 0 were there already, 1 settled an open case." in done.stdout
        assert "approvals.csv:3" in done.stderr

    def test_a_file_with_nothing_in_it_to_use_is_refused(self, run, write, tmp_path):
        assert run("certifications", "import", write("x.json", "{")).exit_code == 2
        assert "can't be read" in said(run("certifications", "import", str(tmp_path / "none.csv")))


class TestCases:
    def test_a_case_is_shown_by_its_id_and_by_its_order(self, run, with_order):
        shown = run("cases", "show", "O-1").stdout
        assert "O-1  Doe, Jane  27447" in shown and "The order came in." in shown
        assert run("cases", "show", with_order["case"]).stdout == shown

    def test_json_has_everything(self, run, with_order):
        (case,) = json.loads(run("cases", "show", "O-1", "--json").stdout)["cases"]
        assert case.items() >= with_order.items()
        assert set(case) - set(with_order) == {"requirements", "certifications", "determinations", "timeline"}
        assert case["requirements"][0]["answer"]["code"] == "27447"

    def test_the_list_goes_by_state(self, run, with_order):
        assert "O-1" in run("cases", "list", "--state", with_order["state"]).stdout
        assert json.loads(run("cases", "list", "--state", "expired", "--json").stdout) == {"cases": []}

    def test_one_that_is_not_there_is_refused(self, run, with_order):
        assert "there is no case or order O-9" in said(run("cases", "show", "O-9"))
        assert "expired" in said(run("cases", "list", "--state", "gone"))


class TestWorklist:
    @pytest.fixture
    def item(self, run, write):
        run("orders", "import", write("orders.csv", HEAD + GOOD))
        (item,) = json.loads(run("worklist", "list", "--json").stdout)["worklist"]
        return item["id"]

    def test_an_item_is_done_once(self, run, item):
        assert item in run("worklist", "list").stdout
        assert run("worklist", "done", item, "asked the payer").stdout == "Done.\n"
        assert json.loads(run("worklist", "list", "--json").stdout) == {"worklist": []}
        assert "was done by Jane" in said(run("worklist", "done", item, "again"))

    def test_one_that_is_not_there_is_refused(self, run):
        assert "the worklist has no item 7" in said(run("worklist", "done", "7", "done"))

    def test_an_item_is_shown_by_the_beginning_of_its_id(self, run, item):
        told = run("worklist", "show", item[:8]).stdout.splitlines()
        assert told[0] == "An insurance name isn't known"
        assert told[1].startswith("  why: ") and told[2].startswith("  now: Add it to the insurance map")
        assert "has no picture" in said(run("worklist", "show", item, "--picture", "page.png"))

    @pytest.fixture
    def captcha(self, run, folder, item):
        """A run waits at a CAPTCHA: its item's id."""
        del item
        with (
            opened(folder, SystemClock()) as practice,
            practice.store.practice(practice.settings.practice_id) as session,
        ):
            (case,) = session.cases.find()
            at = practice.clock.now()
            about = {"actor": "worker-1", "at": at, "case_id": case.id}
            picture = session.evidence.keep(b"PNG", kind="screenshot", name="question", **about)
            guide = Guide("The portal asks whether a person is there", "Answer.", "Sign in.", picture)
            due_at = at + timedelta(minutes=10)
            return session.worklist.add("captcha", "Type it", due_at=due_at, guide=guide, **about).id

    def test_its_picture_is_written_and_the_ledger_says_so(self, run, captcha, tmp_path):
        file = tmp_path / "page.png"
        told = run("worklist", "show", captcha, "--picture", str(file)).stdout
        assert (
            "  order: O-1, Doe, Jane" in told and f"  picture: {file}" in told and "  step: Sign in." in told
        )
        assert file.read_bytes() == b"PNG" and file.stat().st_mode & 0o777 == 0o600
        assert (
            "The picture of what waits for a person was written to a file."
            in run("cases", "show", "O-1").stdout
        )
        assert "can't be written" in said(run("worklist", "show", captcha, "--picture", str(tmp_path)))

    def test_a_run_that_waits_is_answered_and_not_done(self, run, captcha, folder):
        assert "a run waits for it" in said(run("worklist", "done", captcha, "did it"))
        assert "give the letters" in said(run("worklist", "answer", captcha, " "))
        assert run("worklist", "answer", captcha, "K7PXQ").stdout == "The run goes on.\n"
        told = json.loads(run("worklist", "show", captcha, "--json").stdout)
        assert (told["done"], told["resolution"]) == (True, "K7PXQ")
        assert "was done by Jane" in said(run("worklist", "answer", captcha, "K7PXQ"))

    def test_what_no_run_waits_for_is_not_answered(self, run, item):
        assert "no run waits for it" in said(run("worklist", "answer", item, "K7PXQ"))


class TestVault:
    def test_a_value_from_standard_input_is_kept_and_never_shown(self, run, folder):
        done = run(*PUT, stdin=SECRET + "\n")
        assert (done.exit_code, done.stdout) == (0, "hub.password is kept, sealed.\n")
        listed = run("vault", "list")
        assert listed.stdout.startswith("hub.password\tDana Ruiz\tmay be used (")
        as_json = run("vault", "list", "--json")
        assert json.loads(as_json.stdout)["secrets"][0]["name"] == "hub.password"
        shown = "".join(d.output for d in (done, listed, as_json, run("ledger", "verify")))
        assert SECRET not in shown
        for file in (f for f in folder.rglob("*") if f.is_file()):
            assert SECRET.encode() not in file.read_bytes(), file

    def test_a_value_with_windows_line_end_is_the_value(self, run, folder):
        run(*PUT, stdin=SECRET + "\r\n")
        with opened(folder, SystemClock()) as practice:
            assert practice.secrets.get("hub.password") == SECRET

    def test_nothing_is_kept_without_a_value_or_an_owner(self, run):
        assert "needs a value" in said(run(*PUT, stdin="\n"))
        words = ("vault", "put", "hub.password", "--owner", " ", "--permission", "may be used")
        shown = said(run(*words, stdin=SECRET + "\n"))
        assert "owner" in shown and SECRET not in shown
        assert run("vault", "list").stdout == ""

    def test_a_refused_one_is_listed_as_such_until_it_is_set_anew(self, run, folder):
        run(*PUT, stdin=SECRET + "\n")
        account = Account(folder, "hub", "hub", {"password": SECRET})
        halt = Halt(1, HaltReason.SIGN_IN_REFUSED, "to be signed in", "Wrong password.")
        at = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
        account.note(RunResult(RunOutcome.HALTED, halt=halt, refused="password"), at)
        why = "hub.password was refused by hub at 2026-11-24 08:00 UTC: Wrong password."
        assert why in run("vault", "list").stdout
        assert json.loads(run("vault", "list", "--json").stdout)["secrets"][0]["refused"] == why
        run(*PUT, stdin=SECRET + "\n")
        assert "refused" not in run("vault", "list").stdout

    def test_what_is_removed_is_gone_and_what_is_unknown_is_refused(self, run):
        run(*PUT, stdin=SECRET + "\n")
        assert run("vault", "remove", "hub.password").stdout == "hub.password is forgotten.\n"
        assert "the vault has no hub.password" in said(run("vault", "remove", "hub.password"))


class TestTerms:
    READ = ("library", "terms", "availity", "--read-by", "Dana Ruiz", "--on", "2026-11-20")

    def test_what_was_recorded_is_shown_and_in_the_ledger(self, run, folder):
        assert "the library says: ask\trecorded here: -" in run("library", "terms", "availity").stdout
        done = run(*self.READ, "--decision", "allowed")
        assert done.stdout == (
            "availity: programs are allowed by its terms, read by Dana Ruiz on 2026-11-20.\n"
        )
        assert "allowed, read by Dana Ruiz on 2026-11-20" in run("library", "terms", "availity").stdout
        rows = {r["portal"]: r for r in json.loads(run("library", "terms", "--json").stdout)["portals"]}
        assert rows["availity"]["decision"] == "allowed" and rows["cigna"]["decision"] == ""
        with (
            opened(folder, SystemClock()) as practice,
            practice.store.practice(practice.settings.practice_id) as session,
        ):
            assert "terms.read" in {entry.kind for entry in session.ledger.entries()}

    def test_the_last_word_counts(self, run):
        run(*self.READ, "--decision", "allowed")
        run(*self.READ, "--decision", "forbidden")
        assert "forbidden, read by" in run("library", "terms", "availity").stdout

    def test_half_a_record_is_none(self, run):
        assert "did you mean availity" in said(run("library", "terms", "availty", "--decision", "allowed"))
        assert "what do the terms say" in said(run(*self.READ))
        assert "--read-by" in said(run("library", "terms", "availity", "--decision", "allowed"))
        later = ("--on", "2999-01-01", "--decision", "allowed")
        assert "is yet to come" in said(run(*self.READ[:5], *later))


class TestLedger:
    def test_an_untouched_ledger_is_said_to_be_whole(self, run, with_order):
        done = run("ledger", "verify")
        assert done.exit_code == 0
        assert re.match(r"\d+ entries, all as they were written", done.stdout)
        report = json.loads(run("ledger", "verify", "--json").stdout)
        assert report["entries"] > 3 and report["findings"] == []

    @pytest.mark.parametrize(
        "tampering",
        [
            "UPDATE ledger_entries SET actor = 'Someone else' WHERE sequence = 2",
            "UPDATE ledger_entries SET payload = x'00' WHERE sequence = 2",
            "DELETE FROM ledger_entries WHERE sequence = 2",
        ],
    )
    def test_a_changed_row_is_found(self, run, with_order, folder, tampering):
        with sqlite3.connect(folder / "authwright.db") as database:
            assert database.execute(tampering).rowcount == 1
        database.close()
        done = run("ledger", "verify")
        assert done.exit_code == 1 and done.stdout
        assert json.loads(run("ledger", "verify", "--json").stdout)["findings"]

    def test_damaged_evidence_is_found(self, run, write, folder):
        run(*ADD, "--method", "letter", "--file", write("letter.txt", "approved"))
        (file,) = (f for f in (folder / "evidence").rglob("*") if f.is_file())
        file.chmod(0o600)
        file.write_bytes(file.read_bytes()[:-1] + b"x")
        done = run("ledger", "verify")
        assert done.exit_code == 1 and "evidence" in done.stdout


class TestSending:
    def test_nothing_ready_is_nothing_in_line(self, run):
        assert run("submit").stdout.startswith("0 in line.")
        assert run("track").stdout.startswith("0 status pulls in line.")

    def test_an_sop_that_nobody_approved_or_rehearsed_leaves_the_case(self, run, write, mapped):
        settings = mapped / "authwright.toml"
        settings.write_text(
            settings.read_text()
            + '\n[portals.hub]\nbase_url = "http://127.0.0.1/"\n[filing]\nunitedhealthcare = "hub"\n'
        )
        run("orders", "import", write("orders.csv", HEAD + GOOD))
        done = run("submit")
        assert done.exit_code == 1
        assert "is not approved as it stands" in done.stdout and "0 in line." in done.stdout
        approved = run("sop", "approve", str(SUBMIT_SOP), "--by", "Dana Ruiz")
        assert re.match(r"hub/submit-outpatient is approved by Dana Ruiz as \w{12}\.", approved.stdout)
        assert "the worker doesn't use it before: see `authwright sop rehearse`" in approved.stderr
        assert "rehearse it: `authwright sop rehearse" in run("submit").stdout
        (waits,) = json.loads(run("worklist", "list", "--json").stdout)["worklist"]
        assert "rehearse it: `authwright sop rehearse" in waits["why"]
        walked = compile_file(SUBMIT_SOP).workflow
        done = rehearsals.of([walked], on=date(2026, 12, 1), portal="http://127.0.0.1/", by="Dana")
        rehearsals.add(mapped, done)
        done = run("submit")
        assert (done.exit_code, done.stdout.startswith("1 in line.")) == (0, True)

    def test_a_damaged_list_of_approvals_is_refused(self, run, mapped, write):
        (mapped / "approvals.json").write_text("{")
        assert "is no list of approvals" in said(run("sop", "approve", str(STATUS_SOP), "--by", "Dana"))

    def test_an_sop_with_errors_cannot_be_approved(self, run, write, folder):
        done = run("sop", "approve", write("bad.md", "no SOP\n"), "--by", "Dana")
        assert done.exit_code == 1 and "an SOP with errors can't be approved" in done.stderr
        assert not (folder / "approvals.json").exists()

    def test_an_sop_that_is_not_there_is_refused(self, run, tmp_path):
        assert "can't be read" in said(run("sop", "approve", str(tmp_path / "no.md"), "--by", "Dana"))

    def test_an_approval_needs_a_name(self, run, folder):
        assert "a person's name" in said(run("sop", "approve", str(STATUS_SOP), "--by", " "))
        assert not (folder / "approvals.json").exists()


class TestClaims:
    def claim(self, write, number):
        on = parse_date("2026-12-01")
        claim = BilledClaim(
            "C-1", "Doe", "Jane", parse_date("1960-01-02"), "W1", "M17.11", on, "22",
            (BilledLine("27447"),), "1234567893", "1234567893", number,
        )  # fmt: skip
        at = datetime(2026, 12, 1, 20, 0, tzinfo=UTC)
        return write("claims.837", write_837p([claim], payer="UnitedHealthcare", payer_id="87726", at=at))

    def test_a_claim_is_checked_against_the_practices_own_approvals(self, run, write, with_order):
        file = self.claim(write, "A100")
        before = run("claims", "check", file, "--today", "2026-12-01", "--json")
        run(*ADD, "--method", "portal")
        after = run("claims", "check", file, "--today", "2026-12-01", "--json")
        verdicts = [json.loads(d.stdout)["claims"][0]["verdict"] for d in (before, after)]
        assert verdicts == ["block", "pass"]
        assert (before.exit_code, after.exit_code) == (1, 0)

    def test_wrong_usage_is_refused(self, run, write, tmp_path):
        file = self.claim(write, "A100")
        assert "no approvals to check against" in said(run("claims", "check", file, practice=tmp_path))
        assert "can't be read" in said(run("claims", "check", str(tmp_path / "none.837")))
        assert "no day" in said(run("claims", "check", file, "--today", "someday"))


def test_a_report_of_the_practice_is_written(run, with_order, tmp_path):
    done = run("export", "report", str(tmp_path / "report"))
    assert done.exit_code == 0 and "1 cases are in" in done.stdout
    assert "Doe, Jane" in (tmp_path / "report/index.html").read_text()
