"""The durable side: DBOS workflows, one queue of portal runs, sealed inputs.

Only a worker launches DBOS, each start under a new executor id, so that launching recovers nothing
by itself: a dead worker's runs are taken over by heartbeat (engine.worker). One browser run is one
DBOS step.
"""

import json
import logging
from dataclasses import dataclass
from typing import Any

from dbos import DBOS, DBOSConfig, Serializer, SetEnqueueOptions, SetWorkflowID

from authwright.core.ports import Sealer
from authwright.engine.services import DueKind, Services, WorkKind
from authwright.engine.submitting import Submitting
from authwright.engine.tracking import Tracking

# Changes when a queued run of the version before can't be carried out by the present one.
APPLICATION_VERSION = "1"
QUEUE = "portal-runs"
_POLLING_SECONDS = 0.2
_log = logging.getLogger(__name__)


_ERROR = "__error__"


class DurableRunError(Exception):
    """What a durable run ended with, in words."""


class SealedJson(Serializer):
    """Inputs and results as JSON, sealed: DBOS's tables hold nothing that can be read."""

    def __init__(self, sealer: Sealer) -> None:
        self._sealer = sealer

    def serialize(self, data: Any) -> str:
        plain = {_ERROR: f"{type(data).__name__}: {data}"} if isinstance(data, BaseException) else data
        return self._sealer.seal(json.dumps(plain).encode(), place="dbos").hex()

    def deserialize(self, serialized_data: str) -> Any:
        data = json.loads(self._sealer.unseal(bytes.fromhex(serialized_data), place="dbos"))
        return DurableRunError(data[_ERROR]) if isinstance(data, dict) and _ERROR in data else data

    def name(self) -> str:
        return "authwright-sealed-json"


@dataclass(frozen=True, slots=True)
class Job:
    """One durable run. `id` is the workflow's id; `partition` keeps runs of one account in line."""

    id: str
    kind: DueKind
    practice: str
    subject: str
    partition: str


_services: Services | None = None


def _given() -> Services:
    if _services is None:
        raise RuntimeError("the engine is not launched")
    return _services


@DBOS.step(name="browser-run")
def _browser_run(kind: str, practice: str, subject: str) -> str:
    about = {"kind": kind, "practice": practice, "subject": subject}
    _log.info("run started", extra=about)
    try:
        ended = _carry_out(kind, practice, subject)
    except Exception as error:
        _log.exception("run broke off", extra=about)
        _tell_a_person(kind, practice, subject, error)
        raise
    _log.info("run ended", extra=about | {"ended": ended})
    return ended


def _carry_out(kind: str, practice: str, subject: str) -> str:
    if kind == DueKind.STATUS:
        return Tracking(_given(), practice, subject).carry_out()
    second = kind == DueKind.SECOND_LOOK
    return Submitting(_given(), practice, subject, second_look=second).carry_out()


def _tell_a_person(kind: str, practice: str, subject: str, error: Exception) -> None:
    """A run that broke on a mistake of ours must not leave a case behind that nobody looks at."""
    services = _given()
    with services.store.practice(practice) as session:
        case_id = subject if kind == DueKind.STATUS else session.submissions.get(subject).attempt.case_id
        session.worklist.add(
            WorkKind.PROGRAM_ERROR,
            f"The run ({kind}) broke off with {type(error).__name__}: {error}. Nothing is sent until a "
            "person takes the case up again; what may be at the payer is looked for first.",
            actor=services.worker,
            at=services.clock.now(),
            case_id=case_id,
            key=f"{WorkKind.PROGRAM_ERROR}:{case_id}",
        )


@DBOS.workflow(name="portal-run")
def _portal_run(kind: str, practice: str, subject: str) -> str:
    return _browser_run(kind, practice, subject)


class Durable:
    """DBOS, launched for one worker. One process holds at most one."""

    def __init__(self, services: Services, database_url: str, sealer: Sealer) -> None:
        global _services
        _services = services
        config: DBOSConfig = {
            "name": "authwright",
            "system_database_url": database_url,
            "executor_id": services.worker,
            "application_version": APPLICATION_VERSION,
            "serializer": SealedJson(sealer),
            "log_level": "WARNING",
            "enable_otlp": False,
        }
        DBOS(config=config)
        DBOS.launch()
        self._queue = DBOS.register_queue(
            QUEUE, partition_concurrency=1, polling_interval_sec=_POLLING_SECONDS
        )

    def enqueue(self, job: Job) -> None:
        """Put a run in line. The same id twice is one run."""
        with SetWorkflowID(job.id), SetEnqueueOptions(queue_partition_key=job.partition):
            self._queue.enqueue(_portal_run, job.kind.value, job.practice, job.subject)

    def take_over(self, dead: str) -> int:
        """Put what a dead worker was at in line again; how many runs."""
        left = DBOS.list_workflows(status="PENDING", executor_id=dead, load_input=False, load_output=False)
        for run in left:
            DBOS.resume_workflow(run.workflow_id, queue_name=run.queue_name or QUEUE)
        return len(left)

    def unfinished(self) -> int:
        """How many runs are in line or under way."""
        states = ["ENQUEUED", "PENDING"]
        return len(DBOS.list_workflows(status=states, load_input=False, load_output=False))

    def close(self) -> None:
        """Stop taking runs and wait for the one under way."""
        global _services
        DBOS.destroy(workflow_completion_timeout_sec=600)
        _services = None
