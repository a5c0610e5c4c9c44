"""Values and conditions in words: by the name that the table of data gives them, not by the author's.

An author who wrote "the DOB" reads "the date of birth of the case" and sees what it was taken for.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from authwright.core.data_names import BY_PATH, LISTS, one_of_list, question_of
from authwright.core.data_table import DataType
from authwright.core.workflow import Condition, ConditionKind, Order, Prefer, Value

Example = Callable[[Value], str | None]
"""What a value is in one case, ready to be shown; None when nothing is to be added."""

K = ConditionKind

_CAPITALS = {
    w.lower(): w for w in ("ID", "NPI", "CCN", "CPT", "ICD-10", "MRN", "TIN", "EIN", "PIN", "ZIP", "HCPCS")
}
# What a thing of the case belongs to, by the first part of its path.
_OWNERS = {
    "patient": "the patient",
    "service_lines[]": "the service line",
    "diagnoses[]": "the diagnosis",
    "documents[]": "the document",
    "credentials": "the portal account",
    "contact": "the practice",
}
_PERIODS = {"D": "day", "W": "week", "M": "month", "Y": "year", "H": "hour", "S": "second"}


def quote(text: str) -> str:
    return f'"{text}"'


def no_example(value: Value) -> str | None:
    return None


def plain_name(name: str) -> str:
    """`reference_number` as people write it."""
    return _capitals(name.replace("_", " "))


def data_name(path: str, *, every: bool = False) -> str:
    """The datum at `path` in words: "the member ID of the case"."""
    known = BY_PATH.get(path)
    if known is None:
        return _own_name(path)
    words = _capitals(known.words[0])
    if path in LISTS:
        return f"{'every' if every else 'each'} {words} of the case"
    if known.type is DataType.YES_NO:
        return f"the answer to {quote(words)} in the case"
    owner = _OWNERS.get(path.split(".")[0], "the case")
    if every:
        return f"every {words} of the case"
    if "'s " in words:
        return f"the {words}"
    return f"the {words} of {owner}"


def _nth(number: int) -> str:
    return _ORDINALS.get(number, f"{number}th")


_ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", 6: "sixth"}


def _own_name(path: str) -> str:
    """A name that the table doesn't hold: the case's, or that of each element of a list."""
    if question := question_of(path):
        return f"the answer to {quote(question)}"
    branch, of_list, name = path.partition("[].")
    owner = one_of_list(branch) if of_list else "case"
    return f'what the {owner} calls "{plain_name(name if of_list else path)}"'


def _capitals(words: str) -> str:
    return " ".join(_CAPITALS.get(w, w) for w in words.split(" "))


@dataclass(frozen=True, slots=True)
class Naming:
    """Says values and conditions; `example` adds what they are in one case."""

    example: Example = no_example

    def value(self, value: Value | None) -> str:
        if value is None:
            return "nothing"
        if value.ref is None:
            return quote(value.literal or "")
        if value.read:
            return f"the {plain_name(value.ref)} that was read before"
        if value.index is not None:
            return f"the {_nth(value.index)} {data_name(value.ref).removeprefix('the ')}"
        return data_name(value.ref, every=value.every) + self._here(value)

    def _here(self, value: Value) -> str:
        shown = self.example(value)
        return f" ({shown})" if shown is not None else ""

    def _subject(self, condition: Condition) -> str:
        path = condition.subject or ""
        if condition.kind is K.PRESENT and condition.values:
            return self.value(condition.values[0])
        return data_name(path) + self._here(Value(ref=path))

    def condition(self, condition: Condition) -> str:
        """This one or any of `any_of`; and each of `all_of`."""
        text = " or ".join([self._single(condition), *map(self.condition, condition.any_of)])
        for further in condition.all_of:
            text += f", and {self.condition(further)}"
        return text

    def _single(self, c: Condition) -> str:
        return _CONDITIONS[c.kind](self, c, "not " if c.negated else "")

    def _one_of(self, values: Sequence[Value]) -> str:
        return " or ".join("empty" if v.literal == "" else self.value(v) for v in values)

    def _held(self, values: Sequence[Value]) -> str:
        return " and ".join(map(self.value, values))

    def _bound(self, c: Condition, numbers: str, days: str) -> str:
        """ "below 18"; for a date "before today"."""
        known = BY_PATH.get(c.subject or "")
        word = days if known is not None and known.type is DataType.DATE else numbers
        return f"{word} {' or '.join(_day(v.literal) or v.literal or self.value(v) for v in c.values)}"

    def _count(self, c: Condition, no: str, how: str) -> str:
        """ "The case has more than 5 of service line"; "" when the subject is no list."""
        if c.subject is None or c.subject not in LISTS:
            return ""
        number = " or ".join(v.literal or "" for v in c.values)
        has = "doesn't have" if no else "has"
        thing = one_of_list(c.subject)
        return f"the case {has} {how} {number} {thing if number == '1' else _plural(thing)}"

    def _row(self, c: Condition) -> str:
        who = "no row" if c.negated else "a row"
        lacks = f" and not {self._one_of(c.without)}" if c.without else ""
        return f"{who} of the page's table holds {self._held(c.values)}{lacks}{said_preference(c.prefer)}"

    def _rows(self, c: Condition, no: str) -> str:
        many = {"none": "no row", "one": "exactly one row", "several": "more than one row"}
        found = f"holds {self._held(c.values)}" if c.values else "was found"
        return f"{'it is not so that ' if no else ''}{many.get(c.subject or '', 'a row')} {found}"


def said_preference(prefer: Prefer | None) -> str:
    """Which of several rows is taken, as an addition to a sentence."""
    if prefer is None:
        return ""
    word = "latest" if prefer.order is Order.LATEST else "earliest"
    return f" (of several the {word} by {quote(prefer.by) if prefer.by else 'its date'})"


def said_duration(iso: str) -> str:
    """An ISO 8601 duration in words: PT1M is "1 minute"."""
    found = re.fullmatch(r"P(?:(\d+)([DWMY]))?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?", iso)
    if not found:
        return iso
    days, period, hours, minutes, seconds = found.groups()
    parts = [(days, _PERIODS.get(period or "")), (hours, "hour"), (minutes, "minute"), (seconds, "second")]
    said = [f"{n} {noun}{'' if n == '1' else 's'}" for n, noun in parts if n]
    return " and ".join(said) or iso


def _day(text: str | None) -> str:
    """ "today-P90D" in words; "" when it says no day relative to today."""
    if text == "today":
        return text
    found = re.fullmatch(r"today([+-])(P\w+)", text or "")
    if not found:
        return ""
    return f"{said_duration(found[2])} {'after' if found[1] == '+' else 'before'} today"


def _plural(noun: str) -> str:
    return f"{noun.removesuffix('is')}es" if noun.endswith("is") else f"{noun}s"


def _q(c: Condition) -> str:
    return quote(c.subject or "")


_CONDITIONS: dict[ConditionKind, Callable[[Naming, Condition, str], str]] = {
    K.PRESENT: lambda n, c, no: f"{n._subject(c)} is {'missing' if no else 'given'}",
    K.EQUALS: lambda n, c, no: n._count(c, no, "exactly") or f"{n._subject(c)} is {no}{n._one_of(c.values)}",
    K.LESS: lambda n, c, no: (
        n._count(c, no, "fewer than") or f"{n._subject(c)} is {no}{n._bound(c, 'below', 'before')}"
    ),
    K.MORE: lambda n, c, no: (
        n._count(c, no, "more than") or f"{n._subject(c)} is {no}{n._bound(c, 'above', 'after')}"
    ),
    K.STARTS_WITH: lambda n, c, no: (
        f"{n._subject(c)} {'does not begin' if no else 'begins'} with {n._one_of(c.values)}"
    ),
    K.FIRST: lambda n, c, no: f"this is {no}the first of the list",
    K.LAST: lambda n, c, no: f"this is {no}the last of the list",
    K.SHOWS: lambda n, c, no: f"the page {'does not show' if no else 'shows'} {_q(c)}",
    K.DIALOG: lambda n, c, no: (
        f"{'no' if no else 'a'} pop-up {f'headed {_q(c)} ' if c.subject else ''}is open"
    ),
    K.ASKS_FOR: lambda n, c, no: f"the page {'does not ask' if no else 'asks'} for {c.subject}",
    K.ROW: lambda n, c, no: n._row(c),
    K.ROWS: lambda n, c, no: n._rows(c, no),
    K.FIELD: lambda n, c, no: f"{_q(c)} on the page is {no}{n._one_of(c.values)}",
    K.CHECKED: lambda n, c, no: f"{_q(c)} is {no}ticked",
    K.STATUS: lambda n, c, no: f"the status on the page is {no}{n._one_of(c.values)}",
    K.OFFERS: lambda n, c, no: f"the page {'does not offer' if no else 'offers'} {_q(c)}",
    K.ENABLED: lambda n, c, no: f"{_q(c)} can {no}be used",
    K.GONE: lambda n, c, no: f"{_q(c)} is {'still' if no else 'no longer'} on the page",
    K.LOADED: lambda n, c, no: f"the page has {no}finished loading",
    K.READ_EQUALS: lambda n, c, no: (
        f"the {plain_name(c.subject or '')} that was read is {no}{n._one_of(c.values)}"
    ),
    K.PASSED: lambda n, c, no: f"{said_duration(c.subject or c.words)} have passed",
    K.SAID: lambda n, c, no: (
        f"a person, asked in each run, {'denies' if no else 'confirms'} {quote(c.words)}"
    ),
}
