"""Reading from the page: under which label, and under what name it is kept."""

import re
from dataclasses import replace

from authwright.core.workflow import Action, Step, TargetKind, Value
from authwright.sop import words as w
from authwright.sop.clauses import Clause
from authwright.sop.context import Context
from authwright.sop.data_words import snake
from authwright.sop.errors import ReadingError
from authwright.sop.item_checks import is_generic_place, only_known, refuse_ordinal
from authwright.sop.items import read_items
from authwright.sop.operands import Item, Operand
from authwright.sop.relatives import is_of_case

Steps = list[Step]


def read(clause: Clause, ctx: Context) -> Steps:
    """Each item under its own name; "next to X" says where, "as Y" under what name it is kept."""
    items = read_items(clause.rest, clause.start.start, clause.over)
    if not items:
        raise ReadingError("SOP016", clause.start.end, "what to read is not said", 'write "read the status"')
    steps: Steps = []
    row = ctx.row
    for item in items:
        if item.joined == "or":
            raise ReadingError(
                "SOP015", item.at, 'which one is left open by "or"', "write one sentence for each"
            )
        in_row = row and ((item.head is not None and item.head.det in ("its", "that", "")) or bool(steps))
        steps.append(read_one(item, ctx, clause, in_row=in_row))
    return steps


def read_one(item: Item, ctx: Context, clause: Clause, *, in_row: bool) -> Step:
    head = item.head
    if head is None or not (head.text or head.noun):
        raise ReadingError("SOP016", item.at, "what to read is not said", 'write "read the status"')
    if head.shape == "pronoun" and ctx.it is not None and ctx.it.words and ctx.it.ref and not ctx.it.read:
        named = re.sub(r"^(?:the|a|an) ", "", ctx.it.words)
        head = replace(head, shape="plain", text=named, det="the")
        item = replace(item, head=head)  # "a number appears; write it down"
    if head.shape == "pronoun":
        raise ReadingError("SOP014", head.at, '"it" is not something that can be read', "name what to read")
    refuse_ordinal(head)
    if head.det in ("their", "his", "her") or (head.det == "its" and not in_row and not ctx.it):
        raise ReadingError("SOP014", head.at, f'whose "{head.text}" is not clear', "name the label to read")
    item = _without_record(item)
    _refuse_unused(item)
    source = item.prep("from")
    if clause.verb.words.startswith("copy") and source is not None and not source.is_label:
        raise ReadingError(
            "SOP016", source.at, f'into which field it is copied from "{source.spoken}" is not said',
            f'write: enter the {head.text.lower()} in "LABEL"',
        )  # fmt: skip
    beside_data = item.prep(*w.BESIDE)
    if beside_data is not None and beside_data.shape == "plain" and beside_data.path:
        raise ReadingError(
            "SOP012", beside_data.at, f'"{beside_data.spoken}" is data of the case and no label',
            f'write: if a row has {beside_data.spoken}, read its "LABEL"',
        )  # fmt: skip
    near = item.prep(*w.BESIDE, "under", "below", "in", "from")
    kept = item.prep("as")
    on_page = near is not None and near.kind is TargetKind.PAGE  # "from the Details page"
    label = near.text if near and near.text and (near.is_label or item.prep(*w.BESIDE)) else None
    label = None if on_page else label
    target = label or as_label(head)
    name = snake(kept.text if kept else head.text)
    if kept is None and label and head.text.lower() in ("number", "text", "value"):
        name = snake(label)
    ctx.reads.add(name)
    ctx.it = Value(ref=name, words=f"the {head.text}", read=True)
    kind = TargetKind.TABLE_ROW if in_row else None
    return ctx.step(
        Action.READ, clause.start.start, target=target, target_kind=kind, save_as=name, section=ctx.place
    )


def _without_record(item: Item) -> Item:
    """ "The details of the request": whose they are is the case's affair."""
    kept = tuple((n, op) for n, op in item.preps if not (n in ("of", "for") and is_of_case(op)))
    return replace(item, preps=kept)


def _refuse_unused(item: Item) -> None:
    only_known(item, frozenset({"as"}))
    for name, operand in item.preps:
        page = operand.kind is TargetKind.PAGE or operand.is_place or is_generic_place(operand)
        page = page or operand.text.split(" ")[-1] in _SHOWN_IN
        if name in w.INSIDE and not page and not operand.is_label:
            raise ReadingError(
                "SOP012",
                operand.at,
                f'can\'t tell what "{name} {operand.spoken}" means here',
                "quote the label",
            )
        if operand.kind is TargetKind.TABLE_ROW:
            raise ReadingError(
                "SOP012", operand.at, "which row is not clear", 'write "if a row has ..., read its ..."'
            )


_SHOWN_IN = w.words_set("message notice response confirmation answer header summary")
_OF_RECORD = re.compile(
    rf" (?:of|for|on) (?:the|this|that|your|its) (?:{'|'.join(sorted(w.RECORDS))})$", re.IGNORECASE
)


def as_label(head: Operand) -> str:
    """A plain name as a page would print it: "the decision ID" -> "Decision ID"."""
    text = head.text or head.noun
    if head.is_label:
        return text
    text = re.sub(r"^.*?(?:'s|s') (?=\w)", "", text)
    text = re.sub(
        r"(?<!^number)(?<!^type)(?<!^amount) of (?:the|this|your) .*$", "", _OF_RECORD.sub("", text)
    )
    return " ".join(x[:1].upper() + x[1:] for x in text.split(" "))
