"""A run in a real browser, as the engine asks for it: credentials from the vault, documents from the
sealed evidence into a folder that is gone when the run is over."""

import copy
import json
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from authwright.app.log import telling_values
from authwright.app.portal_pages import PortalPages
from authwright.app.portal_sessions import PortalSessions, Remembered
from authwright.app.refusals import Account, Refusal, RefusalsError, halted
from authwright.app.solvers import SolverError, solver_of
from authwright.browser.files import NoIntents
from authwright.browser.launch import NoBrowserError
from authwright.browser.run import run_workflow
from authwright.browser.session import Session
from authwright.channels.mailbox import mailbox_at
from authwright.core.clock import Clock
from authwright.core.person import Desk
from authwright.core.ports import EvidenceSink, IntentLog
from authwright.core.run import CaptchaAnswer, Halt, HaltReason, RunOutcome, RunResult
from authwright.core.workflow import Workflow
from authwright.engine.portals import Mode, PortalAccess
from authwright.store.store import Store
from authwright.vault.fresh_codes import FreshCodes
from authwright.vault.redact import Redactor
from authwright.vault.secrets import Credential


@dataclass(frozen=True)
class PortalRuns:
    """An engine.portals.RunPortal. `credentials` are read anew for each run and kept nowhere; `folder` is the
    practice's."""

    store: Store
    practice: str
    clock: Clock
    credentials: Callable[[PortalAccess], Mapping[str, str]]
    sessions: PortalSessions
    redactor: Redactor
    pages: PortalPages
    folder: Path
    worker: str
    owner: Callable[[PortalAccess], Credential | None]
    practice_name: str

    def __call__(
        self,
        portal: PortalAccess,
        workflow: Workflow,
        case: Mapping[str, Any],
        *,
        mode: Mode,
        intents: IntentLog,
        evidence: EvidenceSink,
        lease_check: Callable[[], None],
        desk: Desk,
    ) -> RunResult:
        return self._run(
            portal,
            workflow,
            case,
            mode=mode,
            intents=intents,
            evidence=evidence,
            lease_check=lease_check,
            desk=desk,
        )

    def rehearse(
        self, portal: PortalAccess, workflow: Workflow, case: Mapping[str, Any], *, evidence: EvidenceSink
    ) -> RunResult:
        """Walk it through with the guard up: what sends is found and pictured, and not clicked."""
        return self._run(
            portal, workflow, case, intents=NoIntents(), evidence=evidence, stop_before_submit=True
        )

    def _run(
        self, portal: PortalAccess, workflow: Workflow, case: Mapping[str, Any], **how: Any
    ) -> RunResult:
        credentials = dict(self.credentials(portal))
        account = Account(self.folder, portal.account, portal.id, dict(credentials))
        try:
            refusal = account.refused()
        except RefusalsError as error:  # a password that may be a refused one is not typed
            halt = Halt(0, HaltReason.CREDENTIAL_REFUSED, "the list of refused credentials", str(error))
            return RunResult(RunOutcome.HALTED, halt=halt)
        if refusal is not None:
            return halted(refusal, f"it set anew: authwright vault put {refusal.name}")
        try:
            repairs = self.pages.repairs(workflow.id)
        except ValueError as error:  # a rejection in it must not be lost
            halt = Halt(0, HaltReason.UNSUPPORTED, "the decisions on reworded labels", str(error))
            return RunResult(RunOutcome.HALTED, halt=halt)
        owner = self.owner(portal)
        self._note_use(portal, owner)
        result = self._walk(portal, workflow, case, credentials, repairs=repairs, **how)
        self._note(account.note(result, self.clock.now()))
        self.pages.note_healed(workflow.id, result.healed)
        self._note_captchas(portal, result.captchas)
        return replace(result, acted_as=owner.owner if owner else "", on_behalf_of=self.practice_name)

    def _note_use(self, portal: PortalAccess, owner: Credential | None) -> None:
        """That somebody's credential is used, by whose permission and for whom."""
        if owner is None:
            return
        used = {"name": owner.name, "portal": portal.id, "acted_as": owner.owner}
        permitted = {"permission": owner.permission, "permitted_on": owner.permitted_on}
        now = {"at": self.clock.now(), "on_behalf_of": self.practice_name}
        self._put_down("secret.used", {**used, **permitted, **now})

    def _note(self, refusals: tuple[Refusal, ...]) -> None:
        told = ({"at": r.at, "name": r.name, "portal": r.portal, "why": r.why} for r in refusals)
        self._put_down("secret.refused", *told)

    def _note_captchas(self, portal: PortalAccess, answers: tuple[CaptchaAnswer, ...]) -> None:
        told = ({"portal": portal.id, "words": a.words, "by": a.by, "outcome": a.outcome} for a in answers)
        self._put_down("captcha.asked", *({"at": self.clock.now(), **each} for each in told))

    def _put_down(self, event: str, *entries: Mapping[str, Any]) -> None:
        """In the ledger, in one transaction; nothing is opened for nothing."""
        if not entries:
            return
        with self.store.practice(self.practice) as session:
            for entry in entries:
                session.ledger.write(event, actor=self.worker, **entry)

    def _walk(
        self,
        portal: PortalAccess,
        workflow: Workflow,
        case: Mapping[str, Any],
        credentials: dict[str, str],
        **how: Any,
    ) -> RunResult:
        secret = credentials.pop("totp_secret", "")
        address = credentials.pop("mailbox", "")
        try:
            mailbox = mailbox_at(address) if address else None
        except ValueError as error:
            halt = Halt(
                0, HaltReason.NO_CODE, f"a mailbox in the vault, {portal.account}.mailbox", str(error)
            )
            return RunResult(RunOutcome.HALTED, halt=halt)
        try:
            solver = solver_of([portal.file])
        except SolverError as error:
            halt = Halt(0, HaltReason.CAPTCHA, "the CAPTCHA solver of the portal's file", str(error))
            return RunResult(RunOutcome.HALTED, halt=halt)
        remembered = self.sessions.load(portal.lease)
        with (
            tempfile.TemporaryDirectory(prefix="authwright-run-") as folder,
            self.redactor.knowing(telling_values(case)),
        ):
            data = self._with_documents(case, Path(folder))
            data["credentials"] = credentials
            session = Session(json.loads(remembered.storage_state) if remembered.storage_state else None)
            codes = FreshCodes(
                secret,
                self.clock,
                remembered.code_step,
                lambda step: self.sessions.save(portal.lease, Remembered("", step)),
                time.sleep,
            )
            try:
                return run_workflow(
                    workflow,
                    data,
                    base_url=portal.base_url,
                    clock=self.clock,
                    code=codes if secret else None,
                    session=session,
                    folder=Path(folder),
                    library=portal.library,
                    mailbox=mailbox,
                    bindings=self.pages.bindings(workflow.id),
                    keep_bindings=partial(self.pages.keep_bindings, workflow.id),
                    solver=solver,
                    **how,
                )
            except NoBrowserError as error:
                halt = Halt(0, HaltReason.PORTAL_DOWN, "a Chromium to run", str(error))
                return RunResult(RunOutcome.FAILED, halt=halt)
            finally:
                if session.state is not None:
                    kept = Remembered(json.dumps(session.state), codes.last_step)
                    self.sessions.save(portal.lease, kept)

    def _with_documents(self, case: Mapping[str, Any], folder: Path) -> dict[str, Any]:
        """The case with its documents as files in `folder`, under the names they came with."""
        data = copy.deepcopy(dict(case))
        with self.store.practice(self.practice, read_only=True) as session:
            for document in data.get("documents", ()):
                if digest := document.get("evidence"):
                    name = Path(document["path"]).name
                    (folder / name).write_bytes(session.evidence.read(digest))
                    document["path"] = name
        return data
