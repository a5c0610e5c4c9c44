"""What the engine knows of a portal, and how it runs an SOP there. `app` puts both together."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal, Protocol

from authwright.core.person import Desk
from authwright.core.ports import EvidenceSink, IntentLog
from authwright.core.run import RunResult
from authwright.core.workflow import Purpose, Workflow
from authwright.rules.portal import PortalFile

Mode = Literal["from-top", "if-interrupted"]


@dataclass(frozen=True, slots=True)
class PortalAccess:
    """One portal as one practice uses it.

    `account` names the credential (never the user name): leases and queues go by it. `settle` is how
    long the portal may take to list a request that it has accepted, `wait_for_person` how long a run waits
    for a person's answer (0: not at all). `workflows` holds only approved
    ones; `refused` says in words why one for a purpose can't be run. `library` are the SOPs by id that
    they may use.
    """

    id: str
    base_url: str
    account: str
    settle: timedelta
    file: PortalFile
    workflows: Mapping[Purpose, Workflow]
    refused: Mapping[Purpose, str]
    library: Mapping[str, Workflow] = field(default_factory=dict)
    wait_for_person: timedelta = timedelta()

    @property
    def lease(self) -> str:
        return f"{self.id}:{self.account}"


class RunPortal(Protocol):
    """One browser run of a workflow. Raises nothing that a portal may cause: that is a RunResult."""

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
    ) -> RunResult: ...
