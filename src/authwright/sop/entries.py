"""Filling fields and choosing options: which of the words are the value, which the label."""

from dataclasses import replace

from authwright.core.data_names import BY_PATH
from authwright.core.workflow import Action, Match, Step, TargetKind, Value
from authwright.sop import words as w
from authwright.sop.clauses import Clause
from authwright.sop.context import Context
from authwright.sop.data_words import COMPOSITES, path_of, snake
from authwright.sop.entry_items import (
    CHOICE_DETS,
    apart,
    fields_together,
    names_choice,
    range_in_two,
    refuse_two_options,
    with_owner,
)
from authwright.sop.errors import ReadingError, two_readings
from authwright.sop.items import is_generic_place, no_or, only_known, read_items, refuse_ordinal, says_why
from authwright.sop.operands import Item, Operand
from authwright.sop.playback import told
from authwright.sop.values import referred, value_of

Steps = list[Step]
_TARGET_PREPS = (
    "in",
    "into",
    "inside",
    "on",
    "onto",
    "at",
    "for",
    "under",
    "underneath",
    "within",
    "from",
    "below",
)


def fill(clause: Clause, ctx: Context) -> Steps:
    items = _first_of(read_items(clause.rest, clause.start.start), clause, ctx)
    no_or(items)
    another = next((i.head for i in items if i.head and i.head.det == "another"), None)
    if another is not None:
        raise ReadingError("SOP016", another.at, "how to add another one is not said", "name what to click")
    first = items[0].head if items else None
    row = first and first.det in ("a", "an") and first.path in ("service_lines", "diagnoses")
    if row and first and clause.verb.words == "add" and not items[0].preps and ctx.label is None:
        raise ReadingError("SOP016", first.at, f"how to add {first.spoken} is not said", "name what to click")
    if not items:
        raise ReadingError(
            "SOP016",
            clause.start.end,
            "what to enter is not said",
            'write "enter the member ID in Member ID"',
        )
    head = items[0].head
    if len(items) == 1 and head and not items[0].preps and ctx.label is None and _is_file(head):
        value = Value(ref="documents", words=head.spoken, every=head.every)
        return [ctx.step(Action.UPLOAD, clause.start.start, target_kind=TargetKind.FILE, value=value)]
    return Entries(Action.FILL, clause, ctx).steps(items)


def _says_which(head: Operand) -> bool:
    """ "The clinical data" names a field; "the additional information" doesn't."""
    words = head.text.lower().split(" ")
    return len(words) == 2 and bool(head.det) and words[0] not in _ANY_KIND


_ANY_KIND = w.words_set(
    "additional other required requested necessary remaining following relevant needed same missing further "
    "new all any more correct right complete full"
)
_TOO_WIDE = w.words_set("information details data everything anything fields")
_PARTS = w.words_set("information info details section data demographics summary profile")
_IN_TARGETS = frozenset({"to", "of", "by", "for"})


def _whole_target(item: Item) -> Item:
    """ "in Relationship to Policyholder", "in Reason for Visit": the words go on with the field's name."""
    for i in range(len(item.preps) - 1):
        (name, field), (joint, rest) = item.preps[i : i + 2]
        named = field.shape == rest.shape == "named" and not (field.noun or rest.det)
        if name in ("in", "into") and joint in _IN_TARGETS and named:
            label = replace(rest, text=f"{field.text} {joint} {rest.text}", at=field.at, path=None)
            return _whole_target(replace(item, preps=(*item.preps[:i], (name, label), *item.preps[i + 2 :])))
    return item


def _content_of(label: Operand, value: Value) -> Value:
    """ "Give a brief explanation in Reason": what is described is the data that the field is named for."""
    first = (value.words or "").split(" ")[0].lower()
    if first not in ("a", "an", "some") or not label.text:
        return value
    return replace(value, ref=path_of(label.text) or snake(label.text))


def _first_of(items: list[Item], clause: Clause, ctx: Context) -> list[Item]:
    """ "Enter the name, the ID or the plan in Search": each will do in the one field; the first is typed."""
    heads = [i.head for i in items]
    if len(items) < 2 or items[-1].joined != "or" or any(h is None or h.shape == "quoted" for h in heads[1:]):
        return items
    targets = [n for n, _ in items[-1].preps if n in _TARGET_PREPS]
    if any(i.preps for i in items[:-1]) or not (ctx.label or ctx.place or targets):
        return items
    ctx.pass_over(tuple(t for t in clause.rest if t.start >= items[1].at))
    inside = tuple(p for p in items[-1].preps if p[0] != "for")  # "for your contact"
    if ctx.place and ctx.loose and not (ctx.label or targets):
        ctx.label, ctx.place, ctx.loose = Operand(ctx.place, "named", items[0].at), None, ""
    return [replace(items[0], preps=inside)]


def _is_file(head: Operand) -> bool:
    """ "Add the supporting documents": a file is attached, whatever the verb."""
    return head.shape == "plain" and bool(head.det) and head.text.split(" ")[-1] in w.FILE_WORDS


class Entries:
    """The items of one filling or choosing clause, paired up."""

    def __init__(self, action: Action, clause: Clause, ctx: Context) -> None:
        self.action, self.clause, self.ctx = action, clause, ctx
        self.out: Steps = []
        self.waiting: list[Operand] = []
        self.both = self.paired = self.with_det = self.single = False
        self.beside: str | None = None

    def steps(self, items: list[Item]) -> Steps:
        self.single = len(items) == 1
        items = range_in_two(with_owner(items))
        if self.action is Action.SELECT:
            refuse_two_options(items)
            items = fields_together(items)
        for item in items:
            for single in apart(item) if self.action is Action.FILL else (item,):
                self._item(single)
        for head in self.waiting:
            self._alone(head)
        return self.out

    def _item(self, item: Item) -> None:
        if self._suggestion(item):
            return
        item = _whole_target(item)
        head, place = item.head, self._place(item) or self._commands(item)
        near = item.prep(*w.BESIDE)
        self.beside = near.text if near is not None and near.is_label else None
        self.out += self._tabs(item)
        if self.action is Action.FILL and item.joined == "then" and head and not (head.path or head.det):
            raise ReadingError(
                "SOP016", head.at, f'what to do with "{head.text}" is not said', "give it a verb of its own"
            )
        if head is None and (by := item.prep("by")):
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
        only_known(item, _HELD[self.action])
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
        target = next((op for n, op in item.preps if n in _TARGET_PREPS and self._may_be_target(n, op)), None)
        self._refuse_unused(item, target, place)
        if head is None and target is not None and item.preps:
            self._alone(target, place)
        elif head is None:
            raise ReadingError("SOP016", item.at, "what to enter is not said", "name it")
        elif held is not None and target is None:
            self._held(head, held, place, as_label=held is item.prep("as") and held.is_label)
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
        if head is None or head.text.lower() not in _SUGGESTIONS or self.action is not Action.SELECT:
            return False
        if last is None:
            raise ReadingError(
                "SOP014",
                head.at,
                "nothing was typed before this suggestion is picked",
                "say what to type first",
            )
        match = next((m for name, m in _MATCHES.items() if item.prep(name)), Match.EXACT)
        self.out.append(told(replace(last, suggest=True, match=match)))
        return True

    def _held(self, label: Operand, value: Operand, place: str | None, *, as_label: bool) -> None:
        if value.text.upper().strip("()") in _FORMATS:
            self._alone(label, place)
            return
        if label.shape == "quoted" and not value.is_label and value.text and self.action is Action.FILL:
            self._emit(value, value_of(label, self.ctx), place)  # "enter "1" as the units"
            return
        choice = self.action is Action.SELECT
        if choice or label.is_label or label.noun:
            if choice or (as_label and label.path):
                self._emit(value, value_of(label, self.ctx, choice=choice), place)
            else:
                self._emit(label, value_of(value, self.ctx), place)
        else:
            raise two_readings(
                label.at,
                f'"{label.text}" is the label or the value',
                'fill "LABEL" with the value',
                'enter the value in "LABEL"',
            )

    def _into(self, head: Operand, target: Operand, place: str | None, name: str) -> None:
        if head.shape == "plain" and not head.path and head.text.split(" ")[0] in _TOO_WIDE and name == "for":
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
        value = value_of(head, self.ctx, choice=choice)
        self._emit(target, value, place, named=True)

    def _alone(self, head: Operand, place: str | None = None) -> None:
        """ "Enter the member ID": into the field of that name. "Select OK": a click."""
        ctx = self.ctx
        if ctx.loose and self.single:
            self._settle_place(head)
        if ctx.label is not None:
            self._emit(ctx.label, self._for_label(head), place)
            return
        if self.action is Action.SELECT:
            self._chosen(head, place)
            return
        if head.shape == "quoted" and not head.noun and not head.path:
            raise two_readings(
                head.at,
                f'"{head.text}" is what to type, or the field',
                f'enter "{head.text}" in "LABEL"',
                f'enter the {head.text.lower()} in "{head.text}"',
            )
        self.with_det = self.with_det or bool(head.det)
        if head.shape == "plain" and not (head.path or self.with_det or head.noun):
            value_of(head, ctx)  # raises: typed as it stands, or data
        if self.paired and not head.path:
            raise ReadingError(
                "SOP016", head.at, f'what "{head.text}" is for is not said', "name value and field"
            )
        if head.shape == "pronoun" and ctx.it is not None and ctx.it.ref and ctx.it.words:
            name = ctx.it.words.removeprefix("the ").removeprefix("a ")
            self._emit(Operand(name, "plain", head.at, "the", path=ctx.it.ref), ctx.it, place)
            return
        if head.shape == "pronoun" or not head.text:
            raise ReadingError("SOP016", head.at, "into which field is not said", 'write "enter it in LABEL"')
        vague = head.text.lower().split(" ")[-1] in _VAGUE and not _says_which(head)
        if head.path is None and (head.is_place or vague):
            raise ReadingError(
                "SOP016", head.at, "which fields are meant is not said", "name each with its value"
            )
        if head.path is None and head.det == "the" and head.text in _TOO_SHORT and not ctx.place:
            raise ReadingError(
                "SOP016",
                head.at,
                f"which {head.text} is meant is not said",
                f'name it: "the claim {head.text}"',
            )
        if head.text.lower() in COMPOSITES:
            raise ReadingError(
                "SOP016", head.at, "into which fields is not said", "name each date with its field"
            )
        if (head.every and not head.path) or (head.path in _LISTS and head.is_place and not ctx.label):
            raise ReadingError(
                "SOP016", head.at, "which fields are meant is not said", "name each with its value"
            )
        self._emit(head, referred(head, ctx), place)

    def _settle_place(self, head: Operand) -> None:
        """ "In Member ID, enter ...": X is the field. "Under X, enter the Y" may be a heading, too."""
        ctx = self.ctx
        same = (ctx.place or "").lower() == head.text.lower()
        commands = (ctx.place or "").lower().split(" ")[-1] in w.COMMANDS
        chosen = self.action is Action.SELECT and head.is_label and not head.det and not commands
        if ctx.loose not in ("in", "into") and not same and not chosen:
            if self.action is Action.SELECT:
                return
            raise two_readings(
                head.at,
                f'"{ctx.place}" is the field, or the heading above the field "{head.text}"',
                f'enter {head.spoken} in "{ctx.place}"',
                f'under "{ctx.place}", enter {head.spoken} in "LABEL"',
            )
        if (ctx.place or "").lower().split(" ")[-1] in _PARTS and not same:
            return  # "In Provider Information, enter the NPI": a heading
        ctx.label = Operand(ctx.place or "", "named", head.at)
        ctx.place, ctx.loose = None, ""

    def _for_label(self, head: Operand) -> Value:
        if head.shape == "pronoun" and self.ctx.label:
            return self.ctx.it or referred(self.ctx.label, self.ctx)
        label = self.ctx.label
        if head.shape == "named" and head.path and not head.det and label and label.path != head.path:
            raise two_readings(
                head.at,
                f'"{head.text}" is chosen as it stands, or is data of the case',
                f'"{head.text}" in quotation marks',
                f"the {head.text.lower()}",
            )
        return value_of(head, self.ctx, choice=self.action is Action.SELECT)

    def _chosen(self, head: Operand, place: str | None) -> None:
        ctx, at = self.ctx, self.clause.start.start
        if ctx.instead is not None and head.is_label and not head.noun:
            self._emit(ctx.instead, value_of(head, ctx, choice=True), place)
            return
        refuse_ordinal(head)
        if head.shape == "pronoun" and ctx.it is not None:
            self.out.append(ctx.step(Action.CLICK, at, target_kind=TargetKind.TABLE_ROW, value=ctx.it))
            return
        if head.shape == "pronoun" or not head.text:
            raise ReadingError("SOP016", head.at, "what to choose is not said", "name it")
        if head.path in _LISTS and head.shape == "plain" and head.every and not head.noun:
            value = referred(head, ctx)
            self.out.append(ctx.step(Action.CHECK, at, target_kind=TargetKind.CHECKBOX, value=value))
            return
        if head.path in _LISTS and head.shape == "plain" and not head.every:
            raise ReadingError(
                "SOP016", head.at, f"which {head.text} is not said", "say what the row holds that is meant"
            )
        record = head.text.lower() in w.RECORDS and head.kind is None
        if head.det in CHOICE_DETS and record and not head.noun:
            value = referred(head, ctx)
            self.out.append(ctx.step(Action.CLICK, at, target_kind=TargetKind.TABLE_ROW, value=value))
            return
        if names_choice(head) or (head.shape == "named" and head.kind is TargetKind.DROPDOWN and head.det):
            self._emit(head, referred(head, ctx), place)
            return
        if ctx.listed and head.det and head.path and head.shape == "plain" and not head.noun:
            self.out.append(ctx.step(Action.CLICK, at, value=referred(head, ctx), section=place))
            return
        by_data = (head.det or head.shape == "plain") and (
            head.path or head.kind is TargetKind.DROPDOWN or head.shape == "plain"
        )
        if by_data and not (head.is_label and not head.path):
            if head.shape == "plain" and not head.path and not head.det:
                raise two_readings(
                    head.at,
                    f'"{head.text}" is a label or data of the case',
                    f'"{head.text}"',
                    f"the {head.text}",
                )
            self._emit(head, referred(head, ctx), place)
            return
        if self.out and self.out[-1].action is Action.SELECT and not head.noun and head.shape == "named":
            raise ReadingError(
                "SOP016", head.at, f'what to choose in "{head.text}" is not said',
                f'write: select the ... in "{head.text}"; or click "{head.text}" in a sentence of its own',
            )  # fmt: skip
        self.out.append(
            ctx.step(
                Action.CLICK,
                at,
                target=head.text,
                target_kind=head.kind,
                section=place or ctx.place,
                once=self.clause.once,
            )
        )

    def _emit(self, label: Operand, value: Value, place: str | None, *, named: bool = False) -> None:
        """`named`: the label stands in the sentence as such, and not only as the name of the data."""
        if self.action is Action.FILL and not value.read and value.ref and value.ref not in BY_PATH:
            value = _content_of(label, value)
        ctx, action = self.ctx, self.action
        refuse_ordinal(label)
        if label.kind is TargetKind.TABLE_ROW and not label.is_label:
            raise ReadingError("SOP012", label.at, f'"{label.noun}" names no field', "name the field's label")
        kind = label.kind or (TargetKind.FIELD if action is Action.FILL else TargetKind.DROPDOWN)
        if action is Action.FILL and self._is_code(value):
            action = Action.ENTER_CODE
            value = replace(value, ref="credentials.verification_code")
        own = label.shape == "plain" and (
            action is Action.ENTER_CODE or (bool(label.text) and path_of(label.text) == value.ref)
        )
        shown = label.text.partition("'s ")[2] if label.shape == "plain" else ""
        target = None if action is Action.ENTER_CODE and own and not named else shown or label.text
        step = ctx.step(
            action,
            self.clause.start.start,
            target=target,
            target_kind=kind,
            value=value,
            section=place or ctx.place,
            beside=self.beside,
            once=self.clause.once,
        )
        self.out.append(step)
        if action is Action.SELECT and target:
            ctx.chosen_in = label
        if action is Action.FILL:
            ctx.last_fill = step
            ctx.it = ctx.it or value

    def _is_code(self, value: Value) -> bool:
        if value.ref == "credentials.verification_code":
            return True
        return "code" in self.ctx.asked_for and value.words in ("the code", "it", "a code")


_LISTS = frozenset({"service_lines", "diagnoses"})


_HELD = {
    Action.FILL: frozenset({"with", "as", "to", "for", "starting", "containing", "matching"}),
    Action.SELECT: frozenset({"as", "by", "for", "with", "starting", "containing", "matching"}),
}
_VAGUE = frozenset(
    {
        "rest",
        "remainder",
        "blanks",
        "sections",
        "information",
        "info",
        "details",
        "data",
        "fields",
        "questions",
        "form",
        "everything",
    }
)
_TOO_SHORT = frozenset({"number", "date", "name", "id", "value", "text", "amount"})
_SUGGESTIONS = frozenset({"suggestion", "match", "result", "entry", "option", "suggested entry", "one"})
_MATCHES = {
    "starting": Match.STARTS_WITH,
    "containing": Match.CONTAINS,
    "matching": Match.EXACT,
    "with": Match.CONTAINS,
}
_FORMATS = frozenset({"MM/DD/YYYY", "MM/DD/YY", "YYYY-MM-DD", "MMDDYYYY", "DD/MM/YYYY", "MM-DD-YYYY"})
