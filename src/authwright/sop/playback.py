"""A step said back in other words than the author's: what the author approves."""

from collections.abc import Callable
from dataclasses import replace

from authwright.core.workflow import Action, Condition, ConditionKind, Match, Step, TargetKind, Value

_KIND_WORDS: dict[TargetKind, str] = {
    TargetKind.TABLE_ROW: "row",
    TargetKind.DIALOG: "pop-up",
    TargetKind.RADIO: "radio button",
    TargetKind.DROPDOWN: "choice",
    TargetKind.FILE: "file field",
}
K = ConditionKind


def told(step: Step) -> Step:
    """The step with `in_words` filled in."""
    return replace(step, in_words=say(step))


def say(step: Step) -> str:
    text = _TELL[step.action](step) if step.action in _TELL else step.action.value.replace("_", " ")
    if step.section:
        text += f", under {_quote(step.section)}"
    if step.beside:
        text += f", next to {_quote(step.beside)}"
    return text + (" - this is sent to the payer, one time only" if step.once else "")


def say_value(value: Value | None) -> str:
    if value is None:
        return "nothing"
    if value.ref is None:
        return _quote(value.literal or "")
    source = "as it was read in this run" if value.read else f"from the case: {value.ref}"
    return f"{'every value of ' if value.every else ''}{value.words or value.ref} ({source})"


def say_condition(condition: Condition) -> str:
    text = _condition(condition)
    for further in condition.all_of:
        text += f", and {say_condition(further)}"
    return text


def _condition(c: Condition) -> str:
    words = [say_value(v) for v in c.values]
    held, one_of = ", ".join(words), " or ".join(words)
    no = "not " if c.negated else ""
    return {
        K.PRESENT: f"the case has {'no' if c.negated else 'a'} value for {c.subject}",
        K.EQUALS: f"{c.subject} is {no}{one_of}",
        K.LESS: f"{c.subject} is {no}less than {one_of}",
        K.MORE: f"{c.subject} is {no}more than {one_of}",
        K.FIRST: f"this is {no}the first of the list",
        K.LAST: f"this is {no}the last of the list",
        K.SHOWS: f"the page {'does not show' if c.negated else 'shows'} {_quote(c.subject or '')}",
        K.DIALOG: f"a pop-up {_quote(c.subject or '')} is {no}open",
        K.ASKS_FOR: f"the page {'does not ask' if c.negated else 'asks'} for {c.subject}",
        K.ROW: f"{'no' if c.negated else 'one'} row of a table holds {held}",
        K.STATUS: f"the status on the page is {no}{one_of}",
        K.OFFERS: f"the page {'does not offer' if c.negated else 'offers'} {_quote(c.subject or '')}",
        K.ENABLED: f"{_quote(c.subject or '')} can {no}be used",
        K.GONE: f"{_quote(c.subject or '')} has {no}gone",
        K.LOADED: "the page has loaded",
        K.READ_EQUALS: f"what was read as {c.subject} is {no}{one_of}",
        K.PASSED: f"{c.words} have passed",
        K.SAID: f"a person says that this holds: {c.words}",
    }[c.kind]


def _quote(text: str) -> str:
    return f'"{text}"'


def _target(step: Step) -> str:
    kind = _KIND_WORDS.get(step.target_kind, step.target_kind.value) if step.target_kind else ""
    if isinstance(step.target, tuple):
        return f"{kind or 'path'} " + " > ".join(map(_quote, step.target))
    if step.target is None:
        return f"the {kind}" if kind else "it"
    return f"{kind} {_quote(step.target)}".strip()


def _click(step: Step) -> str:
    if step.target_kind is TargetKind.TABLE_ROW and step.value:
        return f"Open the one row that holds {say_value(step.value)}"
    if step.target is None and step.value:
        return f"Click the text {say_value(step.value)}"
    return f"Click {_target(step)}"


def _fill(step: Step) -> str:
    verb = "Search for" if step.search else "Enter"
    text = f"{verb} {say_value(step.value)}" + (f" in {_target(step)}" if step.target else "")
    if step.suggest:
        how = {Match.STARTS_WITH: "starts with", Match.CONTAINS: "contains", Match.EXACT: "equals"}[
            step.match
        ]
        text += f", then pick the one suggestion that {how} it"
    return text


def _upload(step: Step) -> str:
    what = "every document" if step.value and step.value.every else "the document"
    text = f"Attach {what} of the case"
    text += f" of kind {_quote(step.document_kind)}" if step.document_kind else ""
    text += f", none above {step.max_bytes / 1_000_000:g} MB" if step.max_bytes else ""
    return text + (f", with {_target(step)}" if step.target else "")


def _read(step: Step) -> str:
    where = "in that row, " if step.target_kind is TargetKind.TABLE_ROW else ""
    return f"Read what the page shows {where}for {_quote(str(step.target))} and keep it as {step.save_as}"


def _verify(step: Step) -> str:
    if step.value is None:
        return f"Compare {_quote(str(step.target))} with the request; stop for a person when it differs"
    if step.target_kind is TargetKind.PAGE:
        return f"Make sure that the {step.target} shows {say_value(step.value)}; stop for a person when not"
    where = f" for {_target(step)}" if step.target else ""
    return f"Make sure that the page shows {say_value(step.value)}{where}; stop for a person when not"


def _repeat(step: Step) -> str:
    if step.each:
        return f"For each of {step.each}"
    until = say_condition(step.condition) if step.condition else "it is done"
    return f"Again and again, at most {step.limit} times, until {until}"


_TELL: dict[Action, Callable[[Step], str]] = {
    Action.CLICK: _click,
    Action.FILL: _fill,
    Action.SELECT: lambda s: f"Choose {say_value(s.value)} in {_target(s)}",
    Action.CHECK: lambda s: f"Tick {_target(s)}" + (f" of {say_value(s.value)}" if s.value else ""),
    Action.UNCHECK: lambda s: f"Untick {_target(s)}",
    Action.UPLOAD: _upload,
    Action.DOWNLOAD: lambda s: f"Download with {_target(s)} and keep the file",
    Action.CAPTURE: lambda s: "Keep a picture of the page",
    Action.READ: _read,
    Action.VERIFY: _verify,
    Action.WAIT: lambda s: f"Wait until {say_condition(s.condition)}" if s.condition else "Wait",
    Action.REPEAT: _repeat,
    Action.CONDITION: lambda s: f"Only if {say_condition(s.condition)}" if s.condition else "Only if",
    Action.ENTER_CODE: lambda s: f"Enter the sign-in code in {_target(s)}",
    Action.SIGN_IN: lambda s: "Sign in with the user name and password of the portal account",
    Action.SIGN_OUT: lambda s: "Sign out",
    Action.PRESS_KEY: lambda s: f"Press the key {_quote(str(s.target))}",
    Action.NAVIGATE: lambda s: f"Go to {_target(s)}",
    Action.HUMAN: lambda s: f"Hand to a person: {s.words}",
    Action.NOTE: lambda s: f"Nothing is done: {s.words}",
    Action.STOP: lambda s: "Stop here" + (f" with the outcome {_quote(s.outcome)}" if s.outcome else ""),
    Action.GO_TO: lambda s: f"Go back to {_quote(str(s.target))}, at most {s.limit} times",
    Action.USE: lambda s: f"Do the SOP {_quote(str(s.target))}",
    Action.KEEP: lambda s: f"Keep {say_value(s.value)} on the case as {s.save_as}",
    Action.ASSIGN: lambda s: f"Put the case into the queue {_quote(s.outcome or '')}",
}
