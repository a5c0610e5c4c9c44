"""What is entered or chosen without a field of its own: "enter the member ID", "select OK", "X: ..."."""

from dataclasses import replace

from authwright.core.data_names import BY_PATH
from authwright.core.workflow import Action, Step, TargetKind, Value
from authwright.sop import words as w
from authwright.sop.clauses import Clause
from authwright.sop.context import Context
from authwright.sop.data_words import COMPOSITES, path_of
from authwright.sop.entry_items import (
    CHOICE_DETS,
    LISTS,
    PARTS,
    TOO_SHORT,
    VAGUE,
    content_of,
    names_choice,
    says_which,
)
from authwright.sop.errors import ReadingError, two_readings
from authwright.sop.item_checks import refuse_ordinal
from authwright.sop.operands import Operand
from authwright.sop.values import referred, value_of

Steps = list[Step]
_CLICKED = frozenset({TargetKind.TAB, TargetKind.BUTTON, TargetKind.LINK, TargetKind.CHECKBOX})


def _without_owner(label: Operand) -> str:
    """ "The patient's phone", "the fax of the contact": what the field is called."""
    own, of, owner = label.text.partition(" of the ")
    return own if label.path and of and owner in _OWNERS else label.text.partition("'s ")[2]


def _with_number(head: Operand) -> tuple[Operand, Value] | None:
    """ "Choose the service type code 30": the field and what goes in."""
    field, _, number = head.text.rpartition(" ")
    if head.shape != "plain" or head.det != "the" or head.path or not number.isdigit() or " " not in field:
        return None
    return replace(head, text=field, path=path_of(field)), Value(literal=number)


_OWNERS = w.words_set("contact patient member provider facility payer subscriber")
_PAIRS = {
    "start and end dates": ("start date", "end date"),
    "start and end date": ("start date", "end date"),
    "start and end dates of service": ("start date", "end date"),
    "first and last name": ("first name", "last name"),
    "first and last names": ("first name", "last name"),
}


def _halves(head: Operand) -> list[Operand]:
    """ "The patient's first and last name": two fields, as far as no one field is named."""
    owner, owns, name = head.text.rpartition("'s ")
    of = f"{owner}{owns}"
    return [
        replace(head, text=f"{of}{half}", path=path_of(f"{of}{half}"), det=head.det or "the")
        for half in _PAIRS.get(name.lower(), ())
    ]


class Unpaired:
    """The steps of one clause so far, and what the next label or value means on its own."""

    def __init__(self, action: Action, clause: Clause, ctx: Context) -> None:
        self.action, self.clause, self.ctx = action, clause, ctx
        self.out: Steps = []
        self.waiting: list[Operand] = []
        self.both = self.paired = self.with_det = self.single = False
        self.beside: str | None = None

    def _alone(self, head: Operand, place: str | None = None) -> None:
        """ "Enter the member ID": into the field of that name. "Select OK": a click."""
        ctx = self.ctx
        if (told := _with_number(head)) and ctx.label is None:
            self._emit(*told, place)
            return
        if ctx.loose and self.single:
            self._settle_place(head)
        if ctx.label is not None:
            self._emit(ctx.label, self._for_label(head), place)
            return
        if self.action is Action.SELECT:
            self._chosen(head, place)
            return
        if head.shape == "quoted" and not (head.noun or head.path or head.det):
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
        vague = head.text.lower().split(" ")[-1] in VAGUE and not says_which(head)
        if head.path is None and (head.is_place or vague):
            raise ReadingError(
                "SOP016", head.at, "which fields are meant is not said", "name each with its value"
            )
        if head.path is None and head.det == "the" and head.text in TOO_SHORT and not ctx.place:
            raise ReadingError(
                "SOP016",
                head.at,
                f"which {head.text} is meant is not said",
                f'name it: "the claim {head.text}"',
            )
        if halves := _halves(head):
            for half in halves:
                self._emit(half, referred(half, ctx), place)
            return
        if head.text.lower() in COMPOSITES:
            raise ReadingError(
                "SOP016", head.at, "into which fields is not said", "name each date with its field"
            )
        if (head.every and not head.path) or (head.path in LISTS and head.is_place and not ctx.label):
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
        if (ctx.place or "").lower().split(" ")[-1] in PARTS and not same and not chosen:
            return  # "Under Requester Information, enter the Requester Name": a heading
        if ctx.loose not in ("in", "into") and not same and not chosen:
            if self.action is Action.SELECT:
                return
            raise two_readings(
                head.at,
                f'"{ctx.place}" is the field, or the heading above the field "{head.text}"',
                f'enter {head.spoken} in "{ctx.place}"',
                f'under "{ctx.place}", enter {head.spoken} in "LABEL"',
            )
        if (ctx.place or "").lower().split(" ")[-1] in PARTS and not same:
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
        if head.path in LISTS and head.shape == "plain" and head.every and not head.noun:
            value = referred(head, ctx)
            self.out.append(ctx.step(Action.CHECK, at, target_kind=TargetKind.CHECKBOX, value=value))
            return
        if head.path in LISTS and head.shape == "plain" and not head.every:
            raise ReadingError(
                "SOP016", head.at, f"which {head.text} is not said", "say what the row holds that is meant"
            )
        record = head.text.lower() in w.RECORDS and head.kind is None
        if head.det in CHOICE_DETS and record and not head.noun:
            value = referred(head, ctx)
            self.out.append(ctx.step(Action.CLICK, at, target_kind=TargetKind.TABLE_ROW, value=value))
            return
        if head.text and head.kind in _CLICKED and head.path != "documents[].path":
            opened = self._clicked(head, place)
            self.out.append(opened)
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
        self.out.append(self._clicked(head, place))

    def _clicked(self, head: Operand, place: str | None) -> Step:
        """ "Select OK", "choose the Documents tab"; a box is ticked, whatever the verb."""
        act = Action.CHECK if head.kind is TargetKind.CHECKBOX else Action.CLICK
        return self.ctx.step(
            act, self.clause.start.start, target=head.text, target_kind=head.kind,
            section=place or self.ctx.place, once=self.clause.once,
        )  # fmt: skip

    def _emit(self, label: Operand, value: Value, place: str | None, *, named: bool = False) -> None:
        """`named`: the label stands in the sentence as such, and not only as the name of the data."""
        if self.action is Action.FILL and not value.read and value.ref and value.ref not in BY_PATH:
            value = content_of(label, value)
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
        shown = _without_owner(label) if label.shape == "plain" else ""
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
