"""What a sentence of a document can be before it is an instruction of its own: the forms, in their order."""

from authwright.core.workflow import Action, SectionRole, Step
from authwright.sop.addressed import refuse_if_addressed
from authwright.sop.asides import (
    bound_said,
    chosen_row,
    closing_words,
    from_top,
    lone_button,
    once_said,
    other_cases,
    so_part,
    steps_lead,
    table_lead,
)
from authwright.sop.branches import branch_head
from authwright.sop.clauses import IF_WORDS, condition_end, verb_at
from authwright.sop.expectations import expectation
from authwright.sop.fragments_of_flow import fragment, not_sent, pieces
from authwright.sop.limits import limit_sentence
from authwright.sop.mappings import mapping
from authwright.sop.messages import message
from authwright.sop.numbered import next_fields
from authwright.sop.openings import Reading
from authwright.sop.other_sops import other_sop
from authwright.sop.repeats import repeat_steps
from authwright.sop.retries import ends_with_retry, retry
from authwright.sop.scene import Form, Scene
from authwright.sop.settling import state_condition
from authwright.sop.several_rows import latest_row, several_rows
from authwright.sop.short_forms import (
    asked_of_reader,
    by_age,
    confirmed,
    doubtful,
    filtered,
    forbidden,
    may_show,
    nameless_button,
    not_so,
    skipped,
    taken_over,
    with_expectation,
)
from authwright.sop.tokens import Kind, Tokens, words_of
from authwright.sop.wording import plain_wording

Steps = tuple[Step, ...]


def _other_sop(tokens: Tokens, scene: Scene) -> Reading | None:
    step = other_sop(tokens, scene.ctx)
    return Reading((step,)) if step else None


def fragment_form(tokens: Tokens, scene: Scene) -> Reading | None:
    step = fragment(tokens, scene.ctx)
    return Reading((step,)) if step else None


def _before_retry(tokens: Tokens, scene: Scene) -> Reading | None:
    """ "Set Received to X and try once more": the act, then the search again."""
    at = ends_with_retry(tokens)
    if at is None or tokens[0].low in IF_WORDS:
        return None
    end = at
    while end and tokens[end - 1].low in (",", "and", "then", "&"):
        end -= 1
    return Reading((*scene.read(tokens[:end]), *scene.read(tokens[at:]))) if end else None


def _with_reason(tokens: Tokens, scene: Scene) -> Reading | None:
    """ "It can take a while, so wait until the list appears": the reason informs, the rest is done."""
    parts = so_part(tokens)
    if parts is None or parts[0][0].low in IF_WORDS or verb_at(parts[0], 0, first=True):
        return None
    refuse_if_addressed(parts[0])
    return Reading(scene.read(parts[1]))


def _conditional(tokens: Tokens, scene: Scene) -> Reading | None:
    """ "If there is no result, try once more with ...": a form of the document under a condition."""
    tokens = plain_wording(tokens) if tokens[0].low == "in" else tokens  # "in the event that"
    if tokens[0].low not in IF_WORDS or (end := condition_end(tokens, 0)) is None:
        return None
    rest = tokens[end[1] :]
    if not rest:
        return None
    ctx = scene.ctx
    body: Steps
    if ctx.role is SectionRole.IF_INTERRUPTED and (found := _finding(tokens, scene)):
        end, stop = found
        body = (stop,)
    else:
        inner = next((r for form in UNDER_IF if (r := form(rest, scene)) is not None), None)
        if inner is None or inner.header:
            return None
        body = inner.steps
    condition = state_condition(tokens[1 : end[0]], tokens[0].low, ctx, tokens[0].start)
    if condition is None:
        return None
    return Reading((ctx.step(Action.CONDITION, tokens[0].start, condition=condition, body=body),))


def _short_list(tokens: Tokens, scene: Scene) -> Reading | None:
    """ "Screenshot; outcome "not required"; stop.": each part by itself."""
    parts = pieces(tokens, scene.ctx)
    return Reading(tuple(s for part in parts for s in scene.read(part))) if parts else None


_JOINTS = frozenset({",", ";", ":", "and", "so", "then", "you", "-"})


def _finding(tokens: Tokens, scene: Scene) -> tuple[tuple[int, int], Step] | None:
    """Where in 'If it shows "None", nothing was sent, and ...' the condition ends, and the finding."""
    for i, token in enumerate(tokens):
        if i and (token.text == ";" or token.low == "if") and token.kind is not Kind.QUOTED:
            return None  # another case begins
        cut = token.text in (",", ":") and token.kind is Kind.PUNCT and i + 1 < len(tokens)
        if cut and (stop := _found_not_sent(tokens[i + 1 :], scene)) is not None:
            return (i, i + 1), stop
    return None


def _found_not_sent(rest: Tokens, scene: Scene) -> Step | None:
    """ "..., it was not sent: begin again at X": the finding; what follows it may only be a jump."""
    ends = [k for k, t in enumerate(rest) if t.low in _JOINTS and t.kind is not Kind.QUOTED]
    for i in (*ends, len(rest)):
        if not i or not not_sent(words_of(rest[:i])):
            continue
        more = rest[i:]
        while more and more[0].low in _JOINTS:
            more = more[1:]
        if more and not all(s.action in _BACK for s in scene.read(more)):
            return None
        return scene.ctx.step(Action.STOP, rest[0].start, outcome="not-sent")
    return None


_BACK = frozenset({Action.GO_TO, Action.SIGN_IN, Action.USE, Action.NOTE})
# What may stand behind a condition, too.
UNDER_IF: tuple[Form, ...] = (retry, _before_retry, _other_sop)
# What a sentence can be before it is an instruction of its own; the first form that knows it reads it.
FORMS: tuple[Form, ...] = (
    doubtful, forbidden, _short_list, skipped, not_so, asked_of_reader, by_age, may_show, filtered, confirmed,
    taken_over, nameless_button, with_expectation,
    table_lead, steps_lead, from_top, closing_words, once_said, bound_said, chosen_row, lone_button,
    other_cases,
    latest_row, _other_sop,
    several_rows, next_fields, repeat_steps, retry, branch_head, message, limit_sentence, expectation,
    mapping,
     _conditional, _before_retry, _with_reason,
)  # fmt: skip
