"""One clause cut into verb, objects, "once" and the condition that stands after the act."""

from authwright.core.workflow import Step
from authwright.sop import verbs
from authwright.sop import words as w
from authwright.sop.addressed import unknown_verb
from authwright.sop.clauses import Clause, VerbAt, button_at, starts_clause, suffix_at, verb_at
from authwright.sop.edges import preposition_at
from authwright.sop.errors import ReadingError, two_readings
from authwright.sop.leads import without_once, without_order
from authwright.sop.rewrites import with_box_text, with_file, with_particle, with_purpose
from authwright.sop.tokens import Kind, Tokens, words_of
from authwright.sop.verbs import Verb

INTRANSITIVE_HERE = frozenset({Verb.STOP, Verb.CLOSE, Verb.SEARCH, Verb.CAPTURE, Verb.REVIEW})


def cut_clause(piece: Tokens, tokens: Tokens, begin: int) -> Clause:
    """Separate verb, objects, "once" and the condition after the act."""
    button = button_at(tokens, begin) if begin else 0
    if button and verb_at(tokens, begin, first=False) is None:
        label = " ".join(t.text for t in piece[:button])
        rest, once = without_once(piece[button:])
        verb = VerbAt(Verb.CLICK, "click", 0)
        clause = Clause(verb, rest, piece[0], once=once, button=label)
    else:
        verb_found = verb_at(piece, 0, first=True)
        if verb_found is None:
            raise unknown_verb(piece)
        clause = Clause(verb_found, piece[verb_found.length :], piece[0])
        if (
            not clause.rest
            and verb_found.words in verbs.BUTTON_VERBS
            and verb_found.verb not in INTRANSITIVE_HERE
        ):
            clause.button = piece[0].text
    at = suffix_at((clause.start, *clause.rest))
    if at is not None and _looks_like_label(clause, at):
        raise two_readings(
            clause.rest[at - 1].start,
            f'"{words_of(clause.rest)}" is one label, or "{clause.rest[at - 1].text}" begins a condition',
            "the label in quotation marks",
            f'"{clause.rest[at - 1].text[:1].upper()}{clause.rest[at - 1].text[1:]} ..., " at the beginning',
        )
    if at is not None:
        clause.suffix, clause.rest = clause.rest[at - 1 :], clause.rest[: at - 1]
        if clause.rest and clause.rest[-1].low in ("only", ","):
            clause.rest = clause.rest[:-1]
    described = clause.suffix and clause.suffix[0].low == "where" and clause.rest
    if described and clause.rest[-1].text in w.PLACES_OF_CARE:
        clause.suffix = ()  # "the location where the service is done"
    clause.rest, once = without_once(without_order(clause.rest))
    clause.once = clause.once or once
    with_particle(clause)
    with_box_text(clause)
    with_file(clause)
    with_purpose(clause)
    if clause.button and clause.rest and not preposition_at(clause.rest, 0):
        raise ReadingError(
            "SOP012",
            clause.rest[0].start,
            f'can\'t place "{words_of(clause.rest)}"',
            "use quotation marks",
        )
    return clause


def _looks_like_label(clause: Clause, at: int) -> bool:
    """ "Select Check if a Prior Authorization is Required": one capitalised act, a capital at the end."""
    before, after = clause.rest[: at - 1], clause.rest[at:]
    acts = len(before) == 1 and before[0].capital and before[0].low in verbs.ACTS
    one = all(t.kind is not Kind.PUNCT for t in after)
    return bool(acts and one and after and after[-1].capital and any(not t.capital for t in after))


_THINGS = w.DETERMINERS | {"it", "them"}


def refuse_swallowed(piece: Tokens) -> None:
    """ "Wait for the email and create your password": an act with an unread verb behind one that is read."""
    if not piece or (found := verb_at(piece, 0, first=True)) is None or found.verb is Verb.HUMAN:
        return
    for i in range(1, len(piece) - 1):
        joint = piece[i - 1].low in (",", "and", "then") and piece[i - 1].kind is not Kind.QUOTED
        unread = piece[i].text in verbs.UNREAD and piece[i].text not in verbs.FIRST_WORDS
        if joint and unread and piece[i + 1].low in _THINGS:
            raise unknown_verb(piece[i:])


def once_only(clause: Clause, steps: list[Step]) -> tuple[Step, ...]:
    """The steps of a clause; "once" belongs to exactly one of them."""
    marked = sum(s.once for s in steps)
    if clause.once and marked > 1:
        raise two_readings(
            clause.start.start,
            '"once" belongs to the last or to all of these',
            "the last act with a verb of its own",
            "a sentence for each",
        )
    if clause.once and not marked:
        raise ReadingError("SOP012", clause.start.start, '"once" means nothing for this act', "leave it out")
    return tuple(steps)


def is_heading(piece: Tokens, tokens: Tokens, end: int) -> bool:
    """ "Look up the member: enter ...": what follows the colon says how."""
    verb = verb_at(piece, 0, first=True)
    return bool(
        verb
        and verb.verb is Verb.SEARCH
        and end + 1 < len(tokens)
        and tokens[end].text == ":"
        and starts_clause(tokens, end + 1)
    )


def refuse_joined_labels(pieces: list[tuple[int, int, str]], tokens: Tokens, begin: int, joined: str) -> None:
    """ "Click Save and Close": one label, or two clicks."""
    if not begin or joined not in ("and", ",") or not button_at(tokens, begin):
        return
    if begin > 1 and tokens[begin - 1].low == "and" and tokens[begin - 2].text == ",":
        return  # "Click Submit, and Confirm": no label has ", and" in it
    before, end, _ = next(p for p in reversed(pieces) if p[0] < begin)
    verb = verb_at(tokens, before, first=True)
    if verb is None or verb.verb not in (Verb.CLICK, Verb.PRESS) or verb_at(tokens, begin, first=False):
        return
    label = words_of(tokens[before + verb.length : end])
    second = tokens[begin].text
    raise two_readings(
        tokens[begin].start,
        f'"{label} {joined} {second}" is one label or two',
        f'click "{label} {joined} {second}" in quotation marks',
        f'click "{label}", then click "{second}"',
    )
