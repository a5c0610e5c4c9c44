"""What a control was last found to be. Bindings find nothing that a person couldn't see: they tell
that a page changed, and let a reversible step go on when only a label was reworded.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from authwright.core.workflow import Step
from authwright.runner.akin import ONE_LESS, REMARK, akin
from authwright.runner.matcher import MARGIN, Wanted, score, under
from authwright.runner.page import CLICKABLE, HAS_VALUE, Control, Page
from authwright.runner.wording import alike, plain

# What the page's author called it counts for this much, beside the words.
KEY = 0.2


@dataclass(frozen=True, slots=True)
class Binding:
    """The control of a step in the last good run. `key` is its id or name in the page, `others` are the
    labels that stood on the page beside it: none of them can be its new one."""

    label: str
    kind: str
    headings: tuple[str, ...] = ()
    key: str = ""
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Repairs:
    """New labels of controls by what was wanted (`wanted_key`), as people have decided on them: an approved
    one is used without a word, with a rejected one a step halts."""

    approved: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rejected: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def binding_key(step: Step) -> str:
    """Which step of an SOP a binding belongs to: what it does, not where it is written."""
    target = " > ".join(step.target) if isinstance(step.target, tuple) else step.target or ""
    return "|".join((step.action, plain(step.section or ""), plain(target)))


def wanted_key(wanted: Wanted) -> str:
    return "|".join((wanted.noun, plain(wanted.section or ""), plain(wanted.label)))


def bind(control: Control, page: Page) -> Binding:
    alike_kinds = HAS_VALUE if control.kind in HAS_VALUE else CLICKABLE
    beside = {
        c.name for c in page.in_reach() if c.kind in alike_kinds and c.labels and c.name != control.name
    }
    return Binding(control.name, control.kind.value, control.headings, control.key, tuple(sorted(beside)))


@dataclass(frozen=True, slots=True)
class _Reading:
    """A label that may be the new one, on a control that has it."""

    text: str
    akin: float
    has_key: bool

    @property
    def weight(self) -> float:
        return self.akin + KEY * self.has_key

    @property
    def enough(self) -> bool:
        """More words, such as those of a field that was added beside it, are never enough."""
        return self.akin >= (REMARK if self.has_key else ONE_LESS)


def new_label(
    wanted: Wanted, binding: Binding, candidates: Sequence[Control], others: Sequence[Wanted]
) -> str | None:
    """What the binding's control must be called by now, or None.

    The control has to be of the same kind, in the wanted section; its label is new on the page, akin to the
    wanted one, ahead of every other by the margin, and no other step of the form may mean it.
    """
    readings = _readings(wanted, binding, candidates)
    best = max(readings, key=lambda r: r.weight, default=None)
    if best is None or not best.enough:
        return None
    if any(plain(r.text) != plain(best.text) and r.weight > best.weight - MARGIN for r in readings):
        return None
    rivals = (o.label for o in others if plain(o.label) != plain(wanted.label))
    if any(alike(rival, best.text) or akin(rival, best.text) > best.akin - MARGIN for rival in rivals):
        return None
    return best.text


def _readings(wanted: Wanted, binding: Binding, candidates: Sequence[Control]) -> list[_Reading]:
    known = {plain(label) for label in binding.others}
    return [
        _Reading(label.text, likeness, bool(binding.key) and control.key == binding.key)
        for control in candidates
        if control.kind == binding.kind and control.visible
        if wanted.section is None or under(control, wanted.section)
        for label in control.labels
        if plain(label.text) not in known
        if (likeness := akin(wanted.label, label.text)) and score(wanted, control, label.text)
    ]
