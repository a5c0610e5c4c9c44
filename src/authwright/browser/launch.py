"""Chromium: found, and started in the way that every run of ours needs it."""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Playwright, sync_playwright

_SYSTEM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_QUIET = (
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
INSTALL = "playwright install chromium"


class NoBrowserError(Exception):
    """There is no Chromium; the text names the one command to run."""

    def __init__(self, looked_at: str = "") -> None:
        where = f"{looked_at} is no file" if looked_at else "no Chromium was found"
        super().__init__(f"{where}: run `{INSTALL}`, or set AUTHWRIGHT_CHROMIUM to a Chromium's path")


def chromium_path(environment: Mapping[str, str], own: str) -> str:
    """Where Chromium is: $AUTHWRIGHT_CHROMIUM, Playwright's own, the system's."""
    if named := environment.get("AUTHWRIGHT_CHROMIUM"):
        if not Path(named).is_file():
            raise NoBrowserError(named)
        return named
    if own and Path(own).is_file():
        return own
    found = next(filter(None, map(shutil.which, _SYSTEM)), None)
    if found is None:
        raise NoBrowserError
    return found


@contextmanager
def chromium(*, headed: bool = False) -> Iterator[Browser]:
    """A started browser, closed at the end. Raises NoBrowserError."""
    with sync_playwright() as playwright:
        browser = start(playwright, headed=headed)
        try:
            yield browser
        finally:
            browser.close()


def start(playwright: Playwright, *, headed: bool = False) -> Browser:
    path = chromium_path(os.environ, playwright.chromium.executable_path)
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    arguments = [*_QUIET, "--no-sandbox"] if as_root else list(_QUIET)
    return playwright.chromium.launch(executable_path=path, headless=not headed, args=arguments)
