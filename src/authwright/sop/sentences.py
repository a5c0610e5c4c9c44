"""One sentence to nested steps: lead-ins, conditions, places, then the clauses."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from authwright.core.diagnostics import did_you_mean
from authwright.core.workflow import Action, Condition, ConditionKind, SectionRole, Step, TargetKind, Value
from authwright.sop import words as w
from authwright.sop.actions import clause_steps
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
from authwright.sop.items import is_generic_place
from authwright.sop.operands import Operand, closing, preposition_at, scan_operand
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
    ctx.it, ctx.row, ctx.place, ctx.label, ctx.menu = None, False, None, None, ()
    ctx.asked_for, ctx.words = "", words_of(tokens)
    parts = _parts(tokens)
    readings = [_Sentence(part, ctx).read() for part in parts]
    if len(readings) == 1:
        return readings[0]
    steps = [step for reading in readings for step in reading.steps]
    acts = [s for s in steps if s.action is not Action.NOTE]
    headed = any(r.header or r.otherwise for r in readings)
    if headed or (readings[0].steps and readings[0].steps[0].action is Action.CONDITION and len(acts) > 1):
        raise two_readings(
            parts[1][0].start, "what follows the semicolon belongs to the condition, or not",
            "a comma instead of the semicolon", "a sentence of its own",
        )  # fmt: skip
    return Reading(tuple(acts or steps[:1]))


def _parts(tokens: Tokens) -> list[Tokens]:
    """Cut at semicolons, which separate as full stops do."""
    parts: list[Tokens] = []
    start = depth = 0
    for i, token in enumerate(tokens):
        if token.kind is Kind.PUNCT:
            depth += {"(": 1, ")": -1}.get(token.text, 0)
            if token.text == ";" and depth <= 0:
                parts.append(tokens[start:i])
                start = i + 1
    parts.append(tokens[start:])
    return [p for p in parts if p] or [tokens]


class _Sentence:
    def __init__(self, tokens: Tokens, ctx: Context) -> None:
        self.all, self.ctx = tokens, ctx

    def read(self) -> Reading:
        return self._read(self.all)

    def _read(self, tokens: Tokens) -> Reading:
        restriction, tokens = _leading_aside(tokens)
        tokens = _without_lead_words(tokens)
        if restriction is not None and tokens:
            reading = self._read(tokens)
            return Reading(self._under(restriction, reading.steps), reading.header)
        if not tokens:
            return Reading((self.ctx.step(Action.NOTE, self.all[0].start),))
        if reading := self._prefixed(tokens):
            return reading
        if _is_prohibition(tokens):
            return Reading((self.ctx.step(Action.NOTE, tokens[0].start),))
        optional, tokens = _optional(tokens)
        tokens = self._label(tokens)
        tokens = self._place(_without_lead_words(tokens))
        if not tokens:
            raise ReadingError(
                "SOP016", self.all[0].start, "this sentence says no act", "begin it with a verb"
            )
        steps = self._clauses(tokens)
        if isinstance(steps, Header):
            return Reading(header=steps)
        return Reading(self._under(OPTIONAL, steps) if optional else steps)

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
        if word in ("when", "once", "after", "as") and _only_order(text):
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
        """ "Once X, do Y": waits for X when the page can show it; "after entering everything" is order only."""
        word = tokens[0].low
        end = condition_end(tokens, 0)
        skip = 1
        if word == "as":
            skip = 3
        elif word == "prior":
            skip = 2
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
        if _only_order(words_of(words)):
            return self._read(rest)
        condition = read_condition(words)
        if condition.kind is ConditionKind.SAID:
            raise ReadingError(
                "SOP012", words[0].start if words else tokens[0].start, f'can\'t tell when "{words_of(words)}" is so',
                "say what the page shows then",
            )  # fmt: skip
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
        raise ReadingError("SOP011", first.start, f'"{first.text}" is no verb known here', _VERB_HINT)

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
                "SOP017", operand.at, f'"{operand.text}" is no list of the case',
                "for each goes over service lines, diagnoses or documents", did_you_mean(operand.text, known),
            )  # fmt: skip
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
                    "SOP018", rest[0].start, '"was not sent" can be decided under "If interrupted" only',
                    'move it under "## If interrupted", or say what to do',
                )  # fmt: skip
            return self.ctx.step(Action.STOP, rest[0].start, outcome="not-sent")
        return None

    # Labels and places before the act

    def _label(self, tokens: Tokens) -> Tokens:
        """ "Member ID: the member ID" and "Contact Name: enter the contact name"."""
        colon = next((i for i, t in enumerate(tokens) if t.text == ":" and t.kind is Kind.PUNCT), None)
        if not colon:
            return tokens
        if tokens[0].low in _COMMENTS and colon == 1:
            return _without_lead_words(tokens[2:])
        named = colon > 1 and all(t.capital or t.low in ("of", "the", "a") for t in tokens[:colon])
        if starts_clause(tokens, 0) and not named:
            return tokens
        found = scan_operand(tokens[:colon], 0)
        if found is None or found[1] != colon or not (found[0].is_label or found[0].path):
            return tokens
        self.ctx.label = found[0]
        rest = tokens[colon + 1 :]
        if not rest:
            raise ReadingError(
                "SOP016",
                tokens[colon].start,
                f'the value of "{found[0].text}" is not said',
                "write it after the colon",
            )
        if verb_at(rest, 0, first=True):
            return rest
        enter = replace(rest[0], kind=Kind.WORD, text="enter", low="enter")
        return (enter, *rest)

    def _place(self, tokens: Tokens) -> Tokens:
        """ "Under Rendering Provider, ...", "From the X menu choose ...", "On the X tab, ..."."""
        self.before: list[Step] = []
        while tokens and tokens[0].kind is Kind.WORD:
            first = (replace(tokens[0], text=tokens[0].low), *tokens[1:])
            preposition = preposition_at(first, 0)
            if preposition is None or preposition[0] not in w.INSIDE | w.BESIDE | {
                "with",
                "using",
                "for",
                "by",
            }:
                return tokens
            before_verb = tokens[: _first_verb(tokens)]
            found = scan_operand(before_verb, preposition[1])
            if found is None:
                return tokens
            operand, after = found
            outer_menu = False
            while after < len(tokens) and (inner := preposition_at(tokens, after)):
                outer = scan_operand(before_verb, after + inner[1])
                if outer is None:
                    break
                outer_menu = outer_menu or outer[0].kind is TargetKind.MENU or outer[0].text.endswith("Menu")
                if not outer_menu:
                    self._stand(inner[0], outer[0])
                after = outer[1]
            rest = tokens[after:]
            if rest and rest[0].text in (",", ":"):
                rest = rest[1:]
            if outer_menu and operand.text:
                operand = replace(operand, kind=TargetKind.MENU)
            self._stand(preposition[0], operand)
            tokens = _without_lead_words(rest)
            if tokens and (verb_at(tokens, 0, first=True) or tokens[0].kind is not Kind.WORD):
                break
        return tokens

    def _stand(self, preposition: str, operand: Operand) -> None:
        ctx, at = self.ctx, operand.at
        if preposition == "for" and operand.is_label:
            ctx.label = operand
        elif is_generic_place(operand):
            return
        elif preposition not in w.INSIDE | w.BESIDE:
            raise ReadingError(
                "SOP012",
                at,
                f'can\'t place "{preposition} {operand.text}" before the act',
                "put it after the verb",
            )
        elif operand.kind is TargetKind.MENU or (preposition == "from" and operand.noun == "menu"):
            ctx.menu = (*ctx.menu, operand.text) if operand.text else ctx.menu
        elif operand.kind is TargetKind.TAB and operand.text:
            self.before.append(ctx.step(Action.CLICK, at, target=operand.text, target_kind=TargetKind.TAB))
        elif "." in operand.text and " " not in operand.text:
            self.before.append(
                ctx.step(Action.NAVIGATE, at, target=operand.text, target_kind=TargetKind.PAGE)
            )
        elif operand.text and (operand.is_label or operand.is_place):
            ctx.place = operand.text

    # Clauses

    def _clauses(self, tokens: Tokens) -> Steps | Header:
        if not starts_clause(tokens, 0):
            return self._no_verb(tokens)
        before = tuple(getattr(self, "before", ()))
        self.before = []
        if header := _entries_header(tokens):
            return header
        out: list[Step] = []
        pieces = split_clauses(tokens)
        for begin, end, joined in pieces:
            piece = tokens[begin:end]
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
            verb and verb.verb is w.Verb.SEARCH and end + 1 < len(tokens) and tokens[end].text == ":"
            and starts_clause(tokens, end + 1)
        )  # fmt: skip

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
            return (self.ctx.step(Action.WAIT, clause.suffix[0].start, condition=condition), *steps)
        if word == "until":
            return (self.ctx.step(Action.REPEAT, piece[0].start, condition=condition, body=steps, limit=20),)
        if not alone:
            whole = words_of(clause.suffix)
            raise two_readings(
                clause.suffix[0].start, f'"{whole}" governs only the last act, or all of this sentence',
                f'"{whole[:1].upper()}{whole[1:]}, ..." at the beginning for all', "the last act in a sentence of its own",
            )  # fmt: skip
        return self._under(condition, steps)

    def _cut(self, piece: Tokens, tokens: Tokens, begin: int) -> Clause:
        """Separate verb, objects, "once" and the condition after the act."""
        button = button_at(tokens, begin) if begin else 0
        if button and verb_at(tokens, begin, first=False) is None:
            label = " ".join(t.text for t in piece[:button])
            rest, once = _without_once(piece[button:])
            verb = VerbAt(w.Verb.CLICK, "click", 0)
            clause = Clause(verb, rest, piece[0], once=once, button=label)
        else:
            verb_found = verb_at(piece, 0, first=True)
            if verb_found is None:
                raise _unknown_verb(piece)
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
        clause.rest, once = _without_once(_without_order(clause.rest))
        clause.once = clause.once or once
        _with_particle(clause)
        _with_purpose(clause)
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
        _refuse_if_addressed(tokens)
        return (self.ctx.step(Action.NOTE, self.all[0].start),)


_COMMENTS = frozenset({"note", "tip", "important", "warning", "caution", "reminder", "hint"})
_MENU_VERBS = frozenset({w.Verb.CLICK, w.Verb.SELECT, w.Verb.OPEN, w.Verb.USE, w.Verb.PRESS})
INTRANSITIVE_HERE = frozenset({w.Verb.STOP, w.Verb.CLOSE, w.Verb.SEARCH, w.Verb.CAPTURE, w.Verb.REVIEW})


def _is_prohibition(tokens: Tokens) -> bool:
    """ "Do not click Back": nothing is done, as nothing else than what is written ever is."""
    low = [t.low for t in tokens[:2]]
    return low == ["do", "not"] or low[:1] in (["don't"], ["never"], ["avoid"])


def _leading_aside(tokens: Tokens) -> tuple[Condition | None, Tokens]:
    """ "(Consolidated providers only) Click ...": a restriction that a person knows."""
    if tokens[0].text != "(" or tokens[0].kind is not Kind.PUNCT:
        return None, tokens
    close = closing(tokens, 0)
    inner = tokens[1:close]
    low = [t.low for t in inner]
    rest = tokens[close + 1 :]
    if low and (low[-1] == "only" or low[0] in ("if", "for", "only", "optional", "when")):
        return Condition(ConditionKind.SAID, words_of(inner)), rest
    return None, rest


def _first_verb(tokens: Tokens) -> int:
    """Index of the instruction that follows a place: after a comma or as a bare verb; else the end."""
    for i in range(2, len(tokens)):
        if tokens[i - 1].text == "," and verb_at(tokens, i, first=False):
            return i
        if tokens[i - 1].low not in w.DETERMINERS and not preposition_at(tokens, i - 1):
            if verb_at(tokens, i, first=False) and not is_joint(tokens[i - 1]):
                return i
    return len(tokens)


def _with_particle(clause: Clause) -> None:
    """ "Look X over", "turn X on": the particle at the end changes the verb."""
    if clause.rest and clause.rest[-1].kind is Kind.WORD:
        verb = w.PARTICLES.get((clause.verb.words, clause.rest[-1].low))
        if verb is not None and len(clause.rest) > 1:
            words = f"{clause.verb.words} {clause.rest[-1].low}"
            clause.verb, clause.rest = VerbAt(verb, words, clause.verb.length), clause.rest[:-1]


def _with_purpose(clause: Clause) -> None:
    """ "Use Browse to attach the file", "capture it by clicking X": the act with its control."""
    low = [t.low if t.kind is Kind.WORD else "" for t in clause.rest]
    if clause.verb.verb in (w.Verb.CLICK, w.Verb.USE, w.Verb.PRESS):
        for i in range(1, len(low) - 2):
            files = w.FILE_WORDS.intersection(low[i + 2 :])
            picks = low[i + 1] in ("pick", "choose", "select")
            verb = w.PURPOSES.get(low[i + 1]) or (w.Verb.UPLOAD if picks else None)
            verb = w.Verb.DOWNLOAD if low[i + 1] == "save" else verb
            if low[i] == "to" and verb and files:
                thing, control = clause.rest[i + 2 :], clause.rest[:i]
                using = replace(clause.rest[i], text="with", low="with")
                thing = thing[
                    : next((k + 1 for k, t in enumerate(thing) if t.low in w.FILE_WORDS), len(thing))
                ]
                clause.rest = (*thing, using, *control)
                clause.verb = VerbAt(verb, clause.verb.words, clause.verb.length)
                return
    for i in range(len(low) - 2):
        if low[i] == "by" and low[i + 1] in ("clicking", "using", "pressing", "selecting"):
            if low[i + 2] == "its":
                clause.rest = clause.rest[:i]
            elif clause.verb.verb in (w.Verb.CAPTURE, w.Verb.DOWNLOAD, w.Verb.UPLOAD, w.Verb.OPEN):
                using = replace(clause.rest[i], text="with", low="with")
                clause.rest = (*clause.rest[:i], using, *clause.rest[i + 2 :])
            return


_VERB_HINT = "use a verb such as click, enter, select, tick, read, check that, attach, wait"


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


def _without_lead_words(tokens: Tokens) -> Tokens:
    """ "Then,", "First", "Finally," and brackets at the start tell the order only."""
    while tokens and tokens[0].kind is Kind.WORD and tokens[0].low in w.SEQUENCE_WORDS:
        if (
            len(tokens) > 1
            and tokens[0].low == "next"
            and preposition_at((replace(tokens[0], text="next"), *tokens[1:]), 0)
        ):
            break
        tokens = tokens[1:]
        if tokens and tokens[0].text in (",", ":"):
            tokens = tokens[1:]
    return tokens


def _optional(tokens: Tokens) -> tuple[bool, Tokens]:
    """ "Optional: ...", "You can also ...", "You must ..."."""
    low = [t.low for t in tokens[:4]]
    if low[:1] in (["optional"], ["optionally"]):
        rest = tokens[1:]
        return True, rest[1:] if rest and rest[0].text in (":", ",") else rest
    if low[:1] == ["you"] and len(low) > 2:
        i = 2
        if low[1:3] in (["need", "to"], ["have", "to"]) or low[1:3] == ["will", "need"]:
            i = 4 if low[1:4] == ["will", "need", "to"] else 3
        elif low[1] not in ("can", "may", "should", "must", "could"):
            return False, tokens
        while i < len(tokens) and tokens[i].low in ("also", "then", "now"):
            i += 1
        rest = tokens[i:]
        if rest and verb_at(rest, 0, first=True):
            skips = rest[0].low in ("leave", "skip", "ignore")
            return low[1] in ("can", "may", "could") and not skips, rest
    return False, tokens


def _only_order(text: str) -> bool:
    """ "everything is entered", "done": tells when, and nothing that could be otherwise."""
    plain = re.sub(r"\bthe (?:\w+ ){0,2}(?=(?:is|has|have|are))", "it ", text.lower())
    return any(re.fullmatch(p, t) for p in w.DONE_PHRASES for t in (plain, text.lower()))


def _without_once(rest: Tokens) -> tuple[Tokens, bool]:
    words = [t.low for t in rest]
    for tail in (["once", "only"], ["only", "once"], ["exactly", "once"], ["once"]):
        if words[-len(tail) :] == tail and rest[-1].kind is Kind.WORD:
            return rest[: -len(tail)], True
    return rest, False


_ORDER_TAILS = (["at", "the", "end"], ["when", "done"], ["too"], ["again"], ["afterwards"], ["first"])


def _without_order(rest: Tokens) -> Tokens:
    words = [t.low for t in rest]
    for tail in _ORDER_TAILS:
        if (
            len(words) > len(tail)
            and words[-len(tail) :] == tail
            and all(not t.capital for t in rest[-len(tail) :])
        ):
            return rest[: -len(tail)]
    return rest


_FOLLOWING = re.compile(
    r"(?:enter|type|fill in|fill out|complete|provide|fill) (?:the )?(?:following|these)(?: \w+){0,3}:",
    re.IGNORECASE,
)


def _entries_header(tokens: Tokens) -> Header | None:
    return Header(entries=True) if _FOLLOWING.fullmatch(words_of(tokens)) else None


def _refuse_if_addressed(tokens: Tokens) -> None:
    """Raises when a sentence without a readable instruction still asks something of the reader."""
    words = [t.low if t.kind is Kind.WORD else "" for t in tokens]
    finite = next((i for i, x in enumerate(words) if x in w.FINITE), None)
    for i, token in enumerate(tokens):
        if words[i] in ("you", "your") and words[i] == "you":
            raise ReadingError(
                "SOP011", token.start, '"you" is told something here that can\'t be read as an instruction',
                "begin with the verb: click, enter, select ...",
            )  # fmt: skip
        if words[i] in w.DUTY:
            raise ReadingError(
                "SOP011",
                token.start,
                "who does this is not said",
                "begin with the verb: click, enter, select ...",
            )
        if i and starts_clause(tokens, i) and words[i - 1] != "or":
            raise ReadingError(
                "SOP012", tokens[0].start, f'can\'t place "{words_of(tokens[:i])}" before "{token.text}"',
                f'begin with the verb, "{token.text} ...", or make it a sentence of its own',
            )  # fmt: skip
    if finite is None or finite == 0:
        plural = len(tokens) > 2 and words[0] not in w.FIRST_WORDS and _plural_subject(words)
        if not plural:
            raise _unknown_verb(tokens)


def _plural_subject(words: list[str]) -> bool:
    """ "Matching providers show up ...": a plural noun, then a verb without s."""
    return any(
        before.endswith("s") and (after in w.FIRST_WORDS or after + "s" in w.FINITE)
        for before, after in zip(words[:4], words[1:5], strict=False)
    )


def _unknown_verb(tokens: Tokens) -> ReadingError:
    first = tokens[0]
    if first.kind is not Kind.WORD:
        return ReadingError("SOP011", first.start, "this sentence has no verb", _VERB_HINT)
    if first.low in w.VAGUE_VERBS:
        return ReadingError(
            "SOP011", first.start, f'"{first.text}" does not say what to do on the page', _VERB_HINT
        )
    known = tuple(" ".join(phrase) for phrase in w.VERBS)
    suggestions = did_you_mean(first.low, known)
    return ReadingError(
        "SOP011", first.start, f'"{first.text}" is no verb known here', _VERB_HINT, suggestions
    )
