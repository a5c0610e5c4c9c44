"""What a payer's portal holds, whatever its pages look like: rules, requests, what was received."""

import random
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from authwright_sandbox.answers import Answer, Course, Rule, Turn, first_course
from authwright_sandbox.clock import PortalClock
from authwright_sandbox.events import EventLog
from authwright_sandbox.faults import Faults
from authwright_sandbox.held import Held, Restart
from authwright_sandbox.sessions import Session
from authwright_sandbox.site import RefusedError, Site
from authwright_sandbox.uploads import Upload

__all__ = ["Payer", "RefusedError"]


class Payer(Site):
    """`settle_seconds`: how far lists lag behind the payer, in seconds of its clock."""

    default_rules: Sequence[dict[str, Any]]
    otherwise: dict[str, Any]
    """The rule for what no rule is for."""

    def __init__(self, clock: PortalClock, events: EventLog, faults: Faults, settle_seconds: float) -> None:
        self.settle_seconds = settle_seconds
        self._numbers = random.Random(20261124)
        super().__init__(clock, events, faults)

    def reset(self) -> None:
        """Back to the first day; numbers that were given out don't come again."""
        super().reset()
        self.set_rules(self.default_rules)
        self.requests: list[Held] = self.seeds()

    def seeds(self) -> list[Held]:
        """Requests that are there from the start."""
        raise NotImplementedError

    def words(self, held: Held) -> str:
        """What the payer calls the request's present state."""
        raise NotImplementedError

    def authorization(self, held: Held) -> str:
        """The number that an approval has of its own, once there is one."""
        return held.authorization_number if held.decision_at(self.clock.now()).approved else ""

    def set_rules(self, rules: Iterable[dict[str, Any]]) -> None:
        self.rules = [Rule.from_json(rule) for rule in rules]

    def course(self, code: str, member_id: str, place: str) -> Course:
        return first_course(self.rules, Rule.from_json(self.otherwise), code, member_id, place)

    def new_number(self, prefix: str) -> str:
        taken = {held.number for held in self.requests} | {
            held.authorization_number for held in self.requests
        }
        while (number := f"{prefix}{self._numbers.randrange(2 * 10**7, 10**8)}") in taken:
            pass
        return number

    def restart(
        self,
        held: Held,
        turns: Iterable[dict[str, Any]] = (),
        of: Answer = Answer.DOCUMENTS,
        whole: bool = False,
    ) -> None:
        """From now on other answers count; see Restart."""
        ordered = sorted(map(Turn.from_json, turns), key=lambda turn: turn.after_seconds)
        held.restarts.append(Restart(self.clock.now(), tuple(ordered), of, whole))

    def record(
        self,
        session: Session,
        kind: str,
        result: str,
        held: Held | None,
        payload: dict[str, Any],
        uploads: Iterable[Upload] = (),
    ) -> None:
        self.received.append(
            {
                "sequence": len(self.received) + 1,
                "at": self.clock.now().isoformat(),
                "kind": kind,
                "account": session.user,
                "organization": session.organization,
                "result": result,
                "reference_number": held.number if held else "",
                "status": self.words(held) if held else "",
                "payload": payload,
                "attachments": [upload.to_json() for upload in uploads],
            }
        )

    @property
    def lag(self) -> timedelta:
        late = self.settle_seconds if self.list_delay_seconds is None else self.list_delay_seconds
        return timedelta(seconds=late)

    @property
    def as_of(self) -> datetime:
        """What lists show is as of then."""
        return self.clock.now() - self.lag

    def listed(self, organization: str, fits: Callable[[Held], bool] = lambda _: True) -> list[Held]:
        """What lists know, newest first."""
        mine = (held for held in reversed(self.requests) if held.organization == organization)
        return [held for held in mine if held.accepted_at <= self.as_of and fits(held)]

    def find(self, organization: str, number: str) -> Held | None:
        """A request of this organization by its number, without lag."""
        found = self.any_request(number)
        return found if found and found.organization == organization else None

    def any_request(self, number: str) -> Held | None:
        return next((held for held in self.requests if held.number == number), None)
