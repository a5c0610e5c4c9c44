"""An SOP's text to a workflow: sections, their items, sentences; every error, not only the first."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from authwright.core.diagnostics import Diagnostic, did_you_mean, has_errors, in_order
from authwright.core.workflow import (
    Action,
    Position,
    Section,
    SectionRole,
    Step,
    Value,
    Workflow,
    meaning_hash,
)
from authwright.sop import words as w
from authwright.sop.context import Context
from authwright.sop.errors import ReadingError
from authwright.sop.front_matter import read_front_matter
from authwright.sop.playback import told
from authwright.sop.sentences import Header, Reading, append_steps, read_sentence
from authwright.sop.structure import Item, SectionText, read_structure
from authwright.sop.text import plain_lines
from authwright.sop.tokens import Tokens, sentences, tokenise


def compile_sop(text: str, file: str) -> tuple[Workflow | None, list[Diagnostic]]:
    """Read an SOP. The workflow holds what could be read; with an error it must not be run.

    None when there is nothing to read. `file` is the name used in the diagnostics. Never raises.
    """
    lines = plain_lines(text)
    if not text.strip():
        return None, [Diagnostic(file, 1, 1, "SOP007", "the file is empty", "write front matter and steps")]
    front = read_front_matter(lines, file)
    reader = _Reader(file, list(front.diagnostics))
    texts = read_structure(lines, front.end)
    title = next((s.title for s in texts if s.level == 1), "")
    sections = tuple(s for s in map(reader.section, texts) if s is not None)
    if not any(s.steps for s in sections if s.role is not SectionRole.BEFORE) and not has_errors(
        reader.found
    ):
        reader.report(
            Position(front.end + 1, 1),
            "SOP008",
            "the SOP has no steps",
            "write numbered steps under ## headings",
        )
    workflow = Workflow(
        id=front.id,
        title=title,
        purpose=front.purpose,
        portal=front.portal,
        sections=sections,
        effective=front.effective,
        approved=front.approved,
        draft=front.draft,
        source_hash=hashlib.sha256("\n".join(lines).encode()).hexdigest(),
        data_used=tuple(sorted(set(_data_used(s for section in sections for s in section.steps)))),
    )
    return replace(workflow, meaning_hash=meaning_hash(workflow)), in_order(reader.found)


def _data_used(steps: Iterable[Step]) -> Iterator[str]:
    for step in steps:
        for value in _values(step):
            if value.ref and not value.read:
                yield value.ref
        for condition in (step.condition, *(step.condition.all_of if step.condition else ())):
            if condition and condition.subject and condition.kind.startswith("case."):
                yield condition.subject
        yield from _data_used(step.body)
        yield from _data_used(step.otherwise)


def _values(step: Step) -> list[Value]:
    held = list(step.condition.values) if step.condition else []
    return [*held, step.value] if step.value else held


@dataclass(slots=True)
class _Reader:
    file: str
    found: list[Diagnostic] = field(default_factory=list)

    def report(
        self, at: Position, code: str, message: str, hint: str = "", suggestions: tuple[str, ...] = ()
    ) -> None:
        self.found.append(Diagnostic(self.file, at.line, at.column, code, message, hint, suggestions))

    def section(self, text: SectionText) -> Section | None:
        if text.level <= 1 and not any(i.listed for i in text.items):
            return self._preamble(text)
        if not text.items:
            return None
        role = self._role(text)
        if role is SectionRole.BEFORE:
            return self._preamble(text)
        reads: set[str] = set()
        steps = self._items(text.items, role, reads)
        return Section(text.title, role, text.position, tuple(steps))

    def _role(self, text: SectionText) -> SectionRole:
        title = " ".join(text.title.lower().strip(" .:").split())
        if title in w.SECTION_TITLES:
            return w.SECTION_TITLES[title]
        near = did_you_mean(title, [t for t in w.SECTION_TITLES if len(t) > 9], limit=1)
        if near and _distance_ok(title, near[0]):
            self.report(
                text.position, "SOP009", f'"{text.title}" is not a section known here, but looks like one',
                "spell it as shown, or choose a title that is clearly your own", near,
            )  # fmt: skip
        return SectionRole.TASK

    def _preamble(self, text: SectionText) -> Section | None:
        """Prose before the first section: for the reader; instructions in it would never be carried out."""
        steps: list[Step] = []
        for item in text.items:
            at = item.source.position(0)
            words = " ".join(item.source.text.split())
            first = words.split(" ")[0].lower().strip(",.:") if words else ""
            if first in _UI_VERBS:
                self.report(
                    at,
                    "SOP019",
                    f'"{first}" stands where nothing is carried out',
                    "move it under a ## heading",
                )
            steps.append(Step(Action.NOTE, at, words, f"Nothing is done: {words}"))
        return Section(text.title, SectionRole.BEFORE, text.position, tuple(steps)) if steps else None

    def _items(
        self, items: list[Item], role: SectionRole, reads: set[str], *, nested: bool = False
    ) -> list[Step]:
        steps: list[Step] = []
        starts: list[int] = []
        for item in items:
            starts.append(len(steps) + 1)
            last = steps[-1] if steps and steps[-1].action is Action.FILL else None
            self._item(item, Context(item.source, role, reads, last_fill=last), steps)
        return steps if nested else [self._with_jump(step, starts) for step in steps]

    def _with_jump(self, step: Step, starts: list[int]) -> Step:
        """GO_TO "step N" names the Nth item; the workflow counts the section's steps."""
        body = tuple(self._with_jump(s, starts) for s in step.body)
        otherwise = tuple(self._with_jump(s, starts) for s in step.otherwise)
        if step.action is Action.GO_TO and isinstance(step.target, str):
            number = int(step.target.split(" ")[1])
            if not 0 < number <= len(starts):
                self.report(
                    step.position, "SOP014", f"this section has no step {number}", "count its numbered steps"
                )
                return step
            step = told(replace(step, target=f"step {starts[number - 1]}"))
        return replace(step, body=body, otherwise=otherwise)

    def _item(self, item: Item, ctx: Context, steps: list[Step]) -> None:
        """Append the item's steps; `Otherwise` goes to the condition before it."""
        try:
            all_tokens = tokenise(item.source.text)
        except ReadingError as error:
            self._report_reading(error, ctx)
            return
        header: Header | None = None
        parts = sentences(all_tokens)
        for index, tokens in enumerate(parts):
            try:
                reading = read_sentence(tokens, ctx)
                self._add(reading, steps, ctx, tokens)
            except ReadingError as error:
                self._report_reading(error, ctx)
                continue
            except RecursionError:
                self._report_reading(
                    ReadingError("SOP012", tokens[0].start, "this sentence is too long"), ctx
                )
                continue
            if reading.header and index < len(parts) - 1:
                self.report(
                    ctx.position(tokens[-1].start),
                    "SOP012",
                    "sub-steps are expected after this",
                    "end the step here",
                )
            header = reading.header
        self._sub_items(item, header, ctx, steps)

    def _add(self, reading: Reading, steps: list[Step], ctx: Context, tokens: Tokens) -> None:
        if not reading.otherwise:
            append_steps(steps, reading.steps)
            return
        if not steps or steps[-1].action is not Action.CONDITION:
            raise ReadingError(
                "SOP014", tokens[0].start, "otherwise than what?", 'put it right after an "if" step'
            )
        steps[-1] = replace(steps[-1], otherwise=(*steps[-1].otherwise, *reading.steps))

    def _sub_items(self, item: Item, header: Header | None, ctx: Context, steps: list[Step]) -> None:
        if not item.children:
            if header:
                at = ctx.position(len(item.source.text) - 1)
                self.report(at, "SOP016", "what to do here is not said", "indent the sub-steps below it")
            return
        body = tuple(self._items(item.children, ctx.role, ctx.reads, nested=True))
        if header is None or header.entries:
            steps += body
        elif header.otherwise:
            if steps and steps[-1].action is Action.CONDITION:
                steps[-1] = replace(steps[-1], otherwise=(*steps[-1].otherwise, *body))
            else:
                self.report(
                    ctx.position(0), "SOP014", "otherwise than what?", 'put it right after an "if" step'
                )
        elif header.each:
            steps.append(ctx.step(Action.REPEAT, 0, each=header.each, body=body))
        else:
            steps.append(ctx.step(Action.CONDITION, 0, condition=header.condition, body=body))

    def _report_reading(self, error: ReadingError, ctx: Context) -> None:
        self.report(ctx.position(error.at), error.code, error.message, error.hint, error.suggestions)


_UI_VERBS = frozenset(
    {"click", "enter", "type", "select", "press", "tick", "upload", "attach", "submit", "choose"}
)


def _distance_ok(title: str, known: str) -> bool:
    """Near enough to be a slip of the pen: the same words but for a letter or two."""
    from difflib import SequenceMatcher

    return SequenceMatcher(None, title, known).ratio() >= 0.85
