"""`authwright sop run` before a browser is opened: what it refuses, and what needn't begin."""

import hashlib
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from authwright.app import terms
from authwright.app.library_folder import library_folder
from authwright.app.terms import Decision, TermsRead
from authwright.browser.files import FileIntents
from authwright.cli.main import app
from authwright.cli.sop_findings import workflows_in
from authwright.runner.program import problems

SOP = "---\nid: web/{id}\npurpose: other\nportal: web\n{more}---\n# T\n\n## Steps\n1. {step}\n"
PORTAL = "portal: web\nname: The web portal\nautomation: {automation}\n"

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs an SOP of a library of its own, with no browser to be had."""
    monkeypatch.setenv("AUTHWRIGHT_LIBRARY", str(tmp_path / "shipped"))
    monkeypatch.setenv("AUTHWRIGHT_CHROMIUM", str(tmp_path / "no-chromium"))
    sops, portals = tmp_path / "library" / "web" / "sops", tmp_path / "library" / "web" / "portals"
    sops.mkdir(parents=True)
    portals.mkdir()

    def call(*options: str, more: str = "", step: str = "Click Next.", automation: str = "ask") -> Result:
        (sops / "task.md").write_text(SOP.format(id="task", more=more, step=step))
        (sops / "draft.md").write_text(SOP.format(id="draft", more="draft: true\n", step="Click Next."))
        (portals / "web.yaml").write_text(PORTAL.format(automation=automation))
        (tmp_path / "case.json").write_text("{}")
        what = [
            str(sops / "task.md"),
            "--case",
            str(tmp_path / "case.json"),
            "--base-url",
            "http://127.0.0.1",
        ]
        with ThreadPoolExecutor(1) as own:  # the shared browser of the tests keeps a loop in this thread
            return own.submit(CliRunner().invoke, app, ["sop", "run", *what, *options]).result()

    return call


NO_BROWSER = 4


def test_a_draft_is_run_only_when_it_was_rehearsed(run: Run) -> None:
    refused = run(more="draft: true\n")
    assert (
        refused.exit_code == 2 and "is a draft: rehearse it with `authwright sop rehearse`" in refused.stderr
    )
    assert run("--rehearsed", more="draft: true\n").exit_code == NO_BROWSER
    assert run("--stop-before-submit", more="draft: true\n").exit_code == NO_BROWSER


def test_a_draft_that_it_uses_counts_too(run: Run) -> None:
    refused = run(step="Use SOP web/draft.")
    assert refused.exit_code == 2 and "uses web/draft, which is a draft" in refused.stderr
    assert run("--rehearsed", step="Use SOP web/draft.").exit_code == NO_BROWSER


@pytest.mark.parametrize("option", ["--rehearsed", "--stop-before-submit"])
def test_a_portal_that_forbids_programs_is_never_driven(run: Run, option: str) -> None:
    refused = run(option, automation="forbidden")
    assert refused.exit_code == 2
    assert "The terms of The web portal forbid programs" in refused.stderr


def test_a_portal_whose_terms_nobody_has_read_is_not_driven(run: Run, tmp_path: Path) -> None:
    elsewhere = ["--base-url", "https://web.example", "--practice", str(tmp_path)]
    refused = run(*elsewhere)
    assert refused.exit_code == 2
    assert "authwright library terms web --read-by NAME --on DATE --decision allowed" in refused.stderr
    terms.add(tmp_path, TermsRead("web", Decision.ALLOWED, "Dana", date(2026, 11, 20)))
    assert run(*elsewhere).exit_code == NO_BROWSER
    terms.add(tmp_path, TermsRead("web", Decision.FORBIDDEN, "Dana", date(2026, 11, 20)))
    refused = run(*elsewhere)
    assert refused.exit_code == 2 and "as Dana recorded on 2026-11-20" in refused.stderr


def test_the_terms_of_a_portal_on_the_way_count_too(run: Run, tmp_path: Path) -> None:
    other = tmp_path / "library" / "other" / "sops"
    other.mkdir(parents=True)
    (other / "enter.md").write_text(
        "---\nid: other/enter\npurpose: other\nportal: other\n---\n# T\n\n## Steps\n1. Click Next.\n"
    )
    terms.add(tmp_path, TermsRead("web", Decision.ALLOWED, "Dana", date(2026, 11, 20)))
    elsewhere = ["--base-url", "https://web.example", "--practice", str(tmp_path)]
    refused = run(*elsewhere, step="Use SOP other/enter.")
    assert refused.exit_code == 2 and "authwright library terms other" in refused.stderr


def test_an_sop_that_is_missing_is_told_before_the_run(run: Run) -> None:
    halted = run("--json", step="Use SOP web/none.")
    result = json.loads(halted.stdout)
    assert halted.exit_code == 3 and result["halt"]["reason"] == "unsupported"
    assert result["halt"]["found"] == "line 9: it isn't at hand" and result["steps"] == []


def test_every_sop_that_ships_can_be_followed() -> None:
    shipped = library_folder()
    assert shipped is not None
    sops = workflows_in([shipped])
    assert sops and {id_: found for id_, w in sops.items() if (found := problems(w, sops))} == {}


def test_a_persons_answer_is_only_taken_for_what_is_in_doubt(run: Run, tmp_path: Path) -> None:
    state = ["--state", str(tmp_path / "state")]
    refused = run("--found", "A7", *state)
    assert refused.exit_code == 2 and "nothing of this case is in doubt" in refused.stderr
    assert run("--not-there").exit_code == 2
    both = run("--found", "A7", "--not-there", *state)
    assert both.exit_code == 2 and "it can't be both" in both.stderr


def test_a_persons_answer_needs_no_browser_until_it_is_to_be_sent(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "state"
    state = ["--state", str(folder)]
    assert run(*state).exit_code == NO_BROWSER
    key = hashlib.sha256(json.dumps(["web/task", {}], sort_keys=True).encode()).hexdigest()[:24]
    intents = FileIntents(folder / f"intents-{key}.jsonl", key)
    intents.record(step_line=9, page_fingerprint="f", at=datetime.now(UTC))
    early = run("--not-there", *state)
    assert early.exit_code == 3 and "too-early" in early.stdout and intents.open_intent()
    assert run("--not-there", "--settle", "0", *state).exit_code == NO_BROWSER
    assert intents.outcomes() == ["not-sent"]
    intents.record(step_line=9, page_fingerprint="f", at=datetime.now(UTC))
    found = run("--found", "A7", *state)
    assert found.exit_code == 0 and "done: already sent as A7; not sent again" in found.stdout
