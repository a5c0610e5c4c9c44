"""What a document form sees of the place where a sentence stands."""

from collections.abc import Callable
from dataclasses import dataclass

from authwright.core.workflow import Step
from authwright.sop.context import Context
from authwright.sop.openings import Header, Reading
from authwright.sop.structure import Item
from authwright.sop.tokens import Tokens

Steps = tuple[Step, ...]


@dataclass(slots=True)
class Scene:
    """`steps`: those read before in this section, which a form may amend; `read`: reads a part of the
    sentence by itself; `item`: where the sentence stands, its children not read yet."""

    ctx: Context
    steps: list[Step]
    item: Item
    read: Callable[[Tokens], Steps]
    last: bool = True
    """Whether it is the last sentence of its item, right over the sub-items or the table."""


@dataclass(slots=True)
class Gather(Header):
    """A condition over all that follows in its item: its steps so far are the reading's."""


@dataclass(slots=True)
class Branch(Header):
    """ "Depending on the status:": the sub-items are the cases. `subject`: what they look at."""

    subject: str = ""
    at: int = 0


Form = Callable[[Tokens, Scene], Reading | None]
