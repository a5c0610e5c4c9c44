"""Conditions on the rows of a list: "if nothing comes up", "if there is a row with ...", "no hit"."""

import re

from authwright.core.workflow import Condition, ConditionKind

_ROWS = r"(?:rows?|hits?|results?|records?|match(?:es)?|entry|entries|lines?|claims?|requests?|cases?|authorizations?)"
_FOUND = r"(?:(?:is|are|was|were) (?:returned|found|shown|listed|displayed|there)|fits?|match(?:es)?|comes? up|appears?|shows? up|turns? up)"
_NONE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:still )?(?:no|0|zero) (?:such )?{_ROWS}(?: {_FOUND}| found)?(?: after that)?",
        rf"(?:still )?(?:nothing|none)(?: (?:found|{_FOUND}|else is found))?(?: after that)?",
        rf"there(?:'s| is| are) (?:still )?(?:no(?:t any)? {_ROWS}|nothing(?: (?:in|on) the (?:list|table|page))?)(?: (?:for|with) (?:it|that))?",
        r"(?:the )?(?:list|table|search) (?:is|stays|comes back|remains|shows) (?:still )?empty",
        rf"(?:the )?(?:list|table|search|it) (?:has|shows|gives|finds|returns) (?:no {_ROWS}|nothing)",
        rf"you (?:get|see|find) (?:no {_ROWS}|nothing)",
    )
)
_WITH = re.compile(
    r"(?:there(?: is|'s| are)|you (?:see|find|get)|(?:the )?(?:list|table|search|page) (?:has|shows|holds)|it shows) "
    r"(?:a|one|the|any) (?:row|line|entry|result|record) (?:with|for|that (?:has|shows|holds)) (?P<what>.+)",
    re.IGNORECASE,
)


_NO_ROW_WITH = re.compile(
    rf"(?:no|none of the) {_ROWS} (?:(?:has|have|shows?|holds?|contains?|lists?) |(?:is|are) (?:there )?(?:with|for) |with )(?P<what>.+)",
    re.IGNORECASE,
)


def no_row_with(words: str) -> str | None:
    """ "No row has X" denies that a row has X."""
    found = _NO_ROW_WITH.fullmatch(words)
    return f"a row has {found['what']}" if found else None


def no_rows(words: str) -> Condition | None:
    """The last search found nothing."""
    if any(form.fullmatch(words.strip()) for form in _NONE):
        return Condition(ConditionKind.ROWS, words, subject="none")
    return None


def row_with(words: str) -> str | None:
    """ "There is a row with X" said as "a row has X"."""
    found = _WITH.fullmatch(words)
    return f"a row has {found['what']}" if found else None
