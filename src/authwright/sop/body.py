"""The items of a section to steps: each sentence by the document's forms, then as a sentence of its own."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from authwright.core.workflow import Action, Condition, Position, Prefer, SectionRole, Step
from authwright.sop.addressed import refuse_if_addressed
from authwright.sop.amend import amend_all
from authwright.sop.asides import (
    begun_again,
    bound_said,
    bounded,
    chosen_row,
    closing_words,
    from_top,
    lone_button,
    marked_once,
    once_said,
    other_cases,
    so_part,
    steps_lead,
    table_lead,
    without_bound,
    without_so,
)
from authwright.sop.branches import branch_head, case_condition, case_of, chained, is_other
from authwright.sop.clauses import IF_WORDS, condition_end, verb_at
from authwright.sop.context import Context
from authwright.sop.doubts import refuse_unread_wait, refuse_without_occasion
from authwright.sop.errors import ReadingError
from authwright.sop.expectations import expectation
from authwright.sop.formats import with_format, without_format
from authwright.sop.fragments_of_flow import apart, fragment, not_sent, pieces
from authwright.sop.jumps import Marks, plain_title, refuse_step_as_label
from authwright.sop.limits import limit_sentence, with_limit, without_limits
from authwright.sop.mappings import Pair, mapped, mapping, pair_of, ready_for_mapping
from authwright.sop.messages import message
from authwright.sop.numbered import next_fields
from authwright.sop.openings import Header, Reading
from authwright.sop.other_sops import other_sop
from authwright.sop.repeats import repeat_steps
from authwright.sop.retries import ends_with_retry, retry
from authwright.sop.scene import Branch, Form, Gather, Scene
from authwright.sop.sentences import append_steps, read_sentence
from authwright.sop.settling import state_condition
from authwright.sop.several_rows import give_preference, latest_row, refuse_waiting, several_rows
from authwright.sop.short_forms import (
    asked_of_reader,
    by_age,
    confirmed,
    doubtful,
    filtered,
    may_show,
    nameless_button,
    not_so,
    shown_as,
    skipped,
    taken_over,
    with_expectation,
)
from authwright.sop.structure import Item
from authwright.sop.table_steps import TableReader
from authwright.sop.third_person import to_reader
from authwright.sop.tokens import Kind, Tokens, sentences, tokenise, words_of
from authwright.sop.wording import plain_wording

Steps = tuple[Step, ...]
T = TypeVar("T")
Report = Callable[[Position, str, str, str, tuple[str, ...]], None]


def _other_sop(tokens: Tokens, scene: Scene) -> Reading | None:
    step = other_sop(tokens, scene.ctx)
    return Reading((step,)) if step else None


def _fragment(tokens: Tokens, scene: Scene) -> Reading | None:
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


_TAG = re.compile(
    r"</?(?:p|div|br|b|i|u|ul|ol|li|table|tr|td|th|span|a|strong|em|h[1-6]|html|body|script|font|img)\b[^>]*>",
    re.IGNORECASE,
)
_LONGEST, _DEEPEST = 300, 12  # words of a sentence, conditions within conditions


def _depth(steps: Steps) -> int:
    return max((1 + _depth((*s.body, *s.otherwise)) for s in steps), default=0)


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
    doubtful, skipped, not_so, asked_of_reader, by_age, may_show, filtered, confirmed, taken_over,
    nameless_button, with_expectation,
    table_lead, steps_lead, from_top, closing_words, once_said, bound_said, chosen_row, lone_button,
    other_cases,
    latest_row, _other_sop,
    several_rows, next_fields, repeat_steps, retry, branch_head, message, limit_sentence, expectation,
    mapping,
     _conditional, _before_retry, _with_reason,
)  # fmt: skip


@dataclass(slots=True)
class Body:
    """Reads the items of one section."""

    role: SectionRole
    title: str
    titles: tuple[str, ...]
    tell: Report
    marks: Marks = field(default_factory=Marks)
    reads: set[str] = field(default_factory=set)
    prefer: list[Prefer] = field(default_factory=list)
    starts: dict[str, int] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    told: int = 0
    """How many errors were told."""

    def section(self, items: list[Item]) -> Steps:
        self.names = frozenset(plain_title(i.source.text) for i in items)
        steps: list[Step] = []
        numbered = any(i.listed for i in items)
        written = [i.mark for i in items if i.listed]
        own = len(set(written)) == len(written)  # "1." on every line is Markdown's own numbering
        count = 0
        for item in items:
            count += item.listed or not numbered
            begin = len(steps)
            told = self.told
            inner = self._item(item, steps)
            if self.role is SectionRole.OTHERWISE and self.told == told:
                self._occasion(item, tuple(steps[begin:]))
            self._mark(item, (own and item.mark) or str(count), begin, len(steps), inner)
        if items and self.prefer:
            self._guard(lambda: refuse_waiting(self.prefer, 0), self._context(items[-1], steps, 0))
        return tuple(_ended(amend_all(steps, _branch_ended)))

    def _occasion(self, item: Item, steps: Steps) -> None:
        self._guard(lambda: refuse_without_occasion(steps, item), self._context(item, list(steps), 0))

    def _mark(self, item: Item, mark: str, begin: int, end: int, inner: dict[str, int | None]) -> None:
        place = begin + 1 if end > begin else None
        self.marks.add(mark, place)
        if (name := plain_title(item.source.text)) != mark:
            self.marks.add(name, place)
        for own, index in inner.items():
            for full in {f"{mark}{own}", f"{mark}.{own}"} if "." not in own else {own}:
                self.marks.add(full, index)
            if not item.listed:
                self.marks.add(own, index)
        self.starts[mark] = begin

    def _context(self, item: Item, steps: list[Step], begin: int) -> Context:
        last = steps[-1] if steps and steps[-1].action is Action.FILL else None
        return Context(
            item.source, self.role, self.reads, last_fill=last, titles=self.titles, section=self.title,
            step_names=self.names, prefer=self.prefer, starts=self.starts, item_start=begin,
        )  # fmt: skip

    def _item(self, item: Item, steps: list[Step]) -> dict[str, int | None]:
        """Append the item's steps. Returns where its sub-items begin, by their own numbers."""
        ctx = self._context(item, steps, len(steps))
        inner: dict[str, int | None] = {}
        if tag := _TAG.search(item.source.text):
            self._tell_at(ctx, tag.start(), "SOP012", "this is HTML, which is not read", "write plain text")
            return inner
        tokens = self._guard(lambda: tokenise(item.source.text), ctx)
        if tokens is None:
            return inner
        parts = sentences(tokens)
        self._sentences(parts, item, ctx, steps, inner)
        if item.rows:
            reader = TableReader(self._scene(item, ctx, steps), self._part, self._case_step)
            self._guard(lambda: reader.read(item.rows, ctx), ctx)
            steps.extend(ctx.after_table)
        return inner

    def _sentences(
        self, parts: list[Tokens], item: Item, ctx: Context, steps: list[Step], inner: dict[str, int | None]
    ) -> None:
        header: Header | None = None
        for index, tokens in enumerate(parts):
            rest = parts[index + 1 :]
            reading = self._reading(tokens, item, ctx, steps, last=not rest)
            if reading is None:
                continue
            if begun_again(reading.steps, steps):
                reading = Reading((ctx.step(Action.NOTE, tokens[0].start),))
            if gather := self._gather(reading, rest):
                body = list(gather[1])
                own, others = self._governed(rest, item)
                alone = Item(item.source, item.listed) if others else item
                self._sentences(own, alone, ctx, body, {})
                self._close(gather[0], tuple(body), ctx, steps, tokens)
                if others:
                    ctx.bound = None
                    self._sentences(others, item, ctx, steps, inner)
                return
            self._guard(lambda r=reading, t=tokens: self._add(r, steps, t), ctx)  # type: ignore[misc]
            if reading.header and rest and not item.rows:
                self._tell_at(
                    ctx, tokens[-1].start, "SOP012", "sub-steps are expected after this", "end the step here"
                )
            header = reading.header
        self._sub_items(item, header, ctx, steps, inner)

    def _gather(self, reading: Reading, rest: list[Tokens]) -> tuple[Condition, Steps] | None:
        """The condition over the rest of its item: a message's, and any in "When something else happens"."""
        if isinstance(reading.header, Gather) and reading.header.condition:
            return reading.header.condition, reading.steps
        first = reading.steps[0] if len(reading.steps) == 1 else None
        handler = self.role is SectionRole.OTHERWISE and not reading.otherwise and not reading.header
        if (
            handler
            and first is not None
            and first.condition
            and first.action is Action.CONDITION
            and not first.otherwise
        ):
            return first.condition, first.body
        return None

    def _governed(self, rest: list[Tokens], item: Item) -> tuple[list[Tokens], list[Tokens]]:
        """What belongs to a condition: in a paragraph over several cases, up to the next "If"."""
        if self.role is not SectionRole.OTHERWISE or item.listed:
            return rest, []
        cut = next((i for i, tokens in enumerate(rest) if tokens[0].low in IF_WORDS), len(rest))
        return rest[:cut], rest[cut:]

    def _close(
        self, condition: Condition, body: Steps, ctx: Context, steps: list[Step], tokens: Tokens
    ) -> None:
        if not body:
            self._tell_at(
                ctx, tokens[-1].start, "SOP016", "what to do here is not said", "write it behind the message"
            )
            return
        ctx.words = words_of(tokens)
        step = ctx.step(Action.CONDITION, tokens[0].start, condition=condition, body=body)
        steps.append(bounded(step, ctx.bound))

    def _reading(
        self, tokens: Tokens, item: Item, ctx: Context, steps: list[Step], *, last: bool
    ) -> Reading | None:
        scene = self._scene(item, ctx, steps)
        scene.last = last
        return self._guard(lambda: self._read(tokens, scene), ctx, tokens)

    def _read(self, tokens: Tokens, scene: Scene) -> Reading:
        ctx = scene.ctx
        if len(tokens) > _LONGEST:
            raise ReadingError("SOP012", tokens[0].start, "this sentence is too long", "write several")
        ctx.it, ctx.words = None, words_of(tokens)
        last = scene.steps[-1] if scene.steps else None
        ctx.last_fill = last if last is not None and last.action is Action.FILL else None
        tokens = without_so(shown_as(to_reader(tokens)))
        if self.role is SectionRole.OTHERWISE:
            tokens, bound = without_bound(tokens)
            ctx.bound = bound or ctx.bound
        for form in FORMS:
            if (reading := form(tokens, scene)) is not None:
                return reading
        bare, limit = without_limits(marked_once(tokens))
        bare, written = without_format(bare)
        reading = read_sentence(bare, ctx)
        if _depth(reading.steps) > _DEEPEST:
            raise ReadingError(
                "SOP012", tokens[0].start, "too many conditions in one sentence", "write several"
            )
        refuse_step_as_label(reading.steps, bare)
        refuse_unread_wait(reading.steps, tokens[0].start)
        given = list(reading.steps)
        give_preference(given, self.prefer)
        given = with_format(given, written, tokens[0].start)
        reading.steps = tuple(given) if limit is None else with_limit(tuple(given), limit, tokens[0].start)
        return reading

    def _scene(self, item: Item, ctx: Context, steps: list[Step]) -> Scene:
        return Scene(ctx, steps, item, lambda tokens: self._part(tokens, item, ctx, steps))

    def _part(self, tokens: Tokens, item: Item, ctx: Context, steps: list[Step]) -> Steps:
        """A part of a sentence by itself, such as what follows a message. Raises ReadingError."""
        scene = self._scene(item, ctx, steps)
        if (reading := _fragment(tokens, scene)) is not None:
            return reading.steps
        if (listed := pieces(tokens, scene.ctx)) is not None:
            return tuple(step for piece in listed for step in self._part(piece, item, ctx, steps))
        first, between, last = apart(tokens, scene.ctx)
        if between and (first or last):
            inner = self._part(between, item, ctx, steps)
            return (*((first,) if first else ()), *inner, *((last,) if last else ()))
        reading = self._read(tokens, scene)
        if reading.header or reading.otherwise:
            raise ReadingError(
                "SOP012", tokens[0].start, "sub-steps are not expected here", "write a step of its own"
            )
        return reading.steps

    def _add(self, reading: Reading, steps: list[Step], tokens: Tokens) -> None:
        if not reading.otherwise:
            append_steps(steps, reading.steps)
            return
        _otherwise(steps, reading.steps, tokens[0].start)

    def _sub_items(
        self, item: Item, header: Header | None, ctx: Context, steps: list[Step], inner: dict[str, int | None]
    ) -> None:
        if not item.children:
            if header and not item.rows:
                at = len(item.source.text) - 1
                self._tell_at(
                    ctx, at, "SOP016", "what to do here is not said", "indent the sub-steps below it"
                )
            return
        if isinstance(header, Branch):
            self._guard(lambda: steps.extend(self._branch(header, item, ctx)), ctx)
            return
        if header is None and (pairs := self._pairs(item, steps)) is not None:
            step = steps.pop()
            self._guard(lambda: steps.append(mapped(step, pairs, ctx, 0)), ctx)
            return
        target = steps if header is None or header.entries else []
        for child in item.children:
            begin = len(target)
            self._item(child, target)
            if child.mark:
                inner[child.mark] = begin + 1 if target is steps and len(target) > begin else None
        body = tuple(target)
        if header is None or header.entries:
            return
        if header.otherwise:
            self._guard(lambda: _otherwise(steps, body, 0), ctx)
        elif header.each:
            steps.append(ctx.step(Action.REPEAT, 0, each=header.each, body=body))
        else:
            steps.append(ctx.step(Action.CONDITION, 0, condition=header.condition, body=body))

    def _pairs(self, item: Item, steps: list[Step]) -> list[Pair] | None:
        """The sub-items of a choosing step as a mapping; None when one of them is an instruction."""
        if ready_for_mapping(steps) is None:
            return None
        pairs: list[Pair] = []
        for child in item.children:
            try:
                case = case_of(tokenise(child.source.text), children=False)
                if case is None or child.children:
                    return None
                pairs.append(pair_of(words_of(case.key), words_of(case.rest), ":", 0))
            except ReadingError as error:
                self.tell(child.source.position(0), error.code, error.message, error.hint, error.suggestions)
                return []
        return pairs

    def _branch(self, header: Branch, item: Item, ctx: Context) -> Steps:
        cases: list[tuple[Condition | None, Steps, Position]] = []
        for child in item.children:
            tokens = self._guard(lambda c=child: tokenise(c.source.text), ctx) or ()  # type: ignore[misc]
            case = case_of(tokens, children=bool(child.children))
            if case is None:
                continue
            own = self._context(child, [], 0)
            own.words = words_of(tokens)
            condition = None
            if not is_other(case.key):
                condition = self._guard(lambda k=case.key, o=own: case_condition(header.subject, k, o), own)  # type: ignore[misc]
                if condition is None:
                    continue
            cases.append((condition, self._case_body(case.rest, child, own), child.source.position(0)))
        return self._chain(cases, header, item, ctx)

    def _case_body(self, rest: Tokens, child: Item, own: Context) -> Steps:
        body: list[Step] = []
        parts = sentences(rest)
        if len(parts) == 1 and (step := fragment(parts[0], own)) is not None and not child.children:
            return (step,)
        self._sentences(parts, child, own, body, {})
        return tuple(body)

    def _chain(
        self, cases: list[tuple[Condition | None, Steps, Position]], header: Branch, item: Item, ctx: Context
    ) -> Steps:
        ctx.words = words_of(tokenise(item.source.text)) if item.source.text else ctx.words
        return chained(cases, header.subject, ctx, header.at)

    def _case_step(
        self, subject: str, key: Tokens, rest: Tokens, item: Item, own: Context
    ) -> tuple[Condition | None, Steps]:
        """One row of a table of cases."""
        condition = None if is_other(key) else case_condition(subject, key, own)
        return condition, self._case_body(rest, Item(own.source, listed=True), own)

    # Errors

    def _guard(self, act: Callable[[], T], ctx: Context, tokens: Tokens = ()) -> T | None:
        """What `act` gives; None when it can't read, which is told."""
        try:
            return act()
        except ReadingError as error:
            self.told += 1
            self.tell(ctx.position(error.at), error.code, error.message, error.hint, error.suggestions)
        except RecursionError:
            self._tell_at(ctx, tokens[0].start if tokens else 0, "SOP012", "this sentence is too long", "")
        return None

    def _tell_at(self, ctx: Context, at: int, code: str, message: str, hint: str) -> None:
        self.told += 1
        self.tell(ctx.position(at), code, message, hint, ())


def _otherwise(steps: list[Step], new: Steps, at: int) -> None:
    """What to do when the condition just before does not hold."""
    last = next((i for i in range(len(steps) - 1, -1, -1) if steps[i].action is not Action.NOTE), None)
    if last is None or steps[last].action is not Action.CONDITION:
        raise ReadingError("SOP014", at, "otherwise than what?", 'put it right after an "if" step')
    steps[last] = replace(steps[last], otherwise=(*steps[last].otherwise, *new))


_ENDS = frozenset({Action.STOP, Action.GO_TO, Action.HUMAN, Action.USE})


def _branch_ended(step: Step) -> Step:
    """Whoever hands a case over in one case of several does not go on with it."""
    if step.action is not Action.CONDITION:
        return step
    return replace(step, body=_handed_over(step.body), otherwise=_handed_over(step.otherwise))


def _handed_over(body: Steps) -> Steps:
    handing = [s for s in body if s.action is Action.ASSIGN and s.queue]
    body = _ended(body)
    last = next((s for s in reversed(body) if s.action is not Action.NOTE), None)
    if not handing or last is None or last.action in _ENDS:
        return body
    return (*body, replace(handing[-1], action=Action.STOP, queue=None, in_words="The run ends here"))


def _ended(steps: Steps) -> Steps:
    """ "Stop with outcome X and pass it to Y", "stop and ask a person": both happen, whatever their order
    on the page."""
    out = list(steps)
    for i in range(len(out) - 1):
        if (
            out[i].action is Action.STOP
            and out[i + 1].action in (Action.ASSIGN, Action.HUMAN)
            and _same_sentence(out[i], out[i + 1])
        ):
            out[i], out[i + 1] = out[i + 1], out[i]
    return tuple(out)


def _same_sentence(a: Step, b: Step) -> bool:
    return a.words == b.words and a.position.line == b.position.line
