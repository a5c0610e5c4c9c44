import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from authwright.browser.launch import chromium

sys.path.insert(0, str(Path(__file__).parents[1] / "runner"))
PAGES = Path(__file__).parents[2] / "data" / "pages"


class RealClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started
