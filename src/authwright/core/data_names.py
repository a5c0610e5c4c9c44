"""The names of a case's data: one table for SOPs, order files and CASE.json.

A path leads through the nested case (`coverage.member_id`); `service_lines[].code` is the code of
one service line: of the present one inside a loop, of the only one outside. `words` are what people
call it in a sentence, `aliases` other keys under which CASE.json or a column may hold it.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from authwright.core.data_table import DATA_NAMES, DataName

BY_PATH: Mapping[str, DataName] = {n.path: n for n in DATA_NAMES}
_BY_ALIAS: Mapping[str, str] = {alias: n.path for n in DATA_NAMES for alias in n.aliases}

# What CASE.json may call a whole branch.
BRANCH_ALIASES: Mapping[str, str] = {
    "servicing_provider": "rendering_provider",
    "ordering_provider": "requesting_provider",
    "referring_provider": "requesting_provider",
    "member": "patient",
    "lines": "service_lines",
    "services": "service_lines",
}


def words_index() -> dict[str, str]:
    """Everyday words (lower case) -> path. The first entry of the table wins."""
    index: dict[str, str] = {}
    for name in DATA_NAMES:
        for words in name.words:
            index.setdefault(words, name.path)
    return index


class AmbiguousDataError(Exception):
    """A list item was asked for outside of a loop and the items differ."""

    def __init__(self, path: str, found: Sequence[Any]) -> None:
        super().__init__(f"{path} has {len(found)} values here: {', '.join(map(str, found))}")
        self.path, self.found = path, tuple(found)


def look_up(case: Mapping[str, Any], path: str, item: Mapping[str, Any] | None = None) -> Any:
    """The value at `path` in a nested case, or None when it is missing.

    `item` is the present list item of a loop (`service_lines[].code` then reads its `code`).
    Outside of a loop a list path gives its only value, or raises AmbiguousDataError when values
    differ. Aliases of the table are honoured: `service_lines[].from` is stored under any of them.
    """
    values = look_up_all(case, path, item)
    distinct = list(dict.fromkeys(str(v) for v in values))
    if len(distinct) > 1:
        raise AmbiguousDataError(path, distinct)
    return values[0] if values else None


def look_up_all(case: Mapping[str, Any], path: str, item: Mapping[str, Any] | None = None) -> list[Any]:
    """Every value at `path`, in order; missing ones are left out."""
    return [v for v in _walk(case, path, item) if v not in (None, "", (), [])]


def _walk(case: Mapping[str, Any], path: str, item: Mapping[str, Any] | None) -> Iterator[Any]:
    for spelling in _spellings(path):
        found = list(_walk_one(case, spelling, item))
        if any(v not in (None, "", (), []) for v in found):
            yield from found
            return


def _spellings(path: str) -> Iterator[str]:
    """The path itself, then every alias, most specific first."""
    canonical = _BY_ALIAS.get(path, path)
    yield canonical
    if canonical in BY_PATH:
        yield from sorted(BY_PATH[canonical].aliases, key=lambda a: -a.count("."))
    if canonical != path:
        yield path


def _walk_one(node: Any, path: str, item: Mapping[str, Any] | None) -> Iterator[Any]:
    head, _, rest = path.partition(".")
    if head.endswith("[]"):
        items = [item] if item is not None else _child(node, head[:-2]) or []
        for entry in items:
            yield from _walk_one(entry, rest, None)
        return
    value = _child(node, head)
    if value is None:
        return
    if rest:
        yield from _walk_one(value, rest, item)
    elif isinstance(value, (list, tuple)) and not any(isinstance(v, Mapping) for v in value):
        yield from value
    else:
        yield value


def _child(node: Any, key: str) -> Any:
    if not isinstance(node, Mapping):
        return None
    if key in node:
        return node[key]
    return next((node[a] for a, real in BRANCH_ALIASES.items() if real == key and a in node), None)
