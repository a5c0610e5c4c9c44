"""A step said back in other words than the author's: what the author approves."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from authwright.core.data_names import one_of_list
from authwright.core.marks import is_without_marks
from authwright.core.workflow import THAT_ROW, Action, ConditionKind, Match, Option, Step, TargetKind, Value
from authwright.sop.naming import (
    Example,
    Naming,
    no_example,
    plain_name,
    quote,
    said_duration,
    said_preference,
)

_KIND_WORDS: dict[TargetKind, str] = {
    TargetKind.TABLE_ROW: "row",
    TargetKind.DIALOG: "pop-up",
    TargetKind.RADIO: "round button",
    TargetKind.DROPDOWN: "list",
    TargetKind.FILE: "file field",
    TargetKind.CHECKBOX: "box",
}
_ASK = "ask a person to "
MOST_JUMPS, MOST_ROUNDS = 2, 20  # what holds when a step has no limit of its own


def told(step: Step) -> Step:
    """The step with `in_words` filled in."""
    return replace(step, in_words=say(step))


def say(step: Step, example: Example = no_example) -> str:
    """What the step does. `example` adds what its values are in one case."""
    return Teller(Naming(example)).say(step)


@dataclass(frozen=True, slots=True)
class Teller:
    """`places` says where a jump leads, when more is known than its target."""

    naming: Naming
    places: Mapping[str, str] = field(default_factory=dict)

    def say(self, step: Step) -> str:
        text = _TELL[step.action](self, step)
        if step.section and step.action is not Action.USE:
            text += f", in the part headed {quote(step.section)}"
        if step.beside:
            text += " in that row" if step.beside == THAT_ROW else f", next to {quote(step.beside)}"
        if step.format:
            text += f", written {'' if is_without_marks(step.format) else 'as '}{step.format}"
        if step.max_length and step.action is not Action.VERIFY:
            text += f", at most {step.max_length:,} characters long"
        return text + (" - this is sent to the payer, one time only" if step.once else "")

    def value(self, value: Value | None) -> str:
        return self.naming.value(value)

    def click(self, step: Step) -> str:
        if step.target_kind is TargetKind.TABLE_ROW and step.value:
            which = said_preference(step.prefer)
            return f"Open the row of the table that holds {self.value(step.value)}{which}"
        if step.target_kind is TargetKind.TABLE_ROW and not step.target:
            return f"Open the row that was found{said_preference(step.prefer)}"
        if step.target is None and step.target_kind is TargetKind.DIALOG:
            return "Close the pop-up that is open"
        if step.target is None and step.value:
            return f"Press the text {self.value(step.value)}"
        if isinstance(step.target, tuple):
            return f"Follow the menu {target(step)}"
        verb = "Go to" if step.target_kind is TargetKind.TAB else "Press"
        held = f" of {self.value(step.value)}" if step.value else ""
        return f"{verb} {target(step)}{held}{said_preference(step.prefer)}"

    def fill(self, step: Step) -> str:
        where = target(step) if step.target else "the search field" if step.search else target(step)
        if step.options:
            return f"Write into {where} {self.mapped(step.options)}"
        if step.search:
            return f"Look up {self.value(step.value)}: write it into {where} and start the search"
        if step.value and step.value.literal == "":
            return f"Empty {where}"
        text = f"Write {self.value(step.value)} into {where}"
        if step.suggest:
            how = {Match.STARTS_WITH: "starts with", Match.CONTAINS: "contains", Match.EXACT: "equals"}
            text += f", then take the one suggestion that {how[step.match]} it"
        return text

    def select(self, step: Step) -> str:
        if step.options:
            return f"In {target(step)} choose {self.mapped(step.options)}"
        how = {Match.STARTS_WITH: "the one that starts with ", Match.CONTAINS: "the one that contains "}
        return f"In {target(step)} choose {how.get(step.match, '')}{self.value(step.value)}"

    def mapped(self, options: tuple[Option, ...]) -> str:
        """The page's word for each value of ours."""
        each = "; ".join(f"{quote(o.shown)} if {self.naming.condition(o.condition)}" for o in options)
        return f"{each}; if none or several of these hold, a person is asked"

    def check(self, step: Step) -> str:
        return f"Tick {target(step)}" + (f" of {self.value(step.value)}" if step.value else "")

    def upload(self, step: Step) -> str:
        what = "every document" if step.value and step.value.every else "the document"
        text = f"Hand in {what} of the case"
        text += f" of kind {quote(step.document_kind)}" if step.document_kind else ""
        text += f", none above {step.max_bytes / 1_000_000:g} MB" if step.max_bytes else ""
        return text + (f", by {target(step)}" if step.target else "")

    def read(self, step: Step) -> str:
        where = "in that row" if step.target_kind is TargetKind.TABLE_ROW else "on the page"
        name = plain_name(step.save_as or "")
        return f"Note what stands {where} for {quote(str(step.target))}: it is the {name}"

    def capture(self, step: Step) -> str:
        named = f" as the {plain_name(step.save_as)}" if step.save_as else ""
        return f"Keep a picture of the page{named}"

    def verify(self, step: Step) -> str:
        otherwise = "; if not, stop and ask a person"
        if step.value is not None and step.max_length:
            return (
                f"Make sure that there are at most {step.max_length:,} characters in {self.value(step.value)}"
                + (otherwise)
            )
        if step.condition is not None and step.value is None:
            return f"Make sure that {self.naming.condition(step.condition)}{otherwise}"
        if step.value is None:
            return f"Compare {target(step)} with the request; if it differs, stop and ask a person"
        shown = "the page"
        if step.target_kind is TargetKind.PAGE and step.target:
            shown = f"the {step.target}"
        elif step.target:
            shown = f"the page, at {target(step)},"
        return f"Make sure that {shown} shows {self.value(step.value)}{otherwise}"

    def repeat(self, step: Step) -> str:
        if step.each:
            return f"For each {one_of_list(step.each)} of the case, one after the other"
        bound = f"at most {step.limit or MOST_ROUNDS} times, then a person is asked"
        if step.condition is None:
            return f"Again and again, {bound}"
        return f"Again and again until {self.naming.condition(step.condition)} ({bound})"

    def only_if(self, step: Step) -> str:
        return f"Only if {self.naming.condition(step.condition)}" if step.condition else "Always"

    def wait(self, step: Step) -> str:
        if step.condition is None:
            return "Wait until the page is quiet"
        if step.condition.kind.startswith("time."):
            return f"Wait {said_duration(step.condition.subject or step.condition.words)}"
        return f"Wait until {self.naming.condition(step.condition)}"

    def human(self, step: Step) -> str:
        whose = f" (work of {quote(step.queue)})" if step.queue else ""
        asked = str(step.target or step.words)
        to_do = asked.removeprefix(_ASK)
        said = f": {asked}" if to_do == asked else f" to {to_do}"
        return f"The run stops here for a person{whose}, who is asked{said}"

    def note(self, step: Step) -> str:
        if step.target is None or step.condition is None:
            return "Nothing is done: this only informs"
        lasting = replace(step.condition, negated=False) if step.condition.negated else step.condition
        said = lasting.kind is ConditionKind.SAID  # nobody is asked: nothing depends on it
        until = lasting.words if said else self.naming.condition(lasting)
        when = "not to be ready while" if step.condition.negated else "to be ready only when"
        return f"Nothing is done; {target(step)} is expected {when} {until}"

    def stop(self, step: Step) -> str:
        return "The run ends here" + (f" with the result {quote(step.outcome)}" if step.outcome else "")

    def go_to(self, step: Step) -> str:
        place = str(step.target)
        named = f"{place} of this section" if place.startswith("step ") else f"the section {quote(place)}"
        where = self.places.get(place, named)
        return f"Go on from {where}, at most {step.limit or MOST_JUMPS} times, then a person is asked"

    def use(self, step: Step) -> str:
        part = f"the section {quote(step.section)} of " if step.section else "all of "
        return f"Do {part}the SOP {quote(str(step.target))}, then go on here"

    def keep(self, step: Step) -> str:
        return f"Put {self.value(step.value)} down on the case as its {plain_name(step.save_as or '')}"

    def assign(self, step: Step) -> str:
        acts = [f"mark the case as {quote(step.outcome)}"] if step.outcome else []
        acts += [f"put the case on the worklist of {quote(step.queue)}"] if step.queue else []
        text = " and ".join(acts) or "leave the case as it is"
        return text[0].upper() + text[1:]


def target(step: Step) -> str:
    """The control in words: `the field "Member ID"`."""
    kind = _KIND_WORDS.get(step.target_kind, step.target_kind.value) if step.target_kind else ""
    if isinstance(step.target, tuple):
        return " > ".join(map(quote, step.target))
    if step.target is None:
        return f"the {kind}" if kind else "it"
    return f"the {kind} {quote(step.target)}" if kind else quote(step.target)


_TELL: dict[Action, Callable[[Teller, Step], str]] = {
    Action.CLICK: Teller.click,
    Action.FILL: Teller.fill,
    Action.SELECT: Teller.select,
    Action.CHECK: Teller.check,
    Action.UNCHECK: lambda t, s: f"Take the tick off {target(s)}",
    Action.UPLOAD: Teller.upload,
    Action.DOWNLOAD: lambda t, s: f"Press {target(s)} and keep the file that comes",
    Action.CAPTURE: Teller.capture,
    Action.READ: Teller.read,
    Action.VERIFY: Teller.verify,
    Action.WAIT: Teller.wait,
    Action.REPEAT: Teller.repeat,
    Action.CONDITION: Teller.only_if,
    Action.ENTER_CODE: lambda t, s: f"Write the one-time code of the portal account into {target(s)}",
    Action.SIGN_IN: lambda t, s: "Log in with the user name and password of the portal account",
    Action.SIGN_OUT: lambda t, s: "Log out",
    Action.PRESS_KEY: lambda t, s: f"Press the key {quote(str(s.target))} on the keyboard",
    Action.NAVIGATE: lambda t, s: f"Open {target(s)}",
    Action.HUMAN: Teller.human,
    Action.NOTE: Teller.note,
    Action.STOP: Teller.stop,
    Action.GO_TO: Teller.go_to,
    Action.USE: Teller.use,
    Action.KEEP: Teller.keep,
    Action.ASSIGN: Teller.assign,
}
