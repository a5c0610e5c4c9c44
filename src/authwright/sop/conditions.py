"""What an "if", "unless", "until" or "once" looks at: a table of patterns over the condition's words.

What no pattern reads is `unclear.said`: the words are kept and a person decides when it comes up.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from authwright.core.workflow import Condition, ConditionKind, Value
from authwright.sop import words as w
from authwright.sop.counts import counted
from authwright.sop.data_words import COMPOSITES, path_of, reference, snake, subject_of
from authwright.sop.errors import ReadingError
from authwright.sop.items import read_items
from authwright.sop.presence import presence, spelled_out, without_not
from authwright.sop.row_conditions import also, lacking, no_row_with, no_rows, of_row, row_with
from authwright.sop.tokens import Tokens, tokenise, words_of

K = ConditionKind
Build = Callable[[re.Match[str]], Condition | None]

_Q = r'"(?P<text>[^"]+)"'
_DET = r"(?:the |a |an |any |your |this |our )?"
_UI = r"(?:page|screen|portal|it|site|message|window|form|dialog|system|banner|status|response|this|there)"
_SAYS = r"(?:says?|shows?|displays?|reads?|is showing|contains?|states?)"
_COMES = r"(?:appears?|displays?|opens?|comes? up|shows?(?: up)?|is shown|is displayed|pops? up|is there)"
_POPUP = (
    r"(?:pop-?up|pop up|dialog(?: box)?|window|alert|message box|banner|message|notice|prompt)(?: window)?"
)
_ANY_POPUP = r"(?:pop-?up|pop up|dialog(?: box)?|alert|prompt)(?: window| box)?"
_TITLED = r"(?:titled|named|called|labelled|labeled|with the title|that says|saying|headed)"


def _says(kind: ConditionKind) -> Build:
    return lambda m: Condition(kind, "", subject=m["text"])


_NO_NAME = w.words_set(
    "it this that they these there one something nothing you not until if does do is are has and"
)


def _appears(m: re.Match[str]) -> Condition | None:
    """What is named appears. "It" and "there" name nothing."""
    if _NO_NAME.intersection(m["text"].lower().split()):
        return None
    if path_of(m["text"]):
        return Condition(K.SHOWS, "", values=(reference(f"the {m['text']}", m["text"]),))
    return Condition(K.SHOWS, "", subject=m["text"])


def _asks(m: re.Match[str]) -> Condition:
    return Condition(K.ASKS_FOR, "", subject=m["text"].strip('"'))


def _row(m: re.Match[str]) -> Condition | None:
    held, unwanted = lacking(m["text"])
    values, without = values_in(tokenise(also(held))), _choices(unwanted)
    lost = unwanted and not without
    return Condition(K.ROW, "", values=values, without=without) if values and not lost else None


def _choices(text: str) -> tuple[Value, ...]:
    """ "A, B or C" as literals; none when the text holds more than that."""
    if re.search(
        r"\b(?:and|is|are|has|then|it|you|they|we|which|otherwise|being)\b|^(?:after|before|displayed|shown|visible)\b",
        re.sub(_Q.replace("?P<text>", ""), "", text),
    ):
        return ()
    words = [x.strip().strip('"') for x in re.split(r",? or |, ", text)]
    return tuple(Value(literal=x) for x in words if x)


def _status(m: re.Match[str]) -> Condition | None:
    values = _choices(m["text"])
    return Condition(K.STATUS, "", values=values, negated=bool(m["no"])) if values else None


def _field_empty(m: re.Match[str]) -> Condition | None:
    """ "Address is empty": a label as it stands on the page; "the group number is empty" is the case's."""
    label = m["text"] or m["name"]
    if not label or not label[0].isupper():
        return None
    return Condition(K.FIELD, "", subject=label, values=(Value(literal=""),), negated=bool(m["no"]))


# "the patient is a minor", "the service is at home" say what something is, and name no value of the case:
# a person tells.
_KIND_OF_THING = re.compile(r"(?:an?|at|in|on|for|from|with|of) ", re.IGNORECASE)


def _is_state(thing: str, value: str) -> bool:
    """ "The claim is denied", "the plan is active": how it stands with it, and not its number or name."""
    record = thing.lower() in w.RECORDS | w.LISTED | {"plan", "insurance", "coverage", "procedure", "service"}
    words = re.findall(r"[\w-]+", value)
    states = all(x.islower() and (x in w.STATES or x.endswith("ed") or x == "or") for x in words)
    return record and states


def _equals(m: re.Match[str]) -> Condition | None:
    path, values = subject_of(m["text"]), _choices(m["value"])
    if not path or not values or _KIND_OF_THING.match(m["value"]) or _is_state(m["text"], m["value"]):
        return None
    return Condition(K.EQUALS, "", subject=path, values=values, negated=bool(m["no"]))


def _than(kind: ConditionKind) -> Build:
    def build(m: re.Match[str]) -> Condition | None:
        path = "patient.age" if m["text"].lower() in ("patient", "member") else subject_of(m["text"])
        return Condition(kind, "", subject=path, values=(Value(literal=m["value"]),)) if path else None

    return build


def _read_equals(m: re.Match[str]) -> Condition | None:
    values = _choices(m["value"])
    if not values:
        return None
    return Condition(K.READ_EQUALS, "", subject=snake(m["text"]), values=values, negated=bool(m["no"]))


def _read_empty(m: re.Match[str]) -> Condition:
    return Condition(
        K.READ_EQUALS, "", subject=snake(m["text"]), values=(Value(literal=""),), negated=bool(m["no"])
    )


def _yes_no(m: re.Match[str]) -> Condition | None:
    path = path_of(m["value"])
    if path != "request.expedited":
        return None
    return Condition(K.EQUALS, "", subject=path, values=(Value(literal="yes"),), negated=bool(m["no"]))


_NOT = r"(?P<no>not |n't )?"
_NAME = r"(?P<text>[\w' ]+?)"
_LABEL = rf"(?:{_Q}|(?P<name>[A-Z][\w ]*?))"
_THERE = r"(?:there|shown|displayed|available|present|offered|visible)"
_CONTROL = r"(?:button|link|tab|field|checkbox|box|list|menu|drop-?down|option)"
_LOADS = (
    r"(?:to load|loads?|has loaded|have loaded|is loaded|opens?|to open|finishes loading|"
    r"to finish loading|appears?|displays?)"
)


def _enabled(m: re.Match[str]) -> Condition | None:
    """ "Next is active"; "the plan is active" says nothing of a control."""
    label = m["text"] or m["name"]
    control = m["text"] or m["noun"] or label[0].isupper() or m["state"].lower() != "active"
    return Condition(K.ENABLED, "", subject=label) if control else None


def _label(kind: ConditionKind) -> Build:
    return lambda m: Condition(kind, "", subject=m["text"] or m["name"])


_TABLE: tuple[tuple[str, Build], ...] = (
    (r"(?:it|this|that) is the (?:last|final)(?: one| line| service line)?", lambda m: Condition(K.LAST, "")),
    (r"(?:it|this|that) is the first(?: one| line| service line)?", lambda m: Condition(K.FIRST, "")),
    (rf"{_DET}{_POPUP} {_TITLED} {_Q}(?: {_COMES})?", _says(K.DIALOG)),
    (rf"{_DET}{_Q} {_POPUP} {_COMES}", _says(K.DIALOG)),
    (rf"{_DET}(?:another |new )?{_ANY_POPUP} {_COMES}", lambda m: Condition(K.DIALOG, "", subject="")),
    (rf"{_DET}{_POPUP} {_TITLED} (?P<text>[A-Z][\w' ]*?) {_COMES}", _says(K.DIALOG)),
    (
        rf"(?:{_DET}{_UI}|there is|you (?:see|get|are told)|{_DET}{_POPUP}) ?{_SAYS}? ?{_Q}(?: {_COMES})?",
        _says(K.SHOWS),
    ),
    (rf"{_Q} {_COMES}(?: on the (?:page|screen))?", _says(K.SHOWS)),
    (rf"{_DET}{_UI} asks? (?:you )?for (?P<text>.+)", _asks),
    (r"you are asked for (?P<text>.+)", _asks),
    (
        r"(?:a|the|any|one) (?:row|line|result|entry) (?:has|shows|contains|with|matches|holds) (?P<text>.+)",
        _row,
    ),
    (
        rf"{_DET}(?:request |authorization |case )?status (?:is|reads|shows|says|"
        rf"(?:changes|turns|has changed|changed|has turned) to|becomes) {_NOT}(?P<text>.+)",
        _status,
    ),
    (rf"{_DET}{_NAME} (?:that was )?read is {_NOT}empty", _read_empty),
    (rf"{_DET}{_NAME} (?:that was )?read is {_NOT}(?P<value>.+)", _read_equals),
    (
        rf"(?:the |a |this |our )?{_NAME} (?:is|are) (?:under|below|younger than|less than|fewer than)"
        r" (?P<value>\d+)(?: years old)?",
        _than(K.LESS),
    ),
    (
        rf"(?:the |a |this |our )?{_NAME} (?:is|are) (?:over|above|older than|more than|greater than)"
        r" (?P<value>\d+)(?: years old)?",
        _than(K.MORE),
    ),
    (rf"{_DET}{_LABEL} (?:field |box )?(?:is|are) {_NOT}(?:empty|blank)", _field_empty),
    (r".+", lambda m: counted(m[0])),
    (r".+", lambda m: presence(m[0])),
    (rf"(?:the |this )?(?:request|order|case|it) is {_NOT}(?P<value>\w+)", _yes_no),
    (rf"there is (?:a |an |the ){_LABEL} {_CONTROL}", _label(K.OFFERS)),
    (
        rf"(?:the )?{_LABEL} {_CONTROL} is (?:there|shown|displayed|available|present|offered|visible)",
        _label(K.OFFERS),
    ),
    (
        rf"(?:the )?{_LABEL} {_CONTROL} is (?:missing|absent|not {_THERE})",
        lambda m: Condition(K.OFFERS, "", subject=m["text"] or m["name"], negated=True),
    ),
    (
        rf"{_DET}{_LABEL} (?P<noun>button )?(?:is|becomes) (?P<state>enabled|active|clickable)",
        _enabled,
    ),
    (
        rf"{_DET}(?:{_Q}|(?P<name>[\w ]+?)) (?:to )?(?:disappears?|is gone|goes? away|has gone|closes?)",
        _label(K.GONE),
    ),
    (
        rf"{_DET}(?:page|screen|form|results?|portal|list|site|search results?) {_LOADS}",
        lambda m: Condition(K.LOADED, ""),
    ),
    (rf"{_DET}{_NAME} (?:is|equals) {_NOT}(?P<value>.+)", _equals),
    (rf"{_DET}{_NAME} (?:to appear|to be shown|to be displayed|to show up|{_COMES})", _appears),
)
_LONGEST = 300
_PATTERNS = tuple((re.compile(pattern, re.IGNORECASE), build) for pattern, build in _TABLE)


_UNITS = {"second": "PT{}S", "moment": "PT5S", "minute": "PT{}M", "hour": "PT{}H", "day": "P{}D"}
_SHORT = {"sec": "second", "min": "minute", "hr": "hour"}
_NUMBERS = {
    "a few": 5,
    "several": 5,
    "a couple of": 3,
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "five": 5,
    "ten": 10,
    "thirty": 30,
}
_DURATION = re.compile(
    r"(?:up to |for |about |at least )*(?P<n>\d+|a few|a couple of|[a-z]+) "
    r"(?P<unit>sec(?:ond)?|min(?:ute)?|moment|h(?:ou)?r|day)s?\b\.?(?: or (?:so|two|more))?"
    r"(?:,? (?:and )?(?:before|for|after|between|while|because|so that|to|as|since|in case|then)\b.*)?"
)


def duration(text: str) -> Condition | None:
    """ "a minute", "30 seconds" as time.passed."""
    match = _DURATION.fullmatch(text.lower())
    number = match and (int(match["n"]) if match["n"].isdigit() else _NUMBERS.get(match["n"]))
    if not match or not number:
        return None
    unit = _SHORT.get(match["unit"], match["unit"])
    return Condition(K.PASSED, text, subject=_UNITS[unit].format(number))


def read_condition(tokens: Tokens, *, negated: bool = False, prefix: str = "") -> Condition:
    """The condition that these words state. `prefix` ("unless") is kept in its words."""
    words = words_of(tokens)
    if len(words) > _LONGEST:
        return Condition(K.SAID, f"{prefix} {words}".strip(), negated=negated)
    whole = _match(words) if of_row(spelled_out(words)) else None
    found = whole or _conjunction(words) or _match(words) or _disjunction(words) or Condition(K.SAID, "")
    flipped = found.negated != negated
    return replace(found, words=f"{prefix} {words}".strip(), negated=flipped)


def _match(words: str) -> Condition | None:
    plain = spelled_out(words)
    if found := _stated(plain):
        return found
    denials = [no_row] if (no_row := no_row_with(plain)) else without_not(plain)
    for denied in denials:
        if found := _stated(denied):
            return replace(found, negated=not found.negated)
    return None


def _stated(words: str) -> Condition | None:
    if found := no_rows(words):
        return found
    for pattern, build in _PATTERNS:
        match = pattern.fullmatch(words)
        if match and (found := build(match)):
            return found
    if row := row_with(words):
        return _stated(row)
    return None


_OR_QUOTED = re.compile(r'(?P<first>.*"[^"]+")(?P<more>(?:,? or "[^"]+"|, "[^"]+")+)(?P<rest> [^"]*)?')


def _disjunction(words: str) -> Condition | None:
    """ "the page says "A" or "B"": the same look for each of the texts; "A or B", each readable alone."""
    if found := _OR_QUOTED.fullmatch(words):
        shown = re.findall(r'"([^"]+)"', found["more"])
        before, _, text = found["first"].rpartition(' "')
        looks = [_match(f'{before} "{x}"{found["rest"] or ""}') for x in (text.rstrip('"'), *shown)]
        return _either([look for look in looks if look]) if all(looks) else None
    for match in re.finditer(r",? or (?:if )?", words):
        first, second = _match(words[: match.start()]), _match(words[match.end() :])
        if first and second:
            return _either([first, replace(second, words=words[match.end() :])])
    return None


def _either(looks: list[Condition]) -> Condition:
    return replace(looks[0], any_of=tuple(looks[1:]))


def _conjunction(words: str) -> Condition | None:
    """ "A and B", each of which is readable alone."""
    for match in re.finditer(r",? and (?:if )?", words):
        first, second = _match(words[: match.start()]), _match(words[match.end() :])
        if first and second:
            second = replace(second, words=words[match.end() :])
            return replace(first, all_of=(second, *second.all_of))
    return None


def values_in(tokens: Tokens) -> tuple[Value, ...]:
    """The values of a list such as "the member ID, each procedure code and the dates"."""
    try:
        items = read_items(tokens, tokens[0].start if tokens else 0)
    except ReadingError:
        return ()
    values: list[Value] = []
    for item in items:
        head = item.head
        if head is None or item.preps or head.shape == "pronoun":
            return ()
        if head.shape == "quoted" or (head.shape == "named" and not head.path):
            values.append(Value(literal=head.text))
        elif head.text.lower() in COMPOSITES:
            values += [
                Value(ref=p, words=head.spoken, every=head.every) for p in COMPOSITES[head.text.lower()]
            ]
        elif head.shape == "plain" and not head.det and not head.path:
            return ()
        elif head.text:
            values.append(reference(head.spoken, head.text, every=head.every))
    return tuple(values)
