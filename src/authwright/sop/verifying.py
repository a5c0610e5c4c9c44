"""Checking that the page shows what it must."""

import re
from dataclasses import replace

from authwright.core.workflow import Action, Step, TargetKind, Value
from authwright.sop import words as w
from authwright.sop.clauses import Clause
from authwright.sop.conditions import values_in
from authwright.sop.context import Context
from authwright.sop.data_words import COMPOSITES
from authwright.sop.errors import ReadingError, two_readings
from authwright.sop.items import read_items
from authwright.sop.looking import look
from authwright.sop.operands import Item, Operand, scan_operand
from authwright.sop.readings import as_label, read_one
from authwright.sop.tokens import Kind, Tokens, words_of
from authwright.sop.values import referred

Steps = list[Step]


_BECOME = (
    "has changed to",
    "changed to",
    "changes to",
    "is set to",
    "has been set to",
    "turns to",
    "has turned to",
)


def _as_is(tokens: Tokens) -> Tokens:
    """ "The status has changed to Verified" as "the status is Verified"."""
    for phrase in map(str.split, _BECOME):
        for i in range(1, len(tokens) - len(phrase)):
            if [t.text for t in tokens[i : i + len(phrase)]] == phrase:
                state = replace(tokens[i], text="is", low="is")
                return (*tokens[:i], state, *tokens[i + len(phrase) :])
    return tokens


def verify(clause: Clause, ctx: Context) -> Steps:
    """ "Check that the review page shows A and B"; "make sure X is ticked"; "verify the member ID"."""
    tokens = _as_is(clause.rest)
    if clause.verb.words == "check" and tokens and tokens[0].low == "for":
        return look(clause, ctx)  # "check for a response under Inbox"
    if unticked := _unticked(tokens, clause, ctx):
        return unticked
    against = next(
        (t for t in tokens if t.low in ("no", "not", "none", "never") or t.low.endswith("n't")), None
    )
    if against is not None and against.kind is Kind.WORD:
        raise ReadingError(
            "SOP012",
            against.start,
            "a check says what is to be seen, not what isn't",
            'write "if ..., stop" instead',
        )
    said_that = clause.verb.words.endswith("that")
    tokens = _there(tokens)
    verb = next((i for i, t in enumerate(tokens) if t.low in _SHOWS), None)
    if verb is not None:
        return _shows(tokens, verb, clause, ctx)
    if (
        tokens
        and tokens[-1].low in _AGREES
        and (len(tokens) < 2 or tokens[-2].low in ("is", "are") or tokens[-1].low.startswith("match"))
    ):
        cut = -2 if len(tokens) > 1 and tokens[-2].low in ("is", "are") else -1
        items = read_items(tokens[:cut], clause.start.start, clause.over)
        if items and all(i.head and i.head.path and not i.preps for i in items):
            return [_verify_one(item, ctx, clause) for item in items]
    if gone_over := _in_order(tokens):
        return review(replace(clause, rest=gone_over), ctx)
    state = next((i for i, t in enumerate(tokens) if t.low in ("is", "are")), None)
    if state is not None:
        return _is(tokens, state, clause, ctx)
    if said_that or clause.verb.words in ("make sure", "ensure"):
        raise ReadingError(
            "SOP012",
            clause.start.start,
            "what must be shown is not clear",
            'write "check that the page shows ..."',
        )
    items = read_items(tokens, clause.start.start)
    if not items or any(i.joined == "or" for i in items):
        raise ReadingError("SOP015", clause.start.start, "what to check is left open", "name it")
    if clause.verb.words == "check":
        if (sought := _looked_for(items, tokens)) is not None:
            ctx.pass_over(tokens)
            return [_verify_one(sought, ctx, replace(clause, verb=replace(clause.verb, words="look")))]
        return _check_word(items, clause, ctx)
    return [_verify_one(item, ctx, clause) for item in items]


_COMES_UP = (
    "appears", "appear", "comes up", "come up", "shows up", "show up", "opens", "is selected",
    "is displayed", "are displayed", "has appeared", "has opened",
)  # fmt: skip
_REFERS_BACK = frozenset({"it", "they", "this", "that", "these", "both", "all"})
_QUALITIES = w.words_set("correct right accurate complete ok okay fine valid good")


def _there(tokens: Tokens) -> Tokens:
    """ "The Confirmation screen appears" as "the Confirmation screen is there"."""
    if any(t.text in w.FILLERS for t in tokens):
        return tokens  # "the right provider is selected": which one?
    for phrase in map(str.split, _COMES_UP):
        if len(tokens) > len(phrase) and [t.text for t in tokens[-len(phrase) :]] == phrase:
            last = tokens[-1]
            return (
                *tokens[: -len(phrase)],
                replace(last, text="is", low="is"),
                replace(last, text="there", low="there"),
            )
    return tokens


def _in_order(tokens: Tokens) -> Tokens:
    """ "Everything on the Details page is complete and right": what is gone over; () when it is not that."""
    state = next((i for i, t in enumerate(tokens) if t.text in ("is", "are") and i), 0)
    said = [t.low for t in tokens[state + 1 :] if t.low not in ("and", "all", ",")]
    if not state or not said or not _QUALITIES.issuperset(said):
        return ()
    subject = tokens[:state]
    low = [t.low for t in subject]
    if low[:1] in (["everything"], ["all"]):
        subject = subject[2:] if low[1:2] in (["on"], ["in"], ["of"]) else subject[1:]
    named = words_of(subject).lower().removeprefix("the ")
    return subject if subject and named not in _REFERS_BACK | COMPOSITES.keys() else ()


def _looked_for(items: list[Item], tokens: Tokens) -> Item | None:
    """ "Check Validation Status for errors": looking there, where nothing is to be ticked."""
    item = items[0]
    sought = item.prep("for")
    label = item.head.text.split() if item.head else []
    if sought is None and "for" not in label and any(t.text == "for" for t in tokens):
        sought = Operand("", "plain", item.at)  # a bare reason: "for errors"
    ticks = item.head and item.head.kind in (TargetKind.CHECKBOX, TargetKind.RADIO)
    if len(items) != 1 or sought is None or sought.is_label or ticks or not (item.head and item.head.text):
        return None
    return item.without("for")


def _check_word(items: list[Item], clause: Clause, ctx: Context) -> Steps:
    """ "Check" ticks a labelled box; with plain words after it, it could as well mean to look."""
    steps: Steps = []
    for item in items:
        head = item.head
        if head is None or head.shape == "pronoun":
            raise ReadingError("SOP016", item.at, "what to check is not said", "name it")
        near = item.prep(*w.BESIDE, "for", "of")
        ticks = head.kind in (TargetKind.CHECKBOX, TargetKind.RADIO) or head.noun in ("box", "boxes")
        if not ticks and head.shape == "plain" and head.det in ("the", "your", "their", "its"):
            steps.append(read_one(item, ctx, clause, in_row=False))
            continue
        if not ticks and not (head.is_label and not head.det):
            raise two_readings(
                head.at,
                f'"check" ticks a box, or looks whether "{head.text}" is right',
                f'tick "{head.text}"',
                f"check that the page shows the {head.text.lower()}",
            )
        label = head.text or (near.text if near and near.is_label else None)
        value = referred(near, ctx) if near is not None and not near.is_label and not head.text else None
        if label is None and value is None:
            raise ReadingError("SOP016", head.at, f"which {head.noun} is not said", "name its label")
        steps.append(
            ctx.step(
                Action.CHECK,
                clause.start.start,
                target=label,
                target_kind=TargetKind.CHECKBOX,
                value=value,
                section=ctx.place,
            )
        )
    return steps


_SHOWS = frozenset({"shows", "show", "says", "displays", "contains", "reads", "has", "lists"})
_AGREES = frozenset({"correct", "right", "matches", "match", "accurate"})
_PRESENT = frozenset(
    {"there", "present", "entered", "filled in", "filled out", "complete", "populated", "shown", "visible",
     "displayed", "listed", "available", "given", "on file", "on the page", "on the screen", "in place"}
)  # fmt: skip
_ON_RECORD = re.compile(
    r"(?:shown |listed |given |entered )?(?:in|on) (?:the|your) (?:[\w']+ ){0,2}"
    r"(?:file|record|chart|account|profile|screen|page|form|registration)"
)
_TICKED = frozenset({"ticked", "checked", "selected", "marked"})


def _unticked(tokens: Tokens, clause: Clause, ctx: Context) -> Steps:
    """ "Make sure Remember me is not ticked": it is unticked if need be."""
    low = [t.low for t in tokens]
    for tail in (["is", "not"], ["isn't"], ["is"]):
        cut = len(low) - len(tail) - 1
        ticked = low[-1:] and (low[-1] in _TICKED if tail != ["is"] else low[-1] in _UNTICKED)
        if cut > 0 and low[cut:-1] == tail and ticked:
            items = read_items(tokens[:cut], clause.start.start, clause.over)
            head = items[0].head if len(items) == 1 else None
            if head is not None and head.text and (head.is_label or head.noun):
                kind = TargetKind.CHECKBOX
                at = clause.start.start
                return [ctx.step(Action.UNCHECK, at, target=head.text, target_kind=kind, section=ctx.place)]
    return []


_UNTICKED = frozenset({"unticked", "unchecked", "unselected", "cleared"})


def _shows(tokens: Tokens, verb: int, clause: Clause, ctx: Context) -> Steps:
    subject = read_items(tokens[:verb], clause.start.start, clause.over)
    said = [_values(part, ctx) for part in _told(tokens[verb + 1 :])]
    values = [value for part in said for value in part]
    if len(subject) != 1 or subject[0].head is None or not all(said):
        raise ReadingError(
            "SOP012",
            tokens[verb].start,
            "what the page must show is not clear",
            'name texts in quotation marks and data with "the" or "each": check that the page shows '
            '"Review", the member ID and each procedure code',
        )
    head = subject[0].head
    if head.shape == "pronoun" and not ctx.it:
        head = replace(head, text="page", shape="plain", kind=TargetKind.PAGE)
    if not (head.text or head.kind is TargetKind.PAGE):
        raise ReadingError(
            "SOP016", head.at, f"which {head.noun or 'one'} is meant is not said", "name its label"
        )
    page = head.kind is TargetKind.PAGE or head.is_place or head.text in ("page", "screen")
    target = f"{head.text} {head.noun}".strip() if page and not head.is_label else head.text
    return [
        ctx.step(
            Action.VERIFY,
            clause.start.start,
            target=target,
            target_kind=TargetKind.PAGE if page else None,
            value=v,
            section=ctx.place,
        )
        for v in values
    ]


def _values(tokens: Tokens, ctx: Context) -> tuple[Value, ...]:
    return (ctx.it,) if words_of(tokens) == "it" and ctx.it else values_in(tokens)


_BEFORE_VERB = frozenset({",", "and", "it", "also"})


def _told(tokens: Tokens) -> list[Tokens]:
    """What each verb says of the page: "says "Review" and shows the member ID, and lists the dates"."""
    for i, token in enumerate(tokens):
        j = i
        while j < len(tokens) and tokens[j].text in _BEFORE_VERB and tokens[j].kind is not Kind.QUOTED:
            j += 1
        if token.text in (",", "and") and 0 < i < j < len(tokens) and tokens[j].text in _SHOWS:
            return [tokens[:i], *_told(tokens[j + 1 :])]
    return [tokens]


def _is(tokens: Tokens, state: int, clause: Clause, ctx: Context) -> Steps:
    subject = read_items(tokens[:state], clause.start.start, clause.over)
    rest = tokens[state + 1 :]
    there = words_of(rest).lower()
    if len(subject) > 1 and (there in _PRESENT or _ON_RECORD.fullmatch(there)):
        return [_verify_one(item, ctx, clause, present=True) for item in subject]
    if len(subject) != 1 or subject[0].head is None or not rest:
        raise ReadingError("SOP012", tokens[state].start, "what must be so is not clear", "name it")
    head = subject[0].head
    near = subject[0].prep(*w.BESIDE, "for", "of")
    if not head.text and near is not None and near.is_label:
        head = replace(head, text=near.text)  # "the box for Urgent"
    if not (head.text or head.kind is TargetKind.PAGE):
        raise ReadingError(
            "SOP016", head.at, f"which {head.noun or 'one'} is meant is not said", "name its label"
        )
    if rest[0].low in _TICKED and (head.is_label or head.noun):
        if len(rest) > 1 and rest[1].text == "so":
            clause.over.append((rest[1].start, rest[-1].end))
        return [
            ctx.step(
                Action.CHECK,
                clause.start.start,
                target=head.text,
                target_kind=TargetKind.CHECKBOX,
                section=ctx.place,
            )
        ]
    if words_of(rest).lower() in _PRESENT or _ON_RECORD.fullmatch(words_of(rest).lower()):
        return [_verify_one(subject[0], ctx, clause, present=True)]
    if (label := _listed_under(rest)) is not None and head.path:
        value = referred(head, ctx)
        return [
            ctx.step(Action.VERIFY, clause.start.start, target=label.text, value=value, section=ctx.place)
        ]
    values = (
        () if rest[-1].text.endswith(("'s", "s'")) else values_in(rest)
    )  # "is the patient's": what of his?
    if len(rest) == 1 and rest[0].text in w.STATES and head.text:
        values = (Value(literal=rest[0].text),)
    if len(values) != 1:
        raise ReadingError(
            "SOP012",
            rest[0].start,
            f'can\'t compare with "{words_of(rest)}"',
            "put the text in quotation marks",
        )
    return [
        ctx.step(Action.VERIFY, clause.start.start, target=as_label(head), value=values[0], section=ctx.place)
    ]


def _listed_under(rest: Tokens) -> Operand | None:
    """ "(Check that the service is) listed under Authorized Services": where it must be seen."""
    if len(rest) < 3 or rest[0].low not in ("listed", "shown", "displayed") or rest[1].low not in w.INSIDE:
        return None
    found = scan_operand(rest, 2)
    return found[0] if found and found[1] == len(rest) and found[0].is_label else None


def _verify_one(item: Item, ctx: Context, clause: Clause, *, present: bool = False) -> Step:
    """`present`: only that it is there; what it must be is not said, and the case may know it."""
    head = item.head
    if head is None or not head.text:
        raise ReadingError("SOP016", item.at, "what to check is not said", "name it")
    against = item.prep("with", "against")
    source = against or head
    if source.path == "credentials.password":
        raise ReadingError(
            "SOP012", head.at, "no page shows a password", 'write: enter the password in "LABEL", once more'
        )
    value: Value | None = referred(source, ctx) if source.path else None
    if value is None and against is not None:
        raise ReadingError("SOP012", against.at, f'"{against.text}" is no data of the case', "name the data")
    if (
        not present
        and value is None
        and clause.verb.words in ("confirm", "check", "verify", "ensure")
        and not head.is_label
    ):
        raise ReadingError(
            "SOP012",
            head.at,
            f'what "{head.text}" must be is not said',
            'write "check that the page shows ..."',
        )
    if head.text.lower() in COMPOSITES:
        raise ReadingError(
            "SOP012", head.at, "one date in each check", "name the start date and the end date"
        )
    return ctx.step(Action.VERIFY, clause.start.start, target=as_label(head), value=value, section=ctx.place)


def review(clause: Clause, ctx: Context) -> Steps:
    items = read_items(clause.rest, clause.start.start, clause.over) if clause.rest else []
    if items and all(i.head and i.head.path and not i.preps for i in items):
        return [_verify_one(item, ctx, clause) for item in items]
    if len(items) > 1:
        raise ReadingError(
            "SOP012", items[1].at, "one thing to go over in each step", "write a step for each"
        )
    head = items[0].head if items else None
    where = items[0].prep("in", "on") if items else None
    shown = where if where and where.is_label else head
    target = f"{shown.text} {shown.noun}".strip() if shown else "page"
    return [ctx.step(Action.VERIFY, clause.start.start, target=target, target_kind=TargetKind.PAGE)]
