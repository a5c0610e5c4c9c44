"""One sentence to nested steps: lead-ins, conditions, places, then the clauses."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from authwright.core.diagnostics import did_you_mean
from authwright.core.workflow import Action, Condition, ConditionKind, SectionRole, Step, TargetKind, Value
from authwright.sop import words as w
from authwright.sop.actions import clause_steps
from authwright.sop.addressed import VERB_HINT, refuse_if_addressed, unknown_verb
from authwright.sop.clauses import (
    AFTER_WORDS,
    IF_WORDS,
    OPTIONAL,
    Clause,
    VerbAt,
    button_at,
    condition_end,
    is_joint,
    split_clauses,
    starts_clause,
    suffix_at,
    verb_at,
)
from authwright.sop.conditions import read_condition
from authwright.sop.context import Context
from authwright.sop.data_words import list_of, path_of, reference
from authwright.sop.errors import ReadingError, two_readings
from authwright.sop.leads import (
    is_prohibition,
    leading_aside,
    only_order,
    optional,
    parts_of,
    without_lead_words,
    without_once,
    without_order,
)
from authwright.sop.operands import preposition_at, scan_operand
from authwright.sop.places import label_before, places_before
from authwright.sop.rewrites import with_particle, with_purpose
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
        condition = self._condition(words, word)
        rest = tokens[body_at:]
        while rest and rest[-1].text == ":" and len(rest) == 1:
            rest = ()
        if not rest:
            return Reading(header=Header(condition=condition))
        if condition is None:
            return self._read(rest)
        if outcome := self._not_sent(rest):
            return Reading(self._under(condition, (outcome,)))
        reading = self._read(rest)
        if reading.header:
            raise ReadingError("SOP012", rest[0].start, "one condition at a time over sub-steps", "nest them")
        return Reading(self._under(condition, reading.steps))

    def _condition(self, words: Tokens, word: str) -> Condition | None:
        """None when the words only tell the order ("when done")."""
        text = words_of(words)
        if not words:
            raise ReadingError("SOP016", self.all[0].start, f'"{word}" what?', "say the condition")
        if word in ("when", "once", "after", "as") and only_order(text):
            return None
        prefix = "unless" if word == "unless" else ""
        if re.fullmatch(
            r"(?:applicable|needed|necessary|required|desired|wanted|you (?:want|like|wish))", text
        ):
            return Condition(ConditionKind.SAID, f"{word} {text}")
        if word == "should":
            words = tuple(
                replace(t, text=t.text + "s", low=t.low + "s")
                if t.low in ("say", "appear", "ask", "show", "be")
                else t
                for t in words
            )
        condition = read_condition(words, negated=word == "unless", prefix=prefix)
        self._settle(condition)
        return condition

    def _settle(self, condition: Condition) -> None:
        """What the words after the condition can refer back to."""
        if condition.kind is ConditionKind.PRESENT and condition.subject:
            words = condition.words.split()[-1]
            self.ctx.it = Value(ref=condition.subject, words=f"the {words}")
        elif condition.kind in (ConditionKind.DIALOG, ConditionKind.ASKS_FOR):
            self.ctx.asked_for = condition.subject or ""
            path = path_of(re.sub(r"^(?:the|a|an|your) ", "", self.ctx.asked_for))
            if condition.kind is ConditionKind.ASKS_FOR:
                self.ctx.it = (
                    reference(self.ctx.asked_for, self.ctx.asked_for)
                    if path
                    else Value(ref="credentials.verification_code", words="the code")
                    if "code" in self.ctx.asked_for
                    else None
                )
        elif condition.kind is ConditionKind.ROW:
            self.ctx.row = True

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
        _refuse_unseen(condition, tokens)
        self._settle(condition)
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
            _refuse_joined_labels(pieces, tokens, begin, joined)
            if not piece or self._is_heading(piece, tokens, end):
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

    def _is_heading(self, piece: Tokens, tokens: Tokens, end: int) -> bool:
        """ "Look up the member: enter ...": what follows the colon says how."""
        verb = verb_at(piece, 0, first=True)
        return bool(
            verb
            and verb.verb is w.Verb.SEARCH
            and end + 1 < len(tokens)
            and tokens[end].text == ":"
            and starts_clause(tokens, end + 1)
        )

    def _clause(self, piece: Tokens, tokens: Tokens, begin: int, *, alone: bool, joined: str) -> Steps:
        clause = self._cut(piece, tokens, begin)
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
            return tuple(clause_steps(clause, self.ctx))
        word = clause.suffix[0].low
        words = clause.suffix[1:]
        if word == "as":
            words = clause.suffix[3:]
        condition = self._condition(words, word)
        steps = tuple(clause_steps(clause, self.ctx))
        if condition is None:
            return steps
        if word in ("once", "after", "as"):
            _refuse_unseen(condition, clause.suffix)
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

    def _cut(self, piece: Tokens, tokens: Tokens, begin: int) -> Clause:
        """Separate verb, objects, "once" and the condition after the act."""
        button = button_at(tokens, begin) if begin else 0
        if button and verb_at(tokens, begin, first=False) is None:
            label = " ".join(t.text for t in piece[:button])
            rest, once = without_once(piece[button:])
            verb = VerbAt(w.Verb.CLICK, "click", 0)
            clause = Clause(verb, rest, piece[0], once=once, button=label)
        else:
            verb_found = verb_at(piece, 0, first=True)
            if verb_found is None:
                raise unknown_verb(piece)
            clause = Clause(verb_found, piece[verb_found.length :], piece[0])
            if (
                not clause.rest
                and verb_found.words in w.BUTTON_VERBS
                and verb_found.verb not in INTRANSITIVE_HERE
            ):
                clause.button = piece[0].text
        at = suffix_at((clause.start, *clause.rest))
        if at is not None:
            clause.suffix, clause.rest = clause.rest[at - 1 :], clause.rest[: at - 1]
            if clause.rest and clause.rest[-1].low in ("only", ","):
                clause.rest = clause.rest[:-1]
        clause.rest, once = without_once(without_order(clause.rest))
        clause.once = clause.once or once
        with_particle(clause)
        with_purpose(clause)
        if clause.button and clause.rest and not preposition_at(clause.rest, 0):
            raise ReadingError(
                "SOP012",
                clause.rest[0].start,
                f'can\'t place "{words_of(clause.rest)}"',
                "use quotation marks",
            )
        return clause

    def _no_verb(self, tokens: Tokens) -> Steps:
        """A note if nobody is told to do anything; else an error."""
        refuse_if_addressed(tokens)
        return (self.ctx.step(Action.NOTE, self.all[0].start),)


_MENU_VERBS = frozenset({w.Verb.CLICK, w.Verb.SELECT, w.Verb.OPEN, w.Verb.USE, w.Verb.PRESS})
INTRANSITIVE_HERE = frozenset({w.Verb.STOP, w.Verb.CLOSE, w.Verb.SEARCH, w.Verb.CAPTURE, w.Verb.REVIEW})


def _refuse_unseen(condition: Condition, tokens: Tokens) -> None:
    """Waiting needs something that the page can show."""
    if condition.kind is ConditionKind.SAID:
        raise ReadingError(
            "SOP012",
            tokens[0].start,
            f'can\'t tell when "{condition.words}" is so',
            "say what the page shows then",
        )


def _refuse_joined_labels(
    pieces: list[tuple[int, int, str]], tokens: Tokens, begin: int, joined: str
) -> None:
    """ "Click Save and Close": one label, or two clicks."""
    if not begin or joined not in ("and", ",") or not button_at(tokens, begin):
        return
    before, end, _ = next(p for p in reversed(pieces) if p[0] < begin)
    verb = verb_at(tokens, before, first=True)
    if verb is None or verb.verb not in (w.Verb.CLICK, w.Verb.PRESS) or verb_at(tokens, begin, first=False):
        return
    label = words_of(tokens[before + verb.length : end])
    second = tokens[begin].text
    raise two_readings(
        tokens[begin].start,
        f'"{label} {joined} {second}" is one label or two',
        f'click "{label} {joined} {second}" in quotation marks',
        f'click "{label}", then click "{second}"',
    )


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
