"""One sentence to nested steps: lead-ins, conditions, places, then the clauses."""

import re
from collections.abc import Iterable
from dataclasses import replace

from authwright.core.workflow import Action, Step, TargetKind
from authwright.sop import verbs
from authwright.sop import words as w
from authwright.sop.accounting import refuse_descriptions, refuse_unaccounted
from authwright.sop.addressed import refuse_if_addressed, tells_by_itself
from authwright.sop.behind import Behind, asks_a_person
from authwright.sop.clauses import (
    IF_WORDS,
    OPTIONAL,
    is_joint,
    place_leads,
    split_clauses,
    starts_clause,
    told_at,
    verb_at,
)
from authwright.sop.context import Context
from authwright.sop.cutting import cut_clause, is_heading, refuse_joined_labels, refuse_swallowed
from authwright.sop.errors import ReadingError, two_readings
from authwright.sop.fragments import with_verb
from authwright.sop.in_rows import in_its_row, without_row
from authwright.sop.items import read_items
from authwright.sop.leads import (
    COMMENTS,
    is_prohibition,
    leading_aside,
    optional,
    parts_of,
    split_otherwise,
    without_lead_words,
)
from authwright.sop.offered import without_options
from authwright.sop.openings import Header, Reading
from authwright.sop.operands import scan_operand
from authwright.sop.outside import outside
from authwright.sop.places import label_before, place_behind, places_before
from authwright.sop.playback import told
from authwright.sop.shown_there import with_told_places
from authwright.sop.tokens import Kind, Tokens, words_of
from authwright.sop.values import value_of
from authwright.sop.verbs import Verb
from authwright.sop.wording import plain_wording

__all__ = ["Header", "Reading", "append_steps", "read_sentence"]

Steps = tuple[Step, ...]


def read_sentence(tokens: Tokens, ctx: Context) -> Reading:
    """Raises ReadingError."""
    reading = _read_whole(tokens, ctx)
    refuse_unaccounted(tokens, reading.steps, ctx.over)
    refuse_descriptions(tokens, reading.steps)
    return reading


def _read_whole(tokens: Tokens, ctx: Context) -> Reading:
    ctx.it, ctx.row, ctx.place, ctx.loose, ctx.label, ctx.menu = None, False, None, "", None, ()
    ctx.asked_for, ctx.words, ctx.over = "", words_of(tokens), []
    ctx.chosen_in = ctx.instead = ctx.in_row = None
    ctx.listed = ctx.in_menu = ctx.at_row = False
    ctx.inside = ""
    parts = with_told_places(parts_of(plain_wording(tokens) or tokens))
    readings = _joined([_Sentence(part, ctx).read() for part in parts])
    if len(readings) == 1:
        return readings[0]
    readings = _with_acts(parts, readings, ctx)
    if len(readings) == 1:
        return readings[0]
    steps = [step for reading in readings for step in reading.steps]
    acts = [s for s in steps if s.action is not Action.NOTE]
    headed = any(r.header or r.otherwise for r in readings)
    each_its_own = all(s.action is Action.CONDITION for s in acts)
    led = parts[0][0].low in IF_WORDS | {"for", "with"} and readings[0].steps
    if headed or (led and not each_its_own and acts[0].action is Action.CONDITION and len(acts) > 1):
        raise two_readings(
            parts[1][0].start,
            "what follows the semicolon belongs to the condition, or not",
            "a comma instead of the semicolon",
            "a sentence of its own",
        )
    return Reading(tuple(acts or steps[:1]))


def _with_acts(parts: list[Tokens], readings: list[Reading], ctx: Context) -> list[Reading]:
    """Without what is only told: "click Pay; the page refreshes"."""
    told_only = [not r.header and _only_notes(r.steps) for r in readings]
    if len(parts) == len(readings):
        for part, told_there in zip(parts, told_only, strict=True):
            if told_there:
                ctx.pass_over(part)
    return [r for r, t in zip(readings, told_only, strict=True) if not t] or readings[:1]


def _only_notes(steps: Iterable[Step]) -> bool:
    return all(
        s.action is Action.NOTE
        or (s.action is Action.CONDITION and _only_notes(s.body) and _only_notes(s.otherwise))
        for s in steps
    )


def _joined(readings: list[Reading]) -> list[Reading]:
    """ "...; if not, click X" belongs to the condition before the semicolon."""
    out: list[Reading] = []
    for reading in readings:
        before = out[-1].steps[-1] if out and out[-1].steps else None
        if reading.otherwise and before and before.action is Action.CONDITION and not before.otherwise:
            both = told(replace(before, otherwise=reading.steps))
            out[-1] = Reading((*out[-1].steps[:-1], both), out[-1].header, out[-1].otherwise)
        else:
            out.append(reading)
    return out


class _Sentence(Behind):
    def read(self) -> Reading:
        return self._read(self.all)

    def _read(self, tokens: Tokens) -> Reading:
        restriction, tokens = leading_aside(tokens)
        tokens = without_lead_words(tokens)
        if restriction is not None and tokens:
            restricted = self._read(tokens)
            return Reading(self._under(restriction, restricted.steps), restricted.header)
        if not tokens:
            return Reading((self.ctx.step(Action.NOTE, self.all[0].start),))
        told = [t.low if t.kind is Kind.WORD else "" for t in tokens]
        if _only_remarks(tokens) or (not starts_clause(tokens, 0) and tells_by_itself(told)):
            return Reading((self.ctx.step(Action.NOTE, tokens[0].start),))
        if steps_outside := outside(tokens, self.ctx):
            return Reading(steps_outside)
        if reading := self._prefixed(tokens):
            return reading
        if is_prohibition(tokens):
            return Reading((self.ctx.step(Action.NOTE, tokens[0].start),))
        may_skip, tokens = optional(tokens)
        tokens = label_before(tokens, self.ctx)
        tokens, self.before = places_before(without_lead_words(tokens), self.ctx)
        if not tokens:
            raise ReadingError(
                "SOP016", self.all[0].start, "this sentence says no act", "begin it with a verb"
            )
        if not starts_clause(tokens, 0):
            tokens = with_verb(tokens, led=len(tokens) < len(self.all))
        tokens, otherwise = split_otherwise(tokens)
        steps = self._clauses(without_options(tokens, self.ctx))
        if isinstance(steps, Header):
            return Reading(header=steps)
        if otherwise:
            steps = self._with_otherwise(steps, otherwise)
        return Reading(self._under(OPTIONAL, steps) if may_skip else steps)

    def _with_otherwise(self, steps: Steps, otherwise: Tokens) -> Steps:
        """ "Select X if it is listed, otherwise click Other."""
        if len(steps) != 1 or steps[0].action is not Action.CONDITION:
            raise ReadingError("SOP014", otherwise[0].start, "otherwise than what?", 'put "if ..." before it')
        return self._with_else(steps, otherwise)

    # Clauses

    def _clauses(self, tokens: Tokens) -> Steps | Header:
        if not starts_clause(tokens, 0):
            return self._no_verb(tokens)
        before = tuple(self.before)
        self.before = []
        if header := _entries_header(tokens):
            return header
        out: list[Step] = []
        pieces = [(0, len(tokens), "")] if asks_a_person(tokens) else split_clauses(tokens)
        for index, (begin, end, joined) in enumerate(pieces):
            piece = tokens[begin:end]
            if index + 1 < len(pieces) and self._opens_choice(piece, tokens[slice(*pieces[index + 1][:2])]):
                continue
            if index + 1 < len(pieces) and self._only_found(piece, tokens[slice(*pieces[index + 1][:2])]):
                continue
            refuse_joined_labels(pieces, tokens, begin, joined)
            refuse_swallowed(piece)
            if not piece or is_heading(piece, tokens, end):
                continue
            if joined == "or" and _another_way(out, piece):
                self.ctx.pass_over(piece)
                continue
            if joined == "or":
                raise ReadingError(
                    "SOP015",
                    piece[0].start,
                    'which of them is left open by "or"',
                    'write "if ..." before each',
                )
            if begin and told_at(piece, 0):
                refuse_if_addressed(piece)
                self.ctx.pass_over(piece)
                continue
            if begin and _led(piece):
                chosen = out and out[-1].action is Action.SELECT and piece[0].low == "for"
                self.ctx.instead = self.ctx.chosen_in if chosen else None  # the other option of one field
                out += _Sentence(piece, self.ctx)._read(piece).steps
                self.ctx.instead = None
                continue
            if out and out[-1].action is Action.UPLOAD and _CHOOSES.fullmatch(words_of(piece)):
                self.ctx.pass_over(piece)  # a button of the computer's file chooser
                continue
            append_steps(out, self._clause(piece, tokens, begin, alone=len(pieces) == 1, joined=joined))
        return (*before, *out)

    def _opens_choice(self, piece: Tokens, after: Tokens) -> bool:
        """ "Open the State drop-down and choose GA": opening it is part of choosing from it."""
        verb, then = verb_at(piece, 0, first=True), verb_at(after, 0, first=False)
        if verb is None or verb.verb not in (Verb.CLICK, Verb.OPEN) or then is None:
            return False
        found = scan_operand(piece, verb.length) if verb.length < len(piece) else None
        if found is None or found[1] != len(piece) or then.verb is not Verb.SELECT:
            return False
        if found[0].kind is not TargetKind.DROPDOWN or not found[0].text:
            return False
        self.ctx.label = found[0]
        return True

    def _only_found(self, piece: Tokens, after: Tokens) -> bool:
        """ "Find the claim and click it": the claim is clicked; finding it is looking."""
        verb, then = verb_at(piece, 0, first=True), verb_at(after, 0, first=False)
        if verb is None or verb.words not in verbs.FINDING or then is None or then.verb not in _TOUCHES:
            return False
        rest = after[then.length :]
        rest = rest[1:] if rest and rest[0].low == "on" else rest
        if not rest or rest[0].low not in ("it", "its", "them", "that"):
            return False
        items = read_items(piece[verb.length :], piece[0].start)
        if len(items) != 1 or items[0].head is None:
            return False
        value_of(items[0].head, self.ctx)
        place = items[0].prep(*w.INSIDE)
        if place is not None and place.is_label:
            self.ctx.place = place.text
        return True

    def _clause(self, piece: Tokens, tokens: Tokens, begin: int, *, alone: bool, joined: str) -> Steps:
        clause = cut_clause(piece, tokens, begin)
        clause.over = self.ctx.over
        without_row(clause, self.ctx)
        clause.last = begin + len(piece) >= len(tokens)
        clause.joined = joined if clause.last else ""
        opened: Steps = ()
        if self.ctx.menu and clause.verb.verb not in _MENU_VERBS:
            menu = self.ctx.menu
            target: str | tuple[str, ...] = menu if len(menu) > 1 else menu[0]
            opened = (
                self.ctx.step(Action.CLICK, piece[0].start, target=target, target_kind=TargetKind.MENU),
            )
            self.ctx.menu = ()
        self.ctx.in_menu = self.ctx.in_menu or bool(self.ctx.menu)
        around = self.ctx.place, self.ctx.loose
        opened = (*opened, *place_behind(clause, self.ctx))
        own_place = (self.ctx.place, self.ctx.loose) != around
        steps = self._acts(clause, piece, last=begin + len(piece) >= len(tokens), alone=alone)
        self.ctx.menu = ()
        if own_place:
            self.ctx.place, self.ctx.loose = around
        return (*opened, *in_its_row(self._entries(steps), self.ctx, piece[0].start))

    def _entries(self, steps: Steps) -> Steps:
        """ "In the Tools menu, open Letters": the first click is an entry of that menu."""
        menu, at = self.ctx.inside, next((i for i, s in enumerate(steps) if s.action is Action.CLICK), None)
        if not menu or at is None or not steps[at].target:
            return steps
        self.ctx.inside = ""
        entry = told(replace(steps[at], target_kind=TargetKind.MENU, section=menu))
        return (*steps[:at], entry, *steps[at + 1 :])


_TOUCHES = frozenset({Verb.CLICK, Verb.OPEN, Verb.SELECT, Verb.CHECK, Verb.USE})


def _led(piece: Tokens) -> bool:
    """A clause with a condition or a place of its own before its verb: "and on the next page click ..."."""
    opens = IF_WORDS | {"once", "after", "for"}
    return (piece[0].low in opens or place_leads(piece, 0)) and not verb_at(piece, 0, first=False)


def _only_remarks(tokens: Tokens) -> bool:
    """ "Careful: the list lags behind.": a remark that asks nothing. "Note: click Save" asks for a click."""
    if len(tokens) < 4 or tokens[0].low not in COMMENTS or tokens[1].text != ":":
        return False
    rest = tokens[2:]
    asks = {t.low for t in rest if t.kind is Kind.WORD} & (verbs.DUTY | verbs.TOLD_ACTS | {"you"})
    acts = any(verb_at(rest, i, first=i == 0) for i in range(len(rest)) if i == 0 or is_joint(rest[i - 1]))
    return not asks and not acts and rest[0].low in w.DETERMINERS


_ENTERING = frozenset({Verb.FILL, Verb.SELECT, Verb.USE, Verb.SEARCH})


def _another_way(done: list[Step], piece: Tokens) -> bool:
    """ "Enter the number in Search, or use the name": two ways to say the same, so the first is taken."""
    verb = verb_at(piece, 0, first=True)
    entered = bool(done) and done[-1].action in (Action.FILL, Action.SELECT)
    return entered and verb is not None and verb.verb in _ENTERING


_MENU_VERBS = frozenset({Verb.CLICK, Verb.SELECT, Verb.OPEN, Verb.USE, Verb.PRESS})


def _opens_chooser(step: Step) -> bool:
    """ "Click Browse" before a file is picked. "Add Documents" may open a part of the page: a click."""
    words = step.target.lower().strip(" .\u2026").split(" ") if isinstance(step.target, str) else [""]
    files = words[0] in ("choose", "select") and words[-1] in ("file", "files")
    return step.action is Action.CLICK and (words[0] == "browse" or files)


_CHOOSES = re.compile(r'(?:click|press|hit|select|choose) (?:on )?(?:the )?"?(?:Open|OK)"?(?: button)?')


def append_steps(steps: list[Step], new: Iterable[Step]) -> None:
    """Add steps; picking a suggestion goes into the typing just before it, the button that opens the
    computer's file chooser into the upload after it."""
    for step in new:
        if (
            step.suggest
            and steps
            and replace(steps[-1], suggest=True, match=step.match, in_words=step.in_words) == step
        ):
            steps[-1] = step
        elif steps and step.action is Action.UPLOAD and not step.target and _opens_chooser(steps[-1]):
            steps[-1] = told(replace(step, target=steps[-1].target, section=steps[-1].section))
        else:
            steps.append(step)


_FOLLOWING = re.compile(
    r"(?:enter|type|fill in|fill out|complete|provide|fill) (?:the )?(?:following|these)(?: \w+){0,3}:",
    re.IGNORECASE,
)


def _entries_header(tokens: Tokens) -> Header | None:
    return Header(entries=True) if _FOLLOWING.fullmatch(words_of(tokens)) else None
