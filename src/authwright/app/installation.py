"""A practice's folder, opened: settings, key, store, library, portals and the browser, wired together."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from authwright.app import approvals, rehearsals, sops, terms
from authwright.app.library_folder import library_folders
from authwright.app.portal_sessions import PortalSessions
from authwright.app.settings import FILE_NAME, Settings, read_settings_of
from authwright.core.clock import Clock, today
from authwright.core.diagnostics import Diagnostic, Severity, has_errors
from authwright.core.requirement import Requirement, RequirementQuery
from authwright.core.workflow import Purpose
from authwright.engine.portals import PortalAccess
from authwright.engine.services import Services
from authwright.formats.places import decode
from authwright.rules import InsuranceMap, Library, PortalFile, load_library, read_insurance_map
from authwright.rules import require as ask_rules
from authwright.runner.program import all_workflows
from authwright.store.store import Store, open_store
from authwright.vault import keys
from authwright.vault.redact import Redactor
from authwright.vault.seal import KeyRing
from authwright.vault.secrets import Credential, SecretBook

if TYPE_CHECKING:
    from authwright.app.portal_runs import PortalRuns


class NotAPracticeError(Exception):
    """The folder is no practice's folder, or can't be opened; the text says what to do."""

    def __init__(self, message: str, diagnostics: tuple[Diagnostic, ...] = ()) -> None:
        super().__init__(message)
        self.diagnostics = diagnostics


@dataclass(frozen=True)
class Installation:
    """One practice's folder, opened. Close it, or use `opened`."""

    settings: Settings
    store: Store
    keyring: KeyRing
    clock: Clock
    redactor: Redactor = field(default_factory=Redactor)
    """Of the log: it learns each secret that leaves the vault, and the patient of the run under way."""

    @cached_property
    def library(self) -> Library:
        """The shipped library with the practice's overlay; `library_findings` has what is wrong in it."""
        return self._library[0]

    @cached_property
    def library_findings(self) -> list[Diagnostic]:
        return self._library[1]

    def sound_library(self) -> Library:
        """The library; raises NotAPracticeError, with the findings, when it has errors."""
        wrong = [d for d in self.library_findings if d.severity is Severity.ERROR]
        if wrong:
            raise NotAPracticeError("the payer library has errors: nothing is decided by it", tuple(wrong))
        return self.library

    @cached_property
    def _library(self) -> tuple[Library, list[Diagnostic]]:
        return load_library(self.library_folders)

    @property
    def library_folders(self) -> list[Path]:
        overlay = self.settings.library_overlay
        return library_folders([overlay] if overlay.is_dir() else [])

    @cached_property
    def insurance_map(self) -> tuple[InsuranceMap, list[Diagnostic]]:
        """The practice's map of insurance names, from the file that the settings name."""
        return insurance_map_of(self.settings, self.library)

    def require(self, query: RequirementQuery) -> Requirement:
        return ask_rules(self.library, query, today(self.clock))

    @cached_property
    def secrets(self) -> SecretBook:
        rows = self.store.secret_rows(self.settings.practice_id)
        return SecretBook(rows, self.keyring, self.redactor.register)

    def portal(self, portal_id: str) -> PortalAccess:
        """Raises KeyError for a portal that the settings don't have."""
        own = self.settings.portals[portal_id]
        file = self.library.portals.get(portal_id) or PortalFile(portal_id)
        compiled = sops.of_portal(self.library_folders, portal_id)
        library = sops.used_by(compiled, self.library_folders)
        folder = self.settings.folder
        cleared = sops.Cleared(approvals.read(folder), rehearsals.read(folder), own.base_url)
        workflows, refused = sops.runnable(compiled, own.sops, cleared, library)
        used = sops.workflows_of(library)
        if reason := self._terms_refuse({portal_id}, own.base_url):
            workflows, refused = {}, dict.fromkeys(Purpose, reason)
        for purpose, workflow in list(workflows.items()):
            if reason := self._terms_refuse({w.portal for w in all_workflows(workflow, used)}, own.base_url):
                refused[purpose] = reason
                del workflows[purpose]
        settle = own.settle_seconds if own.settle_seconds is not None else file.settle_seconds
        return PortalAccess(
            id=portal_id,
            base_url=own.base_url,
            account=own.credential,
            settle=timedelta(seconds=settle),
            file=file,
            workflows=workflows,
            refused=refused,
            library=used,
            wait_for_person=timedelta(seconds=own.wait_for_person_seconds),
        )

    def _terms_refuse(self, portals: Iterable[str], base_url: str) -> str:
        """Why no program may work in one of these portals, by what the practice has recorded."""
        files = [self.library.portals.get(portal) or PortalFile(portal) for portal in sorted(portals)]
        return terms.why_refused(files, base_url, terms.read(self.settings.folder))

    def credentials(self, portal: PortalAccess) -> Mapping[str, str]:
        """What the vault has of a portal's credential: username, password, totp_secret, organization."""
        prefix = f"{portal.account}."
        names = [c.name for c in self.secrets.credentials() if c.name.startswith(prefix)]
        return {name.removeprefix(prefix): self.secrets.get(name) for name in names}

    def owner(self, portal: PortalAccess) -> Credential | None:
        """Whose credential it is: the password's owner, with what they permitted and when."""
        kept = {c.name: c for c in self.secrets.credentials()}
        return kept.get(f"{portal.account}.password")

    def portal_runs(self, actor: str) -> "PortalRuns":
        """How a browser is driven in this practice's name; `actor` is who the ledger says did it."""
        from authwright.app.portal_pages import PortalPages
        from authwright.app.portal_runs import PortalRuns  # only who drives a portal needs the browser's side

        practice = self.settings.practice_id
        sessions = PortalSessions(self.settings.folder / "sessions", practice, self.keyring)
        return PortalRuns(
            self.store,
            practice,
            self.clock,
            self.credentials,
            sessions,
            self.redactor,
            PortalPages.of(self.settings.folder, practice, self.keyring),
            self.settings.folder,
            actor,
            self.owner,
            self.settings.practice_name,
        )

    def services(self, worker: str, **pace: Any) -> Services:
        """What the engine is given. `worker` is the executor's id, new for each start."""
        return Services(
            store=self.store,
            clock=self.clock,
            portals=lambda _practice, portal_id: self.portal(portal_id),
            run=self.portal_runs(worker),
            worker=worker,
            **pace,
        )


@contextmanager
def opened(
    folder: Path, clock: Clock, *, migrate: bool = False, redactor: Redactor | None = None
) -> Iterator[Installation]:
    """The practice in `folder`. Raises NotAPracticeError, store SchemaError, KeyMissingError."""
    settings = settings_of(folder)
    keyring = keys.load(settings.key_file)
    store = open_store(settings.database_url, keyring, settings.evidence_folder, migrate=migrate)
    try:
        if settings.practice_id not in {p.id for p in store.practices()}:
            store.add_practice(settings.practice_id, settings.practice_name, at=clock.now())
        yield Installation(settings, store, keyring, clock, redactor or Redactor())
    finally:
        store.close()


def insurance_map_of(settings: Settings, library: Library) -> tuple[InsuranceMap, list[Diagnostic]]:
    """The practice's map of insurance names; empty without a file."""
    path = settings.insurance_map
    if path is None or not path.is_file():
        return InsuranceMap(), []
    return read_insurance_map(decode(path.read_bytes()), str(path), library)


def settings_of(folder: Path) -> Settings:
    """Raises NotAPracticeError, with the findings when the file is there and wrong."""
    path = folder / FILE_NAME
    if not path.is_file():
        raise NotAPracticeError(
            f"{folder} has no {FILE_NAME}: make a practice's folder with `authwright init FOLDER`"
        )
    settings, diagnostics = read_settings_of(folder)
    if settings is None or has_errors(diagnostics):
        raise NotAPracticeError(f"{path} can't be used", tuple(diagnostics))
    return settings
