"""What every hand-written walk does as the runner does: reads each value back, takes a picture a step."""

import hashlib
from datetime import date
from pathlib import Path

from playwright.sync_api import Error, FrameLocator, Locator, Page


class Walk:
    """`pictures` holds the SHA-256 of a PNG a step, unless `takes` is off; where a folder is given the PNGs
    are written there, too."""

    def __init__(self, page: Page, folder: Path | None = None, takes: bool = True) -> None:
        self.page, self.folder, self.takes = page, folder, takes
        self.pictures: list[str] = []

    def picture(self, name: str) -> None:
        if not self.takes:
            return
        try:
            data = self.page.screenshot(animations="disabled")
        except Error:  # the page was changing under it
            self.page.wait_for_load_state()
            data = self.page.screenshot(animations="disabled")
        self.pictures.append(hashlib.sha256(data).hexdigest())
        if self.folder is not None:
            (self.folder / f"{len(self.pictures):02d}-{name}.png").write_bytes(data)

    def fill(self, field: Locator, value: str) -> None:
        field.fill(value)
        assert field.input_value() == value, (value, field.input_value())
        self.picture("fill")

    def choose(self, field: Locator, label: str) -> None:
        field.select_option(label=label)
        assert field.locator("option:checked").inner_text() == label
        self.picture("select")

    def click(self, scope: Page | FrameLocator | Locator, button: str) -> None:
        scope.get_by_role("button", name=button, exact=True).click()
        self.picture("click")


def typed(day: str) -> str:
    """An ISO date as the portals write it."""
    return f"{date.fromisoformat(day):%m/%d/%Y}"
