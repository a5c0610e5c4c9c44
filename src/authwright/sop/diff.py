"""What changed in the behaviour of an SOP, in words: what a person reads before approving it anew."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import zip_longest
from typing import Any

from authwright.core.workflow import Action, Section, SectionRole, Step, Workflow, own_meaning
from authwright.sop.naming import Naming
from authwright.sop.playback import Teller


class ChangeKind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference in what is done. `what` names the parts that differ: label, value, condition ...

    `old` and `new` say the step then and now; `old_under` and `new_under` the conditions and loops
    around it. `mark`: it concerns what is sent to the payer.
    """

    kind: ChangeKind
    section: str
    old: str = ""
    new: str = ""
    old_line: int = 0
    new_line: int = 0
    old_under: str = ""
    new_under: str = ""
    what: tuple[str, ...] = ()
    mark: bool = False

    def as_json(self) -> dict[str, Any]:
        content = {f.name: getattr(self, f.name) for f in fields(self)}
        return {**content, "kind": self.kind.value, "what": list(self.what)}


def diff(old: Workflow, new: Workflow) -> list[Change]:
    """Every change of meaning; none when both do the same. What is sent to the payer comes first."""
    if old.meaning_hash == new.meaning_hash:
        return []
    steps = _Steps()
    for before, after in _paired(old.sections, new.sections):
        steps.compare(_flat(before), _flat(after))
    changes = [*_heads(old, new), *steps.changes()]
    if not changes:
        changes = [Change(ChangeKind.CHANGED, "", "its sections", "its sections are divided otherwise")]
    return sorted(changes, key=lambda change: not change.mark)


# The parts of a step by what an author calls them.
_PARTS = {
    "action": "what is done",
    "target": "label",
    "target_kind": "kind of control",
    "section": "place",
    "beside": "place",
    "value": "value",
    "match": "how it is compared",
    "condition": "condition",
    "each": "loop",
    "limit": "limit",
    "save_as": "name",
    "once": "sending",
    "outcome": "outcome",
    "document_kind": "kind of document",
    "max_bytes": "size",
    "suggest": "suggestion",
    "search": "search",
    "queue": "worklist",
    "prefer": "choice of row",
    "options": "words of the page",
    "format": "format",
    "max_length": "length",
}


@dataclass(frozen=True, slots=True)
class _Item:
    """A step where it stands. `under`: the conditions and loops around it, outermost first. `block`: which
    of the places that differ it is in."""

    step: Step
    section: Section
    under: tuple[str, ...]
    depth: tuple[str, ...]
    meaning: bytes
    block: int = 0

    @property
    def key(self) -> tuple[bytes, tuple[str, ...]]:
        return self.meaning, self.depth


def _flat(section: Section | None) -> list[_Item]:
    return list(_items(section.steps, section, (), ())) if section else []


def _items(
    steps: Sequence[Step], section: Section, under: tuple[str, ...], depth: tuple[str, ...]
) -> Iterator[_Item]:
    for step in steps:
        if step.action is Action.NOTE:
            continue
        yield _Item(step, section, under, depth, own_meaning(step))
        said = _say(step)
        yield from _items(step.body, section, (*under, said), (*depth, "body"))
        otherwise = f"Otherwise (not: {said.removeprefix('Only if ')})"
        yield from _items(step.otherwise, section, (*under, otherwise), (*depth, "otherwise"))


def _say(step: Step) -> str:
    return Teller(Naming()).say(step)


def _say_whole(step: Step) -> str:
    """The step; a condition or loop with the first of what it governs."""
    inner = [s for s in step.body if s.action is not Action.NOTE]
    more = " and more" if len(inner) > 1 or (inner and inner[0].body) else ""
    return _say(step) + (f": {_say(inner[0])}{more}" if inner else "")


def _paired(
    old: Sequence[Section], new: Sequence[Section]
) -> Iterator[tuple[Section | None, Section | None]]:
    """Sections of one role and title, then the rest of each role in order."""
    for role in SectionRole:
        if role is SectionRole.BEFORE:
            continue
        before = [s for s in old if s.role is role]
        after = [s for s in new if s.role is role]
        for section in list(after):
            same = next((s for s in before if s.title.casefold() == section.title.casefold()), None)
            if same is not None:
                before.remove(same)
                after.remove(section)
                yield same, section
        yield from zip_longest(before, after)


def _heads(old: Workflow, new: Workflow) -> Iterator[Change]:
    for what in ("purpose", "portal"):
        before, after = str(getattr(old, what)), str(getattr(new, what))
        if before != after:
            said = f"the {what} is {before}", f"the {what} is {after}"
            yield Change(ChangeKind.CHANGED, "", *said, what=(what,), mark=what == "purpose")


@dataclass(slots=True)
class _Steps:
    """Gathers what differs between sections; what left one place and came to another is moved."""

    removed: list[_Item] = field(default_factory=list)
    added: list[_Item] = field(default_factory=list)
    pairs: list[tuple[_Item, _Item]] = field(default_factory=list)
    blocks: int = 0

    def compare(self, before: list[_Item], after: list[_Item]) -> None:
        matcher = SequenceMatcher(None, [i.key for i in before], [i.key for i in after])
        for tag, a1, a2, b1, b2 in matcher.get_opcodes():
            if tag != "equal":
                self.blocks += 1
                self.removed += [replace(item, block=self.blocks) for item in before[a1:a2]]
                self.added += [replace(item, block=self.blocks) for item in after[b1:b2]]

    def changes(self) -> Iterator[Change]:
        for keys in (_same, _akin, _same_place):
            self._pair(keys)
        told_old = {id(item.step) for item in (*self.removed, *(a for a, _ in self.pairs))}
        told_new = {id(item.step) for item in (*self.added, *(b for _, b in self.pairs))}
        found = [_changed(a, b) for a, b in self.pairs]
        found += [_gone(item) for item in self.removed if not _told_by_its_steps(item.step, told_old)]
        found += [_come(item) for item in self.added if not _told_by_its_steps(item.step, told_new)]
        yield from sorted(found, key=lambda change: change.new_line or change.old_line)

    def _pair(self, keys: "_Keys") -> None:
        """Pair what came with the first that went and has a key in common with it."""
        waiting: dict[Hashable, list[_Item]] = {}
        for item in reversed(self.removed):
            for key in keys(item):
                waiting.setdefault(key, []).append(item)
        taken: set[int] = set()
        for after in self.added:
            for key in keys(after):
                stack = waiting.get(key, [])
                while stack and id(stack[-1]) in taken:
                    stack.pop()
                if stack:
                    before = stack.pop()
                    taken |= {id(before), id(after)}
                    self.pairs.append((before, after))
                    break
        self.removed = [item for item in self.removed if id(item) not in taken]
        self.added = [item for item in self.added if id(item) not in taken]


_Keys = Callable[[_Item], Iterable[Hashable]]


def _same(item: _Item) -> Iterable[Hashable]:
    """It does the same, at another place."""
    return (item.meaning,)


def _akin(item: _Item) -> Iterable[Hashable]:
    """It is likely the other, changed: the same act with the same label or the same value; a condition or
    loop that governs the same or looks at the same."""
    step, act = item.step, (item.section.role, item.step.action)
    if step.action in (Action.CONDITION, Action.REPEAT):
        yield (*act, "governs", tuple(map(own_meaning, step.body)))
        if step.condition is not None:
            yield (*act, "looks at", step.condition.kind, step.condition.subject)
        return
    if step.target is not None:
        yield (*act, "label", step.target, step.section)
    if step.value is not None:
        yield (*act, "value", step.value)
    if step.target is None and step.value is None:
        yield (*act, "bare")


def _same_place(item: _Item) -> Iterable[Hashable]:
    return ((item.block, item.depth, item.step.action),)


def _told_by_its_steps(step: Step, told: set[int]) -> bool:
    """A condition or loop all of whose steps are told with it around them needs no line of its own."""
    inner = [s for s in (*step.body, *step.otherwise) if s.action is not Action.NOTE]
    return bool(inner) and all(id(s) in told for s in inner)


def _sends(step: Step) -> bool:
    return step.once or any(map(_sends, (*step.body, *step.otherwise)))


def _changed(old: _Item, new: _Item) -> Change:
    same = old.meaning == new.meaning
    what = tuple(dict.fromkeys(_PARTS[name] for name in _differing(old.step, new.step)))
    if old.under != new.under:
        what = (*what, "condition around it")
    return Change(
        ChangeKind.MOVED if same and old.under == new.under else ChangeKind.CHANGED,
        new.section.title,
        _say_whole(old.step),
        _say_whole(new.step),
        old.step.position.line,
        new.step.position.line,
        ", ".join(old.under),
        ", ".join(new.under),
        what,
        mark=_sends(old.step) or _sends(new.step),
    )


def _differing(old: Step, new: Step) -> Iterator[str]:
    if own_meaning(old) != own_meaning(new):
        yield from (name for name in _PARTS if getattr(old, name) != getattr(new, name))


def _gone(item: _Item) -> Change:
    at, under = item.step.position.line, ", ".join(item.under)
    said = _say_whole(item.step)
    return Change(
        ChangeKind.REMOVED, item.section.title, said, old_line=at, old_under=under, mark=_sends(item.step)
    )


def _come(item: _Item) -> Change:
    at, under = item.step.position.line, ", ".join(item.under)
    said = _say_whole(item.step)
    return Change(
        ChangeKind.ADDED, item.section.title, new=said, new_line=at, new_under=under, mark=_sends(item.step)
    )


def diff_text(old: Workflow, new: Workflow, changes: Sequence[Change]) -> str:
    """The changes as a person reads them, what is sent to the payer first."""
    if not changes:
        return (
            "The same text." if old.source_hash == new.source_hash else "The same, said in other words."
        ) + " An approval of the one holds for the other."
    told = "1 change in what is done:" if len(changes) == 1 else f"{len(changes)} changes in what is done:"
    return "\n".join([told, *(line for change in changes for line in ("", *_told(change)))])


_SIGNS = {ChangeKind.ADDED: "+", ChangeKind.REMOVED: "-", ChangeKind.CHANGED: "~", ChangeKind.MOVED: ">"}


def _told(change: Change) -> Iterator[str]:
    where = f" in {change.section}" if change.section else ""
    lines = {
        ChangeKind.ADDED: f"line {change.new_line}{where}, new",
        ChangeKind.REMOVED: f"line {change.old_line} before{where}, no longer done",
        ChangeKind.MOVED: f"line {change.new_line}{where}, moved here from line {change.old_line}",
        ChangeKind.CHANGED: f"line {change.new_line}{where}, changed ({', '.join(change.what)})"
        if change.new_line
        else "the SOP as a whole",
    }
    mark = "SENT TO THE PAYER: " if change.mark else ""
    yield f"{_SIGNS[change.kind]} {mark}{lines[change.kind]}"
    if change.old and change.kind is not ChangeKind.MOVED:
        yield f"    before: {_with_conditions(change.old, change.old_under)}"
    if change.new:
        yield f"    now:    {_with_conditions(change.new, change.new_under)}"


def _with_conditions(said: str, under: str) -> str:
    return f"{said} [{under}]" if under else said
