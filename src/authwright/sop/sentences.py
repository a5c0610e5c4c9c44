"""One sentence to nested steps: lead-ins, conditions, places, then the clauses."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from authwright.core.diagnostics import did_you_mean
from authwright.core.workflow import Action, Condition, SectionRole, Step, TargetKind, Value
from authwright.sop import words as w
from authwright.sop.actions import clause_steps
from authwright.sop.addressed import VERB_HINT, refuse_if_addressed
from authwright.sop.clauses import (
    AFTER_WORDS,
    IF_WORDS,
    OPTIONAL,
    Clause,
    condition_end,
    is_joint,
    split_clauses,
    starts_clause,
    verb_at,
)
from authwright.sop.conditions import read_condition
from authwright.sop.context import Context
from authwright.sop.cutting import cut_clause, is_heading, once_only, refuse_joined_labels
from authwright.sop.data_words import list_of
from authwright.sop.errors import ReadingError, two_readings
from authwright.sop.leads import (
    is_prohibition,
    leading_aside,
    only_order,
    optional,
    parts_of,
    split_otherwise,
    without_lead_words,
)
from authwright.sop.operands import scan_operand
from authwright.sop.places import label_before, places_before
from authwright.sop.playback import told
from authwright.sop.settling import refuse_rest, refuse_unseen, settle, state_condition
from authwright.sop.tokens import Kind, Tokens, words_of

Steps = tuple[Step, ...]


@dataclass(slots=True)
class Header:
    """What stands over the sub-steps of an item: a condition, a for-each, or nothing."""

    condition: Condition | None = None
    each: str | None = None
    otherwise: bool = False
    entries: bool = False
    """ "Enter the following:": each sub-item is a label with its value."""


@dataclass(slots=True)
class Reading:
    steps: Steps = ()
    header: Header | None = None
    otherwise: bool = False
    """The steps are what to do when the condition before them does not hold."""


def read_sentence(tokens: Tokens, ctx: Context) -> Reading:
    """Raises ReadingError."""
    ctx.it, ctx.row, ctx.place, ctx.loose, ctx.label, ctx.menu = None, False, None, "", None, ()
    ctx.asked_for, ctx.words = "", words_of(tokens)
    parts = parts_of(tokens)
    readings = [_Sentence(part, ctx).read() for part in parts]
    if len(readings) == 1:
        return readings[0]
    steps = [step for reading in readings for step in reading.steps]
    acts = [s for s in steps if s.action is not Action.NOTE]
    headed = any(r.header or r.otherwise for r in readings)
    if headed or (readings[0].steps and readings[0].steps[0].action is Action.CONDITION and len(acts) > 1):
        raise two_readings(
            parts[1][0].start,
            "what follows the semicolon belongs to the condition, or not",
            "a comma instead of the semicolon",
            "a sentence of its own",
        )
    return Reading(tuple(acts or steps[:1]))


class _Sentence:
    def __init__(self, tokens: Tokens, ctx: Context) -> None:
        self.all, self.ctx = tokens, ctx
        self.before: list[Step] = []

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
        steps = self._clauses(tokens)
        if isinstance(steps, Header):
            return Reading(header=steps)
        return Reading(self._under(OPTIONAL, steps) if may_skip else steps)

    # Conditions before the act

    def _prefixed(self, tokens: Tokens) -> Reading | None:
        low = tokens[0].low
        if tokens[0].kind is not Kind.WORD:
            return None
        if low == "for" and len(tokens) > 1 and tokens[1].low in w.EVERY:
            return self._for_each(tokens)
        if low in ("otherwise", "else") or (low == "if" and len(tokens) > 1 and tokens[1].low == "not"):
            return self._otherwise(tokens)
        if low == "only" and len(tokens) > 1 and tokens[1].low in IF_WORDS:
            return self._if(tokens[1:])
        if low in IF_WORDS:
            return self._if(tokens)
        if low in AFTER_WORDS or low == "as" or (low == "prior" and len(tokens) > 1):
            return self._after(tokens)
        if low in ("to", "in") and self._says_why(tokens):
            return self._read(self._rest_after_comma(tokens))
        return None

    def _says_why(self, tokens: Tokens) -> bool:
        start = 3 if tokens[0].low == "in" else 1
        if tokens[0].low == "in" and [t.low for t in tokens[:3]] != ["in", "order", "to"]:
            return False
        comma = next((i for i, t in enumerate(tokens) if t.text == "," and i > start), None)
        return comma is not None and len(tokens) > start and tokens[start].text[0].islower()

    def _rest_after_comma(self, tokens: Tokens) -> Tokens:
        end = condition_end(tokens, 0)
        if end is None:
            raise ReadingError("SOP012", tokens[0].start, "what to do is not said", "end with an instruction")
        return tokens[end[1] :]

    def _otherwise(self, tokens: Tokens) -> Reading:
        skip = 1 if tokens[0].low in ("otherwise", "else") else 2
        rest = tokens[skip:]
        while rest and is_joint(rest[0]):
            rest = rest[1:]
        if not rest:
            return Reading(header=Header(otherwise=True))
        return replace_otherwise(self._read(rest))

    def _if(self, tokens: Tokens) -> Reading:
        word = tokens[0].low
        end = condition_end(tokens, 0)
        body_at = end[1] if end else len(tokens)
        if end is None and tokens[-1].text != ":":
            raise ReadingError(
                "SOP012", tokens[0].start, "what to do in this case is not said", 'write "If ..., click ..."'
            )
        words = tokens[1 : end[0] if end else len(tokens) - 1]
        if word == "only":
            words = words[1:]
        condition = state_condition(words, word, self.ctx, self.all[0].start)
        rest = tokens[body_at:]
        while rest and rest[-1].text == ":" and len(rest) == 1:
            rest = ()
        if not rest:
            return Reading(header=Header(condition=condition))
        if condition is None:
            return self._read(rest)
        if outcome := self._not_sent(rest):
            return Reading(self._under(condition, (outcome,)))
        rest, otherwise = split_otherwise(rest)
        reading = self._read(rest)
        if reading.header:
            raise ReadingError("SOP012", rest[0].start, "one condition at a time over sub-steps", "nest them")
        steps = self._under(condition, reading.steps)
        if otherwise:
            steps = (told(replace(steps[0], otherwise=self._read(otherwise).steps)),)
        return Reading(steps)

    def _after(self, tokens: Tokens) -> Reading:
        """ "Once X, do Y": waits for X when the page can show it; "after all is entered" is order only."""
        word = tokens[0].low
        end = condition_end(tokens, 0)
        skip = 1
        if word == "as":
            skip = 3
        elif word == "prior":
            skip = 2
        if (
            end is None
            and word == "after"
            and not any(verb_at(tokens, i, first=False) for i in range(1, len(tokens)))
        ):
            return Reading(self._no_verb(tokens))
        if end is None or word in ("before", "until", "prior"):
            hint = f'end with an instruction: "{tokens[0].text} ..., click ..."'
            if end is not None:
                hint = "put this step where it belongs in the order instead"
            raise ReadingError("SOP012", tokens[0].start, f'can\'t place "{word}" here', hint)
        words, rest = tokens[skip : end[0]], tokens[end[1] :]
        if words and words[0].low.endswith("ing") and word == "after" and not words[0].low.endswith("thing"):
            before = self._gerund(words)
            reading = self._read(rest)
            return Reading((*before, *reading.steps), reading.header)
        if only_order(words_of(words)):
            return self._read(rest)
        condition = read_condition(words)
        refuse_unseen(condition, tokens)
        settle(condition, self.ctx)
        wait = self.ctx.step(Action.WAIT, tokens[0].start, condition=condition)
        reading = self._read(rest)
        return Reading((wait, *reading.steps), reading.header)

    def _gerund(self, words: Tokens) -> Steps:
        """ "After logging on to X": the act itself."""
        first = words[0]
        for stem in (first.low[:-3], first.low[:-4], first.low[:-3] + "e"):
            bare = (replace(first, text=stem, low=stem), *words[1:])
            if verb_at(bare, 0, first=True):
                steps = self._clauses(bare)
                return () if isinstance(steps, Header) else steps
        raise ReadingError("SOP011", first.start, f'"{first.text}" is no verb known here', VERB_HINT)

    def _for_each(self, tokens: Tokens) -> Reading:
        found = scan_operand(tokens, 1)
        if found is None or not found[0].text:
            raise ReadingError("SOP016", tokens[0].start, "for each what?", 'write "For each service line:"')
        operand, after = found
        path = operand.path
        each = list_of(path) if path else None
        if each is None:
            known = ("service line", "procedure code", "diagnosis code", "document")
            raise ReadingError(
                "SOP017",
                operand.at,
                f'"{operand.text}" is no list of the case',
                "for each goes over service lines, diagnoses or documents",
                did_you_mean(operand.text, known),
            )
        if path and not path.endswith(each):
            self.ctx.it = Value(ref=path, words=f"the {operand.text}")
        rest = tokens[after:]
        while rest and is_joint(rest[0]):
            rest = rest[1:]
        if not rest:
            return Reading(header=Header(each=each))
        self.ctx.each = each
        reading = self._read(rest)
        self.ctx.each = None
        return Reading((self._repeat(each, reading.steps, tokens[0].start),))

    def _repeat(self, each: str, body: Steps, at: int) -> Step:
        return self.ctx.step(Action.REPEAT, at, each=each, body=body)

    def _under(self, condition: Condition | None, body: Steps) -> Steps:
        if condition is None:
            return body
        return (self.ctx.step(Action.CONDITION, self.all[0].start, condition=condition, body=body),)

    def _not_sent(self, rest: Tokens) -> Step | None:
        """ "..., the request was not sent": what the look-up proves."""
        words = words_of(rest)
        if self.ctx.role is SectionRole.IF_INTERRUPTED and re.fullmatch(w.WAS_SENT, words, re.IGNORECASE):
            raise ReadingError(
                "SOP012", rest[0].start, "what to do when the request is found is not said",
                'write "read its reference number and stop"',
            )  # fmt: skip
        if any(re.fullmatch(pattern, words, re.IGNORECASE) for pattern in w.NOT_SENT) and (
            "not" in words or "n't" in words or words.lower().startswith("nothing")
        ):
            if self.ctx.role is not SectionRole.IF_INTERRUPTED:
                raise ReadingError(
                    "SOP018",
                    rest[0].start,
                    '"was not sent" can be decided under "If interrupted" only',
                    'move it under "## If interrupted", or say what to do',
                )
            return self.ctx.step(Action.STOP, rest[0].start, outcome="not-sent")
        return None

    # Clauses

    def _clauses(self, tokens: Tokens) -> Steps | Header:
        if not starts_clause(tokens, 0):
            return self._no_verb(tokens)
        before = tuple(self.before)
        self.before = []
        if header := _entries_header(tokens):
            return header
        out: list[Step] = []
        pieces = split_clauses(tokens)
        for begin, end, joined in pieces:
            piece = tokens[begin:end]
            refuse_joined_labels(pieces, tokens, begin, joined)
            if not piece or is_heading(piece, tokens, end):
                continue
            if joined == "or":
                raise ReadingError(
                    "SOP015",
                    piece[0].start,
                    'which of them is left open by "or"',
                    'write "if ..." before each',
                )
            if (
                begin
                and piece[0].low in IF_WORDS | {"once", "after", "for"}
                and not verb_at(piece, 0, first=False)
            ):
                out += _Sentence(piece, self.ctx)._read(piece).steps
                continue
            append_steps(out, self._clause(piece, tokens, begin, alone=len(pieces) == 1, joined=joined))
        return (*before, *out)

    def _clause(self, piece: Tokens, tokens: Tokens, begin: int, *, alone: bool, joined: str) -> Steps:
        clause = cut_clause(piece, tokens, begin)
        clause.joined = joined if begin + len(piece) >= len(tokens) else ""
        opened: Steps = ()
        if self.ctx.menu and clause.verb.verb not in _MENU_VERBS:
            menu = self.ctx.menu
            target: str | tuple[str, ...] = menu if len(menu) > 1 else menu[0]
            opened = (
                self.ctx.step(Action.CLICK, piece[0].start, target=target, target_kind=TargetKind.MENU),
            )
            self.ctx.menu = ()
        steps = self._acts(clause, piece, alone=alone)
        self.ctx.menu = ()
        return (*opened, *steps)

    def _acts(self, clause: Clause, piece: Tokens, *, alone: bool) -> Steps:
        steps: Steps
        if not clause.suffix or clause.verb.verb is w.Verb.WAIT:
            return once_only(clause, clause_steps(clause, self.ctx))
        word = clause.suffix[0].low
        words = clause.suffix[1:]
        if word == "as":
            words = clause.suffix[3:]
        condition = state_condition(words, word, self.ctx, self.all[0].start)
        refuse_rest(condition, words)
        steps = once_only(clause, clause_steps(clause, self.ctx))
        if condition is None:
            return steps
        if word in ("once", "after", "as"):
            refuse_unseen(condition, clause.suffix)
            return (self.ctx.step(Action.WAIT, clause.suffix[0].start, condition=condition), *steps)
        if word == "until":
            return (self.ctx.step(Action.REPEAT, piece[0].start, condition=condition, body=steps, limit=20),)
        if not alone:
            whole = words_of(clause.suffix)
            raise two_readings(
                clause.suffix[0].start,
                f'"{whole}" governs only the last act, or all of this sentence',
                f'"{whole[:1].upper()}{whole[1:]}, ..." at the beginning for all',
                "the last act in a sentence of its own",
            )
        return self._under(condition, steps)

    def _no_verb(self, tokens: Tokens) -> Steps:
        """A note if nobody is told to do anything; else an error."""
        refuse_if_addressed(tokens)
        return (self.ctx.step(Action.NOTE, self.all[0].start),)


_MENU_VERBS = frozenset({w.Verb.CLICK, w.Verb.SELECT, w.Verb.OPEN, w.Verb.USE, w.Verb.PRESS})


def append_steps(steps: list[Step], new: Iterable[Step]) -> None:
    """Add steps; picking a suggestion goes into the typing just before it."""
    for step in new:
        if (
            step.suggest
            and steps
            and replace(steps[-1], suggest=True, match=step.match, in_words=step.in_words) == step
        ):
            steps[-1] = step
        else:
            steps.append(step)


def replace_otherwise(reading: Reading) -> Reading:
    reading.otherwise = True
    return reading


_FOLLOWING = re.compile(
    r"(?:enter|type|fill in|fill out|complete|provide|fill) (?:the )?(?:following|these)(?: \w+){0,3}:",
    re.IGNORECASE,
)


def _entries_header(tokens: Tokens) -> Header | None:
    return Header(entries=True) if _FOLLOWING.fullmatch(words_of(tokens)) else None
