"""Clicking, opening and menus: labels, rows, links known by their data, paths."""

import re
from dataclasses import replace

from authwright.core.workflow import Action, Step, TargetKind, Value
from authwright.sop import words as w
from authwright.sop.clauses import Clause
from authwright.sop.context import Context
from authwright.sop.data_words import path_of
from authwright.sop.errors import ReadingError, two_readings
from authwright.sop.item_checks import is_generic_place, no_or, only_known, refuse_ordinal, says_why
from authwright.sop.items import read_items
from authwright.sop.looking import look
from authwright.sop.operands import Item, Operand
from authwright.sop.relatives import is_of_case
from authwright.sop.tokens import words_of
from authwright.sop.values import referred, value_of
from authwright.sop.verbs import Verb
from authwright.sop.whole_labels import joined_labels, no_joined_labels, whole_entry, whole_label

Steps = list[Step]


def items_of(clause: Clause) -> list[Item]:
    return read_items(clause.rest, clause.start.start, clause.over)


def click(clause: Clause, ctx: Context) -> Steps:
    items = joined_labels(items_of(clause))
    no_or(items)
    if not items:
        raise ReadingError("SOP016", clause.start.end, "what to click is not said", "name the label")
    no_joined_labels(items)
    if any(i.joined == ">" for i in items):
        return [_path(items, ctx, clause)]
    steps: Steps = []
    for item in items:
        steps += _click_one(item, ctx, clause)
    return steps


def _click_one(item: Item, ctx: Context, clause: Clause) -> Steps:
    item = as_row(whole_label(item))
    head, at = item.head, clause.start.start
    if head is None:
        raise ReadingError("SOP016", item.at, "what to click is not said", "name the label")
    refuse_ordinal(head)
    if head.kind in (TargetKind.RADIO, TargetKind.CHECKBOX) and not head.text:
        return [box_beside(item, clause, ctx, head.kind)]
    if head.shape == "plain" and head.text in _NAMELESS and head.det:
        raise ReadingError("SOP016", head.at, f"which {head.text} is not said", "name its label")
    if head.shape == "plain" and "outside" in head.text.split(" "):
        raise ReadingError("SOP012", head.at, "a click beside everything has no label", "name what closes it")
    if head.shape == "plain" and head.text == "name" and head.det == "the" and ctx.it is not None:
        return [ctx.step(Action.CLICK, at, value=ctx.it, once=clause.once)]  # of whom was searched for
    if head.kind is TargetKind.DROPDOWN and not head.text and ctx.label is not None:
        return []  # opening a drop-down to choose from it is part of choosing
    if head.shape == "plain" and head.text in _VAGUE and head.det:
        raise two_readings(
            head.at,
            f'"{head.spoken}" is a label, or data of the case',
            f'click "{head.text}"',
            f"click the patient's {head.text}",
        )
    if (
        head.kind is not TargetKind.TABLE_ROW
        and head.text
        and head.shape == "plain"
        and is_generic_place(head)
    ):
        raise ReadingError("SOP016", head.at, f'"{head.spoken} {head.noun}" has no label', "name its label")
    if head.shape == "named" and not head.det and head.noun in _PARTS:
        raise two_readings(
            head.at, f'"{head.noun}" is the label\'s last word, or says what it is',
            f'click "{head.text} {head.noun}"', f'click "{head.text}"',
        )  # fmt: skip
    if ctx.place and ctx.loose and head.text in ("Yes", "No") and not item.preps:
        value = Value(literal=head.text)
        return [ctx.step(Action.SELECT, at, target=ctx.place, target_kind=TargetKind.RADIO, value=value)]
    before, place, menu = where_it_stands(item, ctx, at)
    if head.kind is TargetKind.TABLE_ROW and not head.is_label:
        return [*before, _row(item, ctx, at)]
    beside = _beside(item)
    owned = "'s " in head.text or (" of " in head.text and head.text.split(" ")[0] in _VAGUE)
    numbered = head.text.endswith((" number", " id")) and head.text.islower()  # "click the check number"
    by_data = head.shape == "plain" and head.det and not head.noun and (head.path or owned or numbered)
    if head.shape == "pronoun" and ctx.row and ctx.it is None:
        row = TargetKind.TABLE_ROW
        return [*before, ctx.step(Action.CLICK, at, target_kind=row, once=clause.once)]  # that was found
    if head.shape == "pronoun" or by_data:
        value = value_of(head, ctx)
        kind = head.kind or None
        return [
            *before,
            ctx.step(Action.CLICK, at, value=value, target_kind=kind, section=place, once=clause.once),
        ]
    in_row, item = _of_row(item, ctx)
    only_known(item, frozenset({"with"}))
    if head.kind is TargetKind.DROPDOWN and not head.text and ctx.label is not None:
        return before  # opening a drop-down to choose from it is part of choosing
    if head.shape == "plain" and head.det in ("a", "an") and not head.noun:
        return [
            *before,
            ctx.step(Action.CLICK, at, target_kind=TargetKind.TABLE_ROW, value=referred(head, ctx)),
        ]
    if head.shape == "plain" and head.det in _ITS and not head.noun and _in_a_list(head, item):
        return [
            *before,
            ctx.step(
                Action.CLICK, at, target_kind=TargetKind.TABLE_ROW, value=referred(head, ctx), section=place
            ),
        ]
    label = label_of(head)
    target: str | tuple[str, ...] = (*menu, label) if menu else label
    kind = TargetKind.MENU if menu else head.kind
    act = Action.CLICK if in_row else what_a_click_does(label, ctx.words)
    step = ctx.step(
        act, at, target=target, target_kind=kind, value=in_row, section=place, beside=beside, once=clause.once
    )
    return [*before, step]


def box_beside(item: Item, clause: Clause, ctx: Context, kind: TargetKind) -> Step:
    """ "Select the radio button next to the member's name"."""
    near = item.prep(*w.BESIDE, "for", "by", "of")
    if near is None or not near.text:
        raise ReadingError("SOP016", item.at, "which one is not said", 'write "next to ..."')
    label = near.text if near.is_label else None
    value = None if near.is_label else value_of(near, ctx)
    return ctx.step(
        Action.CHECK, clause.start.start, target=label, target_kind=kind, value=value, section=ctx.place
    )


def what_a_click_does(label: str, sentence: str) -> Action:
    """What only prints is kept as a picture: a print dialog belongs to the computer, not to the page.

    "Print letter" may as well make the letter: it is clicked, unless the sentence says that it is for paper.
    """
    words = label.lower().split(" ")
    prints = _PRINTS.intersection((words[0], words[-1])) and "preview" not in words
    only = words[-1] in _PRINTS or words[1:] in (["icon"], ["page"], ["screen"])
    if prints and (only or _PAPER.search(sentence)):
        return Action.CAPTURE
    return Action.DOWNLOAD if words[0] in ("export", "download") and _COPY.search(sentence) else Action.CLICK


_PRINTS = w.words_set("print printer")
_COPY = re.compile(r"\b(?:for|to (?:keep|get|save|have)) a copy\b", re.IGNORECASE)
_PAPER = re.compile(r"\b(?:paper|printed|print-?out|hard copy|for your records)\b", re.IGNORECASE)


def in_the_row(item: Item, ctx: Context, control: Operand | None = None) -> Value | None:
    """ "in the row with the reference number", "next to the reference number": what that row holds."""
    preps = [p for p in item.preps if p[1] is not control]
    for index, (name, operand) in enumerate(preps):
        if name in w.BESIDE and not operand.is_label and operand.text:
            return value_of(operand, ctx)
        if operand.kind is TargetKind.TABLE_ROW and name in w.INSIDE | {"of"}:
            after = preps[index + 1] if index + 1 < len(preps) else None
            if ctx.in_row is not None and operand.shape == "pronoun":
                return ctx.in_row
            if after is None or after[0] not in ("with", "for", "of", "containing"):
                raise ReadingError("SOP016", operand.at, "which row is not said", _ROW_HINT)
            return value_of(after[1], ctx)
    return None


_ROW_HINT = 'write "the row with the reference number"'


def _of_row(item: Item, ctx: Context) -> tuple[Value | None, Item]:
    """ "its View link", "Edit next to the claim", "Messages on the authorization": in whose row it stands."""
    if item.head and item.head.det == "its" and ctx.it is not None:
        return ctx.it, item
    if (held := in_the_row(item, ctx)) is not None:
        return held, replace(item, preps=tuple(p for p in item.preps if p[1].is_label))
    if ctx.in_row is not None and not item.prep("in"):
        return ctx.in_row, item
    for name, operand in item.preps:
        if name not in w.BESIDE | {"for", "of", "on"} or operand.is_label or operand.every:
            continue
        if operand.det in ("your", "our", "a", "another") and says_why(name, operand):
            continue  # "Print for your files", "click Resend for a new one"
        if operand.shape == "pronoun" or (is_of_case(operand) and operand.path != "patient"):
            return value_of(operand, ctx), item.without(name)
    return None, item


def _in_a_list(head: Operand, item: Item) -> bool:
    """ "Click the provider in the list", "click the claim": a row known by the case's data, and no label."""
    listed = any(n in w.INSIDE and w.LISTS.intersection(op.spoken_words) for n, op in item.preps)
    return listed or head.text.split(" ")[-1] in w.RECORDS | w.LISTED


_ITS = frozenset({"the", "your", "our", "their"})
_PARTS = w.words_set("card section area group header heading column panel pane")
_NAMELESS = w.words_set("item entry thing option element one")
_VAGUE = frozenset({"name", "number", "date", "code", "id"})


def as_row(item: Item) -> Item:
    """ "The request with the reference number" is the row that holds it, whatever is listed in it."""
    head, held = item.head, item.prep("with", "having", "containing")
    if head is None or held is None or head.shape != "plain" or head.noun or not head.det:
        return item
    if head.text.split(" ")[-1] not in w.RECORDS | w.LISTED or not (held.path or held.shape == "quoted"):
        return item
    return replace(item, head=replace(head, text="", noun="row", kind=TargetKind.TABLE_ROW, path=None))


def label_of(head: Operand) -> str:
    if head.shape == "pronoun":
        raise ReadingError("SOP014", head.at, "what is meant has no label here", "name its label")
    if head.text:
        return head.text
    raise ReadingError("SOP016", head.at, f"which {head.noun or 'one'} is not said", "name its label")


def _row(item: Item, ctx: Context, at: int) -> Step:
    held = item.prep("with", "for", "of", "containing")
    if held is None and item.head and item.head.text.endswith(("'s", "s'")):
        owner = item.head.text.removesuffix("'s").removesuffix("'")
        held = replace(item.head, text=owner, path=path_of(owner), noun="", kind=None)
    if held is None and ctx.row and item.head and not item.head.text:
        return ctx.step(Action.CLICK, at, target_kind=TargetKind.TABLE_ROW)  # the one that was found
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


def where_it_stands(item: Item, ctx: Context, at: int) -> tuple[Steps, str | None, tuple[str, ...]]:
    """Clicks that come before, the heading it stands under, and the menu it is in."""
    place, menu, before = ctx.place, ctx.menu, []
    in_menu = any(_is_menu(op) and n in w.INSIDE for n, op in item.preps)
    for name, operand in reversed(item.preps):
        if name not in w.INSIDE or is_generic_place(operand):
            continue
        if operand.text and (operand.kind is TargetKind.MENU or (in_menu and operand.is_label)):
            menu = (*menu, operand.text)
        elif operand.kind is TargetKind.TAB and operand.text:
            before.append(ctx.step(Action.CLICK, at, target=operand.text, target_kind=TargetKind.TAB))
        elif operand.text and (operand.is_label or operand.noun) and not (name == "on" and not operand.noun):
            place = operand.text
    return before, place, menu


def _is_menu(operand: Operand) -> bool:
    return operand.kind is TargetKind.MENU or operand.text.lower().endswith("menu")


def _path(items: list[Item], ctx: Context, clause: Clause) -> Step:
    items = [whole_label(i) for i in whole_entry(items, clause)]
    labels = [label_of(i.head) for i in items if i.head]
    before = [
        op.text
        for i in items
        for n, op in i.preps
        if n in w.INSIDE and op.kind is TargetKind.MENU and op.text
    ]
    target = (*ctx.menu, *before, *labels)
    return ctx.step(
        Action.CLICK, clause.start.start, target=target, target_kind=TargetKind.MENU, section=ctx.place,
        once=clause.once,
    )  # fmt: skip


def open_(clause: Clause, ctx: Context) -> Steps:
    """ "Open the X tab" clicks; "go to the sign-in page" goes to a page that has no label here."""
    items = joined_labels(items_of(clause))
    no_or(items)
    if not items:
        raise ReadingError("SOP016", clause.start.end, "what to open is not said", "name it")
    told = items[0].head
    begun = clause.verb.words == "start" and told is not None and told.det in ("a", "an") and not told.noun
    if begun and told and told.shape == "plain":
        raise ReadingError("SOP016", told.at, f"how {told.spoken} is begun is not said", "name what to click")
    if (
        clause.verb.words == "follow"
        and told
        and told.text.split(" ")[-1] in w.TOLD_NOUNS
        and not told.is_label
    ):
        return look(clause, ctx)
    if clause.verb.words == "follow" and told and not told.is_label and told.text.split(" ")[-1] in _GUIDES:
        raise ReadingError(
            "SOP016", told.at, f"what {told.spoken} ask for is not said", "write the steps out"
        )
    if ctx.place and ctx.loose in ("under", "from") and all(i.head and i.head.is_label for i in items):
        ctx.menu, ctx.place, ctx.loose = (ctx.place,), None, ""  # "Under Accounting open Invoices"
    if ctx.menu:
        no_joined_labels(items)
    if ctx.menu or any(i.joined == ">" for i in items):
        return [_path(items, ctx, clause)]
    no_joined_labels(items)
    steps: Steps = []
    for item in items:
        head = item.head
        by = item.prep("with", "using", "via", "through", "by")
        if by is not None and by.is_label and clause.verb.verb is Verb.OPEN:
            ctx.pass_over(tuple(t for t in clause.rest if t.start < by.at))
            if by.det == "its" and head is not None and is_of_case(head):
                ctx.it = value_of(head, ctx)
            item, head = Item(by, (), item.joined, item.at), by  # "open the page with the Forms tab"
        if head and not head.text and head.noun == "form" and not item.preps:
            steps.append(
                ctx.step(Action.NAVIGATE, clause.start.start, target="form", target_kind=TargetKind.PAGE)
            )
        elif head and _is_page(head):
            name = f"{head.text} {head.noun}".strip() if not head.is_label else head.text
            steps.append(
                ctx.step(Action.NAVIGATE, clause.start.start, target=name, target_kind=TargetKind.PAGE)
            )
        else:
            steps += _click_one(item, ctx, clause)
    return steps


_GUIDES = w.words_set("instructions prompts directions steps instruction prompt guide wizard")


def _is_page(head: Operand) -> bool:
    if "." in head.text.strip(".") and " " not in head.text:
        return True
    return head.kind is TargetKind.PAGE and head.noun != "form"


def use(clause: Clause, ctx: Context) -> Steps:
    """ "Use the X button", "use the A menu, then B"; "use SOP hub/sign-in"."""
    items = items_of(clause)
    no_or(items)
    if not items or items[0].head is None:
        raise ReadingError("SOP016", clause.start.end, "what to use is not said", "name it")
    head = items[0].head
    if clause.rest[0].text in ("This", "My", "All", "That", "These"):
        label = words_of(clause.rest)
        raise two_readings(
            head.at, f'"{label}" is the label, or "Use {label}"', f'click "{label}"', f'click "Use {label}"'
        )
    words = [t.text for t in clause.rest if t.low not in ("the", "sop")]
    if any(t.low == "sop" for t in clause.rest[:3]) and words:
        return [ctx.step(Action.USE, clause.start.start, target=words[0])]
    if head.kind is TargetKind.MENU and len(items) > 1:
        return [_path(items, ctx, clause)]
    if len(items) > 1 and all(i.joined == "then" and i.head and i.head.is_label for i in items[1:]):
        return [step for item in items for step in _click_one(item, ctx, clause)]
    if len(items) > 1 or head.kind is TargetKind.FIELD or head.kind is TargetKind.DROPDOWN:
        raise ReadingError(
            "SOP011", clause.start.start, '"use" does not say what to do', "write click, enter or select"
        )
    if head.shape == "plain" and head.det and not head.noun and not is_of_case(head):
        raise ReadingError(
            "SOP011", clause.start.start, '"use" does not say what to do', "write click, enter or select"
        )
    return _click_one(items[0], ctx, clause)
