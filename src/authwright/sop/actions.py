"""A clause to steps: one function a verb class, in a table. Filling and choosing are in `entries`."""

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from authwright.core.workflow import Action, Step, TargetKind, Value
from authwright.sop import words as w
from authwright.sop.choices import choose, search, set_to
from authwright.sop.clauses import Clause
from authwright.sop.clicks import (
    click,
    in_the_row,
    items_of,
    label_of,
    open_,
    use,
    what_a_click_does,
    where_it_stands,
    whole_label,
)
from authwright.sop.conditions import duration, read_condition
from authwright.sop.context import Context
from authwright.sop.entries import fill
from authwright.sop.errors import ReadingError, two_readings
from authwright.sop.flow import flow_steps, remember_reads
from authwright.sop.items import is_generic_place, no_or, only_known
from authwright.sop.looking import is_told, look
from authwright.sop.operands import Item, Operand, scan_operand
from authwright.sop.readings import read, review, verify
from authwright.sop.relatives import is_of_case
from authwright.sop.tokens import Kind, Tokens, words_of
from authwright.sop.values import value_of

Steps = list[Step]


def clause_steps(clause: Clause, ctx: Context) -> Steps:
    """The steps of one clause. Raises ReadingError."""
    steps = None if clause.button else flow_steps(clause, ctx)
    steps = _page_steps(clause, ctx) if steps is None else steps
    remember_reads(steps, ctx)
    return steps


def _page_steps(clause: Clause, ctx: Context) -> Steps:
    if clause.button:
        act = what_a_click_does(clause.button)
        return [ctx.step(act, clause.start.start, target=clause.button, once=clause.once)]
    if clause.verb.verb is w.Verb.SEARCH and is_told(clause.rest):
        return look(clause, ctx)
    return _HANDLERS[clause.verb.verb](clause, ctx)


def _check(clause: Clause, ctx: Context) -> Steps:
    return _tick(Action.CHECK, clause, ctx)


def _uncheck(clause: Clause, ctx: Context) -> Steps:
    return _tick(Action.UNCHECK, clause, ctx)


def _box_kind(head: Operand) -> TargetKind:
    return TargetKind.RADIO if head.kind is TargetKind.RADIO else TargetKind.CHECKBOX


def _tick(action: Action, clause: Clause, ctx: Context) -> Steps:
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


def _several(text: str) -> bool:
    """ "The treatments you want": things of the case; a label has a name or a noun behind it."""
    return text.islower() and text.endswith("s") and not text.endswith(("ss", "us", "is"))


_HOW = w.words_set("click drag drop hand dragging clicking")


def _open_ended(clause: Clause) -> bool:
    """ "Upload what was requested": the case's documents are that."""
    return bool(clause.rest) and clause.rest[0].low in ("what", "whatever", "everything", "anything")


_UPLOAD_PREPS = frozenset({"of kind", "with", "to", "using", "via", "through"})
_SIGN_IN_PREPS = frozenset({"to", "with", "using"})


def _upload(clause: Clause, ctx: Context) -> Steps:
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
        if item.head or len(item.preps) > 1:
            rest.append(replace(item, preps=tuple(p for p in item.preps if p[1] is not found)))
    return limit, rest


def _whole_control(item: Item) -> Item:
    """ "With Export to Excel": what follows "to" is part of the control's label."""
    for (name, control), (joint, more) in pairwise(item.preps):
        if name in ("with", "using", "via") and joint == "to" and control.is_label and more.is_label:
            whole = replace(control, text=f"{control.text} to {more.text}", noun=more.noun, kind=more.kind)
            rest = [p for p in item.preps if p[1] is not more and p[1] is not control]
            return replace(item, preps=(*rest, (name, whole)))
    return item


def _download(clause: Clause, ctx: Context) -> Steps:
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


def _capture(clause: Clause, ctx: Context) -> Steps:
    items = items_of(clause) if clause.rest else []
    by = next((i.prep("with", "using") for i in items if i.prep("with", "using")), None)
    if by is not None and by.text:
        return [ctx.step(Action.CAPTURE, clause.start.start, target=by.text, target_kind=TargetKind.BUTTON)]
    shown = next((op for i in items for n, op in i.preps if n in w.INSIDE | {"of"} and op.is_label), None)
    place = shown.text if shown else ctx.place
    return [ctx.step(Action.CAPTURE, clause.start.start, target_kind=TargetKind.PAGE, section=place)]


def _wait(clause: Clause, ctx: Context) -> Steps:
    tokens = clause.rest
    if clause.suffix:
        tokens = clause.suffix[1:]
        clause.suffix = ()
    elif tokens and tokens[0].low in ("for", "until", "till"):
        tokens = tokens[1:]
    if not tokens:
        raise ReadingError(
            "SOP016", clause.start.end, "what to wait for is not said", 'write "wait until ..."'
        )
    condition = duration(words_of(tokens)) or read_condition(tokens)
    return [ctx.step(Action.WAIT, clause.start.start, condition=condition)]


def _stop(clause: Clause, ctx: Context) -> Steps:
    outcome = None
    clause.rest = tuple(t for t in clause.rest if t.low not in ("here", "there", "now"))
    if clause.rest:
        items = items_of(clause)
        held = items[0].prep("with", "as") if items else None
        if held is None:
            raise ReadingError("SOP012", clause.rest[0].start, 'expected: stop with outcome "..."')
        outcome = held.text if held.shape == "quoted" else held.text.removeprefix("outcome ").strip()
        if held.text == "outcome":
            outcome = next((t.text for t in clause.rest if t.kind is Kind.QUOTED), "")
    return [ctx.step(Action.STOP, clause.start.start, outcome=outcome)]


def _close(clause: Clause, ctx: Context) -> Steps:
    """Closing a pop-up: its own Close control, under the pop-up's title."""
    if clause.rest:
        items = items_of(clause)
        head = items[0].head if items else None
        if head is None or len(items) > 1:
            raise ReadingError(
                "SOP012", clause.rest[0].start, "what to close is not clear", 'write "close it"'
            )
        if head.kind in (TargetKind.TAB, TargetKind.PAGE) and not head.is_label:
            raise ReadingError("SOP012", head.at, "how to close it is not said", 'write: click "Close"')
        title = head.text if head.shape != "pronoun" else None
    else:
        title = None
    place = title or ctx.asked_for or None
    if place is None:
        return [ctx.step(Action.CLICK, clause.start.start, target_kind=TargetKind.DIALOG)]
    return [
        ctx.step(
            Action.CLICK, clause.start.start, target="Close", target_kind=TargetKind.BUTTON, section=place
        )
    ]


def _sign_in(clause: Clause, ctx: Context) -> Steps:
    items = items_of(clause)
    for item in items:
        only_known(item, _SIGN_IN_PREPS)
        with_own = item.prep("with", "using")
        if with_own is not None and with_own.det in ("your", "the", "our"):
            ctx.pass_over(tuple(t for t in clause.rest if t.start >= with_own.at))
    to = items[0].prep("to", "on", "into", "at", "in") if items else None
    head = to or (items[0].head if items else None)
    name = f"{head.text} {head.noun}".strip() if head else None
    kind = TargetKind.PAGE if name else None
    return [ctx.step(Action.SIGN_IN, clause.start.start, target=name, target_kind=kind)]


def _sign_out(clause: Clause, ctx: Context) -> Steps:
    for item in items_of(clause):
        only_known(item, _SIGN_IN_PREPS)
        if item.head is not None and not (item.head.kind is TargetKind.PAGE or item.head.is_label):
            raise ReadingError(
                "SOP012",
                item.at,
                f'can\'t place "{item.head.spoken}" here',
                "write it as a sentence of its own",
            )
    return [ctx.step(Action.SIGN_OUT, clause.start.start)]


def _click(clause: Clause, ctx: Context) -> Steps:
    """ "Hit the Enter key" is a key; "click Enter" is a button."""
    low = [t.low for t in clause.rest if t.low != "the"]
    if low[-1:] == ["key"] or (clause.verb.words == "hit" and low[:1] == ["enter"] and len(low) == 1):
        return _press(clause, ctx)
    return click(clause, ctx)


_CHORD = re.compile(r"(?:(?:ctrl|alt|shift|cmd)\+)+\w+")
_KEYS = w.words_set("enter return tab escape esc space backspace delete home end")


def _press(clause: Clause, ctx: Context) -> Steps:
    words = [t for t in clause.rest if t.low not in ("the", "key")]
    if len(words) > 2 and words[1].text == "to" and words[0].low in _KEYS:
        words = words[:1]  # "press Enter to search"
    if len(words) == 1 and (words[0].low in _KEYS or _CHORD.fullmatch(words[0].low)):
        key = "+".join(part.capitalize() for part in words[0].low.split("+"))
        return [ctx.step(Action.PRESS_KEY, clause.start.start, target=key, once=clause.once)]
    return click(clause, ctx)


def _human(clause: Clause, ctx: Context) -> Steps:
    words = f"{clause.verb.words} {words_of(clause.rest)}".strip()
    if clause.rest and clause.rest[0].low in ("us", "me"):
        raise ReadingError(
            "SOP016", clause.rest[0].start, f'into which field "{words}" is not said',
            'write: enter the reason in "LABEL"',
        )  # fmt: skip
    return [ctx.step(Action.HUMAN, clause.start.start, target=words, once=clause.once)]


_LEFT = frozenset({"blank", "empty", "unchanged", "alone", "unchecked", "checked", "default"})


def _nothing(clause: Clause, ctx: Context) -> Steps:
    """Leaving blank and scrolling need no act; scrolling as the last act would hide a click."""
    if clause.verb.words.startswith("scroll") and clause.joined == "then":
        raise two_readings(
            clause.start.start, "scrolling there is only looking, or it is to be clicked",
            f'click "{words_of(clause.rest)}"', "leave the scrolling out",
        )  # fmt: skip
    refers_back = [t.low for t in clause.rest[:2]] in (
        ["this"],
        ["it"],
        ["that"],
        ["this", "step"],
        ["that", "step"],
    )
    if clause.verb.words in ("skip", "ignore", "omit") and clause.suffix and refers_back:
        raise ReadingError(
            "SOP012", clause.start.start, "under which condition the step before is done stands behind it",
            'write it before: "If ..., click ..."; or "... unless ..."',
        )  # fmt: skip
    if clause.verb.words == "locate" and clause.last and _of_the_case(clause.rest):
        raise ReadingError(
            "SOP016", clause.start.start, "what to do with it, once it is found, is not said",
            'write: click ...; or: search for ... in "LABEL"',
        )  # fmt: skip
    left = [t.low for t in clause.rest[-2:]]
    if clause.verb.words == "leave" and not (
        (left[-1:] and left[-1] in _LEFT)
        or left in (["as", "is"], ["they", "are"], ["it", "is"], ["for", "later"])
    ):
        raise ReadingError(
            "SOP012", clause.start.start, "what to leave, and how, is not clear", 'write "leave X blank"'
        )
    return [ctx.step(Action.NOTE, clause.start.start)]


def _of_the_case(rest: Tokens) -> bool:
    found = scan_operand(rest, 0) if rest else None
    return found is not None and (is_of_case(found[0]) or found[0].text.split(" ")[-1] in ("record", "row"))


def _repeat(clause: Clause, ctx: Context) -> Steps:
    raise ReadingError(
        "SOP012",
        clause.start.start,
        "what to repeat is not clear",
        'write "For each ...:" with the steps below it',
    )


def _clear(clause: Clause, ctx: Context) -> Steps:
    items = items_of(clause)
    head = items[0].head if items else None
    if head is None or len(items) > 1:
        raise ReadingError("SOP016", clause.start.end, "what to clear is not said", "name the field")
    if head.kind is TargetKind.CHECKBOX:
        return _tick(Action.UNCHECK, clause, ctx)
    return [
        ctx.step(
            Action.FILL,
            clause.start.start,
            target=label_of(head),
            target_kind=TargetKind.FIELD,
            value=Value(literal=""),
        )
    ]


_V = w.Verb
_HANDLERS: dict[w.Verb, Callable[[Clause, Context], Steps]] = {
    _V.CLICK: _click, _V.FILL: fill, _V.SELECT: choose, _V.SET: set_to, _V.OPEN: open_, _V.CHECK: _check,
    _V.UNCHECK: _uncheck, _V.VERIFY: verify, _V.READ: read, _V.REVIEW: review, _V.UPLOAD: _upload,
    _V.DOWNLOAD: _download, _V.CAPTURE: _capture, _V.WAIT: _wait, _V.STOP: _stop, _V.CLOSE: _close,
    _V.SIGN_IN: _sign_in, _V.SIGN_OUT: _sign_out, _V.SEARCH: search, _V.PRESS: _press, _V.USE: use,
    _V.HUMAN: _human, _V.NOTHING: _nothing,
    _V.REPEAT: _repeat, _V.CLEAR: _clear, _V.LOOK: look,
}  # fmt: skip
