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


# A list of the case -> one of its items.
LISTS: Mapping[str, str] = {
    "service_lines": "service line",
    "diagnoses": "diagnosis",
    "documents": "document",
}


def one_of_list(path: str) -> str:
    """One item of a list of the case in words: `service_lines` is "service line"."""
    return LISTS.get(path, path.replace("_", " "))


def in_table(path: str) -> bool:
    """Whether the path, its other key, or the list that it leads through is one that the table holds."""
    return path in BY_PATH or path in _BY_ALIAS or "[]" in path or bool(question_of(path))


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
    if question := question_of(path):
        return [answer for answer in [_answer(case, question)] if _there(answer)]
    canonical = _BY_ALIAS.get(path, path)
    keys = _leaf_keys(canonical)
    parent = canonical.rpartition(".")[0]
    found = [_first(node, keys) for node in _nodes(case, parent, item)]
    if not any(map(_there, found)):
        found = [_first(case, keys[1:])]
    return [v for value in found for v in _flat(value) if _there(v)]


_ANSWERS = "clinical.answers"


def answer_path(question: str) -> str:
    """The path of the answer to a clinical question in the words of the form."""
    return f"{_ANSWERS}[{question}]"


def question_of(path: str) -> str:
    """The clinical question whose answer stands at `path`, "" for any other path."""
    inner = path.removeprefix(f"{_ANSWERS}[")
    return inner.removesuffix("]") if inner != path else ""


def _answer(case: Mapping[str, Any], question: str) -> Any:
    """From `clinical.answers`: either {question: answer} or a list of {"question": ..., "answer": ...}."""
    given = _child(_child(case, "clinical"), "answers") or {}
    pairs = (
        given.items() if isinstance(given, Mapping) else [(g.get("question"), g.get("answer")) for g in given]
    )
    wanted = _bare_question(question)
    return next((answer for asked, answer in pairs if _bare_question(str(asked)) == wanted), None)


def _bare_question(text: str) -> str:
    return " ".join(text.casefold().rstrip(" ?*:").split())


def _leaf_keys(path: str) -> list[str]:
    """The last part of the path, then the other keys that may stand in its place."""
    aliases = BY_PATH[path].aliases if path in BY_PATH else ()
    return [part.rpartition(".")[2] for part in (path, *aliases)]


def _nodes(node: Any, path: str, item: Mapping[str, Any] | None) -> Iterator[Any]:
    """Every branch that `path` leads to; a list branch (`service_lines[]`) gives each item."""
    if not path:
        yield node
        return
    head, _, rest = path.partition(".")
    if head.endswith("[]"):
        items = [item] if item is not None else _child(node, head[:-2]) or []
        for entry in items:
            yield from _nodes(entry, rest, None)
    elif (branch := _child(node, head)) is not None:
        yield from _nodes(branch, rest, item)


def _first(node: Any, keys: Sequence[str]) -> Any:
    """What stands under the first of the keys that holds something."""
    return next((value for key in keys if _there(value := _child(node, key))), None)


def _child(node: Any, key: str) -> Any:
    if not isinstance(node, Mapping):
        return None
    if key in node:
        return node[key]
    return next((node[a] for a, real in BRANCH_ALIASES.items() if real == key and a in node), None)


def _flat(value: Any) -> Sequence[Any]:
    """A list of plain values (modifiers) counts as several values; a list of branches as one."""
    if isinstance(value, (list, tuple)) and not any(isinstance(v, Mapping) for v in value):
        return value
    return [value]


def _there(value: Any) -> bool:
    return value not in (None, "", (), [])
