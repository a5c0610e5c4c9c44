"""The account of an SOP: sentence by sentence what was understood, ready for a terminal or a page.

Nothing of the author's is left out: a sentence that only informs says so, one that could not be read
carries its findings.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from authwright.core.diagnostics import Diagnostic, Severity
from authwright.core.workflow import Action, Section, SectionRole, Step, Workflow
from authwright.sop.checks.sending import looks_like_sending
from authwright.sop.naming import Example, Naming, data_name, no_example
from authwright.sop.playback import Teller, target

BEGINNING = "At the beginning"
ROLE_WORDS = {
    SectionRole.BEFORE: "for people only, nothing of it is done",
    SectionRole.SIGN_IN: "signing in",
    SectionRole.TASK: "the work",
    SectionRole.IF_INTERRUPTED: "only if a run broke off while sending: looks whether it was sent",
    SectionRole.OTHERWISE: "watched for at every step",
}


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing that is done. `depth` counts the conditions and loops of its own sentence around it."""

    text: str
    action: Action
    depth: int = 0
    mark: bool = False


@dataclass(slots=True)
class Row:
    """A sentence of the author, what it was taken for, and what is wrong with it."""

    line: int
    words: str
    depth: int
    meanings: list[Meaning] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Part:
    """A section; one without a title of its own, such as what stands under the SOP's, has a plain one."""

    title: str
    role: SectionRole
    line: int
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Mark:
    """A step that is sent to the payer."""

    line: int
    words: str


@dataclass(frozen=True, slots=True)
class Account:
    """`facts`: its id, purpose, portal, date. `unsaid`: what looks as if it sent, without "once".
    `findings` are about the file as a whole or stand before its first section."""

    title: str
    facts: tuple[str, ...]
    parts: tuple[Part, ...]
    marks: tuple[Mark, ...]
    unsaid: tuple[Mark, ...]
    used: tuple[str, ...]
    needs: tuple[str, ...]
    meaning: str
    findings: tuple[Diagnostic, ...] = ()
    unread: int = 0
    """How many errors there are: what could not be read is not among the meanings."""


def account_of(
    workflow: Workflow,
    lines: Sequence[str] = (),
    diagnostics: Iterable[Diagnostic] = (),
    example: Example = no_example,
) -> Account:
    """`lines` are the SOP's own, line 1 first; `example` says what a value is in one case."""
    untitled = ("", workflow.title)
    titled = (replace(s, title=BEGINNING) if s.title in untitled else s for s in workflow.sections)
    parts = tuple(_part(section, lines, example) for section in titled)
    found = list(diagnostics)
    loose = tuple(d for d in found if not _placed(d, parts, lines))
    for part in parts:
        part.rows.sort(key=lambda row: row.line)  # stable: a line's sentences stay in their order
    steps = [step for section in workflow.sections for step in _every(section.steps)]
    return Account(
        title=workflow.title or workflow.id,
        facts=tuple(_facts(workflow)),
        parts=parts,
        marks=tuple(Mark(s.position.line, _act(s)) for s in steps if s.once),
        unsaid=tuple(Mark(s.position.line, _act(s)) for s in steps if not s.once and looks_like_sending(s)),
        used=tuple(dict.fromkeys(str(s.target) for s in steps if s.action is Action.USE)),
        needs=tuple(data_name(path) for path in workflow.data_used),
        meaning=workflow.meaning_hash,
        findings=loose,
        unread=sum(d.severity is Severity.ERROR for d in found),
    )


def _facts(workflow: Workflow) -> Iterator[str]:
    yield workflow.id
    yield f"purpose {workflow.purpose}"
    yield f"portal {workflow.portal or 'not named'}"
    if workflow.effective:
        yield f"in effect from {workflow.effective}"
    if workflow.draft:
        yield "a draft, to be rehearsed before its first use"


def _every(steps: Iterable[Step]) -> Iterator[Step]:
    for step in steps:
        yield step
        yield from _every((*step.body, *step.otherwise))


def _act(step: Step) -> str:
    return target(step) if step.target else step.words


def _part(section: Section, lines: Sequence[str], example: Example) -> Part:
    teller = _Rows(Teller(Naming(example), _places(section)), lines)
    teller.add(section.steps, 0)
    return Part(section.title, section.role, section.position.line, teller.rows)


def _places(section: Section) -> Mapping[str, str]:
    """Where a jump to a step of this section leads, by the author's own line and words."""
    return {
        f"step {number}": f'line {step.position.line} ("{_short(step.words)}")'
        for number, step in enumerate(section.steps, 1)
    }


def _short(words: str) -> str:
    return words if len(words) <= 50 else words[:48].rsplit(" ", 1)[0] + " ..."


@dataclass(slots=True)
class _Rows:
    """Steps gathered under the sentences that they come from."""

    teller: Teller
    lines: Sequence[str]
    rows: list[Row] = field(default_factory=list)
    last: int = 0

    def add(self, steps: Sequence[Step], depth: int) -> None:
        for step in steps:
            self._tell(step, depth, self.teller.say(replace(step, once=False)), mark=step.once)
            self.add(step.body, depth + 1)
            if step.otherwise:
                self._otherwise(step, depth)

    def _otherwise(self, step: Step, depth: int, *, chained: bool = False) -> None:
        """What is done when a condition doesn't hold; one that is a condition again is told as a chain."""
        acts = [s for s in step.otherwise if s.action is not Action.NOTE]
        if len(acts) == len(step.otherwise) == 1 and acts[0].action is Action.CONDITION:
            (inner,) = acts
            said = self.teller.say(inner)
            self._tell(inner, depth, f"Otherwise, {said[0].lower()}{said[1:]}", mark=False)
            self.add(inner.body, depth + 1)
            if inner.otherwise:
                self._otherwise(inner, depth, chained=True)
            return
        condition = self.teller.naming.condition(step.condition) if step.condition else "that"
        text = "In all other cases" if chained else f"Otherwise, that is not if {condition}"
        header = replace(step.otherwise[0], action=Action.CONDITION, once=False)
        self._tell(header, depth, text, mark=False)
        self.add(step.otherwise, depth + 1)

    def _tell(self, step: Step, depth: int, text: str, *, mark: bool) -> None:
        row = self._row(step, depth)
        row.meanings.append(Meaning(text, step.action, max(depth - row.depth, 0), mark))

    def _row(self, step: Step, depth: int) -> Row:
        line, words = step.position.line, " ".join(step.words.split())
        if not self.rows or self.rows[-1].words != words or self._begins_anew(line, words):
            self.rows.append(Row(line, words, depth))
        self.last = line
        return self.rows[-1]

    def _begins_anew(self, line: int, words: str) -> bool:
        """Whether the same sentence stands a second time here, rather than going on over two lines."""
        if line == self.last or not 0 < line <= len(self.lines):
            return False
        start = " ".join(words.split()[:3])
        return start in " ".join(self.lines[line - 1].split())


_LIST_MARK = re.compile(r"^(?:\d{1,3}[.)]|[-*+]) ")


def _placed(found: Diagnostic, parts: Sequence[Part], lines: Sequence[str]) -> bool:
    """Put a finding to the sentence that it is about, or to a row of its own; False when outside of all."""
    part = next((p for p in reversed(parts) if p.line <= found.line), None)
    if part is None or not found.line:
        return False
    rows = [row for row in part.rows if row.line == found.line]
    if not rows:
        source = lines[found.line - 1] if found.line <= len(lines) else ""
        indent = min((len(source) - len(source.lstrip())) // 2, 4)
        rows = [Row(found.line, _LIST_MARK.sub("", " ".join(source.split()), count=1), indent)]
        part.rows.append(rows[0])
    rows[-1].findings.append(found)
    return True
