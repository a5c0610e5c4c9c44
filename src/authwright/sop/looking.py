"""Looking at the page without touching it: "see whether X is supported", "check X for errors"."""

from dataclasses import replace

from authwright.core.workflow import Action, Step, TargetKind
from authwright.sop import words as w
from authwright.sop.clauses import Clause
from authwright.sop.context import Context
from authwright.sop.data_words import snake
from authwright.sop.edges import preposition_at
from authwright.sop.errors import ReadingError
from authwright.sop.item_checks import is_generic_place
from authwright.sop.operands import Operand, scan_operand
from authwright.sop.tokens import Kind, Tokens

Steps = list[Step]
_ASKS = w.words_set("whether if what which where how why when for that")


def look(clause: Clause, ctx: Context) -> Steps:
    """Read what the named label, or the place named before, shows."""
    tokens = (*clause.rest, *clause.suffix)
    clause.suffix = ()
    if (path := _path_in(tokens)) and not _told(tokens[:1]):
        ctx.pass_over(tokens)
        return [ctx.step(Action.CLICK, clause.start.start, target=path, target_kind=TargetKind.MENU)]
    shown = _told(tokens) or _label_in(tokens)
    if ctx.place and (shown is None or not _stands_in(tokens, shown)):
        shown = Operand(ctx.place, "named", clause.start.start)
        ctx.place = None
    if shown is None:
        raise ReadingError(
            "SOP016", clause.start.end, "where this is seen on the page is not said", 'write: read "LABEL"'
        )
    ctx.pass_over(tokens)
    name = snake(shown.text)
    ctx.reads.add(name)
    label = shown.text if shown.is_label else " ".join(x[:1].upper() + x[1:] for x in shown.text.split(" "))
    return [ctx.step(Action.READ, clause.start.start, target=label, save_as=name, section=ctx.place)]


def _path_in(tokens: Tokens) -> tuple[str, ...]:
    """ "See the answer under MyInfo > My Transactions": where it is seen is a way through the menu."""
    labels: list[str] = []
    for i, token in enumerate(tokens):
        if token.kind is not Kind.PUNCT or token.text != ">":
            continue
        start = i
        while not labels and start and (tokens[start - 1].capital or tokens[start - 1].kind is Kind.QUOTED):
            start -= 1
        if not labels and start < i:
            labels.append(" ".join(t.text for t in tokens[start:i]))
        found = scan_operand(tokens, i + 1) if i + 1 < len(tokens) else None
        if found is None or not found[0].is_label:
            return ()
        labels.append(found[0].text)
    return tuple(labels)


def _label_in(tokens: Tokens) -> Operand | None:
    """The first label, after "in", "under" or at the beginning: "in the Review Status column for ..."."""
    i = 0
    while i < len(tokens):
        if tokens[i].low in _ASKS:
            i += 1
            continue
        found = preposition_at(tokens, i)
        start = i + found[1] if found and found[0] in w.PLACED else i
        operand = scan_operand(tokens, start) if start < len(tokens) else None
        if operand is None:
            i += 1
            continue
        if operand[0].is_label and not is_generic_place(operand[0]):
            return operand[0]
        i = max(operand[1], i + 1)
    return None


def _stands_in(tokens: Tokens, shown: Operand) -> bool:
    """Whether the label is what the words begin with, or where they say to look."""
    before = [t.low for t in tokens if t.start < shown.at and t.low not in _ASKS | w.DETERMINERS]
    return not before or before[-1] in w.INSIDE


def _told(tokens: Tokens) -> Operand | None:
    """ "the status of the request", "the reason": what a page tells."""
    found = scan_operand(tokens, 0) if tokens else None
    words = found[0].text.lower().split(" ") if found else [""]
    if found is None or not (
        words[-1] in w.TOLD_NOUNS or (words[0] in w.TOLD_NOUNS and words[1:2] == ["of"])
    ):
        return None
    return found[0] if words[-1] in w.TOLD_NOUNS else replace(found[0], text=words[0])


def is_told(tokens: Tokens) -> bool:
    """Whether looking for this means reading it rather than searching for it."""
    return _told(tokens) is not None
