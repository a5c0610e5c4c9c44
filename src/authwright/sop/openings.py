"""How a sentence begins before its act: conditions, questions, order, "for each", reasons."""

import re
from dataclasses import dataclass, replace

from authwright.core.diagnostics import did_you_mean
from authwright.core.workflow import Action, Condition, ConditionKind, SectionRole, Step, Value
from authwright.sop import verbs
from authwright.sop import words as w
from authwright.sop.addressed import VERB_HINT, refuse_if_addressed
from authwright.sop.bounds import MOST_ROUNDS, split_bound
from authwright.sop.circumstances import beside_each, circumstance, lead_end, only_tells, record_in
from authwright.sop.clauses import (
    AFTER_WORDS,
    IF_WORDS,
    condition_end,
    is_joint,
    verb_at,
)
from authwright.sop.conditions import read_condition
from authwright.sop.context import Context
from authwright.sop.data_words import list_of
from authwright.sop.endings import asked_with
from authwright.sop.errors import ReadingError
from authwright.sop.fragments_of_flow import not_sent
from authwright.sop.leads import only_order, split_otherwise
from authwright.sop.operands import scan_operand
from authwright.sop.playback import told
from authwright.sop.questions import question_end, stated
from authwright.sop.settling import only_name, page_came, refuse_unseen, settle, state_condition
from authwright.sop.tokens import Kind, Tokens, words_of
from authwright.sop.wording import tells_nothing_to_do

Steps = tuple[Step, ...]


@dataclass(slots=True)
class Header:
    """What stands over the sub-steps of an item: a condition, a for-each, an until, or nothing."""

    condition: Condition | None = None
    each: str | None = None
    otherwise: bool = False
    until: Condition | None = None
    limit: int | None = None
    entries: bool = False
    """ "Enter the following:": each sub-item is a label with its value."""


@dataclass(slots=True)
class Reading:
    steps: Steps = ()
    header: Header | None = None
    otherwise: bool = False
    """The steps are what to do when the condition before them does not hold."""


_REPEATED = frozenset({"this", "the", "these", "following", "step", "steps", "below"})


def until_after(tokens: Tokens) -> int | None:
    """Where "until" stands in "repeat until ...", "repeat the following steps until ..."."""
    at = next((i for i, t in enumerate(tokens) if i and t.low not in _REPEATED), len(tokens))
    return at if at < len(tokens) and tokens[at].low == "until" else None


def repeat(ctx: Context, at: int, until: Condition, body: Steps, limit: int | None) -> Step:
    """The loop. Raises ReadingError for what is sent once."""
    if any(step.once for step in body):
        raise ReadingError(
            "SOP014", at, "what is sent once can't be repeated", "take it out of what is repeated"
        )
    return ctx.step(Action.REPEAT, at, condition=until, body=body, limit=limit or MOST_ROUNDS)


def nothing_to_repeat(at: int) -> ReadingError:
    return ReadingError("SOP012", at, "what to repeat is not said", 'write "Repeat until ...: click ..."')


def bound_first(tokens: Tokens) -> tuple[int | None, Tokens]:
    """ "at most 5 times: click Next": the bound, and what stands behind it."""
    colon = next((i for i, t in enumerate(tokens) if t.text == ":"), len(tokens))
    left, limit = split_bound(words_of(tokens[:colon]))
    return (limit, tokens[colon + 1 :]) if limit and not left else (None, tokens)


def bound_last(tokens: Tokens) -> tuple[Tokens, int | None]:
    """ "the page says X, at most 5 times": what is before the bound, and the bound."""
    left, limit = split_bound(words_of(tokens))
    shorter = (i for i in range(len(tokens) + 1) if words_of(tokens[:i]) == left)
    return tokens[: next(shorter, len(tokens))], limit


class Openings:
    """The part of a sentence's reading that looks at its first words; `_read` reads what is left."""

    def __init__(self, tokens: Tokens, ctx: Context) -> None:
        self.all, self.ctx = tokens, ctx
        self.before: list[Step] = []

    def _read(self, tokens: Tokens) -> "Reading":
        raise NotImplementedError

    def _clauses(self, tokens: Tokens) -> "Steps | Header":
        raise NotImplementedError

    def _prefixed(self, tokens: Tokens) -> Reading | None:
        low = tokens[0].low
        if (asked := question_end(tokens)) is not None:
            return self._question(tokens[:asked], tokens[asked + 1 :])
        if tokens[0].kind is not Kind.WORD:
            return None
        if low == "for" and len(tokens) > 1 and tokens[1].low in w.EVERY:
            return self._for_each(tokens)
        if low in ("otherwise", "else") or (low == "if" and len(tokens) > 1 and tokens[1].low == "not"):
            return self._otherwise(tokens)
        if low == "only" and len(tokens) > 1 and tokens[1].low in IF_WORDS:
            return self._if(tokens[1:])
        if low in IF_WORDS or low == "while":
            return self._if(tokens)
        if low == "repeat" and (at := until_after(tokens)):
            return self._repeat_until(tokens, at)
        end = lead_end(tokens)
        named = low == "for" and end is not None and any(t.capital for t in tokens[1 : end[0]])
        if end is not None and not named and tells_nothing_to_do(words_of(tokens[: end[0]])):
            if end[1] >= len(tokens):
                raise ReadingError("SOP012", tokens[0].start, "what to do is not said", "end with an act")
            self.ctx.pass_over(tokens[: end[0]])
            self.ctx.it = self.ctx.it or record_in(tokens[: end[0]])
            return self._read(tokens[end[1] :])
        if low in AFTER_WORDS or low == "as":
            return self._after(tokens)
        if (each := beside_each(tokens)) is not None:
            return self._for_each(each)
        if end is not None and (found := circumstance(low, tokens[1 : end[0]])):
            settle(found, self.ctx)
            reading = self._read(tokens[end[1] :])
            return Reading(self._under(found, reading.steps), reading.header)
        return None

    def _question(self, asked: Tokens, rest: Tokens) -> Reading:
        """ "Is it urgent? Tick Urgent.": the answer yes is the condition."""
        condition = read_condition(stated(asked))
        settle(condition, self.ctx)
        rest, otherwise = split_otherwise(rest)
        reading = self._read(rest)
        if reading.header or reading.otherwise or only_tells(reading.steps, rest):
            raise ReadingError(
                "SOP012", rest[0].start, "what to do in this case is not said", 'write "if ..."'
            )
        steps = self._under(condition, reading.steps)
        return Reading(self._with_else(steps, otherwise))

    def _with_else(self, steps: Steps, otherwise: Tokens) -> Steps:
        if not otherwise:
            return steps
        self.ctx.instead = self.ctx.chosen_in
        other = self._read(otherwise).steps
        self.ctx.instead = None
        return (told(replace(steps[0], otherwise=other)),)

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
            self.ctx.pass_over(words)
            return self._read(rest)
        if outcome := self._not_sent(rest):
            return Reading(self._under(condition, (outcome,)))
        rest, otherwise = split_otherwise(rest)
        reading = self._read(rest)
        if reading.header:
            raise ReadingError("SOP012", rest[0].start, "one condition at a time over sub-steps", "nest them")
        if only_tells(reading.steps, rest):
            raise ReadingError(
                "SOP012", rest[0].start, "what to do in this case is not said", 'write "if ..., click ..."'
            )
        steps = self._under(condition, reading.steps)
        return Reading(self._with_else(steps, otherwise))

    def _repeat_until(self, tokens: Tokens, at: int) -> Reading:
        """ "Repeat until X: do Y", or with Y as sub-steps; `at` is where "until" stands."""
        end = condition_end(tokens, at)
        if end is None and tokens[-1].text != ":":
            raise ReadingError(
                "SOP012",
                tokens[at].start,
                "what to repeat is not said",
                'write "Repeat until ...: click ..."',
            )
        said, most = bound_last(tokens[at + 1 : end[0] if end else len(tokens) - 1])
        condition = read_condition(said)
        refuse_unseen(condition, said)
        settle(condition, self.ctx)
        limit, rest = bound_first(tokens[end[1] :] if end else ())
        limit = limit or most
        if not rest:
            return Reading(header=Header(until=condition, limit=limit))
        reading = self._read(rest)
        if reading.header or reading.otherwise or only_tells(reading.steps, rest):
            raise nothing_to_repeat(rest[0].start)
        return Reading((repeat(self.ctx, tokens[0].start, condition, reading.steps, limit),))

    def _after(self, tokens: Tokens) -> Reading:
        """ "Once X, do Y": waits for X when the page can show it; "after all is entered" is order only."""
        word = tokens[0].low
        end = condition_end(tokens, 0)
        skip = 1
        if word == "as":
            skip = 3
        if (
            end is None
            and word == "after"
            and not any(verb_at(tokens, i, first=False) for i in range(1, len(tokens)))
        ):
            return Reading(self._no_verb(tokens))
        if end is None or word in ("before", "until"):
            hint = f'end with an instruction: "{tokens[0].text} ..., click ..."'
            if end is not None:
                hint = "put this step where it belongs in the order instead"
            raise ReadingError("SOP012", tokens[0].start, f'can\'t place "{word}" here', hint)
        words, rest = tokens[skip : end[0]], tokens[end[1] :]
        if only_order(words_of(words)):
            self.ctx.pass_over(words)
            return self._read(rest)
        if words and words[0].low.endswith("ing") and word == "after" and not words[0].low.endswith("thing"):
            before = self._gerund(words)
            reading = self._read(rest)
            return Reading((*before, *reading.steps), reading.header)
        if only_order(words_of(words)):
            return self._read(rest)
        condition = read_condition(words)
        if condition.kind is ConditionKind.SAID and page_came(words_of(words)):
            self.ctx.pass_over(words)
            return self._read(rest)
        refuse_unseen(condition, tokens)
        settle(condition, self.ctx)
        wait = self.ctx.step(Action.WAIT, tokens[0].start, condition=condition)
        reading = self._read(rest)
        return Reading((wait, *reading.steps), reading.header)

    def _gerund(self, words: Tokens) -> Steps:
        """ "After logging on to X": the act itself."""
        first = words[0]
        if stem := verbs.GERUNDS.get(first.low):
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
        elif each in _NAMED_BY:
            self.ctx.it = Value(ref=_NAMED_BY[each], words=f"the {operand.text}")
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
        body = asked_with(body, condition.words)
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

    def _no_verb(self, tokens: Tokens) -> Steps:
        """A note if nobody is told to do anything; else an error. What a look-up finds is no note."""
        if self.ctx.role is SectionRole.IF_INTERRUPTED and not_sent(words_of(tokens)):
            return (self.ctx.step(Action.STOP, tokens[0].start, outcome="not-sent"),)
        refuse_if_addressed(tokens)
        self.ctx.it = self.ctx.it or only_name(words_of(tokens))
        return (self.ctx.step(Action.NOTE, self.all[0].start),)


def replace_otherwise(reading: Reading) -> Reading:
    reading.otherwise = True
    return reading


# What an element of a list is known by where it is shown.
_NAMED_BY = {
    "documents": "documents[].title",
    "service_lines": "service_lines[].code",
    "diagnoses": "diagnoses[].code",
}
