"""What every piece of work of the engine is given, and the words it uses for itself."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from authwright.core.clock import Clock
from authwright.engine.portals import PortalAccess, RunPortal
from authwright.store.store import Store

# Longer than any run may take; a dead worker's lease is broken open as soon as it is known to be dead.
LEASE_DURATION = timedelta(minutes=10)


class DueKind(StrEnum):
    """What a due row asks for. `subject` is a submission's id, but for a status pull: ""."""

    SUBMIT = "submit"
    SECOND_LOOK = "second-look"
    STATUS = "status"


class WorkKind(StrEnum):
    """Why something waits for a person."""

    HALTED = "halted"
    IN_DOUBT = "in-doubt"
    PORTAL_DOWN = "portal-down"
    CAPTCHA = "captcha"
    QUESTION = "question"
    SOP_NOT_APPROVED = "sop-not-approved"
    STATUS_UNCLEAR = "status-unclear"
    APPROVAL_TO_RECORD = "approval-to-record"
    HANDED_OVER = "handed-over"
    ADVERSE = "adverse-determination"
    DUPLICATE = "duplicate"
    MISSING = "missing"
    INSURANCE = "insurance-name"
    REQUIREMENT = "requirement"
    PACKET = "packet"
    NO_PORTAL = "no-portal"
    ORDER_CHANGED = "order-changed"
    PROGRAM_ERROR = "program-error"


@dataclass(frozen=True, slots=True)
class Services:
    """`portals(practice, portal id)` raises KeyError for a portal that the practice doesn't use.

    `status_after` is how long a pended request rests before its status is pulled again.
    `worker` is the executor's id: the holder of leases, the actor in the ledger. `stopping` says that it was
    asked to end: what only waits for a person is broken off then.
    """

    store: Store
    clock: Clock
    portals: Callable[[str, str], PortalAccess]
    run: RunPortal
    worker: str
    status_after: timedelta = timedelta(hours=12)
    retry_after: timedelta = timedelta(minutes=5)
    stopping: Callable[[], bool] = lambda: False
