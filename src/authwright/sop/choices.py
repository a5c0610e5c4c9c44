"""Choosing, setting, answering: which words are the option, which the label."""

from dataclasses import replace

from authwright.core.data_names import BY_PATH, answer_path
from authwright.core.data_table import DataType
from authwright.core.workflow import Action, Step, TargetKind, Value
from authwright.sop import verbs
from authwright.sop import words as w
from authwright.sop.clauses import Clause
from authwright.sop.clicks import as_row, box_beside, click, label_of
from authwright.sop.context import Context
from authwright.sop.data_words import path_of
from authwright.sop.entries import Entries
from authwright.sop.errors import ReadingError, two_readings
from authwright.sop.item_checks import is_generic_place, no_or, only_known
from authwright.sop.items import read_items
from authwright.sop.operands import Item, Operand
from authwright.sop.tokens import Tokens
from authwright.sop.values import referred, value_of
from authwright.sop.verbs import Verb
from authwright.sop.whole_labels import whole_entry, whole_label

Steps = list[Step]


def choose(clause: Clause, ctx: Context) -> Steps:
    items = left_to_case(read_items(clause.rest, clause.start.start, clause.over), clause, ctx)
    no_or(items)
    if not items:
        raise ReadingError("SOP016", clause.start.end, "what to choose is not said", "name it")
    if clause.verb.words in ("filter", "filter by") and (filtered := _filters(items, ctx)):
        return [_filter(field, clause, ctx) for field in filtered]
    loose = [i for i in items if i.prep("for") or not i.preps]
    if clause.verb.words == "filter" and loose and not ctx.label:
        raise ReadingError(
            "SOP016", loose[0].at, "in which filter is not said", 'write: select "Pending" in "Status"'
        )
    acts = items[0].head is not None and items[0].head.text.split(" ")[0].lower() in verbs.BUTTON_VERBS
    if len(items) == 1 and (acts or [n for n, _ in items[0].preps] in (["to"], ["by"])):
        items = [whole_label(i) for i in items]
    items[0] = as_row(items[0])
    head = items[0].head
    if len(items) == 1 and head and _is_file(head) and not ctx.label:
        value = Value(ref="documents", words=head.spoken, every=head.every)
        kind = " ".join(head.text.split(" ")[:-1]) or None
        return [
            ctx.step(
                Action.UPLOAD,
                clause.start.start,
                target_kind=TargetKind.FILE,
                value=value,
                document_kind=kind,
            )
        ]
    if len(items) == 1 and head and head.kind is TargetKind.TABLE_ROW and not head.is_label:
        return click(clause, ctx)
    held = items[0].prep("with", "for", "matching", "containing")
    if len(items) == 1 and head and head.shape == "pronoun" and head.det in ("the", "that") and held:
        row = TargetKind.TABLE_ROW
        return [ctx.step(Action.CLICK, clause.start.start, target_kind=row, value=value_of(held, ctx))]
    if len(items) == 1 and head and head.kind in (TargetKind.RADIO, TargetKind.CHECKBOX) and not head.text:
        return [box_beside(items[0], clause, ctx, head.kind)]
    if clause.verb.words == "answer":
        return _set(clause, ctx, [_turned(i) for i in items])
    if ctx.label and items and not any(i.preps for i in items) and _is_command(items[0], ctx.label):
        ctx.menu, ctx.label = (*ctx.menu, ctx.label.text), None
    entry = items[0].head if ctx.in_menu and len(items) == 1 else None
    if entry and entry.shape == "named" and not entry.det and not ctx.menu:
        whole = whole_entry(items, clause)[0]
        only_known(whole)
        return [
            ctx.step(
                Action.CLICK, clause.start.start, target=label_of(whole.head or entry),
                target_kind=TargetKind.MENU, once=clause.once,
            )
        ]  # fmt: skip
    if ctx.menu or _is_path(items):
        from_menu = [
            op.text
            for i in items
            for n, op in i.preps
            if n in w.INSIDE
            and op.text
            and not is_generic_place(op)
            and (op.kind in (TargetKind.MENU, TargetKind.TAB) or _is_command(i, op))
        ]
        items = whole_entry(items, clause) if ctx.menu else [whole_label(i) for i in items]
        for item in items:
            only_known(item)
        labels = [label_of(i.head) for i in items if i.head]
        if not all(i.joined in ("", "then", ">", ", and") for i in items):
            raise two_readings(
                items[1].at,
                "these are one label or several",
                "the whole label in quotation marks",
                '"A, then B"',
            )
        target = (*ctx.menu, *from_menu, *labels)
        return [
            ctx.step(
                Action.CLICK,
                clause.start.start,
                target=target,
                target_kind=TargetKind.MENU,
                section=ctx.place,
                once=clause.once,
            )
        ]
    return Entries(Action.SELECT, clause, ctx).steps(items)


def _filters(items: list[Item], ctx: Context) -> list[Operand]:
    """The fields of "filter by Status, Type"; none when an option is named too."""
    if ctx.label or any(i.joined == "or" for i in items):
        return []
    heads = [i.prep("by") or i.head for i in items]
    alone = all(h is not None and h.shape != "quoted" and not h.noun and _is_column(h) for h in heads)
    extra = [n for i in items for n, op in i.preps if op not in heads and not is_generic_place(op)]
    return [h for h in heads if h is not None] if alone and not extra else []


def _is_column(field: Operand) -> bool:
    last = field.text.lower().split(" ")[-1]
    return bool(field.text) and (field.is_label or bool(field.path) or last in w.PROPERTY_NOUNS | _DATES)


_DATES = w.words_set("date dates range")


def _filter(field: Operand, clause: Clause, ctx: Context) -> Step:
    name = replace(field, shape="plain", det=field.det or "the", path=path_of(field.text))
    known = BY_PATH.get(name.path or "")
    typed = (known is not None and known.type is DataType.DATE) or field.text.lower().split(" ")[-1] in _DATES
    return ctx.step(
        Action.FILL if typed else Action.SELECT, clause.start.start, target=field.text,
        target_kind=TargetKind.FIELD if typed else TargetKind.DROPDOWN, value=referred(name, ctx),
        section=ctx.place,
    )  # fmt: skip


def _is_file(head: Operand) -> bool:
    """ "Select the document", "pick the RA file": in a file chooser."""
    words = head.text.lower().split(" ")
    files = w.FILE_WORDS - {"report", "letter"}  # which of the page's letters may be meant as well
    of_case = head.path == "documents" or (head.path is None and bool(head.det) and words[-1] in files)
    plain = head.shape == "plain" or (head.shape == "named" and head.text.split(" ")[-1].islower())
    return of_case and plain and not head.noun


def _turned(item: Item) -> Item:
    """ "Answer VALUE to QUESTION" as "set QUESTION to VALUE"."""
    question, answer = item.prep("to", "for"), item.head
    if question is None and (given := item.prep("with")) is not None:
        question, answer = item.head, given  # "answer QUESTION with VALUE"
    vague = question and not (question.is_label or question.noun)
    if question and (question.every or (vague and question.text.endswith("questions"))):
        raise ReadingError("SOP016", question.at, "which questions are meant is not said", "name each")
    if answer is None or question is None:
        raise ReadingError(
            "SOP016", item.at, "the answer or its question is not said", 'write: answer "No" to "..."'
        )
    return Item(question, (("to", answer),), item.joined, item.at)


def _is_command(item: Item, operand: Operand) -> bool:
    """ "Choose New Order from the Actions drop-down": an entry that does something, and no value."""
    plural = operand.text.lower().endswith("s") and not operand.text.lower().endswith(("ss", "us"))
    named = item.head is not None and item.head.is_label and not item.head.det
    return operand.kind is TargetKind.DROPDOWN and named and (plural or operand.text.lower().endswith("tab"))


def _is_path(items: list[Item]) -> bool:
    for item in items:
        for name, operand in item.preps:
            if name == "from" and _is_command(item, operand):
                return True
            named = bool(operand.text) and not is_generic_place(operand)
            if operand.kind is TargetKind.MENU and name in w.INSIDE and (named or item.joined == "then"):
                return True
            if operand.kind is TargetKind.TAB and name == "from" and named:
                return True
    by_data = any(i.head and i.head.shape == "plain" and i.head.det for i in items)
    return any(i.joined == ">" or (i.joined == "then" and not by_data) for i in items)


def set_to(clause: Clause, ctx: Context) -> Steps:
    """ "Set X to Y" chooses or types; X is the label, Y the value."""
    as_case, clause.rest = by_case(clause.rest)
    items = read_items(clause.rest, clause.start.start, clause.over)
    if as_case and items and items[0].head and items[0].prep("to"):
        ctx.pass_over(clause.rest)
        label = items[0].head
        name = Operand(label.text, "plain", label.at, "the", path=label.path)
        items = [Item(label, (("to", name),), "", label.at)]
    items = left_to_case(items, clause, ctx)
    no_or(items)
    return _set(clause, ctx, items)


def left_to_case(items: list[Item], clause: Clause, ctx: Context) -> list[Item]:
    """ "Select A or B in X", "answer X with Yes or No": the case's own data for X say which of them."""
    if len(items) < 2 or items[-1].joined != "or":
        return items
    first, last = items[0], items[-1]
    inside = last.prep("in", "under", "as", "for", "from")
    given = (
        first.prep("with", "to") if clause.verb.verb is Verb.SET or clause.verb.words == "answer" else None
    )
    field = ctx.label or (first.head if given else inside if inside and inside.is_label else None)
    options = [given or first.head, *(i.head for i in items[1:])]
    if field is None or not all(o and (o.is_label or not (o.det or o.path)) for o in options):
        return items
    ctx.pass_over(clause.rest)
    question = field.shape == "quoted" and field.text.endswith("?")
    path = answer_path(field.text) if question else field.path
    if not (field.is_label or field.noun):
        return items
    name = Operand(field.text, "plain", field.at, "the", path=path or path_of(field.text))
    if clause.verb.verb is Verb.SET or clause.verb.words == "answer":
        pair = Item(field, (("to", name),), "", field.at)
        return [pair if clause.verb.verb is Verb.SET else Item(field, (("with", name),), "", field.at)]
    preps = () if ctx.label else (("in", field),)
    return [Item(name, preps, "", field.at)]


def by_case(rest: Tokens) -> tuple[bool, Tokens]:
    """ "Weekly or Monthly as authorized": the case's own data say which of them."""
    low = [t.low for t in rest]
    if len(low) > 2 and low[-2] == "as" and low[-1] in _AS_CASE:
        return "or" in low, rest[:-2]
    which = next(
        (i for i, x in enumerate(low) if x in ("whichever", "depending") and i and low[i - 1] == ","), None
    )
    return (True, rest[: which - 1]) if which and "or" in low[:which] else (False, rest)


_AS_CASE = w.words_set(
    "authorized ordered approved appropriate applicable needed requested required prescribed"
)


def _set(clause: Clause, ctx: Context, items: list[Item]) -> Steps:
    steps: Steps = []
    for item in items:
        only_known(item, frozenset({"to", "as"}))
        value = item.prep("to", "as")
        dated = item.head and item.head.det == "the" and item.head.text.lower().endswith(" date")
        if value is None and item.head and (item.head.path or dated) and not item.preps:
            steps.append(
                ctx.step(
                    Action.FILL,
                    clause.start.start,
                    target=item.head.text,
                    target_kind=TargetKind.FIELD,
                    value=referred(item.head, ctx),
                    section=ctx.place,
                )
            )
            continue
        if item.head is None or value is None:
            raise ReadingError(
                "SOP016", item.at, "what to set it to is not said", 'write "set LABEL to VALUE"'
            )
        switched = _SWITCHED.get(value.text.lower()) if item.head.kind is TargetKind.CHECKBOX else None
        if switched:
            ctx.pass_over(tuple(t for t in clause.rest if t.start >= value.at))
            steps.append(
                ctx.step(
                    switched, clause.start.start, target=label_of(item.head), target_kind=TargetKind.CHECKBOX,
                    section=ctx.place,
                )
            )  # fmt: skip
            continue
        said = value_of(value, ctx, choice=True)
        typed = _is_typed(item.head, said)
        steps.append(
            ctx.step(
                Action.FILL if typed else Action.SELECT,
                clause.start.start,
                target=item.head.text,
                target_kind=item.head.kind or (TargetKind.FIELD if typed else TargetKind.DROPDOWN),
                value=said,
                section=ctx.place,
                once=clause.once,
            )
        )
    return steps


_SWITCHED = {"on": Action.CHECK, "yes": Action.CHECK, "off": Action.UNCHECK, "no": Action.UNCHECK}


def _is_typed(label: Operand, value: Value) -> bool:
    """ "Set From to the start date", "set the follow-up date to ...": dates are typed."""
    known = BY_PATH.get(value.ref or "")
    if label.kind in (TargetKind.DROPDOWN, TargetKind.RADIO):
        return False
    return (known is not None and known.type is DataType.DATE) or label.text.lower().split(" ")[-1] == "date"
