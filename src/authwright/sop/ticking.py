"""Ticking boxes and radio buttons, and taking a tick off."""

from authwright.core.workflow import Action, Step, TargetKind, Value
from authwright.sop import words as w
from authwright.sop.clauses import Clause
from authwright.sop.clicks import items_of, where_it_stands
from authwright.sop.context import Context
from authwright.sop.errors import ReadingError
from authwright.sop.item_checks import no_or, only_known
from authwright.sop.operands import Operand
from authwright.sop.values import value_of
from authwright.sop.whole_labels import whole_label

Steps = list[Step]


def check(clause: Clause, ctx: Context) -> Steps:
    return tick(Action.CHECK, clause, ctx)


def uncheck(clause: Clause, ctx: Context) -> Steps:
    return tick(Action.UNCHECK, clause, ctx)


def _box_kind(head: Operand) -> TargetKind:
    return TargetKind.RADIO if head.kind is TargetKind.RADIO else TargetKind.CHECKBOX


def tick(action: Action, clause: Clause, ctx: Context) -> Steps:
    items = items_of(clause)
    no_or(items)
    steps: Steps = []
    for item in map(whole_label, items):
        head = item.head
        if head is None:
            raise ReadingError("SOP016", item.at, "what to tick is not said", "name the label")
        only_known(item, frozenset({"for", "of", "by"}))
        near = item.prep(*w.BESIDE, "for", "of", "by")
        _, place, _ = where_it_stands(item, ctx, clause.start.start)
        value: Value | None = None
        label: str | None = head.text or None
        if near is not None and not head.text:
            label = near.text if near.is_label else None
            value = None if near.is_label else value_of(near, ctx)
        elif clause.verb.words in _SWITCHES and head.shape == "plain" and not head.noun:
            raise ReadingError(
                "SOP016", head.at, f'where "{head.spoken}" is switched is not said', "name the label"
            )
        elif head.shape == "plain" and head.det and not head.noun and (head.path or _several(head.text)):
            label, value = None, value_of(head, ctx)
        if label is None and value is None:
            raise ReadingError("SOP016", head.at, f"which {head.noun or 'box'} is not said", "name its label")
        steps.append(
            ctx.step(
                action, clause.start.start, target=label, target_kind=_box_kind(head),
                value=value, section=place, once=clause.once,
            )
        )  # fmt: skip
    return steps


_SWITCHES = frozenset({"turn on", "turn off", "switch on", "switch off", "toggle on", "toggle off"})


def _several(text: str) -> bool:
    """ "The treatments you want": things of the case; a label has a name or a noun behind it."""
    return text.islower() and text.endswith("s") and not text.endswith(("ss", "us", "is"))
