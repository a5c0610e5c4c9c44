"""What earlier words have settled: what "it" means, which section a label stands under, what was read."""

from dataclasses import dataclass, field

from authwright.core.workflow import Action, Position, Prefer, SectionRole, Step, Value
from authwright.sop.operands import Operand
from authwright.sop.playback import told
from authwright.sop.text import SourceText
from authwright.sop.tokens import Tokens


@dataclass(slots=True)
class Context:
    """`it`: the last value that was named in this sentence. `row`: a row was found by a condition.
    `place`: "Under X, ..."; `loose`: its preposition when X is not called a section, so that it may be
    the field itself. `label`: "X: ...". `reads`: names read so far in this section."""

    source: SourceText
    role: SectionRole
    reads: set[str] = field(default_factory=set)
    it: Value | None = None
    row: bool = False
    place: str | None = None
    loose: str = ""
    label: Operand | None = None
    menu: tuple[str, ...] = ()
    asked_for: str = ""
    last_fill: Step | None = None
    inside: str = ""
    """ "In the X menu, ...": what is clicked first is an entry of it; the menu may be open already."""
    in_menu: bool = False
    """The sentence began in a menu: what is chosen next is an entry of it."""
    in_row: Value | None = None
    """ "In the row with X, ..." and "find the row with X, ...": what that row holds."""
    at_row: bool = False
    """ "... in that row": the one that the condition around it found."""
    listed: bool = False
    """ "From the list, ...": what is chosen is one of the things shown there."""
    chosen_in: Operand | None = None
    instead: Operand | None = None
    """In "..., otherwise select No": the field in which the other option was chosen."""
    each: str | None = None
    over: list[tuple[int, int]] = field(default_factory=list)
    """Offsets of what was passed over on purpose: reasons, order, descriptions, what a page then does."""
    titles: tuple[str, ...] = ()
    """The sections that a jump may name, in order; `section` is the present one, `step_names` its steps'."""
    section: str = ""
    step_names: frozenset[str] = frozenset()
    last_reads: tuple[str, ...] = ()
    bound: int | None = None
    """How often the present item of "When something else happens" may be done."""
    after_table: list[Step] = field(default_factory=list)
    """What is done when the table below this sentence is filled in."""
    prefer: list[Prefer] = field(default_factory=list)
    """Which of several rows is meant, told before the row is opened."""
    starts: dict[str, int] = field(default_factory=dict)
    """Where the steps of the section's items begin, by their numbers; `item_start`: those of this one."""
    item_start: int = 0
    words: str = ""
    """The sentence as written, for the record of each step."""

    def pass_over(self, tokens: Tokens) -> None:
        if tokens:
            self.over.append((tokens[0].start, tokens[-1].end))

    def position(self, at: int) -> Position:
        return self.source.position(at)

    def step(self, action: Action, at: int, **fields: object) -> Step:
        """A step of this sentence, said back in words."""
        return told(Step(action, self.position(at), self.words, "", **fields))  # type: ignore[arg-type]
