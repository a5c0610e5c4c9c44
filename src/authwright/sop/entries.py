"""Filling fields and choosing options: which of the words are the value, which the label."""

from dataclasses import replace

from authwright.core.workflow import Action, Match, Step, TargetKind, Value
from authwright.sop import words as w
from authwright.sop.clauses import Clause
from authwright.sop.context import Context
from authwright.sop.data_words import path_of
from authwright.sop.edges import preposition_at
from authwright.sop.entry_items import (
    FORMATS,
    HELD,
    MATCHES,
    SUGGESTIONS,
    TARGET_PREPS,
    TOO_WIDE,
    apart,
    fields_together,
    first_of,
    is_file,
    of_whom,
    range_in_two,
    refuse_two_options,
    with_owner,
)
from authwright.sop.errors import ReadingError, two_readings
from authwright.sop.item_checks import is_generic_place, no_or, only_known, says_why
from authwright.sop.items import read_items
from authwright.sop.operands import Item, Operand, scan_operand
from authwright.sop.playback import told
from authwright.sop.tokens import Kind
from authwright.sop.unpaired import Unpaired
from authwright.sop.values import referred, value_of
from authwright.sop.whole_labels import whole_field, whole_option, whole_target

Steps = list[Step]


_ASKING = w.words_set("how what which why who where when whether whatever whichever")


_IT = Operand("it", "pronoun", 0)


def _asked_for(clause: Clause, label: Operand) -> Item:
    """What goes into the field: its own data, or the reason when the sentence asks why."""
    if clause.rest[0].low != "why" or label.path or "reason" in label.text.lower():
        own = replace(label, shape="plain", det="the", noun="", kind=None, path=path_of(label.text))
        return Item(own, (), "", clause.start.start)
    reason = Operand("reason", "plain", clause.start.start, "the", path=path_of("reason"))
    return Item(reason, (), "", clause.start.start)


def _asked_in(clause: Clause, ctx: Context) -> Steps:
    """ "Type how many visits are allowed in Visits Allowed": what that field is for, the case knows."""
    if not clause.rest or clause.rest[0].low not in _ASKING or clause.rest[0].kind is not Kind.WORD:
        return []
    if ctx.place and ctx.loose in ("in", "under", "into"):
        ctx.label, ctx.place, ctx.loose = Operand(ctx.place, "named", clause.start.start), None, ""
    if ctx.label is not None:
        ctx.pass_over(clause.rest)
        return Entries(Action.FILL, clause, ctx).steps([_asked_for(clause, ctx.label)])
    for i in range(len(clause.rest) - 2, 0, -1):
        found = preposition_at(clause.rest, i)
        label = scan_operand(clause.rest, i + found[1]) if found and found[0] in w.INSIDE else None
        if label and label[1] == len(clause.rest) and label[0].is_label:
            ctx.pass_over(clause.rest[:i])
            ctx.label = label[0]
            return Entries(Action.FILL, clause, ctx).steps([_asked_for(clause, label[0])])
    return []


def fill(clause: Clause, ctx: Context) -> Steps:
    if asked := _asked_in(clause, ctx):
        return asked
    items = first_of(read_items(clause.rest, clause.start.start, clause.over), clause, ctx)
    no_or(items)
    into = items[0] if items else None
    form = into.head if into else None
    held = into.prep("with") if into and [n for n, _ in into.preps] == ["with"] else None
    if into and form and held and form.is_place and not form.is_label and not held.is_label:
        ctx.pass_over(tuple(t for t in clause.rest if t.start < held.at))
        items = [Item(held, (), into.joined, held.at), *items[1:]]  # "fill out the form with A and B"
    another = next((i.head for i in items if i.head and i.head.det == "another"), None)
    if another is not None:
        raise ReadingError("SOP016", another.at, "how to add another one is not said", "name what to click")
    first = items[0].head if items else None
    record = first and first.shape == "plain" and first.text.split(" ")[-1].lower() in w.RECORDS
    row = first and first.det in ("a", "an") and (first.path in ("service_lines", "diagnoses") or record)
    placed = items and any(n in w.INSIDE and op.is_label for n, op in items[0].preps)
    if row and first and clause.verb.words == "add" and not placed and ctx.label is None:
        raise ReadingError("SOP016", first.at, f"how to add {first.spoken} is not said", "name what to click")
    if not items:
        raise ReadingError(
            "SOP016",
            clause.start.end,
            "what to enter is not said",
            'write "enter the member ID in Member ID"',
        )
    head = items[0].head
    if (
        head
        and clause.verb.words == "enter"
        and head.kind is TargetKind.PAGE
        and not items[0].preps
        and ctx.label is None
    ):
        raise ReadingError(
            "SOP012", head.at, f'how one enters "{head.spoken} {head.noun}" is not said', "name what to click"
        )
    if len(items) == 1 and head and not items[0].preps and ctx.label is None and is_file(head):
        value = Value(ref="documents", words=head.spoken, every=head.every)
        return [ctx.step(Action.UPLOAD, clause.start.start, target_kind=TargetKind.FILE, value=value)]
    return Entries(Action.FILL, clause, ctx).steps(items)


class Entries(Unpaired):
    """The items of one filling or choosing clause, paired up."""

    def steps(self, items: list[Item]) -> Steps:
        self.single = len(items) == 1
        items = range_in_two(with_owner(of_whom(items)))
        if self.action is Action.SELECT:
            refuse_two_options(items)
            items = fields_together(items)
        for item in items:
            for single in apart(item) if self.action is Action.FILL else (item,):
                self._item(single)
        self._flush()
        return self.out

    def _flush(self) -> None:
        for head in self.waiting:
            self._alone(head)
        self.waiting = []

    def _item(self, item: Item) -> None:
        if self._suggestion(item):
            return
        item = (
            whole_option(whole_target(item))
            if self.action is Action.SELECT
            else whole_field(whole_target(item))
        )
        head, place = item.head, self._place(item) or self._commands(item)
        near = item.prep(*w.BESIDE)
        self.beside = near.text if near is not None and near.is_label else None
        self.out += self._tabs(item)
        if self.action is Action.FILL and item.joined == "then" and head and head.shape == "quoted":
            self._flush()
            at = self.clause.start.start
            self.out.append(self.ctx.step(Action.CLICK, at, target=head.text, target_kind=head.kind))
            return
        if self.action is Action.FILL and item.joined == "then" and head and not (head.path or head.det):
            raise ReadingError(
                "SOP016", head.at, f'what to do with "{head.text}" is not said', "give it a verb of its own"
            )
        if head is None and (by := item.prep("by")):
            if item.joined == ",":
                raise ReadingError(
                    "SOP012", by.at, f'can\'t tell what "by {by.spoken}" means here', "leave it out"
                )
            head = by
        generic = any(op.kind is TargetKind.DROPDOWN and is_generic_place(op) for _, op in item.preps)
        if (
            generic
            and self.action is Action.SELECT
            and self.ctx.place
            and head
            and head.is_label
            and not head.path
        ):
            heading = replace(head, text=self.ctx.place, shape="named", noun="", kind=None)
            self.ctx.place = None
            self._emit(heading, value_of(head, self.ctx, choice=True), None)
            return
        only_known(item, HELD[self.action])
        if generic and self.action is Action.SELECT and head and head.det and head.is_label:
            for waiting in self.waiting:
                self._alone(waiting, place)
            self.waiting = []
            self._emit(head, referred(head, self.ctx), place)
            return
        held = item.prep("with", "as", "to") if self.action is Action.FILL or item.prep("as") else None
        if self.waiting and head is not None and (under := item.prep("under")) and under.text:
            item, place = item.without("under"), under.text
        if self.action is Action.FILL and item.head is not None:
            item = self._without_source(item)
        target = next((op for n, op in item.preps if n in TARGET_PREPS and self._may_be_target(n, op)), None)
        if target is not None and self.action is Action.SELECT and item.prep("as") and target.is_label:
            place, target = target.text, None  # "pick A under B as the C": C is the field, B the heading
        self._refuse_unused(item, target, place)
        if head is None and target is not None and item.preps:
            self._alone(target, place)
        elif head is None:
            raise ReadingError("SOP016", item.at, "what to enter is not said", "name it")
        elif held is not None and target is None:
            named = held is item.prep("as")
            if named and head.is_label and not head.det and held.det in ("a", "an") and held.shape == "plain":
                raise ReadingError(
                    "SOP016", head.at, f'into which field "{head.text}" goes is not said', 'write: in "LABEL"'
                )
            as_field = named and (held.is_label or held.det == "the")
            self._held(head, held, place, as_label=named and held.is_label, as_field=as_field)
        elif target is not None:
            name = next(n for n, op in item.preps if op is target)
            self._into(head, target, place, name)
        elif self.both and head.is_label and self.out:
            self.out.append(replace(self.out[-1], target=head.text))
        elif place is not None:
            for waiting in [*self.waiting, head]:
                self._alone(waiting, place)
            self.waiting = []
        else:
            if item.prep("for"):
                only_known(item)
            self.waiting.append(head)

    def _refuse_unused(self, item: Item, target: Operand | None, place: str | None) -> None:
        for name, operand in item.preps:
            used = operand is target or operand.text == place or is_generic_place(operand)
            if name in w.INSIDE | {"for"} and not used and not says_why(name, operand):
                raise ReadingError(
                    "SOP012",
                    operand.at,
                    f'can\'t tell what "{name} {operand.spoken}" means here',
                    "leave it out, or quote it",
                )

    def _may_be_target(self, name: str, operand: Operand) -> bool:
        commands = operand.text.lower().split(" ")[-1] in w.COMMANDS and not operand.noun
        if self.action is Action.SELECT and operand.is_label and commands:
            return False
        if is_generic_place(operand) or not operand.text:
            return False
        if operand.is_place and operand.kind not in (TargetKind.FIELD, TargetKind.DROPDOWN):
            return False
        known = bool(operand.noun) or (name in ("in", "into") and bool(operand.det or operand.path))
        return operand.is_label or (name != "for" and known)

    def _place(self, item: Item) -> str | None:
        found = next(
            (
                op.text
                for n, op in item.preps
                if n in w.INSIDE
                and op.is_place
                and op.text
                and not is_generic_place(op)
                and op.kind is not TargetKind.DROPDOWN
            ),
            None,
        )
        under = item.prep("under")
        if found is None and under is not None and self.waiting and item.head is not None:
            found = under.text
        return found

    def _commands(self, item: Item) -> str | None:
        """ "Choose Request under Quick Links": the heading over what is clicked."""
        if self.action is not Action.SELECT or item.head is None or not item.head.is_label:
            return None
        labels = [op for n, op in item.preps if n in w.INSIDE and op.is_label and not op.noun]
        return next((op.text for op in labels if op.text.lower().split(" ")[-1] in w.COMMANDS), None)

    def _without_source(self, item: Item) -> Item:
        """ "Enter the number from the letter in X": where a value comes from is the case's affair."""
        for name, operand in item.preps:
            if name == "from":
                self.ctx.pass_over(tuple(t for t in self.clause.rest if t.start == operand.at))
        return item.without("from")

    def _tabs(self, item: Item) -> Steps:
        """ "Complete Address on the Client Info tab": the tab is opened first."""
        at = self.clause.start.start
        tabs = [op for n, op in item.preps if n in w.INSIDE and op.kind is TargetKind.TAB and op.text]
        return [self.ctx.step(Action.CLICK, at, target=tab.text, target_kind=TargetKind.TAB) for tab in tabs]

    def _suggestion(self, item: Item) -> bool:
        """ "pick the suggestion that starts with it", after something was typed."""
        head = item.head
        last = self.ctx.last_fill
        if head is None or head.text.lower() not in SUGGESTIONS or self.action is not Action.SELECT:
            return False
        if last is None:
            raise ReadingError(
                "SOP014",
                head.at,
                "nothing was typed before this suggestion is picked",
                "say what to type first",
            )
        match = next((m for name, m in MATCHES.items() if item.prep(name)), Match.EXACT)
        self.out.append(told(replace(last, suggest=True, match=match)))
        return True

    def _held(
        self, label: Operand, value: Operand, place: str | None, *, as_label: bool, as_field: bool
    ) -> None:
        if self.action is Action.SELECT:
            self._flush()  # "Choose the payer and Outpatient as the request type": in their order
        if value.text.upper().strip("()") in FORMATS:
            self._alone(label, place)
            return
        if label.shape == "quoted" and not value.is_label and value.text and self.action is Action.FILL:
            self._emit(value, value_of(label, self.ctx), place)  # "enter "1" as the units"
            return
        if label.shape == "plain" and label.det and as_field and value.text and not label.noun:
            self._emit(value, value_of(label, self.ctx), place)  # "type your name as the signature"
            return
        choice = self.action is Action.SELECT
        if choice or label.is_label or label.noun:
            if choice or (as_label and label.path):
                self._emit(value, self._option(label, value, choice=choice), place)
            else:
                self._emit(label, value_of(value, self.ctx), place)
        else:
            raise two_readings(
                label.at,
                f'"{label.text}" is the label or the value',
                'fill "LABEL" with the value',
                'enter the value in "LABEL"',
            )

    def _option(self, head: Operand, field: Operand, *, choice: bool) -> Value:
        """ "Choose medical in Service Type": data have "the" before them, so it is what the field offers."""
        bare = head.shape == "plain" and not (head.det or head.path or head.noun)
        if choice and bare and field.is_label and len(head.text.split(" ")) < 3:
            return Value(literal=head.text)
        return value_of(head, self.ctx, choice=self.action is Action.SELECT)

    def _into(self, head: Operand, target: Operand, place: str | None, name: str) -> None:
        if head.shape == "plain" and not head.path and head.text.split(" ")[0] in TOO_WIDE and name == "for":
            raise ReadingError(
                "SOP016", head.at, "which fields are meant is not said", "name each with its value"
            )
        if self.waiting:
            raise two_readings(
                self.waiting[0].at,
                f'"{self.waiting[0].text}" goes into "{target.text}" too, or into a field of its own',
                'each with its own field: "enter A in B and C in D"',
                "one sentence for each",
            )
        self.paired = True
        self.both = target.det == "both" or self.both
        choice = self.action is Action.SELECT
        unclear = choice and name == "for" and head.shape == target.shape == "named"
        field = target.text.lower().split(" ")[-1] in w.PROPERTY_NOUNS
        if unclear and not (field or target.path or target.det or target.noun):
            raise two_readings(
                head.at, f'"{head.text} for {target.text}" is one label, or an option and its field',
                f'click "{head.text} for {target.text}"', f'choose "{head.text}" in "{target.text}"',
            )  # fmt: skip
        value = (
            self._option(head, target, choice=choice and name in ("as", "in", "under"))
            if choice
            else value_of(head, self.ctx)
        )
        self._emit(target, value, place, named=True)
