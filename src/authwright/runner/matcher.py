"""Which control a person would mean by a label: unique, ahead of the runner-up by a margin, or none.

A candidate's score is the product of three factors, each a documented number:

- the text: 1 for the same label, 0.97 when only punctuation differs, else no candidate at all;
- the tie: how the label belongs to the control (`TIE_WEIGHT`);
- the fit: whether the control is of the kind that was asked for (`fit`).

Order, number and place in the page score nothing: two controls that read the same are ambiguous.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from authwright.core.workflow import Action, TargetKind
from authwright.runner.page import CLICKABLE, TICKABLE, Control, Kind, Label, Tie
from authwright.runner.wording import alike, words

TIE_WEIGHT: dict[Tie, float] = {
    Tie.LABEL: 1.0,
    Tie.TEXT: 1.0,
    Tie.ARIA: 1.0,
    Tie.BOX: 0.95,
    Tie.RIGHT: 0.95,
    Tie.LEFT: 0.95,
    Tie.ABOVE: 0.95,
    Tie.COLUMN: 0.9,
    Tie.LEGEND: 0.9,
    Tie.PLACEHOLDER: 0.8,
    Tie.TITLE: 0.75,
    Tie.ICON: 0.7,
}
MARGIN = 0.1
UNSEEN = 0.8
_SEEN = frozenset({Tie.LABEL, Tie.BOX, Tie.LEFT, Tie.RIGHT, Tie.ABOVE, Tie.COLUMN})

_FIELD = {
    Kind.TEXT: 1.0,
    Kind.PASSWORD: 1.0,
    Kind.DATE: 1.0,
    Kind.DATE_PARTS: 1.0,
    Kind.TYPEAHEAD: 1.0,
    Kind.EDITOR: 1.0,
    Kind.SELECT: 0.85,
    Kind.DROPDOWN: 0.85,
}
_CHOICE = {
    Kind.SELECT: 1.0,
    Kind.DROPDOWN: 1.0,
    Kind.TYPEAHEAD: 0.95,
    Kind.TEXT: 0.8,
    Kind.BUTTON: 0.7,
}
_CLICK = {
    TargetKind.BUTTON: {Kind.BUTTON: 1.0, Kind.LINK: 0.85, Kind.TAB: 0.85, Kind.MENU: 0.85},
    TargetKind.LINK: {Kind.LINK: 1.0, Kind.BUTTON: 0.85, Kind.MENU: 0.9, Kind.TAB: 0.85},
    TargetKind.TAB: {Kind.TAB: 1.0, Kind.LINK: 0.9, Kind.BUTTON: 0.9, Kind.MENU: 0.85},
    TargetKind.MENU: {Kind.MENU: 1.0, Kind.BUTTON: 1.0, Kind.LINK: 1.0, Kind.TAB: 0.9},
}
_FITS: dict[Action, dict[Kind, float]] = {
    Action.FILL: _FIELD,
    Action.SELECT: _CHOICE,
    Action.CHECK: dict.fromkeys(TICKABLE, 1.0),
    Action.UNCHECK: {Kind.CHECKBOX: 1.0},
    Action.UPLOAD: {Kind.FILE: 1.0},
}
_ANY_CLICK = dict.fromkeys(CLICKABLE, 1.0) | dict.fromkeys(TICKABLE, 0.85) | {Kind.DROPDOWN: 0.85}
# A label to the left of a button names a field beside it, never the button.
_OWN_TIES = frozenset({Tie.LABEL, Tie.ARIA, Tie.TEXT, Tie.TITLE, Tie.ICON})


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a step asks for. `section` is a heading that it must stand under. The caller sees to the rest:
    `beside` is the text or control that it must stand next to, `held` what its row must hold, each value in
    all the ways it may be written."""

    label: str
    action: Action
    target_kind: TargetKind | None = None
    section: str | None = None
    beside: str | None = None
    held: tuple[tuple[str, ...], ...] = ()
    also: tuple[str, ...] = ()
    """Other labels that it is known to have by now."""

    @property
    def noun(self) -> str:
        return {Action.CLICK: "control"}.get(self.action, "field")


@dataclass(frozen=True, slots=True)
class Match:
    """`ahead` is the lead over the runner-up, 1 when there is none."""

    control: Control
    score: float
    ahead: float = 1.0


@dataclass(frozen=True, slots=True)
class Ambiguous:
    controls: tuple[Control, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """`elsewhere` are controls with the label outside of the wanted section, `near` similar labels."""

    elsewhere: tuple[Control, ...] = ()
    near: tuple[str, ...] = ()
    no_section: bool = False


Found = Match | Ambiguous | Missing


def match(wanted: Wanted, candidates: Sequence[Control]) -> Found:
    """The control that `wanted` means among `candidates`, whatever their order."""
    scored = _ranked(wanted, candidates)
    if wanted.section is not None:
        inside = [(s, c) for s, c in scored if under(c, wanted.section)]
        if not inside:
            known = any(under(c, wanted.section) for c in candidates)
            elsewhere = tuple(c for _, c in scored)
            return Missing(elsewhere, near_labels(wanted, candidates), no_section=not known)
        nearest = min(_depth(c, wanted.section) for _, c in inside)
        scored = [(s, c) for s, c in inside if _depth(c, wanted.section) == nearest]
    if not scored:
        return Missing(near=near_labels(wanted, candidates))
    best, control = scored[0]
    level = [c for s, c in scored if best - s < MARGIN]
    if len(level) > 1 and not same_link(level):
        return Ambiguous(tuple(sorted(level, key=lambda c: (c.frame, c.box.top, c.box.left))))
    runner_up = scored[len(level)][0] if len(scored) > len(level) else 0.0
    return Match(control, best, best - runner_up)


def score(wanted: Wanted, control: Control, called: str = "") -> float:
    """0 when the control is no candidate, else up to 1. `called` is what it goes by, if not by the wanted
    label."""
    fit = _fit(wanted, control)
    if not fit:
        return 0.0
    own = wanted.action is Action.CLICK
    names = (called,) if called else (wanted.label, *wanted.also)
    return fit * max(
        (
            alike(name, label.text) * _weight(label, control)
            for label in control.seen
            if not own or label.tie in _OWN_TIES
            for name in names
        ),
        default=0.0,
    )


def _weight(label: Label, control: Control) -> float:
    """A name of the markup counts little beside words that can be seen and say something else."""
    unseen = label.tie is Tie.ARIA and any(
        other.tie in _SEEN and not alike(label.text, other.text) for other in control.labels
    )
    return UNSEEN if unseen else TIE_WEIGHT[label.tie]


def by_icon(wanted: Wanted, control: Control) -> bool:
    """Whether only what its icon shows says that it is the wanted control."""
    names = (wanted.label, *wanted.also)
    ties = {label.tie for label in control.labels if any(alike(name, label.text) for name in names)}
    return ties == {Tie.ICON}


def under(control: Control, section: str) -> bool:
    return any(alike(section, heading) for heading in control.headings)


def _depth(control: Control, section: str) -> int:
    """How many headings stand between the section's and the control: a field directly under the
    section comes before one in a section of its own further in."""
    return min(
        (i for i, heading in enumerate(reversed(control.headings)) if alike(section, heading)),
        default=len(control.headings),
    )


def near_labels(wanted: Wanted, candidates: Iterable[Control], limit: int = 4) -> tuple[str, ...]:
    """Labels of fitting controls that share a word with the wanted one: for the halt's message only."""
    asked = set(words(wanted.label))
    near: dict[str, int] = {}
    for control in candidates:
        if _fit(wanted, control):
            for label in control.labels:
                if shared := len(asked & set(words(label.text))):
                    near.setdefault(label.text, shared)
    return tuple(sorted(near, key=lambda text: -near[text])[:limit])


def _ranked(wanted: Wanted, candidates: Iterable[Control]) -> list[tuple[float, Control]]:
    scored = ((score(wanted, c), c) for c in candidates)
    return sorted(((s, c) for s, c in scored if s > 0), key=lambda pair: -pair[0])


def _fit(wanted: Wanted, control: Control) -> float:
    if not control.visible and control.kind is not Kind.FILE:
        return 0.0
    if wanted.action is Action.CLICK:
        by_kind = _CLICK.get(wanted.target_kind, _ANY_CLICK) if wanted.target_kind else _ANY_CLICK
        return by_kind.get(control.kind, 0.0)
    return _FITS.get(wanted.action, _ANY_CLICK).get(control.kind, 0.0)


def same_link(controls: Sequence[Control]) -> bool:
    """Links that lead to one address are one to a person, however often they are shown."""
    return bool(controls and controls[0].href) and all(
        c.kind is Kind.LINK and c.href == controls[0].href for c in controls
    )
