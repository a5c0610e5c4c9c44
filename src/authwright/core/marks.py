"""How a page wants a number written: "without dashes", "without spaces and hyphens"."""

import re

MARKS = {
    "dashes": "-\u2010\u2011\u2013",
    "hyphens": "-\u2010\u2011\u2013",
    "spaces": " \u00a0",
    "slashes": "/",
    "dots": ".",
    "periods": ".",
    "commas": ",",
    "parentheses": "()",
}
ALL_MARKS = ("punctuation", "special characters", "separators")
"""These leave letters and digits only."""


def is_without_marks(form: str) -> bool:
    """Whether a step's `format` is of this kind: "without dashes and spaces"."""
    lead, _, names = form.partition(" ")
    return lead == "without" and all(n in MARKS or n in ALL_MARKS for n in names.split(" and "))


def without_marks(text: str, form: str) -> str:
    """The text as such a `format` wants it."""
    names = form.partition(" ")[2].split(" and ")
    if any(name in ALL_MARKS for name in names):
        return re.sub(r"[\W_]", "", text)
    unwanted = "".join(MARKS[name] for name in names)
    return "".join(c for c in text if c not in unwanted)
