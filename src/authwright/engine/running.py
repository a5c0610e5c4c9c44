"""One browser run under the lease of its portal account, as submitting and tracking both need it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from authwright.core.ports import IntentLog
from authwright.core.run import RunResult
from authwright.core.workflow import Purpose
from authwright.engine.desk import WorklistDesk
from authwright.engine.guides import of_kind
from authwright.engine.portals import Mode, PortalAccess
from authwright.engine.services import LEASE_DURATION, Services, WorkKind
from authwright.store.leases import Lease
from authwright.store.worklist import Guide


@dataclass(frozen=True, slots=True)
class Running:
    """What is done in a portal for one case, and who is told when a person is needed."""

    services: Services
    practice: str
    case_id: str
    submission_id: str

    def lease(self, portal: PortalAccess) -> Lease | None:
        """The account's, or None while another run has it."""
        with self.services.store.practice(self.practice) as session:
            return session.leases.acquire(
                portal.lease, self.services.worker, at=self.services.clock.now(), duration=LEASE_DURATION
            )

    def release(self, lease: Lease) -> None:
        with self.services.store.practice(self.practice) as session:
            session.leases.release(lease, at=self.services.clock.now())

    def run(
        self,
        portal: PortalAccess,
        purpose: Purpose,
        case: Mapping[str, Any],
        lease: Lease,
        *,
        mode: Mode,
        intents: IntentLog,
    ) -> RunResult:
        """Raises LeaseLostError when the account has passed on in the meantime, however the run ended:
        whoever has it now looks at the payer, and what this run would say of the case comes too late."""
        check = self._lease_check(lease)
        sink = self.services.store.evidence_sink(
            self.practice,
            self.services.clock,
            actor=self.services.worker,
            case_id=self.case_id,
            submission_id=self.submission_id,
        )
        waits = portal.wait_for_person.total_seconds()
        desk = WorklistDesk(self.services, self.practice, self.case_id, self.submission_id, lease, waits)
        try:
            return self.services.run(
                portal,
                portal.workflows[purpose],
                case,
                mode=mode,
                intents=intents,
                evidence=sink,
                lease_check=check,
                desk=desk,
            )
        finally:
            check()

    def ask_person(self, kind: WorkKind, why: str, *, queue: str = "", guide: Guide | None = None) -> None:
        with self.services.store.practice(self.practice) as session:
            session.worklist.add(
                kind,
                why,
                actor=self.services.worker,
                at=self.services.clock.now(),
                case_id=self.case_id,
                key=f"{kind}:{self.case_id}",
                queue=queue,
                guide=guide or of_kind(kind),
            )

    def _lease_check(self, lease: Lease) -> Callable[[], None]:
        """Raises LeaseLostError when the account has passed to another run."""

        def check() -> None:
            with self.services.store.practice(self.practice) as session:
                session.leases.check(lease.account, lease.token, at=self.services.clock.now())

        return check
