"""When two pieces of visible text are the same to a person: case, spacing, marks and hints aside."""

import re
import unicodedata
from functools import lru_cache

_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", " ": " "})
_FORMAT_HINT = re.compile(
    r"\((?:required|optional|[mdyc]{1,4}[/.\- ](?:[mdyc]{1,4}|mon)[/.\- ][mdyc]{2,4}"
    r"|mmddyyyy|mmddccyy|yyyymmdd"
    r"|select one|choose one"
    r"|(?:at most|up to|max\.?|maximum(?: of)?)? ?[0-9,]+ (?:digits|characters|chars)"
    r"(?: max\.?| maximum)?)\)",
)
_MARKS_AT_EDGES = re.compile(r"^[\s*•·>»]+|[\s*:…?.!,;▼▾▸›»>]+$")
_NOT_WORDS = re.compile(r"[^\w]+")


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """The text as it is compared: one case, single spaces, `&` as and, `#` as number, no colon,
    asterisk or format hint around it."""
    text = unicodedata.normalize("NFKC", text).translate(_QUOTES).casefold()
    text = _FORMAT_HINT.sub(" ", text).replace("&", " and ").replace("#", " number ")
    text = _MARKS_AT_EDGES.sub("", " ".join(text.split()))
    return " ".join(text.split())


@lru_cache(maxsize=8192)
def squeezed(text: str) -> str:
    """Only letters and digits: "Pre-Certification" and "Precertification" are one."""
    return _NOT_WORDS.sub("", plain(text))


def words(text: str) -> tuple[str, ...]:
    return tuple(_NOT_WORDS.sub(" ", plain(text)).split())


def alike(wanted: str, shown: str) -> float:
    """1 for the same text, 0.97 when only punctuation or spacing differs, else 0.

    Nothing in between: "Member ID" is no part-match for "Alternate member ID".
    """
    if plain(wanted) == plain(shown):
        return 1.0 if plain(wanted) else 0.0
    return 0.97 if squeezed(wanted) and squeezed(wanted) == squeezed(shown) else 0.0


def contains(text: str, wanted: str) -> bool:
    """Whether the text holds the wanted words as whole words, in order."""
    pattern = r"(?<![\w.])" + re.escape(plain(wanted)) + r"(?!\w|\.\d)"
    return bool(plain(wanted)) and re.search(pattern, plain(text)) is not None
