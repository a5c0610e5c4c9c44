"""What keeps a run from a portal's door: credentials that the portal has refused before."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from authwright.app.refusals import FILE_NAME, Account, RefusalsError, halted
from authwright.cli.practice import refuse
from authwright.core.data_names import look_up
from authwright.core.run import RunResult


def account_of(state: Path | None, case: Mapping[str, Any], base_url: str) -> Account | None:
    """The case's account at this portal; None where nothing is remembered between runs."""
    if state is None:
        return None
    credentials = {kind: str(value) for kind, value in (case.get("credentials") or {}).items()}
    return Account(state, "credentials", urlsplit(base_url).netloc or base_url, credentials)


def refused_before(account: Account | None) -> RunResult | None:
    """The halt of a run that needn't begin: the portal has refused this password or code before."""
    if account is None:
        return None
    try:
        refusal = account.refused()
    except RefusalsError as error:
        refuse(str(error))
    if refusal is None:
        return None
    return halted(
        refusal,
        f"another {refusal.name} in CASE.json, or, once its owner has seen that it is right after all, "
        f"{account.folder / FILE_NAME} removed",
    )


def note_refused(account: Account | None, result: RunResult) -> None:
    """Put down what this run was refused."""
    if account is not None:
        account.note(result, datetime.now(UTC))


def as_whom(case: Mapping[str, Any], result: RunResult) -> RunResult:
    """With whose credentials they are, and for which practice, as CASE.json says."""
    owner, practice = look_up(case, "credentials.owner"), look_up(case, "credentials.organization")
    return replace(result, acted_as=str(owner or ""), on_behalf_of=str(practice or ""))
