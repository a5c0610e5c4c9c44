"""What "its code" means in a loop: the present element's, where the list's elements have such data."""

from dataclasses import replace

from authwright.core.workflow import Step, Value
from authwright.sop.amend import amend_all
from authwright.sop.data_words import list_of, path_of
from authwright.sop.playback import told

# What an element of each list is called, so that "diagnosis" and "its code" make "diagnosis code".
_ELEMENT = {"service_lines": "service line", "diagnoses": "diagnosis", "documents": "document"}
_BARE = ("its ", "the ", "this ")


def of_elements(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The steps, in which each loop's body means the elements that it goes over."""
    return amend_all(steps, lambda step: _loop(step) if step.each in _ELEMENT else step)


def _loop(step: Step) -> Step:
    assert step.each is not None
    each = step.each
    return replace(step, body=amend_all(step.body, lambda inner: _in_loop(inner, each)))


def _in_loop(step: Step, each: str) -> Step:
    value = step.value and _owned(step.value, each)
    condition = step.condition
    if condition:
        condition = replace(condition, values=tuple(_owned(v, each) for v in condition.values))
    if value == step.value and condition == step.condition:
        return step
    return told(replace(step, value=value, condition=condition))


def _owned(value: Value, each: str) -> Value:
    """The element's own data for a name without another owner; any other value as it is."""
    words = value.words or ""
    if not value.ref or value.read or "'s " in words or " of " in words:
        return value
    if list_of(value.ref) == each:
        return value  # the element's already, or an inner loop's
    bare = next((words.removeprefix(b) for b in _BARE if words.startswith(b)), words)
    path = path_of(f"{_ELEMENT[each]} {bare}") or path_of(f"{_ELEMENT[each]}'s {bare}")
    return replace(value, ref=path) if path and list_of(path) == each else value
