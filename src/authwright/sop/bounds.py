"""How often: "at most 3 times", "twice at the very most", "(3 x)"."""

import re

MOST_ROUNDS = 20
"""Of a repetition that names no bound."""
NUMBERS = {
    "once": 1, "twice": 2, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "fifteen": 15, "twenty": 20,
}  # fmt: skip
_COUNT = rf"(?P<n>\d{{1,3}}|{'|'.join(NUMBERS)})"
_TIMES = r"(?: ?(?:times|time|tries|attempts|rounds|x)\b)"
_MOST = r"(?: (?:at (?:the )?(?:very )?most|max\.?|maximum|only|altogether|in all))"
_AT_MOST = (
    r"(?:at (?:the )?(?:very )?most|up to|max\.?|maximum|no more than|not more than|a maximum of|only) "
)
_BOUND = re.compile(
    rf"(?:^|[,(:;]? ?)(?:{_AT_MOST}{_COUNT}{_TIMES}?|{_COUNT.replace('?P<n>', '?P<m>')}{_TIMES}?{_MOST}"
    rf"|{_COUNT.replace('?P<n>', '?P<k>')}{_TIMES}|(?:one|a) (?P<more>second) time|(?P<o>once)(?: more| again)?)[).]?$",
    re.IGNORECASE,
)


def split_bound(text: str) -> tuple[str, int | None]:
    """The text without the bound at its end, and the bound."""
    last = text.lower().split()[-6:]  # a quick look, as nearly no sentence ends with a bound
    counted = any(x.strip("(),.;x") in NUMBERS or x.strip("(),.;x").isdigit() or x == "time" for x in last)
    found = _BOUND.search(text) if counted else None
    if found is None:
        return text, None
    if found["more"]:
        return text[: found.start()].rstrip(" ,;:("), 1
    said = (found["n"] or found["m"] or found["k"] or found["o"]).lower()
    number = int(said) if said.isdigit() else NUMBERS[said]
    return (text[: found.start()].rstrip(" ,;:("), number) if number else (text, None)
