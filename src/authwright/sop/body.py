"""The items of a section to steps: each sentence by the document's forms, then as a sentence of its own."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from authwright.core.workflow import Action, Condition, Position, Prefer, SectionRole, Step
from authwright.sop.amend import amend_all
from authwright.sop.asides import (
    begun_again,
    bounded,
    marked_once,
    without_bound,
    without_so,
)
from authwright.sop.branches import case_condition, case_of, chained, is_other
from authwright.sop.clauses import IF_WORDS
from authwright.sop.context import Context
from authwright.sop.doubts import refuse_arrow, refuse_unread_wait, refuse_without_occasion
from authwright.sop.endings import asked_with, branch_ended, ended, idle
from authwright.sop.errors import ReadingError
from authwright.sop.formats import with_format, without_format
from authwright.sop.forms import FORMS, fragment_form
from authwright.sop.fragments_of_flow import apart, fragment, pieces
from authwright.sop.jumps import Marks, plain_title, refuse_step_as_label
from authwright.sop.limits import with_limit, without_limits
from authwright.sop.mappings import Pair, mapped, pair_of, ready_for_mapping
from authwright.sop.openings import Header, Reading, repeat
from authwright.sop.scene import Branch, Gather, Scene
from authwright.sop.sentences import append_steps, read_sentence
from authwright.sop.several_rows import give_preference, refuse_waiting
from authwright.sop.short_forms import (
    shown_as,
)
from authwright.sop.structure import Item
from authwright.sop.table_steps import TableReader
from authwright.sop.third_person import to_reader
from authwright.sop.tokens import Tokens, sentences, tokenise, words_of

Steps = tuple[Step, ...]
T = TypeVar("T")
Report = Callable[[Position, str, str, str, tuple[str, ...]], None]


_TAG = re.compile(
    r"</?(?:p|div|br|b|i|u|ul|ol|li|table|tr|td|th|span|a|strong|em|h[1-6]|html|body|script|font|img)\b[^>]*>",
    re.IGNORECASE,
)
_LONGEST, _DEEPEST = 300, 12  # words of a sentence, conditions within conditions


def _depth(steps: Steps) -> int:
    return max((1 + _depth((*s.body, *s.otherwise)) for s in steps), default=0)


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
        waits: Item | None = None  # where a row was spoken of that no step has opened yet
        for item in items:
            count += item.listed or not numbered
            begin = len(steps)
            told = self.told
            inner = self._item(item, steps)
            waits = (waits or item) if self.prefer else None
            if self.role is SectionRole.OTHERWISE and self.told == told:
                self._occasion(item, tuple(steps[begin:]))
            self._mark(item, (own and item.mark) or str(count), begin, len(steps), inner)
        if waits:
            self._guard(lambda: refuse_waiting(self.prefer, 0), self._context(waits, steps, 0))
        if self.role is not SectionRole.OTHERWISE:
            steps = list(amend_all(steps, idle))
        return tuple(ended(amend_all(steps, branch_ended)))

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
            reader = TableReader(
                self._scene(item, ctx, steps), self._part, self._case_step, lambda act: self._guard(act, ctx)
            )
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
        body = asked_with(body, condition.words)
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
        refuse_arrow(tokens)
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
        if (reading := fragment_form(tokens, scene)) is not None:
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
        elif header.until:
            until, limit = header.until, header.limit
            self._guard(lambda: steps.append(repeat(ctx, 0, until, body, limit)), ctx)
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
