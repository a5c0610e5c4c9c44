"""Markdown tables: a field and its value a row, the page's words for ours, or cases and what to do."""

import re
from dataclasses import dataclass

from authwright.sop.data_words import path_of
from authwright.sop.errors import ReadingError
from authwright.sop.table_text import Row

_FIELD = frozenset(
    [
        "field",
        "label",
        "on the form",
        "form field",
        "field name",
        "box",
        "control",
        "name of field",
        "on the screen",
        "on the page",
        "in",
        "into",
        "screen field",
        "where",
        "in field",
        "name of the field",
        "portal field",
        "form",
        "fields",
        "the field",
        "screen",
        "data field",
        "question",
    ]
)
_VALUE = frozenset(
    [
        "value",
        "enter",
        "what goes there",
        "what to enter",
        "type",
        "put",
        "from the case",
        "what to type",
        "what",
        "answer",
        "fill with",
        "our data",
        "data",
        "input",
        "entry",
        "enter this",
        "what to put",
        "choose",
        "select",
        "what we enter",
        "content",
        "values",
        "set to",
    ]
)
_ONLY_IF = frozenset(
    [
        "only if",
        "if",
        "when",
        "condition",
        "only when",
        "applies when",
        "applies if",
        "required when",
        "needed if",
    ]
)
_LIMIT = frozenset(
    ["limit", "max", "max.", "maximum", "max length", "max. length", "maximum length", "length", "longest"]
)
_REMARK = frozenset(
    [
        "remark",
        "remarks",
        "note",
        "notes",
        "comment",
        "comments",
        "hint",
        "help",
        "#",
        "no",
        "no.",
        "step",
        "example",
        "tip",
        "tips",
        "required",
        "required?",
    ]
)
_DO = frozenset(
    [
        "what to do",
        "do",
        "action",
        "do this",
        "then",
        "what you do",
        "next",
        "what then",
        "next step",
        "what happens next",
    ]
)
EXPECTED = 'a table has the columns "Field" and "Value" (and, as you need them, "Only if" and "Limit"); under a step that chooses, the page\'s word and ours'


@dataclass(frozen=True, slots=True)
class Columns:
    """Where in a row what stands; None where the table has no such column."""

    kind: str
    first: int
    second: int
    only_if: int | None = None
    limit: int | None = None
    remark: tuple[int, ...] = ()


def columns_of(rows: list[Row], *, chooses: bool) -> Columns:
    """What the table's head says it is. Raises ReadingError (SOP026)."""
    head = [" ".join(c.text.lower().strip(" :*_").split()) for c in rows[0].cells]
    field, value = _index(head, _FIELD), _index(head, _VALUE)
    extra = {"only_if": _index(head, _ONLY_IF), "limit": _index(head, _LIMIT)}
    remark = tuple(i for i, name in enumerate(head) if name in _REMARK)
    known = {field, value, *extra.values(), *remark}
    if field is not None and value is not None and all(i in known for i in range(len(head))):
        return Columns("entries", field, value, remark=remark, **extra)
    do = _index(head, _DO)
    if do is not None and len(head) == 2:
        return Columns("cases", 1 - do, do)
    if chooses and len(head) == 2:
        return Columns("mapping", 0, 1)
    raise ReadingError("SOP026", 0, "what this table says is not known", EXPECTED)


def _index(head: list[str], names: frozenset[str]) -> int | None:
    return next((i for i, name in enumerate(head) if name in names), None)


_LEAVE = re.compile(
    r"(?:|-|\u2013|\u2014|n/?a|none|(?:please )?(?:leave|do not|don't|never|skip|ignore|nothing|no entry|not used|stays?)\b.*)",
    re.IGNORECASE,
)


def is_left(value: str) -> bool:
    """Nothing is entered: "leave blank", "do not change", an empty cell."""
    return _LEAVE.fullmatch(value.strip("()*_ ")) is not None


def with_determiner(value: str) -> str:
    """ "member ID" in a table is "the member ID"."""
    bare = value.strip()
    if bare[:1] in ('"', "") or re.match(r"(?:the|each|every|our|your|a|an|today)\b", bare, re.IGNORECASE):
        return bare
    return f"the {bare}" if path_of(bare) or bare[:1].islower() else bare


def split_condition(value: str) -> tuple[str, str, str]:
    """ "contact name (only when the patient is under 18)": value, "when", the condition's words."""
    found = re.fullmatch(
        r"(?P<v>.+?),? ?\(?(?P<only>only )?(?P<word>if|when|unless|where) (?P<c>[^()]+)\)?",
        value.strip(),
        re.IGNORECASE,
    )
    if found is None:
        return value, "", ""
    return found["v"].strip(), found["word"].lower(), found["c"].strip()
