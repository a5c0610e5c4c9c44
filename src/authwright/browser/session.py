"""A portal's signed-in state, carried from one run to the next."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import BrowserContext, Error, StorageState


@dataclass(slots=True)
class Session:
    """Playwright's storage state: None before the first sign-in. Whoever keeps it longer than the
    process seals it: it opens the portal without a password."""

    state: StorageState | None = None
    path: Path | None = None

    def keep(self, context: BrowserContext) -> None:
        """Take over the state that the run has left, and write it to `path`, for its owner only."""
        try:
            self.state = context.storage_state()
        except Error:
            return  # the browser is gone; what was known before stays
        if self.path is not None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(self.state, file)


def session_from(path: Path) -> Session:
    """The state in Playwright's file, as far as it is there. Raises ValueError when it is no such file."""
    if not path.is_file():
        return Session(path=path)
    found = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(found, dict) or "cookies" not in found:
        raise ValueError(f"{path} is not a storage state: an object with cookies and origins")
    return Session(state=StorageState(cookies=found["cookies"], origins=found.get("origins", [])), path=path)
