"""How likely a label is another wording of an old one, by its words alone.

| | |
| --- | --- |
| the same words in another order or number, or their initials ("Birth Date", "DOB") | 0.95 |
| one more or one less of the words that name no thing ("Tax ID Number") | 0.85 |
| a remark in brackets ("Member ID (as on the card)") | 0.7 |
| all the words of one and more ("Service Start Date" for "Start Date"), or nearly the same letters | 0.6 |
| a number, or a word that makes it another thing ("Alternate Member ID", "End Date") | 0 |
"""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from authwright.runner.wording import plain, words

SAME_WORDS, ONE_LESS, REMARK, MORE = 0.95, 0.85, 0.7, 0.6
_SAME_LETTERS = 0.9

_SMALL = frozenset({"a", "an", "and", "by", "for", "of", "on", "s", "the", "your", "please", "enter"})
_NAMES_NOTHING = frozenset({"code", "number", "no", "field", "value"})
# What tells two things of one kind apart. Closed, and of the language, not of a portal.
_TELLS_APART = frozenset(
    {
        *("alternate", "alternative", "other", "another", "additional", "primary", "principal", "secondary"),
        *(
            "tertiary",
            "main",
            "second",
            "third",
            "next",
            "previous",
            "prior",
            "old",
            "new",
            "former",
            "maiden",
        ),
        *("subscriber", "mother", "father", "spouse", "guardian", "dependent", "mailing", "billing", "home"),
        *("work", "mobile", "not", "non", "none", "confirm", "repeat", "again", "to", "from", "end", "start"),
        *("begin", "through", "until", "last", "first", "middle", "requested", "approved", "extension"),
        *("min", "max", "minimum", "maximum", "inpatient", "outpatient", "type", "status", "group"),
        *("requesting", "rendering", "servicing", "ordering", "referring", "attending", "admission"),
        *("admitting", "discharge"),
    }
)
_BRACKETS = re.compile(r"^(?P<name>[^()]+?)\s*\((?P<remark>[^()]+)\)$")


def akin(old: str, new: str) -> float:
    """0 to 1; below `MORE` it says nothing."""
    if bracket := _BRACKETS.match(plain(new)):
        tells_apart = _stems(bracket["remark"]) & _TELLS_APART
        whole = akin(old, bracket["name"]) if "(" not in old else 0.0
        same = whole >= SAME_WORDS or plain(old) == bracket["name"]
        return REMARK if same and not tells_apart else 0.0
    ours, theirs = _stems(old), _stems(new)
    if not ours or not theirs:
        return 0.0
    differing = ours ^ theirs
    if differing & _TELLS_APART or any(word.isdigit() for word in differing):
        return _initials(old, new)
    if not differing:
        return SAME_WORDS if _numbers(old) == _numbers(new) else 0.0
    if differing <= _NAMES_NOTHING and len(differing) == 1 and len(ours | theirs) > 1:
        return ONE_LESS
    if ours < theirs or theirs < ours:
        return MORE if min(len(ours), len(theirs)) > 1 else 0.0
    letters = SequenceMatcher(None, plain(old), plain(new)).ratio()
    return MORE if letters >= _SAME_LETTERS else _initials(old, new)


def _initials(old: str, new: str) -> float:
    """ "DOB" for "Date of Birth", of three words at least."""
    first = "".join(word[0] for word in words(old))
    return SAME_WORDS if len(first) > 2 and plain(new) == first else 0.0


def _stems(text: str) -> frozenset[str]:
    return frozenset(_singular(words(text))) - _SMALL


def _singular(found: Iterable[str]) -> Iterable[str]:
    return (
        word[:-1] if len(word) > 3 and word.endswith("s") and word[-2] not in "su" else word for word in found
    )


def _numbers(text: str) -> list[str]:
    return [word for word in words(text) if word.isdigit()]
