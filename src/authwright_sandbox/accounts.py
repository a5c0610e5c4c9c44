"""Who may sign in: passwords, one-time codes, tries left, lock-out."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self

from authwright_sandbox import totp
from authwright_sandbox.clock import real_now

TRIES = 5


@dataclass(frozen=True, slots=True)
class Account:
    """Without a secret no code is asked for; with one organization none has to be chosen."""

    user: str
    password: str
    totp_secret: str = ""
    organizations: tuple[str, ...] = ()

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        secret = str(data.get("totp_secret", ""))
        totp.decode_secret(secret)
        return cls(
            str(data["user"]),
            str(data["password"]),
            secret,
            tuple(str(name) for name in data.get("organizations", ())),
        )


@dataclass(slots=True)
class _Standing:
    wrong_passwords: int = 0
    wrong_codes: int = 0
    used_steps: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a sign-in was refused, in the words that the page shows."""

    message: str
    locked: bool = False


LOCKED = Refusal("Your account is locked. Call client services to unlock it.", locked=True)


class Accounts:
    """`allow_code_reuse` switches the refusal of used codes off, so that tests needn't wait 30 s."""

    def __init__(self, accounts: Iterable[Account], real: Callable[[], datetime] = real_now) -> None:
        self.allow_code_reuse = False
        self._real = real
        self._accounts: dict[str, Account] = {}
        self._standing: dict[str, _Standing] = {}
        self.replace(accounts)

    def replace(self, accounts: Iterable[Account]) -> None:
        self._accounts = {account.user: account for account in accounts}
        self._standing = {user: _Standing() for user in self._accounts}

    def get(self, user: str) -> Account | None:
        return self._accounts.get(user)

    def check_password(self, user: str, password: str) -> Account | Refusal:
        account = self._accounts.get(user)
        if account is None:
            return Refusal("The User ID or password you entered is not right.")
        standing = self._standing[user]
        if self._locked(standing):
            return LOCKED
        if password == account.password:
            standing.wrong_passwords = 0
            return account
        standing.wrong_passwords += 1
        if self._locked(standing):
            return LOCKED
        left = TRIES - standing.wrong_passwords
        tries = "1 try" if left == 1 else f"{left} tries"
        return Refusal(
            f"The User ID or password you entered is not right. You have {tries} left "
            "before your account is locked."
        )

    def check_code(self, user: str, code: str) -> Refusal | None:
        """None if the code is good; it is used up from then on."""
        account, standing = self._accounts[user], self._standing[user]
        if self._locked(standing):
            return LOCKED
        secret = totp.decode_secret(account.totp_secret)
        step = totp.matching_step(secret, code.strip(), self._real().timestamp())
        if step is None:
            standing.wrong_codes += 1
            return LOCKED if self._locked(standing) else Refusal("The authentication code is not right.")
        if step in standing.used_steps and not self.allow_code_reuse:
            return Refusal("This code was used already. Wait for a new code.")
        standing.used_steps.add(step)
        standing.wrong_codes = 0
        return None

    @staticmethod
    def _locked(standing: _Standing) -> bool:
        return standing.wrong_passwords >= TRIES or standing.wrong_codes >= TRIES
