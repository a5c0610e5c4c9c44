"""An act and the condition that stands behind it: "click X if ...", "... unless ...", "... until ..."."""

import re
from dataclasses import replace

from authwright.core.workflow import Action, ConditionKind, Step
from authwright.sop.actions import clause_steps
from authwright.sop.bounds import MOST_ROUNDS
from authwright.sop.clauses import Clause
from authwright.sop.cutting import once_only
from authwright.sop.errors import two_readings
from authwright.sop.openings import Openings
from authwright.sop.operands import scan_operand
from authwright.sop.playback import told
from authwright.sop.settling import refuse_rest, refuse_unseen, state_condition
from authwright.sop.tokens import Kind, Token, Tokens, words_of
from authwright.sop.verbs import Verb

Steps = tuple[Step, ...]


class Behind(Openings):
    """The part of a sentence's reading that looks at what stands behind an act."""

    def _clause(self, piece: Tokens, tokens: Tokens, begin: int, *, alone: bool, joined: str) -> Steps:
        raise NotImplementedError

    def _acts(self, clause: Clause, piece: Tokens, *, last: bool, alone: bool) -> Steps:
        steps: Steps
        if not clause.suffix or clause.verb.verb in (Verb.WAIT, Verb.LOOK):
            return once_only(clause, clause_steps(clause, self.ctx))
        if (second := _second_case(clause.suffix)) is not None:
            verb = piece[: clause.verb.length]
            other = (*verb, *clause.suffix[second:])
            clause.suffix = clause.suffix[: second - 1]
            if "".join(t.low for t in clause.suffix[-1:]) == ",":
                clause.suffix = clause.suffix[:-1]
            first = self._acts(clause, piece, last=last, alone=alone)
            opposite = next((i for i, t in enumerate(other) if t.text in ("if", "when")), None)
            if opposite and _ONLY_NOT.fullmatch(words_of(other[opposite + 1 :])) and len(first) == 1:
                second_acts = self._clause(other[:opposite], other[:opposite], 0, alone=alone, joined="")
                return (told(replace(first[0], otherwise=second_acts)),)
            return (*first, *self._clause(other, other, 0, alone=alone, joined=""))
        word = clause.suffix[0].low
        words = clause.suffix[1:]
        if word == "as":
            words = clause.suffix[3:]
        if word == "until" and words and words[0].low == "it" and (label := _label_of(clause)):
            words = (label, *words[1:])
        condition = state_condition(words, word, self.ctx, self.all[0].start)
        if asks_a_person(piece) and condition and condition.kind is ConditionKind.SAID:
            clause.rest = (*clause.rest, *clause.suffix)  # for the person to decide
            return once_only(clause, clause_steps(clause, self.ctx))
        refuse_rest(condition, words)
        steps = once_only(clause, clause_steps(clause, self.ctx))
        if condition is None:
            return steps
        asked = condition.subject or ""
        if condition.kind is ConditionKind.ASKS_FOR and asked != "it" and _elsewhere(steps, asked):
            raise two_readings(
                clause.suffix[0].start, f'this goes into its own field, or into "{condition.subject}"',
                'name the field: "enter A in LABEL"', f'enter it in "{condition.subject}"',
            )  # fmt: skip
        sequence = any(t.low == "then" and t.kind is Kind.WORD for t in clause.rest)
        if sequence and word == "when" and _COMES_UP.fullmatch(words_of(words)):
            return steps  # "..., then OK when the question pops up": it comes next in any case
        if len(steps) > 1 and word == "if" and _last_apart(clause.rest):
            return (*steps[:-1], *self._under(condition, steps[-1:]))
        if (sequence or (len(steps) > 1 and _last_apart(clause.rest))) and word not in (
            "once",
            "after",
            "as",
        ):
            raise two_readings(
                clause.suffix[0].start, "the condition governs only the last of these, or all",
                "the condition at the beginning for all", "the last one in a sentence of its own",
            )  # fmt: skip
        if word in ("once", "after", "as"):
            refuse_unseen(condition, clause.suffix)
            return (self.ctx.step(Action.WAIT, clause.suffix[0].start, condition=condition), *steps)
        if word == "until":
            at = piece[0].start
            return (self.ctx.step(Action.REPEAT, at, condition=condition, body=steps, limit=MOST_ROUNDS),)
        if not alone and (last or word not in ("if", "when")):
            whole = words_of(clause.suffix)
            raise two_readings(
                clause.suffix[0].start,
                f'"{whole}" governs only the last act, or all of this sentence',
                f'"{whole[:1].upper()}{whole[1:]}, ..." at the beginning for all',
                "the last act in a sentence of its own",
            )
        return self._under(condition, steps)


_COMES_UP = re.compile(
    r"(?:the|a|an) (?:[\w' -]+ )?(?:pops up|appears|comes up|opens|shows up|displays|is (?:shown|displayed))",
    re.IGNORECASE,
)
_ONLY_NOT = re.compile(
    r"(?:it|they|this|that|he|she|you)? ?(?:is|are|has|have|does|do|did|was|were)?(?:n't| ?not)",
    re.IGNORECASE,
)


def _second_case(suffix: Tokens) -> int | None:
    """ "(Click Yes) if it was verified and No if it was not": where the other label begins."""
    for i in range(2, len(suffix) - 2):
        end = i
        while end < len(suffix) and (suffix[end].capital or suffix[end].kind is Kind.QUOTED):
            end += 1
        joined = suffix[i - 1].text in ("and", "or", ",", ";") and end > i
        if joined and end < len(suffix) - 1 and suffix[end].text in ("if", "when"):
            return i
    return None


def _elsewhere(steps: Steps, asked: str) -> bool:
    """ "Enter the provider number when you are asked for a password": another thing than is asked for."""
    filled = [s for s in steps if s.action is Action.FILL and s.value and s.value.ref]
    return any(str(s.target).lower() not in asked.lower() for s in filled)


def _label_of(clause: Clause) -> Token | None:
    """ "Click Load More until it disappears": what "it" is, as a label in quotation marks."""
    found = scan_operand(clause.rest, 0) if clause.rest else None
    if found is None or not found[0].is_label:
        return None
    text = found[0].text
    return replace(clause.rest[0], kind=Kind.QUOTED, text=text, low=text.lower())


def _last_apart(rest: Tokens) -> bool:
    """ "..., and a Supervising Provider too": set off by its comma."""
    low = [t.low for t in rest]
    return low.count(",") == 1 and low[low.index(",") + 1 : low.index(",") + 2] == ["and"]


def asks_a_person(tokens: Tokens) -> bool:
    """ "Ask a person to ...": all that follows is what the person is asked."""
    low = [t.low for t in tokens[:5]]
    who = low[1:2] == ["a"] and low[2:3] in (["person"], ["colleague"], ["supervisor"])
    who = who or low[1:2] in (["somebody"], ["someone"])
    return low[:1] in (["ask"], ["tell"]) and who and "to" in low[2:]
