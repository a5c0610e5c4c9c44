"""Options and suggestions: what a list offers, and which of it is the value."""

from collections.abc import Sequence

from authwright.core.data_table import DataType
from authwright.core.workflow import Match
from authwright.runner.data import Datum
from authwright.runner.page import CLICKABLE, Kind, Page
from authwright.runner.values import same_chosen, starts_with
from authwright.runner.wording import alike, contains


def pick(datum: Datum, how: Match, options: Sequence[str]) -> int | None:
    """The index of the one option that is the value; None when there is none, or several.

    The exact text comes first, so that "Aetna" is found beside "Aetna Better Health".
    """
    value = str(datum.value)
    exact = [i for i, option in enumerate(options) if alike(value, option) == 1.0]
    if exact:
        return exact[0] if len(exact) == 1 else None
    fitting = [i for i, option in enumerate(options) if fits(value, option, how, datum.type)]
    return fitting[0] if len(fitting) == 1 else None


def fits(value: str, option: str, how: Match, type_: DataType) -> bool:
    """Whether an option or suggestion is the value, begins with it or holds it, as the SOP says."""
    match how:
        case Match.STARTS_WITH:
            return starts_with(value, option)
        case Match.CONTAINS:
            return contains(option, value)
        case _:
            return same_chosen(value, option, type_)


def choices(before: Page, after: Page) -> list[tuple[str, str]]:
    """Id and text of what can be chosen now: options, else whatever has newly appeared."""
    known, reach = set(before.by_id), {c.id for c in after.in_reach()}
    # A list that has just dropped down may be drawn outside of the dialog that its field is in.
    offered = [c for c in after.controls if c.visible and c.enabled and (c.id in reach or c.id not in known)]
    options = [c for c in offered if c.kind is Kind.OPTION]
    if options:
        return [(c.id, c.name) for c in options]
    new = [c for c in offered if c.id not in known and c.kind in CLICKABLE]
    if new:
        return [(c.id, c.name) for c in new]
    old_texts = {t.id for t in before.texts}
    return [(t.id, t.text) for t in after.texts if t.id not in old_texts and not t.control]
