"""From nodes to dataclasses: the dataclass is the schema.

`build(cls, table, log)` reads every field of `cls` from the table: text, date, whole number, yes or
no, an enum's words, a list of any of these, or another dataclass. A field's key is its name; `start`
is written `from`. A class with a `from_node(node, log)` reads itself. What is wrong becomes a
diagnostic with its position and reading goes on; the value is then left at its default.
"""

import dataclasses
import datetime as dt
import types
from collections.abc import Callable, Iterator
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from authwright.core.dates import DATE_FORMS, parse_date
from authwright.core.diagnostics import Diagnostic, Severity, did_you_mean
from authwright.rules.nodes import Listing, Node, Scalar, Table, kind_of

T = TypeVar("T")


# Metadata of a field: the file must give it; or it is no key of the file at all.
NEEDED = {"needed": True}
INTERNAL = {"internal": True}

# Keys that are words of Python, or that read better in a sentence than in code.
_KEY_OF = {"start": "from", "low": "from", "high": "to"}


class Log:
    """Where the diagnostics of one file are written down."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.diagnostics: list[Diagnostic] = []

    def error(
        self,
        at: Node,
        code: str,
        message: str,
        hint: str = "",
        suggestions: tuple[str, ...] = (),
        severity: Severity = Severity.ERROR,
    ) -> None:
        self.diagnostics.append(
            Diagnostic(self.file, at.line, at.column, code, message, hint, suggestions, severity)
        )


@dataclasses.dataclass(frozen=True, slots=True)
class _Field:
    name: str
    key: str
    type: Any
    required: bool


@cache
def _fields(cls: Any) -> tuple[_Field, ...]:
    hints = get_type_hints(cls)
    return tuple(
        _Field(
            f.name,
            _KEY_OF.get(f.name, f.name),
            hints[f.name],
            f.metadata.get("needed", False)
            or (f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING),
        )
        for f in dataclasses.fields(cls)
        if not f.metadata.get("internal")
    )


def build(cls: type[T], node: Node, log: Log, what: str = "") -> T | None:
    """One `cls` from a table; None when the node is no table or a field without default is missing."""
    shape: Any = cls
    what = what or _in_words(cls.__name__)
    if not isinstance(node, Table):
        log.error(node, "RUL005", f"{what} is a table of keys, not {kind_of(node)}", _keys_hint(shape))
        return None
    values: dict[str, Any] = {}
    missing = False
    known = {f.key: f for f in _fields(shape)}
    for key, at in node.keys.items():
        if key not in known:
            near = did_you_mean(key, known)
            log.error(at, "RUL004", f"{what} has no key {key!r}", "" if near else _keys_hint(shape), near)
    for f in known.values():
        child = node.entries.get(f.key)
        if child is None or is_empty(child):
            if f.required:
                log.error(node, "RUL006", f"{what} has no `{f.key}`", f"add `{f.key}:`")
                missing = missing or _has_no_default(shape, f.name)
            continue
        value = convert(f.type, child, log, f"`{f.key}`")
        if value is not None:
            values[f.name] = value
        elif _has_no_default(shape, f.name):
            missing = True
    return None if missing else cls(**values)


@cache
def _has_no_default(cls: Any, name: str) -> bool:
    f = next(f for f in dataclasses.fields(cls) if f.name == name)
    return f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING


def _keys_hint(cls: Any) -> str:
    return "its keys are " + ", ".join(f.key for f in _fields(cls))


def _in_words(name: str) -> str:
    words = "".join(f" {c.lower()}" if c.isupper() else c for c in name).strip()
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"


def scalars(node: Node, log: Log, what: str) -> Iterator[Scalar]:
    """The single values of a list (or the one value), leaving out and reporting what is none."""
    for item in node.items if isinstance(node, Listing) else [node]:
        if isinstance(item, Scalar):
            yield item
        else:
            log.error(item, "RUL005", f"{what} is one value, not {kind_of(item)}")


def is_empty(node: Node) -> bool:
    return isinstance(node, Scalar) and node.plain and node.text in ("", "~")


def convert(type_: Any, node: Node, log: Log, what: str) -> Any:
    """The node as a value of `type_`; None, and a diagnostic, when it is none."""
    origin = get_origin(type_)
    if origin in (Union, types.UnionType):
        inner = next(a for a in get_args(type_) if a is not type(None))
        return convert(inner, node, log, what)
    if hasattr(type_, "from_node"):
        return type_.from_node(node, log)
    if origin is tuple:
        return _convert_list(get_args(type_)[0], node, log, what)
    if origin is dict:
        return _convert_table(get_args(type_)[1], node, log, what)
    if dataclasses.is_dataclass(type_):
        return build(cast(type, type_), node, log)
    if isinstance(type_, type) and issubclass(type_, Enum):
        return _convert_enum(type_, node, log, what)
    return _convert_scalar(type_, node, log, what)


def _convert_list(inner: Any, node: Node, log: Log, what: str) -> tuple[Any, ...]:
    """A list; a single value where a list is meant is a list of one."""
    items = node.items if isinstance(node, Listing) else [node]
    values = (convert(inner, item, log, f"an entry of {what}") for item in items)
    return tuple(v for v in values if v is not None)


def _convert_table(inner: Any, node: Node, log: Log, what: str) -> dict[str, Any] | None:
    if not isinstance(node, Table):
        log.error(node, "RUL005", f"{what} is a table of keys, not {kind_of(node)}")
        return None
    values = {k: convert(inner, v, log, f"`{k}`") for k, v in node.entries.items()}
    return {k: v for k, v in values.items() if v is not None}


def _convert_enum(cls: type[Enum], node: Node, log: Log, what: str) -> Enum | None:
    words = [str(member.value) for member in cls]
    if isinstance(node, Scalar) and node.text in words:
        return cls(node.text)
    found = node.text if isinstance(node, Scalar) else ""
    near = did_you_mean(found, words)
    hint = "" if near else "it is one of " + ", ".join(words)
    log.error(node, "RUL007", f"{what} can't be {kind_of(node)}", hint, near)
    return None


def _convert_scalar(type_: Any, node: Node, log: Log, what: str) -> Any:
    if not isinstance(node, Scalar):
        log.error(node, "RUL005", f"{what} is one value, not {kind_of(node)}")
        return None
    value = _SCALARS[type_](node.text.strip())
    if value is None:
        log.error(node, "RUL008", f"{what} is {_FORMS[type_]}, not {node.text!r}")
    return value


def _whole_number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


_SCALARS: dict[Any, Callable[[str], Any]] = {
    str: lambda text: text,
    int: _whole_number,
    bool: {"yes": True, "true": True, "no": False, "false": False}.get,
    dt.date: parse_date,
}
_FORMS = {int: "a whole number", bool: "yes or no", dt.date: f"a date ({DATE_FORMS})", str: "text"}
