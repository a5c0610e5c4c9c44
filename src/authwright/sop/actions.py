"""A clause to steps: one function a verb class, in a table. The larger classes have modules of their own."""

import re
from collections.abc import Callable

from authwright.core.workflow import Action, Step, TargetKind, Value
from authwright.sop import words as w
from authwright.sop.choices import choose, set_to
from authwright.sop.clauses import Clause
from authwright.sop.clicks import click, items_of, label_of, open_, use, what_a_click_does
from authwright.sop.conditions import duration, read_condition
from authwright.sop.context import Context
from authwright.sop.entries import fill
from authwright.sop.errors import ReadingError, two_readings
from authwright.sop.files import capture, download, upload
from authwright.sop.flow import flow_steps, remember_reads
from authwright.sop.item_checks import only_known
from authwright.sop.looking import is_told, look
from authwright.sop.operands import Item, scan_operand
from authwright.sop.readings import read
from authwright.sop.relatives import is_of_case
from authwright.sop.searching import search
from authwright.sop.ticking import check, tick, uncheck
from authwright.sop.tokens import Kind, Tokens, words_of
from authwright.sop.verbs import Verb
from authwright.sop.verifying import review, verify

Steps = list[Step]


def clause_steps(clause: Clause, ctx: Context) -> Steps:
    """The steps of one clause. Raises ReadingError."""
    steps = None if clause.button else flow_steps(clause, ctx)
    steps = _page_steps(clause, ctx) if steps is None else steps
    remember_reads(steps, ctx)
    return steps


def _page_steps(clause: Clause, ctx: Context) -> Steps:
    if clause.button:
        act = what_a_click_does(clause.button, ctx.words)
        return [ctx.step(act, clause.start.start, target=clause.button, once=clause.once)]
    if clause.verb.verb is Verb.SEARCH and is_told(clause.rest):
        return look(clause, ctx)
    return _HANDLERS[clause.verb.verb](clause, ctx)


_SIGN_IN_PREPS = frozenset({"to", "with", "using"})


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
_KEYS = w.words_set("enter return tab escape esc space backspace delete home end f1 f2 f3 f4 f5")


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


def _left_as(rest: Tokens) -> bool:
    """ "Leave Outcome as Pending": it is so already."""
    at = next((i for i, t in enumerate(rest) if t.text == "as" and i), 0)
    return bool(at) and all(t.capital or t.kind is Kind.QUOTED for t in rest[at + 1 :]) and at + 1 < len(rest)


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
        or _left_as(clause.rest)
    ):
        raise ReadingError(
            "SOP012", clause.start.start, "what to leave, and how, is not clear", 'write "leave X blank"'
        )
    ctx.pass_over((clause.start, *clause.rest))
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


def _is_option_of_menu(item: Item) -> bool:
    return any(name in w.INSIDE and operand.kind is TargetKind.MENU for name, operand in item.preps)


def _clear(clause: Clause, ctx: Context) -> Steps:
    items = items_of(clause)
    head = items[0].head if items else None
    if head is None or len(items) > 1:
        raise ReadingError("SOP016", clause.start.end, "what to clear is not said", "name the field")
    if head.kind is TargetKind.CHECKBOX:
        return tick(Action.UNCHECK, clause, ctx)
    if head.aside or _is_option_of_menu(items[0]):
        raise two_readings(
            head.at, f'"{head.text}" is a field to empty, or an option to take the tick off',
            f'clear the "{head.text}" field', f'untick "{head.text}"',
        )  # fmt: skip
    return [
        ctx.step(
            Action.FILL,
            clause.start.start,
            target=label_of(head),
            target_kind=TargetKind.FIELD,
            value=Value(literal=""),
        )
    ]


_V = Verb
_HANDLERS: dict[Verb, Callable[[Clause, Context], Steps]] = {
    _V.CLICK: _click, _V.FILL: fill, _V.SELECT: choose, _V.SET: set_to, _V.OPEN: open_, _V.CHECK: check,
    _V.UNCHECK: uncheck, _V.VERIFY: verify, _V.READ: read, _V.REVIEW: review, _V.UPLOAD: upload,
    _V.DOWNLOAD: download, _V.CAPTURE: capture, _V.WAIT: _wait, _V.STOP: _stop, _V.CLOSE: _close,
    _V.SIGN_IN: _sign_in, _V.SIGN_OUT: _sign_out, _V.SEARCH: search, _V.PRESS: _press, _V.USE: use,
    _V.HUMAN: _human, _V.NOTHING: _nothing,
    _V.REPEAT: _repeat, _V.CLEAR: _clear, _V.LOOK: look,
}  # fmt: skip
