"""Whether a run begins at all, and what is put down of it; the browser is another test's."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from authwright.app import portal_runs
from authwright.app.installation import Installation
from authwright.browser.files import NoEvidence, NoIntents
from authwright.browser.parked import FolderDesk
from authwright.browser.repairs import REJECTED, decide, repairs_file
from authwright.core.run import CaptchaAnswer, Halt, HaltReason, Healed, RunOutcome, RunResult
from authwright.core.workflow import Purpose, Workflow
from authwright.runner.bindings import Binding, Repairs

from .conftest import AT

SIGN_IN = Workflow("hub/sign-in", "Sign in", Purpose.SIGN_IN, "hub", ())
REFUSED = RunResult(
    RunOutcome.HALTED,
    halt=Halt(11, HaltReason.SIGN_IN_REFUSED, "to be signed in", "The password is incorrect."),
    refused="password",
)


@pytest.fixture
def began(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What each run that began was given; the portal refuses every password."""
    given: list[dict[str, Any]] = []

    def run_workflow(workflow: Workflow, case: dict[str, Any], **more: Any) -> RunResult:
        given.append(case)
        return REFUSED

    monkeypatch.setattr(portal_runs, "run_workflow", run_workflow)
    return given


def keep(practice: Installation, name: str, value: str) -> None:
    practice.secrets.put(
        name,
        value,
        owner="Dana Ruiz",
        permission="may sign in",
        permitted_on=date(2026, 11, 20),
        actor="Jane",
        at=AT,
    )


def run(practice: Installation) -> RunResult:
    services, portal = practice.services("worker-1"), practice.portal("hub")
    desk = FolderDesk(practice.settings.folder / "parked", portal.id, practice.clock, 0.0)
    how = {"mode": "from-top", "intents": NoIntents(), "evidence": NoEvidence(), "desk": desk}
    return services.run(portal, SIGN_IN, {}, lease_check=lambda: None, **how)


def ledger(practice: Installation) -> list[tuple[str, str]]:
    with practice.store.practice("clinic", read_only=True) as session:
        return [(entry.kind, entry.actor) for entry in session.ledger.entries()]


def test_a_refused_password_is_not_typed_again_until_another_is_set(
    practice: Installation, began: list[dict[str, Any]]
) -> None:
    keep(practice, "hub.username", "pat")
    keep(practice, "hub.password", "s3cret-1")
    assert run(practice) == replace(REFUSED, acted_as="Dana Ruiz", on_behalf_of="Northside Clinic")
    again = run(practice)
    assert len(began) == 1 and again.halt is not None
    assert again.halt.reason is HaltReason.CREDENTIAL_REFUSED
    assert again.halt.expected == "it set anew: authwright vault put hub.password"
    assert again.halt.found.startswith("hub.password was refused by hub at 2026-11-24 08:00 UTC")
    assert ("secret.refused", "worker-1") in ledger(practice)
    keep(practice, "hub.password", "s3cret-2")
    run(practice)
    assert len(began) == 2


def test_a_list_of_refusals_that_cant_be_read_is_not_passed_over(
    practice: Installation, began: list[dict[str, Any]]
) -> None:
    keep(practice, "hub.password", "s3cret-1")
    (practice.settings.folder / "refused.json").write_text("{")
    halt = run(practice).halt
    assert halt is not None and halt.reason is HaltReason.CREDENTIAL_REFUSED and began == []
    assert "put it aside, and set the passwords anew" in halt.found


def test_how_a_captcha_was_answered_is_in_the_ledger(
    practice: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = CaptchaAnswer(9, "picture", "Type the letters", "solver", "accepted")
    done = RunResult(RunOutcome.DONE, captchas=(answer,))
    monkeypatch.setattr(portal_runs, "run_workflow", lambda *given, **more: done)
    run(practice)
    with practice.store.practice("clinic", read_only=True) as session:
        (asked,) = [p for entry, p in session.ledger.history("") if entry.kind == "captcha.asked"]
    assert (asked["portal"], asked["by"], asked["outcome"]) == ("hub", "solver", "accepted")


def test_whose_credential_is_used_for_whom_is_in_the_ledger(
    practice: Installation, began: list[dict[str, Any]]
) -> None:
    keep(practice, "hub.password", "s3cret-1")
    run(practice)
    with practice.store.practice("clinic", read_only=True) as session:
        (used,) = [p for entry, p in session.ledger.history("") if entry.kind == "secret.used"]
    assert (used["acted_as"], used["on_behalf_of"]) == ("Dana Ruiz", "Northside Clinic")
    assert (used["permission"], used["permitted_on"]) == ("may sign in", "2026-11-20")


HEALED = Healed(12, "Date of Birth", "Date of Birth", "Birth Date", "field||date of birth", "ab12", AT)
BOUND = {"click||next": Binding("Next", "button", others=("Garcia, Maria",))}


def test_a_run_is_given_what_the_one_before_found_and_what_people_decided(
    practice: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[tuple[Any, Any]] = []

    def run_workflow(workflow: Workflow, case: dict[str, Any], **how: Any) -> RunResult:
        given.append((how["bindings"], how["repairs"]))
        how["keep_bindings"](BOUND)
        return RunResult(RunOutcome.DONE, healed=(HEALED,))

    monkeypatch.setattr(portal_runs, "run_workflow", run_workflow)
    run(practice)
    pages = practice.settings.folder / "pages"
    decide(pages, 1, REJECTED)
    run(practice)
    rejected = Repairs(rejected={"field||date of birth": ("Birth Date",)})
    assert given == [({}, Repairs()), (BOUND, rejected)]
    assert not any(b"Garcia" in file.read_bytes() for file in pages.iterdir())


def test_no_run_begins_when_the_decisions_cannot_be_read(
    practice: Installation, began: list[dict[str, Any]]
) -> None:
    pages = practice.settings.folder / "pages"
    pages.mkdir()
    repairs_file(pages, SIGN_IN.id).write_text("{")
    result = run(practice)
    assert began == [] and result.halt is not None and "is no file of repairs" in result.halt.found
