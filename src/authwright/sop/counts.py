"""How many of a list the case has: "there are more than 5 service lines", "it has only one document"."""

import re
from collections.abc import Mapping

from authwright.core.workflow import Condition, ConditionKind, Value
from authwright.sop.data_words import list_of, path_of

_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10, "a single": 1}
_N = rf"(?P<n>\d+|{'|'.join(_WORDS)})"
_HAS = r"(?:there (?:is|are)|(?:the|this|that|our) (?:case|order|request|authorization) (?:has|contains|holds)|(?:we|you) have|it has)"
# The number's wording, the kind of comparison, and what is added to the number for it.
_FORMS: tuple[tuple[re.Pattern[str], ConditionKind, int], ...] = tuple(
    (re.compile(rf"{_HAS} {number} (?P<name>[a-z][\w' -]*?)", re.IGNORECASE), kind, plus)
    for number, kind, plus in (
        (rf"(?:more than|over) {_N}", ConditionKind.MORE, 0),
        (rf"(?:at least {_N}|{_N.replace('<n>', '<m>')} or more)", ConditionKind.MORE, -1),
        (rf"(?:fewer than|less than|under) {_N}", ConditionKind.LESS, 0),
        (rf"(?:at most|no more than|not more than|up to) {_N}", ConditionKind.LESS, 1),
        (r"(?:several|multiple|many)", ConditionKind.MORE, 1),
        (rf"(?:only|exactly|just) {_N}", ConditionKind.EQUALS, 0),
    )
)


def counted(words: str) -> Condition | None:
    """None when no list of the case is counted."""
    for form, kind, plus in _FORMS:
        found = form.fullmatch(words)
        path = path_of(found["name"]) if found else None
        each = list_of(path) if path else None
        if found and each:
            number = Value(literal=str(_number(found.groupdict()) + plus))
            return Condition(kind, "", subject=each, values=(number,))
    return None


def _number(said: Mapping[str, str | None]) -> int:
    text = (said.get("n") or said.get("m") or "0").lower()
    return int(text) if text.isdigit() else _WORDS[text]
