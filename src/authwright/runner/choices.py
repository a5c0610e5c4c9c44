"""Options and suggestions: what a list offers, and which of it is the value."""

from collections.abc import Sequence

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
    if how is Match.STARTS_WITH:
        fitting = [i for i, option in enumerate(options) if starts_with(value, option)]
    elif how is Match.CONTAINS:
        fitting = [i for i, option in enumerate(options) if contains(option, value)]
    else:
        fitting = [i for i, option in enumerate(options) if same_chosen(value, option, datum.type)]
    return fitting[0] if len(fitting) == 1 else None


def choices(before: Page, after: Page) -> list[tuple[str, str]]:
    """Id and text of what can be chosen now: options, else whatever has newly appeared."""
    options = [c for c in after.in_reach() if c.kind is Kind.OPTION and c.visible and c.enabled]
    if options:
        return [(c.id, c.name) for c in options]
    known = set(before.by_id)
    new = [c for c in after.in_reach() if c.id not in known and c.kind in CLICKABLE and c.visible]
    if new:
        return [(c.id, c.name) for c in new]
    old_texts = {t.id for t in before.texts}
    return [(t.id, t.text) for t in after.texts if t.id not in old_texts and not t.control]
