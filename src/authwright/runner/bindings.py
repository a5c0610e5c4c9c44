"""What a control was last found to be. Bindings find nothing that a person couldn't see: they tell
that a page changed, and let a reversible step go on when only a label was reworded.
"""

from dataclasses import dataclass
from difflib import SequenceMatcher

from authwright.core.workflow import Step
from authwright.runner.matcher import Wanted, under
from authwright.runner.page import Control
from authwright.runner.wording import plain, words

# How alike the old and the new label must be, by their letters, when they share no word.
LEAST_ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class Binding:
    """The control of a step in the last good run. `key` is its id or name in the page."""

    label: str
    kind: str
    headings: tuple[str, ...] = ()
    key: str = ""


def binding_key(step: Step) -> str:
    """Which step of an SOP a binding belongs to: what it does, not where it is written."""
    target = " > ".join(step.target) if isinstance(step.target, tuple) else step.target or ""
    return "|".join((step.action, plain(step.section or ""), plain(target)))


def bind(control: Control) -> Binding:
    return Binding(control.name, control.kind.value, control.headings, control.key)


def heal(
    wanted: Wanted, binding: Binding, candidates: tuple[Control, ...], others: tuple[Wanted, ...]
) -> Control | None:
    """The one control that the binding's control must have become, or None.

    It has to be of the same kind, with the same key, in the same section, its new label must be akin
    to the old one, and no other step of the form may mean it.
    """
    if not binding.key:
        return None
    same = [c for c in candidates if c.kind == binding.kind and c.key == binding.key and c.visible]
    if len(same) != 1:
        return None
    control = same[0]
    if wanted.section is not None and not under(control, wanted.section):
        return None
    claimed = {plain(o.label) for o in others if plain(o.label) != plain(wanted.label)}
    if any(plain(label.text) in claimed for label in control.labels):
        return None
    return control if any(_akin(wanted.label, label.text) for label in control.labels) else None


def _akin(old: str, new: str) -> bool:
    ours, theirs = set(words(old)), set(words(new))
    if ours & theirs and not _opposed(theirs - ours):
        return True
    return SequenceMatcher(None, plain(old), plain(new)).ratio() >= LEAST_ALIKE and not _opposed(
        theirs - ours
    )


_OTHER_THING = frozenset(
    {
        *("alternate", "alternative", "other", "secondary", "previous", "prior", "old", "former", "second"),
        *("subscriber", "mother", "father", "spouse", "mailing", "billing", "not", "non", "no", "confirm"),
        *("repeat", "to", "from", "end", "start", "through", "last", "first", "middle"),
    }
)


def _opposed(added: set[str]) -> bool:
    """Words that make a label mean another thing: "Member ID" -> "Alternate member ID"."""
    return bool(added & _OTHER_THING)
