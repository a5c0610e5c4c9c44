"""What is done to the case rather than on the page: its outcome, whose worklist it goes to, what is kept on it."""

import re
from dataclasses import replace

from authwright.core.workflow import Action, Step, Value
from authwright.sop import verbs
from authwright.sop import words as w
from authwright.sop.clauses import Clause
from authwright.sop.context import Context
from authwright.sop.data_words import snake
from authwright.sop.errors import ReadingError
from authwright.sop.operands import scan_operand
from authwright.sop.readings import read
from authwright.sop.tokens import Kind, Tokens, words_of
from authwright.sop.verbs import Verb

Steps = list[Step]

_CASE = r"(?:(?:the|this|that|our) (?:case|order|file|matter|account))"
_IT = rf"(?:{_CASE}|it|this|that|this one|them|the request|the claim|the denial)"
_REASON = r"(?:,? (?:because|since|so that|so|as|who|which|for them|,)\b.*)?"
_MARK = re.compile(
    rf"(?:{_CASE}|it|this)? ?(?:as |to |with the outcome |with outcome )?(?P<outcome>.+)", re.IGNORECASE
)
_TO = re.compile(
    rf"(?:{_IT} )?(?:over |on |off |back |up )?(?:to|with) (?:the )?(?P<queue>.+?)(?:'s)?(?: to (?:handle|deal with it))?{_REASON}",
    re.IGNORECASE,
)
_ON_LIST = re.compile(
    rf"(?:{_IT} )(?:on|in|into|onto) (?:the )?(?:(?P<a>.+?) (?:work ?list|work ?queue|queue)"
    r"|(?:work ?list|work ?queue|queue) (?:of|for) (?:the )?(?P<b>.+))",
    re.IGNORECASE,
)
_KEPT = re.compile(
    r"(?:on|in|to|onto|into|down on|for|with) (?:the|this) case(?: file| record)?", re.IGNORECASE
)

# Verbs that hand a case over; those that may mean a control need "the case" or "it" after them.
HANDING = frozenset(
    {"hand", "hand over", "hand off", "hand it over", "pass", "pass on", "pass along", "refer", "forward", "route",
     "assign", "transfer", "escalate", "turn over"}
)  # fmt: skip
_MAYBE_HANDING = frozenset({"give", "send", "put", "add", "move", "send on", "put in"})


def case_act(clause: Clause, ctx: Context) -> Steps | None:
    """The steps of a clause about the case; None when it is about the page."""
    verb, words = clause.verb.words, words_of(clause.rest)
    if verb in HANDING or verb in _MAYBE_HANDING:
        return _handed(clause, ctx, words)
    if verb == "mark" or verb in ("set", "change"):
        return _outcome(clause, ctx, words)
    if clause.verb.verb in (Verb.READ, Verb.KEEP) or verb in _SAVING:
        return _kept(clause, ctx)
    return None


_SAVING = frozenset({"put", "put down", "add", "write", "enter", "copy", "save", "store"})


def _handed(clause: Clause, ctx: Context, words: str) -> Steps | None:
    found = _ON_LIST.fullmatch(words) or _TO.fullmatch(words)
    sure = clause.verb.words in HANDING
    if found is None:
        if sure:
            raise ReadingError(
                "SOP016",
                clause.start.end,
                "to whom is not said",
                'write "hand the case over to the appeals desk"',
            )
        return None
    if not sure and not re.match(rf"{_CASE}\b|(?:it|this|them)\b", words, re.IGNORECASE):
        return None
    if not sure and found.re is _TO and not _is_people(found["queue"]):
        return None
    queue = found["a"] or found["b"] if found.re is _ON_LIST else found["queue"]
    return [ctx.step(Action.ASSIGN, clause.start.start, queue=_bare(queue))]


_PEOPLE = re.compile(
    r"(?:.+ )?(?:team|desk|department|supervisor|manager|office|group|unit|staff|lead|nurse|clinic|billing|billers?|"
    r"colleagues?|pharmacist|physician|doctor|advisor|specialist|coordinator|help desk|people|front desk|intake)s?",
    re.IGNORECASE,
)


def _is_people(words: str) -> bool:
    return _PEOPLE.fullmatch(_bare(words)) is not None


def people_named(words: str) -> str | None:
    """ "the billing team", "IT help desk": whose worklist; None when the words name nobody."""
    found = re.fullmatch(r"(?:(?:back )?to |for )?(?:the )?(?P<who>[\w/& -]+)", words, re.IGNORECASE)
    first = found["who"].split()[0].lower() if found and found["who"].split() else ""
    if (
        found is None
        or first in verbs.FIRST_WORDS | {"", "else", "or", "otherwise", "if", "and", "then"}
        or len(found["who"].split()) > 5
    ):
        return None
    return _bare(found["who"]) if _is_people(found["who"]) else None


def _bare(words: str) -> str:
    return re.sub(r"^(?:the|our|your) ", "", words.strip(' "'), flags=re.IGNORECASE).strip(' "')


def _outcome(clause: Clause, ctx: Context, words: str) -> Steps | None:
    """ "Mark the case denied", "set the case to pended". "Mark" alone ticks a box."""
    about_case = re.match(rf"{_CASE}\b", words, re.IGNORECASE)
    word_alone = clause.verb.words == "mark" and (
        (len(clause.rest) == 1 and clause.rest[0].low in _OUTCOME_WORDS)
        or re.match(r"(?:it|this|the request|the claim) as ", words, re.IGNORECASE)
    )
    found = _MARK.fullmatch(words)
    if not (about_case or word_alone) or found is None:
        return None
    outcome = re.sub(r"^(?:the request|the claim) as ", "", found["outcome"], flags=re.IGNORECASE)
    if about_case and not outcome.strip():
        raise ReadingError("SOP016", clause.start.end, "as what is not said", 'write "mark the case denied"')
    if '"' not in outcome and (len(outcome.split()) > _LONGEST_OUTCOME or " and " in outcome):
        raise ReadingError(
            "SOP012", clause.start.start, f'"{_bare(outcome)}" is more than an outcome',
            "put the outcome in quotation marks, and what else is done in a sentence of its own",
        )  # fmt: skip
    return [ctx.step(Action.ASSIGN, clause.start.start, outcome=_bare(outcome))]


_LONGEST_OUTCOME = 6  # words

_OUTCOME_WORDS = w.words_set(
    "denied approved pended closed done withdrawn cancelled expired ineligible eligible"
)


def _kept(clause: Clause, ctx: Context) -> Steps | None:
    rest, on_case = _without_case(clause.rest)
    keeping = clause.verb.verb is Verb.KEEP
    if not (on_case or keeping):
        return None
    if keeping and (not rest or rest[0].low.endswith("ing")):
        raise ReadingError(
            "SOP016", clause.start.end, "what to keep is not said", 'write "keep the number as NAME"'
        )
    as_name, rest = _named(rest) if clause.verb.verb is not Verb.READ else ("", rest)
    if _is_it(rest):
        names = ctx.last_reads
        if not names:
            raise ReadingError(
                "SOP014", clause.start.end, "what to keep was not read in this sentence", "name what is kept"
            )
        return [_keep(name, as_name or name, clause, ctx) for name in names]
    if not keeping and clause.verb.verb is not Verb.READ and not on_case:
        return None
    known = _already_read(rest, ctx)
    if known:
        return [_keep(name, as_name or name, clause, ctx) for name in known]
    steps = read(replace(clause, rest=rest), ctx)
    names = tuple(s.save_as for s in steps if s.action is Action.READ and s.save_as)
    kept = [_keep(name, as_name or name, clause, ctx) for name in names]
    return [*steps, *kept]


def _without_case(tokens: Tokens) -> tuple[Tokens, bool]:
    """Without "on the case", wherever it stands."""
    if all(t.low != "case" for t in tokens):
        return tokens, False
    for i in range(len(tokens)):
        for length in (4, 3):
            run = tokens[i : i + length]
            if (
                len(run) == length
                and all(t.kind is Kind.WORD for t in run)
                and _KEPT.fullmatch(words_of(run))
            ):
                return (*tokens[:i], *tokens[i + length :]), True
    return tokens, False


def _named(tokens: Tokens) -> tuple[str, Tokens]:
    """ "... as the old number": under which name."""
    for i in range(len(tokens) - 1, 0, -1):
        if tokens[i].text == "as":
            found = scan_operand(tokens, i + 1) if i + 1 < len(tokens) else None
            if found and found[0].text and found[1] == len(tokens):
                return snake(found[0].text), tokens[:i]
    return "", tokens


def _is_it(tokens: Tokens) -> bool:
    low = [t.low for t in tokens]
    return low in (
        ["it"],
        ["them"],
        ["both"],
        ["that"],
        ["all", "of", "them"],
        ["both", "of", "them"],
        ["this"],
    )


def _already_read(tokens: Tokens, ctx: Context) -> tuple[str, ...]:
    name = snake(words_of(tokens)) if tokens else ""
    return (name,) if name in ctx.reads else ()


def _keep(name: str, as_name: str, clause: Clause, ctx: Context) -> Step:
    value = Value(ref=name, words=f"the {name.replace('_', ' ')}", read=True)
    return ctx.step(Action.KEEP, clause.start.start, value=value, save_as=as_name)
