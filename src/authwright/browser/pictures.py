"""Pictures and texts of a page that show the case's own rows only."""

from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Any

from playwright.sync_api import Error, Frame, Locator
from playwright.sync_api import Page as BrowserPage

from authwright.runner.asks import Own
from authwright.runner.showing import SeenList, SeenRow, others, without

_LISTS = files("authwright.browser").joinpath("lists.js").read_text(encoding="utf-8")
_MASK = "#6b7686"
_TRIES = 3
_MS = 30_000.0


class RestlessListError(Error):
    """The page's rows changed while each picture was taken: none of them is kept."""

    def __init__(self) -> None:
        super().__init__("the rows of a list changed while the picture was taken")


def shot(page: BrowserPage, numbers: Mapping[Frame, int], own: Own, *, whole_page: bool = False) -> bytes:
    """A PNG with the rows of others masked. `numbers` are the frames' as ids carry them.

    Raises RestlessListError, and Playwright's Error as taking pictures does.
    """
    for _ in range(_TRIES):
        hidden = _hidden(page, numbers, own)
        masks = [_locator(frame, row) for frame, rows in hidden.items() for row in rows]
        data = page.screenshot(
            full_page=whole_page, timeout=_MS, caret="initial", mask=masks, mask_color=_MASK
        )
        if _hidden(page, numbers, own) == hidden:
            return data
    raise RestlessListError


def kept_text(page: BrowserPage, numbers: Mapping[Frame, int], own: Own, text: str) -> str:
    """The text without what the page's rows of others say."""
    return without(text, [row for rows in _hidden(page, numbers, own).values() for row in rows])


def _hidden(page: BrowserPage, numbers: Mapping[Frame, int], own: Own) -> dict[Frame, list[SeenRow]]:
    seen = {f: others(_lists(f, numbers.get(f), own), own) for f in page.frames if not f.is_detached()}
    return {frame: rows for frame, rows in seen.items() if rows}


def _lists(frame: Frame, number: int | None, own: Own) -> Iterable[SeenList]:
    place, document, row = own.row.split(".") if own.row else ("", "0", "")
    is_here = number is not None and place == str(number)
    try:
        found: list[dict[str, Any]] = frame.evaluate(_LISTS, [int(document), row if is_here else "-1"])
    except Error:
        return []  # it is just going to another document, which shows nothing yet
    return [
        SeenList(
            tuple(one["headers"]),
            tuple(SeenRow(r["path"], tuple(r["cells"]), r["own"]) for r in one["rows"]),
        )
        for one in found
    ]


def _locator(frame: Frame, row: SeenRow) -> Locator:
    return frame.locator(f"css={row.path}")
