"""From people's words for a case's data to its path, and values made of them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache

from authwright.core.data_names import words_index
from authwright.core.data_table import DataName
from authwright.core.workflow import Value
from authwright.sop.tokens import Kind, Token

# Words that stand for more than one entry of the table.
COMPOSITES: dict[str, tuple[str, ...]] = {
    "dates": ("service_lines[].start", "service_lines[].end"),
    "service dates": ("service_lines[].start", "service_lines[].end"),
    "dates of service": ("service_lines[].start", "service_lines[].end"),
    "start and end dates of service": ("service_lines[].start", "service_lines[].end"),
    "start and end dates": ("service_lines[].start", "service_lines[].end"),
}


Names = tuple[DataName, ...]
_own_names: ContextVar[Names] = ContextVar("names of the practice's own", default=())


@contextmanager
def with_names(names: Iterable[DataName]) -> Iterator[None]:
    """Inside, a practice's own names are known besides the table's; the table's win."""
    before = _own_names.set(tuple(names))
    try:
        yield
    finally:
        _own_names.reset(before)


@lru_cache(maxsize=8)
def _index_with(names: Names) -> tuple[dict[str, str], int]:
    index = words_index()
    for name in names:
        for words in name.words:
            index.setdefault(words, name.path)
    return index, max(len(words.split()) for words in index)


def _index() -> tuple[dict[str, str], int]:
    return _index_with(_own_names.get())


def known_words() -> tuple[str, ...]:
    return tuple(_index()[0])


def path_of(words: str) -> str | None:
    """The path for everyday words (any case, plural allowed), or None."""
    return _path_of(words, _own_names.get())


@lru_cache(maxsize=4096)
def _path_of(words: str, _names: Names) -> str | None:
    index, _ = _index()
    low = " ".join(
        words.lower()
        .replace("(s)", "")
        .replace("payor", "payer")
        .replace(" ref #", " reference number")
        .replace(" #", " number")
        .replace("first and last name", "name")
        .split()
    )
    person, _, own = low.partition(" ")
    if person in _PERSONS and low not in index and index.get(own, "").startswith(("patient.", "coverage.")):
        return index[own]  # "beneficiary date of birth"
    if low not in index and _OF_SUBSCRIBER.fullmatch(low):
        return None
    if low in _PERSONS and low not in index:
        return index.get("patient")
    of = low.partition(" of ")
    if of[1] and low not in index:  # "type of service" is the service type
        found = _singulars(f"{of[2].removeprefix('the ')} {of[0]}")
        return next((index[w] for w in found if w in index), None)
    found = _singulars(low) + (_singulars(low.replace("'s ", " ")) if "'s " in low else [])
    return next((index[w] for w in found if w in index), None)


def is_plural(words: str) -> bool:
    index, _ = _index()
    low = words.lower()
    return low not in index and path_of(low) is not None and low.endswith("s")


# Whoever holds the policy may be another than the patient.
_OF_SUBSCRIBER = re.compile(
    r"(?:subscriber|insured|policy ?holder)(?:'s)? (?:name|(?:first|last|full) name|dob|date of birth"
    r"|birth ?date|birthday|sex|gender|address|phone(?: number)?)"
)
_PERSONS = frozenset(
    {"beneficiary", "client", "subscriber", "enrollee", "recipient", "insured", "member", "participant"}
)


def _singulars(words: str) -> list[str]:
    found = [words]
    if words.endswith("s"):
        found.append(words[:-1])
    if words.endswith("es"):
        found.append(words[:-2])
    first, _, rest = words.partition("'s ")
    if first in ("member", "subscriber", "client"):
        found += _singulars(f"patient's {rest}") if rest else []
    person, _, own = words.partition(" ")
    if person in _PERSONS and own and "'s" not in person:
        found += [f"patient's {own}", f"member {own}"]
    if first == "insurer":
        found.append(f"payer's {rest}")
    if rest.endswith(("id", "number", "phone", "email", "code")) and first in (
        "patient",
        "member",
        "provider",
    ):
        found.append(rest)
    if rest and first in ("line", "service", "service line", "procedure"):
        found.append(rest)
    return found


def longest_name(tokens: Sequence[Token], start: int, stop: int) -> int:
    """How many tokens from `start` on are a known data name; 0 when none."""
    _, longest = _index()
    for length in range(min(longest, stop - start), 0, -1):
        run = tokens[start : start + length]
        if all(t.kind is Kind.WORD for t in run):
            words = " ".join(t.low for t in run)
            if words in COMPOSITES or path_of(words):
                return length
    return 0


def snake(words: str) -> str:
    """The author's words as a name: `the decision ID` -> `decision_id`."""
    bare = re.sub(r"^(?:the|a|an|your|their|its|each|every|all|any) ", "", words.strip().lower())
    bare = re.sub(r" #$", " number", bare.replace("'s", ""))
    return re.sub(r"[^a-z0-9]+", "_", bare).strip("_") or "value"


def reference(words: str, bare: str, *, every: bool = False) -> Value:
    """A reference by `bare` words; by their snake_case when the table has no such name."""
    path = path_of(bare)
    ref = path or path_in_line(bare) or snake(bare)
    return Value(ref=ref, words=words, every=every or (path is not None and is_plural(bare)))


# Whose data stands in each service line, whatever its name.
OF_LINES = frozenset({"service line", "line item", "line", "procedure line"})
_LINES_OWN = re.compile(r"(?:the |this |that |each |every )?(?P<owner>[a-z ]+)'s (?P<name>.+)", re.IGNORECASE)


def path_in_line(words: str) -> str | None:
    """The path for a name of one's own that is said to be the service line's: "service line's color"."""
    found = _LINES_OWN.fullmatch(words.strip())
    if not found or found["owner"].lower() not in OF_LINES:
        return None
    return f"service_lines[].{snake(found['name'])}"


def subject_of(words: str) -> str | None:
    """The path of what a condition asks about: of the table, or the service line's own."""
    return path_of(words) or path_in_line(words)


def list_of(path: str) -> str | None:
    """The list that a path leads through: `service_lines[].code` -> `service_lines`."""
    if path in ("service_lines", "diagnoses", "documents"):
        return path
    head, found, _ = path.partition("[]")
    return head if found else None
