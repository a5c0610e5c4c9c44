"""Files: handing documents in, getting one, keeping a picture of the page."""

from dataclasses import replace
from itertools import pairwise

from authwright.core.workflow import Action, Step, TargetKind, Value
from authwright.sop import words as w
from authwright.sop.clauses import Clause
from authwright.sop.clicks import in_the_row, items_of
from authwright.sop.context import Context
from authwright.sop.errors import ReadingError
from authwright.sop.item_checks import is_file_format, is_generic_place, no_or, only_known, refuse_ordinal
from authwright.sop.operands import Item, Operand
from authwright.sop.relatives import is_of_case
from authwright.sop.tokens import Tokens

Steps = list[Step]


_HOW = w.words_set("click drag drop hand dragging clicking")


def _open_ended(clause: Clause) -> bool:
    """ "Upload what was requested": the case's documents are that."""
    return bool(clause.rest) and clause.rest[0].low in ("what", "whatever", "everything", "anything")


_UPLOAD_PREPS = frozenset({"of kind", "with", "to", "using", "via", "through"})


def upload(clause: Clause, ctx: Context) -> Steps:
    items = [] if _open_ended(clause) else items_of(clause)
    no_or(items)
    head = next((i.head for i in items if i.head), None)
    if head is None and (ctx.label or _open_ended(clause)):
        head = Operand("document", "plain", clause.start.start, "the", path="documents")
        items = [Item(head, (), "", clause.start.start)]
    if head is None:
        raise ReadingError("SOP016", clause.start.end, "what to attach is not said", 'write "every document"')
    if clause.verb.words in ("drag", "drop") and head.shape != "pronoun" and not is_of_case(head):
        raise ReadingError(
            "SOP012", head.at, f'how "{head.spoken}" is dragged is not said', "say what is entered or clicked"
        )
    refuse_ordinal(head)
    limit, rest = _size_limit(items)
    rest = [i for i in rest if i.head or not all(op.text in _HOW for n, op in i.preps if n == "by")]
    if len([i for i in rest if i.head]) > 1:
        raise ReadingError("SOP012", rest[1].at, "one kind of document in each step", "write a step for each")
    item = rest[0]
    only_known(item, _UPLOAD_PREPS)
    kind = item.prep("of kind")
    held = item.prep("with")
    if kind is None and held and held.shape == "plain" and not held.noun and _after_has(clause.rest, held):
        kind, item = held, item.without("with")  # "the file that has the operative note"
    where = item.prep("with", "in", "into", "to", "under", "using", "via", "through", "on")
    somewhere = (
        where is None
        or is_file_format(where)
        or where.text.lower() in w.RECORDS
        or where.kind is TargetKind.DIALOG
        or is_generic_place(where)
        or (where.is_place and not where.is_label)
    )
    target = where.text if where and where.text and not somewhere else None
    in_row = next(
        (
            op
            for n, op in item.preps
            if op.kind is TargetKind.TABLE_ROW or (n in w.BESIDE and not op.is_label)
        ),
        None,
    )
    if in_row is not None:
        raise ReadingError(
            "SOP012", in_row.at, "in which row a file is attached can't be told the runner",
            'write: click "LABEL" in the row with ..., then attach ...',
        )  # fmt: skip
    near = item.prep(*w.BESIDE)
    if target is None and ctx.label is not None:
        target = ctx.label.text
    documents = head.path in ("documents", "documents[].path") or head.noun or head.shape == "pronoun"
    name = kind.text if kind else None if documents else head.text
    ref = Value(ref="documents", words=head.spoken if head.text else "the document", every=head.every)
    return [
        ctx.step(
            Action.UPLOAD, clause.start.start, target=target, target_kind=TargetKind.FILE, value=ref,
            document_kind=name, max_bytes=limit, section=_under(item, where) or ctx.place,
            beside=near.text if near else None, once=clause.once,
        )
    ]  # fmt: skip


def _after_has(rest: Tokens, held: Operand) -> bool:
    before = [t.low for t in rest if t.start < held.at and t.low not in w.DETERMINERS]
    return before[-1:] in (["has"], ["contains"], ["shows"], ["holds"])


def _somewhere(where: Operand) -> bool:
    """ "to the request", "into the upload area": no control's label."""
    plain_area = where.is_place and not where.is_label
    return where.text.lower() in w.RECORDS or is_generic_place(where) or plain_area


def _under(item: Item, target: Operand | None) -> str | None:
    """The heading that the control stands under: "Browse under Upload Document"."""
    found = next((op for n, op in item.preps if n in w.INSIDE and op is not target and op.is_label), None)
    return found.text if found else None


_UNITS = {"kb": 1_000, "mb": 1_000_000, "gb": 1_000_000_000}


def _size_limit(items: list[Item]) -> tuple[int | None, list[Item]]:
    """ "at most 10 MB each" as bytes, decimal: the smaller reading, so never above a portal's limit."""
    rest, limit = [], None
    for item in items:
        found = next((op for n, op in item.preps if n == "at" and op.text.lower().startswith("most ")), None)
        if found is None:
            rest.append(item)
            continue
        words = found.text.lower().split()
        if len(words) < 3 or words[2] not in _UNITS or not words[1].replace(".", "", 1).isdigit():
            raise ReadingError(
                "SOP012", found.at, f'can\'t read the size "{found.text}"', 'write "at most 10 MB each"'
            )
        limit = int(float(words[1]) * _UNITS[words[2]])
        others = tuple(p for p in item.preps if p[1] is not found)
        if item.head is None and rest:  # "..., at most 10 MB each with Attach": of what stands before
            rest[-1] = replace(rest[-1], preps=(*rest[-1].preps, *others))
        elif item.head or others:
            rest.append(replace(item, preps=others))
    return limit, rest


def _whole_control(item: Item) -> Item:
    """ "With Export to Excel": what follows "to" is part of the control's label."""
    for (name, control), (joint, more) in pairwise(item.preps):
        if name in ("with", "using", "via") and joint == "to" and control.is_label and more.is_label:
            whole = replace(control, text=f"{control.text} to {more.text}", noun=more.noun, kind=more.kind)
            rest = [p for p in item.preps if p[1] is not more and p[1] is not control]
            return replace(item, preps=(*rest, (name, whole)))
    return item


def download(clause: Clause, ctx: Context) -> Steps:
    items = items_of(clause)
    if len(items) > 1:
        raise ReadingError("SOP012", items[1].at, "one download in each step", "write a step for each")
    item = _whole_control(items[0]) if items else None
    by = item.prep("with", "using", "via", "through", "from") if item else None
    under = item.prep("under", "below") if item else None
    if by is not None and not by.text and under is not None and under.is_label:
        by = under  # "the icon under Download"
    head = by or (item.head if item else None)
    if head is None or not head.text or (by is None and head.shape == "plain" and not head.noun):
        raise ReadingError(
            "SOP016", clause.start.start, "which control starts the download is not said",
            'write: click "LABEL" to download the file',
        )  # fmt: skip
    value = in_the_row(item, ctx, by) if item else None
    near = item.prep(*w.BESIDE) if item else None
    return [
        ctx.step(
            Action.DOWNLOAD, clause.start.start, target=head.text, target_kind=head.kind, value=value,
            beside=near.text if near and near.is_label else None,
            section=(_under(item, head) if item else None) or ctx.place,
        )
    ]  # fmt: skip


def capture(clause: Clause, ctx: Context) -> Steps:
    items = items_of(clause) if clause.rest else []
    by = next((i.prep("with", "using") for i in items if i.prep("with", "using")), None)
    if by is not None and by.text:
        return [ctx.step(Action.CAPTURE, clause.start.start, target=by.text, target_kind=TargetKind.BUTTON)]
    shown = next((op for i in items for n, op in i.preps if n in w.INSIDE | {"of"} and op.is_label), None)
    place = shown.text if shown else ctx.place
    return [ctx.step(Action.CAPTURE, clause.start.start, target_kind=TargetKind.PAGE, section=place)]
