"""Clauses whose verb is not the act: "look X over", "use Browse to attach the file"."""

from dataclasses import replace

from authwright.sop import verbs
from authwright.sop import words as w
from authwright.sop.clauses import Clause, VerbAt
from authwright.sop.errors import ReadingError
from authwright.sop.item_checks import is_generic_place
from authwright.sop.items import read_items
from authwright.sop.operands import scan_operand
from authwright.sop.tokens import Kind, Tokens, words_of
from authwright.sop.verbs import Verb
from authwright.sop.whole_labels import whole_label


def with_particle(clause: Clause) -> None:
    """ "Look X over", "turn X on": the particle at the end changes the verb."""
    if clause.rest and clause.rest[-1].kind is Kind.WORD:
        verb = verbs.PARTICLES.get((clause.verb.words, clause.rest[-1].low))
        if verb is not None and len(clause.rest) > 1:
            words = f"{clause.verb.words} {clause.rest[-1].low}"
            clause.verb, clause.rest = VerbAt(verb, words, clause.verb.length), clause.rest[:-1]
            if clause.rest[-1].text == "to":
                clause.rest = clause.rest[:-1]  # "toggle X to off"


_BOXES = (("box",), ("checkbox",), ("check", "box"), ("tick", "box"), ("tickbox",))
_BOX_VERBS = frozenset({Verb.CHECK, Verb.UNCHECK, Verb.VERIFY, Verb.SELECT, Verb.CLICK})


def with_box_text(clause: Clause) -> None:
    """ "Check the box to show an alert": what follows "to" or "that says" is on the box."""
    low = [t.low if t.kind is Kind.WORD else "" for t in clause.rest]
    if clause.verb.verb not in _BOX_VERBS or low[:1] not in (["the"], ["a"]):
        return
    noun = next((len(n) for n in _BOXES if tuple(low[1 : 1 + len(n)]) == n), 0)
    at = noun + 1
    says = low[at : at + 1] in (["that"], ["which"]) and low[at + 1 : at + 2] in (
        ["says"],
        ["reads"],
        ["states"],
    )
    says = says and at + 2 < len(low) and clause.rest[at + 2].kind is Kind.WORD
    if not noun or not (says or (low[at : at + 1] == ["to"] and len(low) - at > 3)):
        return
    said = clause.rest[at + 2 if says else at + 1 :]
    label = replace(said[0], kind=Kind.QUOTED, text=" ".join(t.text for t in said), end=said[-1].end)
    clause.rest = (clause.rest[0], replace(label, low=label.text.lower()), *clause.rest[1:at])


def with_file(clause: Clause) -> None:
    """ "Browse to the document" chooses it; "browse to the portal" goes there."""
    low = {t.low for t in clause.rest if t.kind is Kind.WORD}
    if clause.verb.words == "browse to" and low & _PAPERS:
        clause.verb = VerbAt(Verb.UPLOAD, "browse to", clause.verb.length)
        return
    if not w.FILE_WORDS & low:
        return
    chooser = {t.low for t in clause.rest if t.capital or t.kind is Kind.QUOTED} & _CHOOSERS
    goes = clause.verb.words in ("go to", "navigate to") and {"dialog", "explorer"} & low
    if (
        clause.verb.words == "browse to"
        or goes
        or (clause.verb.words in verbs.FINDING and chooser and "with" in low)
    ):
        clause.verb = VerbAt(Verb.UPLOAD, clause.verb.words, clause.verb.length)


_PAPERS = w.words_set("notes records image images scan photo pdf x-ray chart plan prescription")
_CHOOSERS = w.words_set("browse choose select")


def _one_label(control: Tokens) -> Tokens:
    """ "Save as PDF" as one quoted token: what a control that is clicked says has small words in it."""
    items = read_items(control, control[0].start)
    item = whole_label(items[0]) if len(items) == 1 else None
    if item is None or item.head is None or item.preps or item.head.noun or item.head.shape != "named":
        return control
    text = item.head.text
    return (replace(control[0], kind=Kind.QUOTED, text=text, low=text.lower(), end=control[-1].end),)


def _ahead(tokens: Tokens, i: int) -> int:
    """The index of the next mark or bracket."""
    return next((k for k in range(i, len(tokens)) if tokens[k].kind is Kind.PUNCT), len(tokens))


_BUTTONS = frozenset({"icon", "button", "link", "sign", "symbol"})


def with_purpose(clause: Clause) -> None:
    """ "Use Browse to attach the file", "capture it by clicking X": the act with its control."""
    low = [t.low if t.kind is Kind.WORD else "" for t in clause.rest]
    chooses = clause.verb.verb is Verb.SELECT and _CHOOSERS.intersection(
        t.low for t in clause.rest[:2] if t.capital
    )
    if clause.verb.verb in (Verb.CLICK, Verb.USE, Verb.PRESS) or chooses:
        for i in range(1, len(low) - 2):
            thing = clause.rest[i + 2 : _ahead(clause.rest, i + 2)]
            files = (w.FILE_WORDS | _PAPERS).intersection(t.low for t in thing) or (
                low[i + 1] == "upload" and low[i + 2] in ("it", "them")
            )
            picks = low[i + 1] in ("pick", "choose", "select", "locate", "find")
            verb = verbs.PURPOSES.get(low[i + 1]) or (Verb.UPLOAD if picks else None)
            downloads = low[i + 1] in ("get", "obtain", "keep", "receive") and clause.rest[0].low.startswith(
                "download"
            )
            verb = Verb.DOWNLOAD if low[i + 1] == "save" or downloads else verb
            if low[i] == "to" and verb and files:
                thing, control = clause.rest[i + 2 :], clause.rest[:i]
                using = replace(clause.rest[i], text="with", low="with")
                control = _one_label(control)
                thing = (
                    thing
                    if verb is Verb.UPLOAD
                    else thing[
                        : next((k + 1 for k, t in enumerate(thing) if t.low in w.FILE_WORDS), len(thing))
                    ]
                )
                clause.rest = (*thing, using, *control)
                clause.verb = VerbAt(verb, clause.verb.words, clause.verb.length)
                return
    if clause.verb.verb is Verb.USE and "to" in low[1:]:
        i = low.index("to", 1)
        verb = verbs.VERBS.get((low[i + 1],)) if i + 2 < len(low) else None
        button = i + 2 < len(low) and any(t.low in _BUTTONS for t in clause.rest[:i])
        if (
            button
            and low[i + 1] in ("add", "enter")
            and clause.rest[i + 2].low in ("a", "an", "another", "new", "more")
        ):
            clause.rest = clause.rest[:i]  # what the button is for
            return
        if verb in (Verb.SELECT, Verb.FILL) and button and clause.rest[i + 2].low in w.DETERMINERS:
            raise ReadingError(
                "SOP012", clause.rest[i + 1].start, "into which field this goes is not said",
                f'write: {low[i + 1]} {words_of(clause.rest[i + 2 :])} in "LABEL"',
            )  # fmt: skip
        place = scan_operand(clause.rest, 0)
        if verb is Verb.OPEN and place and is_generic_place(place[0]):
            clause.verb, clause.rest = VerbAt(verb, low[i + 1], 1), clause.rest[i + 2 :]
            return
        if (
            verb in (Verb.SELECT, Verb.FILL, Verb.SEARCH)
            and low[i + 1 : i + 3] != ["look", "at"]
            and not button
        ):
            using = replace(clause.rest[i], text="in", low="in")
            clause.rest = (*clause.rest[i + 2 :], using, *clause.rest[:i])
            clause.verb = VerbAt(verb, low[i + 1], clause.verb.length)
            return
    for i in range(len(low) - 2):
        if low[i] == "by" and low[i + 1] in ("clicking", "using", "pressing", "selecting"):
            if low[i + 2] == "its":
                clause.rest = clause.rest[:i]
            elif clause.verb.verb in (
                Verb.CAPTURE,
                Verb.DOWNLOAD,
                Verb.UPLOAD,
                Verb.OPEN,
            ):
                using = replace(clause.rest[i], text="with", low="with")
                clause.rest = (*clause.rest[:i], using, *clause.rest[i + 2 :])
            return
