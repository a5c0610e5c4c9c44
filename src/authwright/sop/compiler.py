"""An SOP's text to a workflow: sections, their items, sentences; every error, not only the first."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from authwright.core.data_table import DataName
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
from authwright.sop.asides import instruction_in
from authwright.sop.body import Body
from authwright.sop.data_words import with_names
from authwright.sop.elements import of_elements
from authwright.sop.front_matter import read_front_matter
from authwright.sop.jumps import Marks, plain_title, resolve
from authwright.sop.structure import SectionText, read_structure
from authwright.sop.text import plain_lines


def compile_sop(
    text: str, file: str, names: Iterable[DataName] = ()
) -> tuple[Workflow | None, list[Diagnostic]]:
    """Read an SOP. The workflow holds what could be read; with an error it must not be run.

    None when there is nothing to read. `file` is the name used in the diagnostics; `names` are names of
    data that the practice added to the table. Never raises.
    """
    with with_names(names):
        return _compiled(text, file)


def _compiled(text: str, file: str) -> tuple[Workflow | None, list[Diagnostic]]:
    lines = plain_lines(text)
    if not text.strip():
        return None, [Diagnostic(file, 1, 1, "SOP007", "the file is empty", "write front matter and steps")]
    front = read_front_matter(lines, file)
    texts = read_structure(lines, front.end)
    reader = _Reader(file, titles_of(texts), found=list(front.diagnostics))
    title = next((s.title for s in texts if s.level == 1), "")
    sections = reader.sections(texts)
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
    held = [*step.condition.values, *step.condition.without] if step.condition else []
    return [*held, step.value] if step.value else held


def titles_of(texts: list[SectionText]) -> tuple[str, ...]:
    """The sections that a jump can name: all but what stands before the work."""
    return tuple(
        t.title for t in texts
        if t.title and t.items and (t.level > 1 or any(i.listed for i in t.items))
        and w.SECTION_TITLES.get(plain_title(t.title)) not in (SectionRole.BEFORE, SectionRole.OTHERWISE)
    )  # fmt: skip


@dataclass(slots=True)
class _Reader:
    file: str
    titles: tuple[str, ...] = ()
    marks: dict[str, Marks] = field(default_factory=dict)
    found: list[Diagnostic] = field(default_factory=list)

    def report(
        self, at: Position, code: str, message: str, hint: str = "", suggestions: tuple[str, ...] = ()
    ) -> None:
        self.found.append(Diagnostic(self.file, at.line, at.column, code, message, hint, suggestions))

    def sections(self, texts: list[SectionText]) -> tuple[Section, ...]:
        read = [s for s in map(self.section, texts) if s is not None]
        return resolve(
            read, self.marks, lambda step, code, m, hint: self.report(step.position, code, m, hint)
        )

    def section(self, text: SectionText) -> Section | None:
        if text.level <= 1 and not any(i.listed for i in text.items):
            return self._preamble(text)
        if not text.items:
            return None
        role = self._role(text)
        if role is SectionRole.BEFORE:
            return self._preamble(text)
        body = Body(role, text.title, self.titles, self.report)
        steps = of_elements(body.section(text.items))
        self.marks[text.title] = body.marks
        return Section(text.title, role, text.position, steps)

    def _role(self, text: SectionText) -> SectionRole:
        title = plain_title(text.title)
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
            if (act := instruction_in(item.source.text)) is not None:
                self.report(
                    item.source.position(act[0]),
                    "SOP019",
                    f'"{act[1]}" stands where nothing is carried out',
                    "move it under a ## heading",
                )
            steps.append(Step(Action.NOTE, at, words, f"Nothing is done: {words}"))
        return Section(text.title, SectionRole.BEFORE, text.position, tuple(steps)) if steps else None


def _distance_ok(title: str, known: str) -> bool:
    """Near enough to be a slip of the pen: the same words but for a letter or two."""
    from difflib import SequenceMatcher

    return SequenceMatcher(None, title, known).ratio() >= 0.85
