"""One Chromium for a whole test process: Playwright's synchronous side can be started only once in it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from authwright.browser.launch import chromium


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started
