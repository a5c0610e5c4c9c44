"""How a page wants a value written: "enter the date of birth in DOB as MM/DD/YYYY", "without dashes"."""

import re
from dataclasses import replace

from authwright.core.data_names import BY_PATH
from authwright.core.data_table import DataType
from authwright.core.marks import MARKS, is_without_marks
from authwright.core.workflow import Action, Step
from authwright.sop.amend import amend_last, flat
from authwright.sop.errors import ReadingError
from authwright.sop.tokens import Kind, Tokens

_FORMAT = re.compile(r"[MDYmdy]{1,4}([/.-]?)[MDYmdy]{1,4}\1[MDYmdy]{2,4}")


def without_format(tokens: Tokens) -> tuple[Tokens, str | None]:
    """The sentence without ", as MM/DD/YYYY", "in the format MM/DD/YYYY", "(no dashes)"; and the form."""
    if (found := _marks_at(tokens)) is not None:
        start, end, names = found
        return (*tokens[:start], *tokens[end:]), f"without {' and '.join(names)}"
    at = next((i for i, t in enumerate(tokens) if t.kind is Kind.WORD and _FORMAT.fullmatch(t.text)), 0)
    if not at or tokens[at - 1].text == ":":
        return tokens, None
    start, end = at, at + 1
    while start > 1 and tokens[start - 1].low in ("as", "in", "the", "format", "(", ",", "form", "written"):
        start -= 1
    if tokens[start].text == "(" and (
        close := next((k for k in range(end, len(tokens)) if tokens[k].text == ")"), 0)
    ):
        end = close  # what else stands in the brackets tells more of the form
    while end < len(tokens) and tokens[end].low in ("format", "form", ")"):
        end += 1
    if tokens[start].text == "(" and "(" not in [t.text for t in tokens[start + 1 : end]]:
        close = next((i for i in range(start, len(tokens)) if tokens[i].text == ")"), end - 1)
        end = max(end, close + 1)  # "(mm/dd/yyyy, slashes included)"
    return (*tokens[:start], *tokens[end:]), tokens[at].text.upper()


def _marks_at(tokens: Tokens) -> tuple[int, int, list[str]] | None:
    """Where "without any dashes or spaces", "(no dashes)" stands, and the marks."""
    for i, token in enumerate(tokens):
        if token.low not in ("without", "no") or token.kind is not Kind.WORD or not i:
            continue
        k, names = i + 1, list[str]()
        while (k < len(tokens) and tokens[k].low in ("any", "the", "and", "or", ",", "special")) or (
            k < len(tokens) and tokens[k].low in _MARK_NAMES
        ):
            if tokens[k].low in _MARK_NAMES:
                names.append(_MARK_NAMES[tokens[k].low])
            k += 1
        while k > i + 1 and tokens[k - 1].low not in _MARK_NAMES:
            k -= 1
        bracketed = tokens[i - 1].text == "(" and k < len(tokens) and tokens[k].text == ")"
        if names and (bracketed or token.low == "without"):
            start = i - 1 if bracketed or tokens[i - 1].text == "," else i
            return start, k + bracketed, names
    return None


_MARK_NAMES = {
    **{name: name for name in MARKS},
    **{name.removesuffix("s"): name for name in MARKS if name not in ("dashes", "slashes", "parentheses")},
    "dash": "dashes", "slash": "slashes", "punctuation": "punctuation", "separators": "separators",
    "characters": "special characters",
}  # fmt: skip


def with_format(steps: list[Step], form: str | None, at: int) -> list[Step]:
    """The dates (or other data) of the sentence, written so. Raises ReadingError when there is none."""
    if form is None:
        return steps
    if is_without_marks(form):
        return _without_marks(steps, form, at)
    dates = [s for s in flat(steps) if _is_date(s)]
    for date in dates:
        amend_last(steps, lambda s, date=date: s is date, lambda s: replace(s, format=form))  # type: ignore[misc]
    if not dates:
        raise ReadingError("SOP014", at, f"which date is written as {form} is not clear", "name the date")
    return steps


def _without_marks(steps: list[Step], form: str, at: int) -> list[Step]:
    typed = [s for s in flat(steps) if s.action is Action.FILL and s.value is not None]
    if len(typed) != 1:
        raise ReadingError(
            "SOP014", at, f"which value is written {form} is not clear", "write it in a sentence of its own"
        )
    own = "MMDDYYYY" if _is_date(typed[0]) else form
    amend_last(steps, lambda s: s is typed[0], lambda s: replace(s, format=own))
    return steps


def _is_date(step: Step) -> bool:
    name = BY_PATH.get(step.value.ref or "") if step.value else None
    return step.action is Action.FILL and name is not None and name.type is DataType.DATE
