"""Pages made by hand, for tests without a browser."""

import itertools
from collections.abc import Iterable
from typing import Any

from authwright.runner.page import Box, Control, Kind, Label, Page, Text, Tie

_ids = itertools.count(1)


def control(label: str = "", kind: Kind = Kind.TEXT, **more: Any) -> Control:
    """A control with one bound label; `section` is short for its headings."""
    tie = (
        Tie.TEXT
        if kind in (Kind.BUTTON, Kind.LINK, Kind.MENU, Kind.OPTION, Kind.TAB)
        else more.pop("tie", Tie.LABEL)
    )
    labels = (Label(label, tie),) if label else ()
    if "section" in more:
        more["headings"] = (more.pop("section"),)
    more.setdefault("id", f"c{next(_ids)}")
    more.setdefault("labels", labels)
    return Control(kind=kind, **more)


def text(words: str, left: float, top: float, width: float = 80, **more: Any) -> Text:
    more.setdefault("id", f"t{next(_ids)}")
    more.setdefault("line", next(_ids))
    return Text(text=words, box=Box(left, top, width, 16), **more)


def field_at(left: float, top: float, width: float = 150, **more: Any) -> Control:
    more.setdefault("id", f"c{next(_ids)}")
    return Control(kind=more.pop("kind", Kind.TEXT), box=Box(left, top, width, 20), **more)


def page(controls: Iterable[Control] = (), words: str = "", **more: Any) -> Page:
    more.setdefault("url", "http://portal.test/")
    more.setdefault("version", f"v{next(_ids)}")
    return Page(controls=tuple(controls), text=words, **more)
