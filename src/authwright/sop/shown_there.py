"""A label whose place is told first: "Reverse is at the bottom of the page; select it."."""

from dataclasses import replace

from authwright.sop import words as w
from authwright.sop.clauses import verb_at
from authwright.sop.edges import preposition_at
from authwright.sop.item_checks import is_generic_place
from authwright.sop.operands import scan_operand
from authwright.sop.tokens import Kind, Tokens
from authwright.sop.verbs import Verb

_STANDS = w.words_set("is sits stands lies appears are")
_HOW = w.words_set("found located further shown just right also listed")
_TAKES_IT = frozenset({Verb.CLICK, Verb.SELECT, Verb.OPEN, Verb.PRESS, Verb.CHECK, Verb.USE})


def with_told_places(parts: list[Tokens]) -> list[Tokens]:
    """The parts of a sentence, each "it" that is clicked replaced by the label told of just before."""
    out: list[Tokens] = []
    for part in parts:
        joined = _joined(out[-1], part) if out else None
        if joined is None:
            out.append(part)
        else:
            out[-1] = joined
    return out


def _joined(told: Tokens, act: Tokens) -> Tokens | None:
    verb = verb_at(act, 0, first=True)
    if verb is None or verb.verb not in _TAKES_IT or verb.length >= len(act):
        return None
    rest = act[verb.length :]
    if rest[0].low != "it" or (len(rest) > 1 and rest[1].kind is Kind.WORD and rest[1].low not in _GOES_ON):
        return None
    end = next((i for i, t in enumerate(told) if i and t.text in _STANDS), None)
    if end is None or end + 1 >= len(told):
        return None
    start = 1 if told[0].low in w.DETERMINERS and end > 1 else 0
    named = scan_operand(told[:end], start)
    place = told[end + 1 :]
    while place and place[0].low in _HOW | {"down", "over", "up", ","}:
        place = place[1:]
    if named is None or named[1] != end or not named[0].is_label:
        return None
    found = preposition_at(place, 0) if place else None
    where = scan_operand(place, found[1]) if found and found[1] < len(place) else None
    if where is None or not (where[0].shape == "quoted" or is_generic_place(where[0])):
        return None
    quoted = replace(told[0], kind=Kind.QUOTED, text=named[0].text, low=named[0].text.lower())
    noun = tuple(t for t in told[:end] if t.low in named[0].noun.split())
    click = replace(act[0], text="Click", low="click")
    kept = place if where[0].shape == "quoted" else ()
    return (click, quoted, *noun, *kept, *rest[1:])


_GOES_ON = w.words_set("and then to")
