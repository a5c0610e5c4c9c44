"""What is killed, when, and what the payer does meanwhile: drawn from a seed."""

import random
from dataclasses import dataclass
from enum import StrEnum


class What(StrEnum):
    PROCESS = "process"
    BROWSER = "browser"
    NETWORK = "network"
    ANSWER = "answer"
    """Nobody is killed: the portal loses the request or its answer."""


class Payer(StrEnum):
    ORDINARY = "ordinary"
    ACCEPTS_LATE = "accepts late"
    """It holds what was sent, accepts it once the client is gone, and lists it later still."""
    ACCEPTED = "accepted, no answer"
    """It has accepted; the answer is held back, and lost with the client."""
    NEVER_ACCEPTS = "never accepts"
    """It holds what was sent, and lets it go once the client is gone."""
    ANSWER_LOST = "answer lost"
    REQUEST_LOST = "request lost"


HOLDS = {
    Payer.ACCEPTS_LATE: "before-accept",
    Payer.NEVER_ACCEPTS: "before-accept",
    Payer.ACCEPTED: "after-accept",
}
FAILS = {Payer.ANSWER_LOST: "accept-then-drop", Payer.REQUEST_LOST: "drop"}

KINDS = (
    (What.PROCESS, Payer.ORDINARY),
    (What.BROWSER, Payer.ORDINARY),
    (What.NETWORK, Payer.ORDINARY),
    (What.PROCESS, Payer.ACCEPTS_LATE),
    (What.ANSWER, Payer.ANSWER_LOST),
    (What.BROWSER, Payer.ACCEPTS_LATE),
    (What.PROCESS, Payer.NEVER_ACCEPTS),
    (What.NETWORK, Payer.ACCEPTS_LATE),
    (What.ANSWER, Payer.REQUEST_LOST),
    (What.PROCESS, Payer.ACCEPTED),
)


@dataclass(frozen=True)
class Kill:
    """`boundary`: between two steps, or while the portal holds what was sent, and at once; else at a
    random time. The numbers are shares of 1, so that they fit a run of any length."""

    target: str
    number: int
    what: What
    payer: Payer
    boundary: bool
    sending: bool
    """Around the sending step, instead of anywhere."""
    share: float
    browser_too: bool
    away: float | None
    """For how many seconds the network is away; None until the run has ended."""
    later: float
    """Seconds after the kill at which the payer accepts, or lets go, what it holds."""


def draw(target: str, number: int, seed: int) -> Kill:
    chance = random.Random(f"{seed}/{target}/{number}")
    what, payer = KINDS[number % len(KINDS)]
    return Kill(
        target,
        number,
        what,
        payer,
        boundary=(number // len(KINDS) + number) % 2 == 0,
        sending=chance.random() < 0.5,
        share=chance.random(),
        browser_too=chance.random() < 0.5,
        away=chance.choice((1.0, 3.0, None)),
        later=chance.uniform(0.0, 1.0),
    )
