"""Credentials that a portal has refused: they are not typed again until another is set.

Kept in `refused.json`, in the practice's folder or in that of `--state`. A refused value itself is not
kept, only what tells it from another one.
"""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

from authwright.app.approvals import replace_file
from authwright.core.run import Halt, HaltReason, RunOutcome, RunResult

FILE_NAME = "refused.json"
_ENTERED_AS = {"password": ("password",), "code": ("totp_secret", "mailbox")}
"""By what was refused, what it is entered from."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """`name` is the credential's, such as "hub.password"; `why` the portal's own words."""

    name: str
    portal: str
    at: datetime
    why: str
    mark: str

    def __str__(self) -> str:
        return f"{self.name} was refused by {self.portal} at {self.at:%Y-%m-%d %H:%M %Z}: {self.why}"


class RefusalsError(Exception):
    """The file is no list of refusals; the text says where and what to do."""


@dataclass(frozen=True, slots=True)
class Account:
    """The credentials with which a run signs in: kind (username, password, ...) -> value. Each one's name is
    `prefix`, a dot and its kind."""

    folder: Path
    prefix: str
    portal: str
    credentials: Mapping[str, str]

    def refused(self) -> Refusal | None:
        """The refusal of one of them, as it still is. Raises RefusalsError."""
        return next((r for r in read(self.folder) if self._is_of(r)), None)

    def note(self, result: RunResult, at: datetime) -> tuple[Refusal, ...]:
        """Put down what this run was refused; what that was. Raises RefusalsError."""
        kinds = [kind for kind in _ENTERED_AS.get(result.refused, ()) if self.credentials.get(kind)]
        why = result.halt.found if result.halt else ""
        new = tuple(
            Refusal(f"{self.prefix}.{kind}", self.portal, at, why, _marked(self._value(kind)))
            for kind in kinds
        )
        if new:
            _write(self.folder, [*(r for r in read(self.folder) if not self._is_of(r)), *new])
        return new

    def _is_of(self, refusal: Refusal) -> bool:
        prefix, _, kind = refusal.name.rpartition(".")
        if (prefix, refusal.portal) != (self.prefix, self.portal) or not self.credentials.get(kind):
            return False
        return _is_marked(refusal.mark, self._value(kind))

    def _value(self, kind: str) -> str:
        """With the user name: another user's password may read the same."""
        return f"{self.credentials.get('username', '')}\n{self.credentials[kind]}"


def halted(refusal: Refusal, hint: str) -> RunResult:
    """The result of a run that needn't begin; `hint` says how to set the credential anew."""
    halt = Halt(0, HaltReason.CREDENTIAL_REFUSED, hint, str(refusal))
    return RunResult(RunOutcome.HALTED, halt=halt)


def read(folder: Path) -> tuple[Refusal, ...]:
    """Every refusal; none without the file. Raises RefusalsError."""
    path = folder / FILE_NAME
    if not path.is_file():
        return ()
    try:
        return msgspec.json.decode(path.read_bytes(), type=tuple[Refusal, ...])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise RefusalsError(
            f"{path} is no list of refused credentials ({error}): put it aside, and set the passwords anew"
        ) from error


def forget(folder: Path, name: str) -> None:
    """The credential was set anew."""
    known = read(folder)
    if any(r.name == name for r in known):
        _write(folder, [r for r in known if r.name != name])


def _write(folder: Path, refusals: list[Refusal]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    replace_file(folder / FILE_NAME, msgspec.json.format(msgspec.json.encode(refusals), indent=2) + b"\n")
    (folder / FILE_NAME).chmod(0o600)


def _marked(value: str) -> str:
    salt = secrets.token_hex(16)
    return f"{salt}:{_digest(salt, value)}"


def _is_marked(mark: str, value: str) -> bool:
    salt, _, digest = mark.partition(":")
    return hmac.compare_digest(digest, _digest(salt, value))


def _digest(salt: str, value: str) -> str:
    """Slow on purpose: whoever finds the file can't try out passwords against it."""
    return hashlib.scrypt(value.encode(), salt=salt.encode(), n=2**14, r=8, p=1).hex()
