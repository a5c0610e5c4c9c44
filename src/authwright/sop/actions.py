"""A clause to steps: one function a verb class, in a table. Filling and choosing are in `entries`."""

from collections.abc import Callable
from dataclasses import replace

from authwright.core.workflow import Action, Step, TargetKind, Value
from authwright.sop import words as w
from authwright.sop.clauses import Clause
from authwright.sop.conditions import duration, read_condition
from authwright.sop.context import Context
from authwright.sop.data_words import snake
from authwright.sop.entries import choose, fill, search, set_to
from authwright.sop.errors import ReadingError, two_readings
from authwright.sop.items import is_generic_place, no_or, only_known, read_items
from authwright.sop.operands import Item, Operand
from authwright.sop.readings import read, review, verify
from authwright.sop.tokens import Kind, words_of
from authwright.sop.values import referred, value_of

Steps = list[Step]


def clause_steps(clause: Clause, ctx: Context) -> Steps:
    """The steps of one clause. Raises ReadingError."""
    if clause.button:
        return [ctx.step(Action.CLICK, clause.start.start, target=clause.button, once=clause.once)]
    return _HANDLERS[clause.verb.verb](clause, ctx)


def _items(clause: Clause) -> list[Item]:
    return read_items(clause.rest, clause.start.start)


def _click(clause: Clause, ctx: Context) -> Steps:
    items = _items(clause)
    no_or(items)
    if not items:
        raise ReadingError("SOP016", clause.start.end, "what to click is not said", "name the label")
    _no_joined_labels(items)
    if any(i.joined == ">" for i in items):
        return [_path(items, ctx, clause)]
    steps: Steps = []
    for item in items:
        steps += _click_one(item, ctx, clause)
    return steps


def _no_joined_labels(items: list[Item]) -> None:
    """ "Click Save and Close" is one label or two."""
    for before, item in zip(items, items[1:], strict=False):
        a, b = before.head, item.head
        if item.joined in ("and", ",") and a and b and not (a.shape == b.shape == "quoted"):
            raise two_readings(
                b.at,
                f'"{a.text} {item.joined} {b.text}" is one label or two',
                f'"{a.text} {item.joined} {b.text}" in quotation marks',
                f'click "{a.text}", then "{b.text}"',
            )


def _click_one(item: Item, ctx: Context, clause: Clause) -> Steps:
    head, at = item.head, clause.start.start
    if head is None:
        raise ReadingError("SOP016", item.at, "what to click is not said", "name the label")
    before, place, menu = _where(item, ctx, at)
    if head.kind is TargetKind.TABLE_ROW and not head.is_label:
        return [*before, _row(item, ctx, at)]
    beside = _beside(item)
    by_data = head.shape == "plain" and head.det and not head.noun and (head.path or "'s " in head.text)
    if head.shape == "pronoun" or by_data:
        value = value_of(head, ctx)
        kind = head.kind or None
        return [
            *before,
            ctx.step(Action.CLICK, at, value=value, target_kind=kind, section=place, once=clause.once),
        ]
    only_known(item, frozenset({"with"}))
    if head.kind is TargetKind.DROPDOWN and not head.text and ctx.label is not None:
        return before  # opening a drop-down to choose from it is part of choosing
    if head.shape == "plain" and head.det in ("a", "an") and not head.noun:
        return [
            *before,
            ctx.step(Action.CLICK, at, target_kind=TargetKind.TABLE_ROW, value=referred(head, ctx)),
        ]
    label = _label(head)
    target: str | tuple[str, ...] = (*menu, label) if menu else label
    kind = TargetKind.MENU if menu else head.kind
    step = ctx.step(
        Action.CLICK, at, target=target, target_kind=kind, section=place, beside=beside, once=clause.once
    )
    return [*before, step]


def _label(head: Operand) -> str:
    if head.text:
        return head.text
    raise ReadingError("SOP016", head.at, f"which {head.noun or 'one'} is not said", "name its label")


def _row(item: Item, ctx: Context, at: int) -> Step:
    held = item.prep("with", "for", "of", "containing")
    if held is None:
        raise ReadingError(
            "SOP016", item.at, "which row is not said", 'write "the row with the reference number"'
        )
    return ctx.step(Action.CLICK, at, target_kind=TargetKind.TABLE_ROW, value=value_of(held, ctx))


def _beside(item: Item) -> str | None:
    near = item.prep(*w.BESIDE)
    if near is None:
        on = item.prep("on")
        near = on if on and on.is_label and not on.noun else None
    return near.text if near and near.text else None


def _where(item: Item, ctx: Context, at: int) -> tuple[Steps, str | None, tuple[str, ...]]:
    """Clicks that come before, the heading it stands under, and the menu it is in."""
    place, menu, before = ctx.place, ctx.menu, []
    for name, operand in item.preps:
        if name not in w.INSIDE or is_generic_place(operand):
            continue
        if operand.kind is TargetKind.MENU and operand.text:
            menu = (*menu, operand.text)
        elif operand.kind is TargetKind.TAB and operand.text:
            before.append(ctx.step(Action.CLICK, at, target=operand.text, target_kind=TargetKind.TAB))
        elif operand.text and (operand.is_label or operand.noun) and not (name == "on" and not operand.noun):
            place = operand.text
    return before, place, menu


def _path(items: list[Item], ctx: Context, clause: Clause) -> Step:
    labels = [_label(i.head) for i in items if i.head]
    before = [
        op.text
        for i in items
        for n, op in i.preps
        if n in w.INSIDE and op.kind is TargetKind.MENU and op.text
    ]
    target = (*ctx.menu, *before, *labels)
    return ctx.step(
        Action.CLICK, clause.start.start, target=target, target_kind=TargetKind.MENU, once=clause.once
    )


def _open(clause: Clause, ctx: Context) -> Steps:
    """ "Open the X tab" clicks; "go to the sign-in page" goes to a page that has no label here."""
    items = _items(clause)
    no_or(items)
    if not items:
        raise ReadingError("SOP016", clause.start.end, "what to open is not said", "name it")
    if ctx.menu or any(i.joined == ">" for i in items):
        return [_path(items, ctx, clause)]
    _no_joined_labels(items)
    steps: Steps = []
    for item in items:
        head = item.head
        by = item.prep("with", "using", "via", "through")
        if by is not None and by.is_label and clause.verb.verb is w.Verb.OPEN:
            item, head = Item(by, (), item.joined, item.at), by  # "open the page with the Forms tab"
        if head and _is_page(head):
            name = f"{head.text} {head.noun}".strip() if not head.is_label else head.text
            steps.append(
                ctx.step(Action.NAVIGATE, clause.start.start, target=name, target_kind=TargetKind.PAGE)
            )
        else:
            steps += _click_one(item, ctx, clause)
    return steps


def _is_page(head: Operand) -> bool:
    if "." in head.text.strip(".") and " " not in head.text:
        return True
    return head.kind is TargetKind.PAGE and head.noun != "form"


def _check(clause: Clause, ctx: Context) -> Steps:
    return _tick(Action.CHECK, clause, ctx)


def _uncheck(clause: Clause, ctx: Context) -> Steps:
    return _tick(Action.UNCHECK, clause, ctx)


def _tick(action: Action, clause: Clause, ctx: Context) -> Steps:
    items = _items(clause)
    no_or(items)
    steps: Steps = []
    for item in items:
        head = item.head
        if head is None:
            raise ReadingError("SOP016", item.at, "what to tick is not said", "name the label")
        near = item.prep(*w.BESIDE, "for", "of", "by")
        _, place, _ = _where(item, ctx, clause.start.start)
        value: Value | None = None
        label: str | None = head.text or None
        if near is not None and not head.text:
            label = near.text if near.is_label else None
            value = None if near.is_label else value_of(near, ctx)
        elif head.shape == "plain" and head.path and head.det:
            label, value = None, value_of(head, ctx)
        if label is None and value is None:
            raise ReadingError("SOP016", head.at, f"which {head.noun or 'box'} is not said", "name its label")
        steps.append(
            ctx.step(
                action, clause.start.start, target=label, target_kind=head.kind or TargetKind.CHECKBOX,
                value=value, section=place, once=clause.once,
            )
        )  # fmt: skip
    return steps


def _upload(clause: Clause, ctx: Context) -> Steps:
    items = _items(clause)
    no_or(items)
    head = next((i.head for i in items if i.head), None)
    if head is None:
        raise ReadingError("SOP016", clause.start.end, "what to attach is not said", 'write "every document"')
    limit, rest = _size_limit(items)
    if len([i for i in rest if i.head]) > 1:
        raise ReadingError("SOP012", rest[1].at, "one kind of document in each step", "write a step for each")
    item = rest[0]
    kind = item.prep("of kind")
    where = item.prep("with", "in", "into", "to", "under", "using", "via", "through", "on")
    target = where.text if where and where.text and not is_generic_place(where) else None
    if target is None and ctx.label is not None:
        target = ctx.label.text
    documents = head.path in ("documents", "documents[].path") or head.noun or head.shape == "pronoun"
    name = kind.text if kind else None if documents else head.text
    ref = Value(ref="documents", words=head.spoken if head.text else "the document", every=head.every)
    return [
        ctx.step(
            Action.UPLOAD, clause.start.start, target=target, target_kind=TargetKind.FILE, value=ref,
            document_kind=name, max_bytes=limit, section=ctx.place, once=clause.once,
        )
    ]  # fmt: skip


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


def _download(clause: Clause, ctx: Context) -> Steps:
    items = _items(clause)
    item = items[0] if items else None
    by = item.prep("with", "using", "via", "through", "from") if item else None
    head = by or (item.head if item else None)
    label = head.text if head and head.text else None
    return [
        ctx.step(Action.DOWNLOAD, clause.start.start, target=label, target_kind=head.kind if head else None)
    ]


def _capture(clause: Clause, ctx: Context) -> Steps:
    by = (
        next((i.prep("with", "using") for i in _items(clause) if i.prep("with", "using")), None)
        if clause.rest
        else None
    )
    if by is not None and by.text:
        return [ctx.step(Action.CAPTURE, clause.start.start, target=by.text, target_kind=TargetKind.BUTTON)]
    return [ctx.step(Action.CAPTURE, clause.start.start, target_kind=TargetKind.PAGE)]


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
    if clause.rest:
        items = _items(clause)
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
        items = _items(clause)
        head = items[0].head if items else None
        if head is None or len(items) > 1:
            raise ReadingError(
                "SOP012", clause.rest[0].start, "what to close is not clear", 'write "close it"'
            )
        title = head.text if head.shape != "pronoun" else None
    else:
        title = None
    place = title or ctx.asked_for or None
    return [
        ctx.step(
            Action.CLICK, clause.start.start, target="Close", target_kind=TargetKind.BUTTON, section=place
        )
    ]


def _sign_in(clause: Clause, ctx: Context) -> Steps:
    items = _items(clause)
    to = items[0].prep("to", "on", "into", "at", "in") if items else None
    head = to or (items[0].head if items else None)
    name = f"{head.text} {head.noun}".strip() if head else None
    kind = TargetKind.PAGE if name else None
    return [ctx.step(Action.SIGN_IN, clause.start.start, target=name, target_kind=kind)]


def _sign_out(clause: Clause, ctx: Context) -> Steps:
    return [ctx.step(Action.SIGN_OUT, clause.start.start)]


_KEYS = w.words_set("enter return tab escape esc space backspace delete home end")


def _press(clause: Clause, ctx: Context) -> Steps:
    words = [t for t in clause.rest if t.low not in ("the", "key")]
    if len(words) == 1 and words[0].low in _KEYS:
        key = words[0].low.capitalize()
        return [ctx.step(Action.PRESS_KEY, clause.start.start, target=key, once=clause.once)]
    return _click(clause, ctx)


def _use(clause: Clause, ctx: Context) -> Steps:
    """ "Use the X button", "use the A menu, then B"; "use SOP hub/sign-in"."""
    items = _items(clause)
    no_or(items)
    if not items or items[0].head is None:
        raise ReadingError("SOP016", clause.start.end, "what to use is not said", "name it")
    head = items[0].head
    words = [t.text for t in clause.rest if t.low not in ("the", "sop")]
    if any(t.low == "sop" for t in clause.rest[:3]) and words:
        return [ctx.step(Action.USE, clause.start.start, target=words[0])]
    if head.kind is TargetKind.MENU and len(items) > 1:
        return [_path(items, ctx, clause)]
    if len(items) > 1 or head.kind is TargetKind.FIELD or head.kind is TargetKind.DROPDOWN:
        raise ReadingError(
            "SOP011", clause.start.start, '"use" does not say what to do', "write click, enter or select"
        )
    return _click_one(items[0], ctx, clause)


def _go_back(clause: Clause, ctx: Context) -> Steps:
    words = words_of(clause.rest).removeprefix("to ").removeprefix("with ").strip('"')
    limit = 2
    for index, token in enumerate(clause.rest):
        if token.low == "times" and index and clause.rest[index - 1].text.isdigit():
            limit = int(clause.rest[index - 1].text)
            words = (
                words_of(clause.rest[: index - 1])
                .removeprefix("to ")
                .rstrip(", ")
                .removesuffix(" at most")
                .rstrip(",")
            )
    target = words or "start"
    return [ctx.step(Action.GO_TO, clause.start.start, target=target, limit=limit)]


def _human(clause: Clause, ctx: Context) -> Steps:
    words = f"{clause.verb.words} {words_of(clause.rest)}".strip()
    return [ctx.step(Action.HUMAN, clause.start.start, target=words)]


def _nothing(clause: Clause, ctx: Context) -> Steps:
    """Leaving blank and scrolling need no act; scrolling as the last act would hide a click."""
    if clause.verb.words.startswith("scroll") and clause.joined == "then":
        raise two_readings(
            clause.start.start, "scrolling there is only looking, or it is to be clicked",
            f'click "{words_of(clause.rest)}"', "leave the scrolling out",
        )  # fmt: skip
    return [ctx.step(Action.NOTE, clause.start.start)]


def _keep(clause: Clause, ctx: Context) -> Steps:
    items = _items(clause)
    head = items[0].head if items else None
    name = items[0].prep("as") if items else None
    if head is None or name is None or not name.text:
        raise ReadingError("SOP012", clause.start.start, "expected: keep WHAT as NAME")
    return [ctx.step(Action.KEEP, clause.start.start, value=value_of(head, ctx), save_as=snake(name.text))]


def _assign(clause: Clause, ctx: Context) -> Steps:
    items = _items(clause)
    to = items[0].prep("to") if items else None
    if to is None or not to.text:
        raise ReadingError("SOP012", clause.start.start, 'expected: assign it to "QUEUE"')
    return [ctx.step(Action.ASSIGN, clause.start.start, outcome=to.text)]


def _repeat(clause: Clause, ctx: Context) -> Steps:
    raise ReadingError(
        "SOP012",
        clause.start.start,
        "what to repeat is not clear",
        'write "For each ...:" with the steps below it',
    )


def _clear(clause: Clause, ctx: Context) -> Steps:
    items = _items(clause)
    head = items[0].head if items else None
    if head is None or len(items) > 1:
        raise ReadingError("SOP016", clause.start.end, "what to clear is not said", "name the field")
    if head.kind is TargetKind.CHECKBOX:
        return _tick(Action.UNCHECK, clause, ctx)
    return [
        ctx.step(
            Action.FILL,
            clause.start.start,
            target=_label(head),
            target_kind=TargetKind.FIELD,
            value=Value(literal=""),
        )
    ]


_V = w.Verb
_HANDLERS: dict[w.Verb, Callable[[Clause, Context], Steps]] = {
    _V.CLICK: _click, _V.FILL: fill, _V.SELECT: choose, _V.SET: set_to, _V.OPEN: _open, _V.CHECK: _check,
    _V.UNCHECK: _uncheck, _V.VERIFY: verify, _V.READ: read, _V.REVIEW: review, _V.UPLOAD: _upload,
    _V.DOWNLOAD: _download, _V.CAPTURE: _capture, _V.WAIT: _wait, _V.STOP: _stop, _V.CLOSE: _close,
    _V.SIGN_IN: _sign_in, _V.SIGN_OUT: _sign_out, _V.SEARCH: search, _V.PRESS: _press, _V.USE: _use,
    _V.GO_BACK: _go_back, _V.HUMAN: _human, _V.NOTHING: _nothing, _V.KEEP: _keep, _V.ASSIGN: _assign,
    _V.REPEAT: _repeat, _V.CLEAR: _clear,
}  # fmt: skip
