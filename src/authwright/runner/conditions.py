"""Whether a condition of the SOP holds, on the page as it is and the case as it is."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from authwright.core.data_names import LISTS
from authwright.core.data_table import DataType
from authwright.core.run import HaltReason
from authwright.core.workflow import Condition, ConditionKind, Value
from authwright.runner.boxes import field_shows, find_box, find_field
from authwright.runner.data import Datum, data_of, has, items_of, one, present, type_of
from authwright.runner.measures import measure
from authwright.runner.page import HAS_VALUE, Page
from authwright.runner.pairs import read_beside
from authwright.runner.rows import Hit, asked, fitting, the_one
from authwright.runner.signing import asks_for_code, is_about_code
from authwright.runner.state import Run, halt
from authwright.runner.values import is_of_type, same, same_chosen
from authwright.runner.wording import alike, contains, plain, words

ON_PAGE = frozenset(
    {
        ConditionKind.SHOWS,
        ConditionKind.DIALOG,
        ConditionKind.ASKS_FOR,
        ConditionKind.ROW,
        ConditionKind.ROWS,
        ConditionKind.FIELD,
        ConditionKind.CHECKED,
        ConditionKind.STATUS,
        ConditionKind.OFFERS,
        ConditionKind.ENABLED,
        ConditionKind.GONE,
    }
)


def holds(run: Run, condition: Condition, page: Page) -> bool:
    """Evaluated once, on `page`. Halts when the condition can't be decided."""
    answer = _holds(run, condition, page) != condition.negated
    either = answer or any(holds(run, other, page) for other in condition.any_of)
    return either and all(holds(run, further, page) for further in condition.all_of)


def parts(condition: Condition) -> Iterator[Condition]:
    """The condition and every further one in it."""
    yield condition
    for further in (*condition.any_of, *condition.all_of):
        yield from parts(further)


def about_page(condition: Condition) -> bool:
    return any(part.kind in ON_PAGE for part in parts(condition))


def undecided(page: Page, condition: Condition) -> Condition | None:
    """The part of it that asks about a field or a box which the page hasn't got."""
    finders = {ConditionKind.FIELD: find_field, ConditionKind.CHECKED: find_box}
    return next(
        (
            part
            for part in parts(condition)
            if (find := finders.get(part.kind)) and find(page, part.subject or "") is None
        ),
        None,
    )


def of_absence(condition: Condition) -> bool:
    """Whether it may hold only because the page hasn't come yet."""
    return any(
        part.kind in ON_PAGE
        and part.kind not in (ConditionKind.FIELD, ConditionKind.CHECKED)
        and (part.negated or part.kind is ConditionKind.GONE or part.subject == "none")
        for part in parts(condition)
    )


def _holds(run: Run, condition: Condition, page: Page) -> bool:
    kind, subject = condition.kind, condition.subject or ""
    match kind:
        case ConditionKind.PRESENT:
            return has(run, condition.values[0]) if condition.values else present(run, subject)
        case ConditionKind.EQUALS:
            return _equals(run, subject, condition.values)
        case ConditionKind.STARTS_WITH:
            return _starts_with(run, subject, condition.values)
        case ConditionKind.LESS | ConditionKind.MORE:
            return _compared(run, kind, subject, condition.values)
        case ConditionKind.FIRST:
            return run.item is not None and run.item.number == 1
        case ConditionKind.LAST:
            return run.item is not None and run.item.number == run.item.count
        case ConditionKind.READ_EQUALS:
            found = run.read.get(subject, "")
            return any(_same_words(d, found) for v in condition.values for d in data_of(run, v))
        case ConditionKind.PASSED | ConditionKind.LOADED:
            return True
        case ConditionKind.SAID:
            raise halt(run, HaltReason.ASKED_PERSON, condition.words, "only a person can decide this")
    return _holds_on(run, condition, page)


def _holds_on(run: Run, condition: Condition, page: Page) -> bool:
    subject = condition.subject or ""
    match condition.kind:
        case ConditionKind.SHOWS:
            return _shows(run, condition, page)
        case ConditionKind.DIALOG:
            return any(not subject or alike(subject, d.title) for d in page.dialogs)
        case ConditionKind.ASKS_FOR:
            return _asks_for(page, subject)
        case ConditionKind.OFFERS:
            return any(alike(subject, lb.text) for c in page.in_reach() if c.visible for lb in c.seen)
        case ConditionKind.ENABLED:
            named = [c for c in page.in_reach() if any(alike(subject, lb.text) for lb in c.seen)]
            return bool(named) and all(c.enabled for c in named)
        case ConditionKind.GONE:
            return not contains(page.text, subject) and not (_is_spinner(subject) and page.busy)
        case ConditionKind.STATUS:
            found = run.read.get("status") or next(iter(read_beside(page, "Status")), "")
            return any(_same_words(d, found) for v in condition.values for d in data_of(run, v))
        case ConditionKind.ROW:
            hits = fitting(run, page, condition.values, condition.without)
            _all_drawn(run, page, condition, hits)
            run.row = the_one(run, hits, condition.prefer, asked(condition.values))
            return run.row is not None
        case ConditionKind.ROWS:
            return _rows(run, condition, page)
        case ConditionKind.FIELD:
            if field := find_field(page, subject):
                return any(field_shows(field, run, v) for v in condition.values)
            raise halt(run, HaltReason.NOT_FOUND, f"one field called {subject}", "the page has none")
        case ConditionKind.CHECKED:
            if box := find_box(page, subject):
                return box.checked
            raise halt(run, HaltReason.NOT_FOUND, f"one box called {subject}", "the page has none")
    raise halt(run, HaltReason.UNSUPPORTED, condition.words, f"the runner doesn't know {condition.kind}")


def _shows(run: Run, condition: Condition, page: Page) -> bool:
    if condition.subject:
        return contains(page.text, condition.subject)
    data = [d for v in condition.values for d in data_of(run, v)]
    return bool(data) and all(any(contains(page.text, way) for way in d.ways()) for d in data)


_COUNTS: dict[str, Callable[[int], bool]] = {
    "none": lambda n: n == 0,
    "one": lambda n: n == 1,
    "several": lambda n: n > 1,
}


def _rows(run: Run, condition: Condition, page: Page) -> bool:
    """How many rows fit; a single one is then "the row"."""
    hits = fitting(run, page, condition.values)
    _all_drawn(run, page, condition, hits)
    run.row = hits[0] if len(hits) == 1 else None
    count = _COUNTS.get(condition.subject or "")
    if count is None:
        raise halt(run, HaltReason.UNSUPPORTED, condition.words, f"no number of rows: {condition.subject}")
    return count(len(hits))


def _all_drawn(run: Run, page: Page, condition: Condition, hits: Sequence[Hit]) -> None:
    """Halts when no row fits and a list draws only the rows in view: others may fit."""
    if not hits and any(table.partial for table in page.tables):
        expected = f"a row with {asked(condition.values)}, or all rows to be seen"
        raise halt(run, HaltReason.AMBIGUOUS, expected, "none among the rows that the page has drawn")


def _starts_with(run: Run, subject: str, values: tuple[Value, ...]) -> bool:
    if not present(run, subject):
        return False
    ours = plain(str(one(run, Value(ref=subject)).value))
    return any(ours.startswith(plain(str(d.value))) for v in values for d in data_of(run, v))


def _equals(run: Run, subject: str, values: tuple[Value, ...]) -> bool:
    if subject in LISTS:
        return any(Decimal(v.literal or "nan") == len(items_of(run, subject)) for v in values)
    if not present(run, subject):
        return False
    ours = one(run, Value(ref=subject))
    type_ = type_of(Value(ref=subject))
    theirs = [d for v in values for d in data_of(run, v)]
    for value, datum in zip(values, theirs, strict=False):
        if value.literal is not None and not is_of_type(str(datum.value), type_):
            raise halt(
                run, HaltReason.DATA_AMBIGUOUS, f"a {type_} to compare with {subject}", f"{datum.value}"
            )
    return any(
        same(str(ours.value), str(t.value), type_) or _named_code(str(ours.value), str(t.value))
        for t in theirs
    )


# Places of service that a sentence names in words (CMS place of service codes).
_PLACES = {"11": "office", "12": "home", "21": "inpatient hospital", "24": "ambulatory surgical center"}


def _named_code(code: str, said: str) -> bool:
    return plain(said) == _PLACES.get(code) or same_chosen(code, said, DataType.CODE)


def _compared(run: Run, kind: ConditionKind, subject: str, values: tuple[Value, ...]) -> bool:
    ours = len(items_of(run, subject)) if subject in LISTS else one(run, Value(ref=subject)).value
    theirs = one(run, values[0]).value
    today = run.settings.today or run.settings.clock.now().date()
    left, right = measure(ours, today), measure(theirs, today)
    if left is None or right is None or type(left) is not type(right):
        raise halt(run, HaltReason.DATA_AMBIGUOUS, f"{subject} and {theirs} to compare", f"{ours}")
    less = bool(left < right)  # type: ignore[operator]  # both are of one type
    return less if kind is ConditionKind.LESS else left != right and not less


def _same_words(datum: Datum, found: str) -> bool:
    return any(plain(way) == plain(found) for way in datum.ways())


def _is_spinner(subject: str) -> bool:
    return bool({"spinner", "loading", "loader"} & set(words(subject)))


_LITTLE = frozenset(["a", "an", "the", "your", "our", "one", "you", "to", "for", "is"])


def _asks_for(page: Page, subject: str) -> bool:
    """Whether there is a field to put it in: a code field, or one whose label has the words."""
    if is_about_code(subject):
        return asks_for_code(page)
    asked = set(words(subject)) - _LITTLE
    return bool(asked) and any(
        asked <= set(words(label.text))
        for c in page.in_reach()
        if c.kind in HAS_VALUE and c.visible
        for label in c.labels
    )
