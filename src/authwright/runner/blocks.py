"""Repeated blocks ("Procedure 1", "Procedure 2"): which of several same fields is the present item's.

The field belongs to the present item when its block holds the fields already filled for this item,
else when the block's heading carries the item's number, else when its block is the only one whose
fields are still empty. Anything else is ambiguous; order in the page decides
nothing, but for a table to write in (grid).
"""

import re
from collections.abc import Sequence

from authwright.runner.page import CHOOSABLE, Control
from authwright.runner.wording import plain

_NUMBER = re.compile(r"(?<![\d.])(\d{1,3})(?![\d.])")
_OF_ALL = re.compile(r"\d+\s*(?:of|/)\s*\d+")


def of_item(controls: Sequence[Control], number: int, filled: Sequence[Control]) -> Control | None:
    """The control of item `number` (from 1); `filled` are the item's controls so far. None: in doubt."""
    left = in_block(controls, number, filled)
    if len(left) > 1:
        left = _still_empty(left)
    return left[0] if len(left) == 1 else None


def in_block(controls: Sequence[Control], number: int, filled: Sequence[Control]) -> list[Control]:
    """Those in the item's block, as far as it can be told; else all of them."""
    left = list(controls)
    if len(left) > 1:
        left = _with_siblings(left, filled) or left
    if len(left) > 1:
        left = _numbered(left, number) or left
    return left


def number_in(control: Control) -> int | None:
    """The number that the innermost heading with a number carries."""
    for heading in reversed(control.headings):
        if found := _NUMBER.findall(_OF_ALL.sub("", plain(heading))):
            return int(found[-1])
    return None


def shared(a: Control, b: Control) -> int:
    """How deep the two are in the same elements."""
    depth = 0
    for x, y in zip(a.path, b.path, strict=False):
        if x != y:
            break
        depth += 1
    return depth


def _with_siblings(controls: Sequence[Control], filled: Sequence[Control]) -> list[Control]:
    near = [f for f in filled if any(f.frame == c.frame for c in controls)]
    if not near:
        return []
    depth = {c.id: max(shared(c, f) for f in near) for c in controls}
    deepest = max(depth.values())
    return [c for c in controls if depth[c.id] == deepest]


def _numbered(controls: Sequence[Control], number: int) -> list[Control]:
    return [c for c in controls if number_in(c) == number]


def _still_empty(controls: Sequence[Control]) -> list[Control]:
    return [c for c in controls if not c.value and c.kind not in CHOOSABLE]
