"""The case's data as the SOP names it."""

from collections.abc import Callable, Mapping
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
        where = f" of line {run.item.number}" if run.item and _item_of(run, ref) else ""
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


def _all(run: Run, ref: str) -> list[Any]:
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
    return derived_in(run.case, ref, run.settings.today)


def derived_in(case: Mapping[str, Any], ref: str, now: date | None) -> list[Any]:
    """What follows from other data: a full name, on the day `now` an age."""
    if ref.endswith(".name"):
        return _full_name(case, ref)
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


def missing_in(case: Mapping[str, Any], ref: str) -> str | None:
    """None when the case has the datum; else where it is missing: "" or " in service line 2"."""
    branch, _, rest = ref.partition("[].")
    if not rest:
        return None if data_names.look_up_all(case, ref) or _named(case, ref) else ""
    items = items_in(case, branch)
    lacks = [i for i, item in enumerate(items, 1) if not data_names.look_up_all(case, ref, item)]
    if items and not lacks:
        return None
    noun = branch.removesuffix("s").replace("_", " ") if branch != "diagnoses" else "diagnosis"
    return f" in {noun} {lacks[0]}" if len(items) > 1 and lacks else ""


def _named(case: Mapping[str, Any], ref: str) -> bool:
    return (ref.endswith(".name") and bool(_full_name(case, ref))) or ref == "patient.age"
