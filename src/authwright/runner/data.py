"""The case's data as the SOP names it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from authwright.core import data_names
from authwright.core.data_table import DataType
from authwright.core.run import HaltReason
from authwright.core.workflow import Value
from authwright.runner.state import Run, halt
from authwright.runner.values import read_date, write_date, write_number

# What an element of a list of plain values is called, so that `diagnoses: [M54.16]` has codes.
BARE = "code"


@dataclass(frozen=True, slots=True)
class Datum:
    """A value with its type; `secret` ones are never recorded."""

    value: Any
    type: DataType = DataType.TEXT
    secret: bool = False
    words: str = ""

    def ways(self) -> tuple[str, ...]:
        """The ways in which a page may write it."""
        if self.type is DataType.DATE and (day := as_date(self.value)):
            forms = ("MM/DD/YYYY", "YYYY-MM-DD", "M/D/YYYY", "MM-DD-YYYY", "MM/DD/YY", "DD-MON-YYYY")
            month = day.strftime("%b")
            worded = (f"{day:%B} {day.day}, {day.year}", f"{month} {day.day}, {day.year}")
            return (*(write_date(day, form) for form in forms), *worded)
        if self.type is DataType.NUMBER:
            return (write_number(self.value),)
        text = str(self.value).strip()
        if self.type is DataType.CODE and "." in text:
            return (text, text.replace(".", ""))
        return (text,)


def as_date(value: Any) -> date | None:
    return value if isinstance(value, date) else read_date(str(value))


def type_of(value: Value) -> DataType:
    name = data_names.BY_PATH.get(value.ref or "")
    return name.type if name else DataType.TEXT


# Outside of a loop the start date of several service lines is the request's: the earliest; the end
# date the latest.
_OF_THE_REQUEST: dict[str, Callable[[list[date]], date]] = {
    "service_lines[].start": min,
    "service_lines[].end": max,
}


def data_of(run: Run, value: Value) -> list[Datum]:
    """What a step's value stands for now: one datum, or each of a list. Halts when it is missing."""
    if value.literal is not None:
        return [Datum(value.literal, DataType.TEXT, words=value.literal)]
    ref, said = value.ref or "", value.words or value.ref or ""
    if value.read or ref in run.read:
        if ref not in run.read:
            raise halt(run, HaltReason.DATA_MISSING, said, f"nothing was read as {ref.replace('_', ' ')}")
        return [Datum(run.read[ref], words=said)]
    if value.index is not None:
        found = _chosen(run, value)
    else:
        found = _bare(run, ref) or _found(run, ref, every=value.every)
    if not found:
        within = run.item and (_item_of(run, ref) or not data_names.in_table(ref))
        where = f" of line {run.item.number}" if run.item and within else ""
        plain = said.removeprefix("the ")
        raise halt(run, HaltReason.DATA_MISSING, said, f"the case has no {plain}{where} ({ref})")
    if any(isinstance(v, (Mapping, list)) for v in found):
        whole = f"the case has several data of it: which is meant, such as its name or code ({ref})"
        raise halt(run, HaltReason.DATA_AMBIGUOUS, said, whole)
    type_ = type_of(value)
    secret = type_ is DataType.SECRET
    return [Datum(v, type_, secret, said) for v in found]


def _chosen(run: Run, value: Value) -> list[Any]:
    """The element that `index` names; an element that lacks the datum counts all the same."""
    branch, through, _ = (value.ref or "").partition("[].")
    if value.index is None or not through:
        return []
    items = items_of(run, branch)
    item = items[value.index - 1] if value.index <= len(items) else None
    return data_names.look_up_all(run.case, value.ref or "", item) if item is not None else []


def has(run: Run, value: Value) -> bool:
    """Whether the case has the element that `index` names."""
    return bool(_chosen(run, value))


def _bare(run: Run, ref: str) -> list[Any]:
    """The present element itself, of a loop over a list of plain values."""
    return [run.item.data[BARE]] if run.item and run.item.path == ref and set(run.item.data) == {BARE} else []


def one(run: Run, value: Value) -> Datum:
    return data_of(run, value)[0]


def present(run: Run, ref: str) -> bool:
    """Whether the case has it, or it was read."""
    return ref in run.read or bool(_all(run, ref))


def _found(run: Run, ref: str, *, every: bool) -> list[Any]:
    if run.item and not data_names.in_table(ref):
        return _of_one_holder(run, ref, _holders(run, ref))
    if every:
        return list(dict.fromkeys(_all(run, ref)))
    try:
        single = data_names.look_up(run.case, ref, _item_of(run, ref))
    except data_names.AmbiguousDataError as error:
        if ref in _OF_THE_REQUEST and (days := [d for v in _all(run, ref) if (d := as_date(v))]):
            return [_OF_THE_REQUEST[ref](days)]
        found = ", ".join(map(str, error.found))
        raise halt(run, HaltReason.DATA_AMBIGUOUS, f"one value for {ref}", f"several: {found}") from error
    return [single] if single is not None else _derived(run, ref)


def _of_one_holder(run: Run, ref: str, holders: list[list[Any]]) -> list[Any]:
    """Halts when the present element and the case have it both, and not the same: no table says which
    is meant."""
    if any(other != holders[0] for other in holders[1:]):
        found = "; ".join(", ".join(map(str, held)) for held in holders)
        expected = f"one {ref.replace('_', ' ')}: of the present line or of the case"
        raise halt(run, HaltReason.DATA_AMBIGUOUS, expected, f"both have it: {found}")
    return holders[0] if holders else []


def _holders(run: Run, ref: str) -> list[list[Any]]:
    """What a name outside of the table stands for in each of the present elements, the innermost first,
    and in the case; those without it are left out."""
    places: list[Mapping[str, Any]] = []
    item = run.item
    while item is not None:
        places.append(item.data)
        item = item.outer
    found = [data_names.look_up_all(place, ref) for place in (*places, run.case)]
    return [held for held in found if held]


def _all(run: Run, ref: str) -> list[Any]:
    if run.item and not data_names.in_table(ref):
        return [v for held in _holders(run, ref)[:1] for v in held]
    found = data_names.look_up_all(run.case, ref, _item_of(run, ref))
    return found or _derived(run, ref)


def _item_of(run: Run, ref: str) -> Mapping[str, Any] | None:
    """The present element of the list that the path leads through, of whichever loop goes over it."""
    item = run.item
    while item is not None:
        if ref.startswith(f"{item.path}[]."):
            return item.data
        item = item.outer
    return None


def _derived(run: Run, ref: str) -> list[Any]:
    return derived_in(run.case, ref, run.settings.today or run.settings.clock.now().date())


def derived_in(case: Mapping[str, Any], ref: str, now: date | None) -> list[Any]:
    """What follows from other data: a full name, on the day `now` an age."""
    if ref.endswith(".name"):
        return _full_name(case, ref)
    if ref == "today":
        return [now] if now else []
    if ref == "patient.age" and now:
        born = next(iter(data_names.look_up_all(case, "patient.date_of_birth")), None)
        if born is not None and (day := as_date(born)):
            return [now.year - day.year - ((now.month, now.day) < (day.month, day.day))]
    return []


def _full_name(case: Mapping[str, Any], ref: str) -> list[Any]:
    branch = ref.removesuffix(".name")
    organization = data_names.look_up_all(case, f"{branch}.organization")
    parts = [
        *data_names.look_up_all(case, f"{branch}.first_name"),
        *data_names.look_up_all(case, f"{branch}.last_name"),
    ]
    return organization or ([" ".join(map(str, parts))] if len(parts) == 2 else [])


def items_of(run: Run, path: str) -> list[Mapping[str, Any]]:
    """The elements of a list of the run's case; inside of a loop over the list around it, of that element."""
    return _as_items(data_names.look_up_all(run.case, path, _item_of(run, path)))


def items_in(case: Mapping[str, Any], path: str) -> list[Mapping[str, Any]]:
    """The elements of a list of a case; bare values are wrapped as {"code": value}."""
    return _as_items(data_names.look_up_all(case, path))


def _as_items(found: list[Any]) -> list[Mapping[str, Any]]:
    flat = [x for f in found for x in (f if isinstance(f, list | tuple) else [f])]
    return [x if isinstance(x, Mapping) else {BARE: x} for x in flat]


def missing_in(case: Mapping[str, Any], ref: str, loops: Sequence[str] = ()) -> str | None:
    """None when the case has the datum; else where it is missing: "" or " in service line 2". A name
    outside of the table may stand in the elements of the lists that `loops` go over, the outermost first."""
    branch, _, rest = ref.partition("[].")
    if rest:
        items = items_in(case, branch)
        lacks = [i for i, item in enumerate(items, 1) if not data_names.look_up_all(case, ref, item)]
        return None if items and not lacks else _where(branch, items, lacks)
    if data_names.look_up_all(case, ref) or _named(case, ref):
        return None
    where = ""
    for path in () if data_names.in_table(ref) else loops:
        items = items_in(case, path)
        lacks = [i for i, item in enumerate(items, 1) if not data_names.look_up_all(item, ref)]
        if items and not lacks:
            return None
        if len(lacks) < len(items):
            where = _where(path, items, lacks)
    return where


def _where(path: str, items: Sequence[Any], lacks: Sequence[int]) -> str:
    return f" in {data_names.one_of_list(path)} {lacks[0]}" if len(items) > 1 and lacks else ""


# What follows from other data, or from the day of the run.
_FOLLOWS = frozenset({"patient.age", "today"})


def _named(case: Mapping[str, Any], ref: str) -> bool:
    return (ref.endswith(".name") and bool(_full_name(case, ref))) or ref in _FOLLOWS
