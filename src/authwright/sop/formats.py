"""How a page wants a date written: "enter the date of birth in DOB as MM/DD/YYYY"."""

import re
from dataclasses import replace

from authwright.core.data_names import BY_PATH
from authwright.core.data_table import DataType
from authwright.core.workflow import Action, Step
from authwright.sop.amend import amend_last, flat
from authwright.sop.errors import ReadingError
from authwright.sop.tokens import Kind, Tokens

_FORMAT = re.compile(r"[MDYmdy]{1,4}([/.-]?)[MDYmdy]{1,4}\1[MDYmdy]{2,4}")


def without_format(tokens: Tokens) -> tuple[Tokens, str | None]:
    """The sentence without ", as MM/DD/YYYY", "in the format MM/DD/YYYY", "(MM/DD/YYYY)"."""
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


def with_format(steps: list[Step], form: str | None, at: int) -> list[Step]:
    """The dates of the sentence, written so. Raises ReadingError when there is none."""
    if form is None:
        return steps
    dates = [s for s in flat(steps) if _is_date(s)]
    for date in dates:
        amend_last(steps, lambda s, date=date: s is date, lambda s: replace(s, format=form))  # type: ignore[misc]
    if not dates:
        raise ReadingError("SOP014", at, f"which date is written as {form} is not clear", "name the date")
    return steps


def _is_date(step: Step) -> bool:
    name = BY_PATH.get(step.value.ref or "") if step.value else None
    return step.action is Action.FILL and name is not None and name.type is DataType.DATE
