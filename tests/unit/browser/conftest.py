import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "runner")]

from sessions import Session  # noqa: E402


@pytest.fixture
def session(browser: Browser, tmp_path: Path) -> Iterator[Session]:
    made = Session(browser, tmp_path)
    yield made
    for driver in made.drivers:
        driver.context.close()
