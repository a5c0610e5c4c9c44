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


_LIST = r'(?:"[^"]+"|[A-Z][\w ]*?)(?:(?:,? or|,) (?:"[^"]+"|[A-Z][\w ]*?))*'
_OF_ROW = r"(?:,? (?:and|but) (?:its|the)|,? whose) [\w ]+? (?:is|reads|says|shows)"
_LACKS = re.compile(
    rf"(?P<has>.+?)(?:{_OF_ROW} not|,? (?:and|but) (?:(?:does|do) not (?:have|show|hold|contain|say|read)|is not|not|has no)"
    rf"|,? without|,? except) (?P<lacks>{_LIST})"
)
_ALSO = re.compile(rf"(?P<has>.+?){_OF_ROW} (?P<also>\"[^\"]+\")")


def lacking(words: str) -> tuple[str, str]:
    """What a row must hold, and what it must not: "X and its status is not "Draft""."""
    found = _LACKS.fullmatch(words)
    return (found["has"], found["lacks"]) if found else (words, "")


def also(words: str) -> str:
    """ "X and its status is "Open"" as "X and "Open""."""
    found = _ALSO.fullmatch(words)
    return f"{found['has']} and {found['also']}" if found else words


def of_row(words: str) -> bool:
    """Whether "and" goes on telling what the one row holds, rather than beginning another condition."""
    return bool(_LACKS.fullmatch(words) or _ALSO.fullmatch(words)) and words.lower().startswith(_ROW_STARTS)


_ROW_STARTS = (
    "a row ",
    "the row ",
    "any row ",
    "one row ",
    "there is a row ",
    "a line ",
    "an entry ",
    "the list ",
)


def no_rows(words: str) -> Condition | None:
    """The last search found nothing."""
    if any(form.fullmatch(words.strip()) for form in _NONE):
        return Condition(ConditionKind.ROWS, words, subject="none")
    return None


def row_with(words: str) -> str | None:
    """ "There is a row with X" said as "a row has X"."""
    found = _WITH.fullmatch(words)
    return f"a row has {found['what']}" if found else None
