"""One-time codes of an authenticator, none of them given to a portal twice.

A portal refuses a code that it has seen, counts the refusal, and locks the account. So the step of the last
code is remembered for each account, between runs too: by whoever makes these.
"""

from collections.abc import Callable
from dataclasses import dataclass

from authwright.core.clock import Clock
from authwright.vault.totp import code_at, seconds_left, step_of


@dataclass(slots=True)
class FreshCodes:
    """Gives out the codes of `secret`, each once; waits for the next one where the present one was used.

    `last_step` is the time step of the last code that was given out, 0 for none; `used` puts a new one down.
    """

    secret: str
    clock: Clock
    last_step: int
    used: Callable[[int], None]
    sleep: Callable[[float], None]

    def __call__(self) -> str:
        now = self.clock.now()
        if step_of(now) <= self.last_step:
            self.sleep(seconds_left(now) + 0.2)
            now = self.clock.now()
        self.last_step = step_of(now)
        # Written down before it is given out: a run that dies right after must not use it again.
        self.used(self.last_step)
        return code_at(self.secret, now)
