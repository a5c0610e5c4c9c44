"""Signs of life of the workers, by which a dead one's work is taken over."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from authwright.store.models import HeartbeatRow


@dataclass(frozen=True, slots=True)
class Heartbeat:
    executor: str
    started_at: datetime
    at: datetime


class Workers:
    """A worker serves all practices; each call is a transaction of its own."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def beat(self, executor: str, *, at: datetime) -> None:
        """`executor` is new for each start of a worker."""
        with Session(self._engine) as sql, sql.begin():
            row = sql.get(HeartbeatRow, executor)
            if row is None:
                sql.add(HeartbeatRow(executor=executor, started_at=at, at=at))
            else:
                row.at = at

    def silent_since(self, moment: datetime) -> tuple[Heartbeat, ...]:
        """Workers that gave no sign after `moment`, the longest silent first."""
        with Session(self._engine) as sql:
            rows = sql.scalars(
                select(HeartbeatRow).where(HeartbeatRow.at <= moment).order_by(HeartbeatRow.at)
            )
            return tuple(Heartbeat(row.executor, row.started_at, row.at) for row in rows)

    def alive_after(self, moment: datetime) -> tuple[Heartbeat, ...]:
        with Session(self._engine) as sql:
            rows = sql.scalars(select(HeartbeatRow).where(HeartbeatRow.at > moment).order_by(HeartbeatRow.at))
            return tuple(Heartbeat(row.executor, row.started_at, row.at) for row in rows)

    def take_over(self, dead: str, *, silent_since: datetime, at: datetime) -> bool:
        """Whether the caller may take over a dead worker's runs: of several callers, one may.

        The dead worker's row is stamped anew, so that it counts as silent once more, and is taken over
        again, if the caller dies before it has called `forget`.
        """
        with Session(self._engine) as sql, sql.begin():
            claim = (
                update(HeartbeatRow)
                .where(HeartbeatRow.executor == dead, HeartbeatRow.at <= silent_since)
                .values(at=at)
            )
            return bool(sql.execute(claim).rowcount)  # type: ignore[attr-defined]

    def forget(self, executor: str) -> None:
        """A worker that has ended in order, or whose work was taken over."""
        with Session(self._engine) as sql, sql.begin():
            row = sql.get(HeartbeatRow, executor)
            if row is not None:
                sql.delete(row)
