"""Fetching a file from a page: it has to begin, and to end, within its time."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Download, Error, Page
from playwright.sync_api import TimeoutError as LateError

_POLL_MS = 50.0


@dataclass(frozen=True, slots=True)
class Limits:
    """How long to wait for a file to begin, and then to end; in seconds."""

    begin: float = 30.0
    end: float = 120.0


@dataclass(frozen=True, slots=True)
class Fetched:
    name: str
    data: bytes


class FetchError(Error):
    """No file came, or it didn't end in time, or it is empty; the text says which."""


def fetch(page: Page, click: Callable[[], None], limits: Limits) -> Fetched:
    """The file that comes after `click`. Raises FetchError, and Playwright's Error as clicking does."""
    paths: list[Path] = []
    failures: list[str] = []

    def finish(download: Download) -> None:  # waits beside what goes on below
        try:
            paths.append(Path(download.path()))
        except Error as error:
            failures.append(error.message.splitlines()[0])

    try:
        with page.expect_download(timeout=limits.begin * 1000) as coming:
            page.once("download", finish)  # after the one that waits for it to begin, else that never hears
            click()
        download = coming.value
    except LateError as error:
        page.remove_listener("download", finish)
        raise FetchError(f"no file came within {limits.begin:.0f} s") from error
    deadline = time.monotonic() + limits.end
    while not paths and not failures:
        if time.monotonic() > deadline:
            download.cancel()
            raise FetchError(f"the file began to come and didn't end within {limits.end:.0f} s")
        page.wait_for_timeout(_POLL_MS)
    if failures:
        raise FetchError(f"the file broke off: {failures[0]}")
    data = paths[0].read_bytes()
    if not data:
        raise FetchError("the file that came is empty")
    return Fetched(download.suggested_filename, data)
