"""The SOP among others: purpose and sections, SOPs it uses, its portal, its dates, its compiled file."""

from collections.abc import Iterator, Mapping

import msgspec

from authwright.core.diagnostics import Diagnostic, Severity, did_you_mean
from authwright.core.workflow import Action, Purpose, SectionRole, Step, Workflow, from_json
from authwright.sop.checks.seen import Seen, label, walk
from authwright.sop.checks.sending import ONLY_LOOKS, sends

_SIGNS_IN = frozenset({Action.SIGN_IN, Action.ENTER_CODE})


def check(seen: Seen) -> Iterator[Diagnostic]:
    yield from _sections(seen)
    yield from _dates(seen)
    yield from _portal(seen)
    yield from _compiled(seen)
    if seen.around.sops is not None:
        for visit in seen.visits:
            if visit.step.action is Action.USE:
                yield from _used(seen, visit.step, seen.around.sops)


def _sections(seen: Seen) -> Iterator[Diagnostic]:
    workflow = seen.workflow
    interrupted = workflow.steps_in(SectionRole.IF_INTERRUPTED)
    if workflow.purpose in ONLY_LOOKS and interrupted and not any(sends(v.step) for v in seen.work):
        message = f'an SOP of purpose {workflow.purpose} sends nothing: "If interrupted" is never looked at'
        yield seen.at(interrupted[0], "SOP056", message, "remove the section, or change the purpose")
    if workflow.purpose is Purpose.SIGN_IN and not any(_signs_in(v.step) for v in seen.visits):
        message = "the purpose is sign-in, and nothing signs in"
        yield seen.whole("SOP056", message, "add: Enter the user name in ..., the password in ...")


def _signs_in(step: Step) -> bool:
    ref = step.value.ref if step.value else None
    return step.action in _SIGNS_IN or step.action is Action.USE or (ref or "").startswith("credentials.")


def _dates(seen: Seen) -> Iterator[Diagnostic]:
    today, effective = seen.around.today, seen.workflow.effective
    if today and effective and effective > today:
        message = f"it takes effect on {effective}: until then nobody should use it"
        yield seen.whole("SOP057", message, "leave it out of the library until then, or change the date")


def _portal(seen: Seen) -> Iterator[Diagnostic]:
    portals, portal = seen.around.portals, seen.workflow.portal
    if portals is not None and portal and portal not in portals:
        message = f'the portal "{portal}" has no file: nothing says what its statuses mean'
        hint = f"add library/{portal}/portals/{portal}.yaml, or correct the name"
        yield seen.whole("SOP055", message, hint, suggestions=did_you_mean(portal, portals))


def _compiled(seen: Seen) -> Iterator[Diagnostic]:
    if seen.around.compiled is None:
        return
    hint = "compile it again, or remove the compiled file"
    try:
        compiled = from_json(seen.around.compiled)
    except msgspec.MsgspecError:
        message = "the compiled workflow beside it can't be read"
        yield seen.whole("SOP058", message, hint, Severity.ERROR)
        return
    if compiled.meaning_hash != seen.workflow.meaning_hash:
        message = "the compiled workflow beside it does something else than the SOP says now"
        yield seen.whole("SOP058", message, hint, Severity.ERROR)
    elif compiled.source_hash != seen.workflow.source_hash:
        message = (
            "the compiled workflow beside it is of an older text with the same meaning: its lines are off"
        )
        yield seen.whole("SOP058", message, hint)


def _used(seen: Seen, step: Step, sops: Mapping[str, Workflow]) -> Iterator[Diagnostic]:
    name = label(step)
    if name not in sops:
        message = f'there is no SOP "{name}" in the library'
        hint = "name an SOP by the id in its front matter"
        yield seen.at(step, "SOP053", message, hint, Severity.ERROR, did_you_mean(name, sops))
        return
    titles = [s.title for s in sops[name].sections]
    if step.section and step.section.casefold() not in [t.casefold() for t in titles]:
        message = f'"{name}" has no section "{step.section}"'
        near = did_you_mean(step.section, titles)
        yield seen.at(step, "SOP053", message, f"it has: {', '.join(titles)}", Severity.ERROR, near)
    if way := _circle(seen.workflow.id, name, sops):
        message = f"this never ends: {' uses '.join(way)}"
        yield seen.at(step, "SOP054", message, "let one of them do without the other", Severity.ERROR)
    if sops[name].draft and not seen.workflow.draft:
        message = f'"{name}" is a draft'
        yield seen.at(step, "SOP059", message, "rehearse and approve it before others use it")


def _circle(start: str, name: str, sops: Mapping[str, Workflow]) -> tuple[str, ...]:
    """The way from `start` by `name` back to `start`, such as a, b, a; empty without one."""
    ways: list[tuple[str, ...]] = [(start, name)]
    known = {name}
    while ways:
        way = ways.pop()
        if way[-1] == start:
            return way
        for further in uses_others(sops[way[-1]]) if way[-1] in sops else ():
            if further == start or further not in known:
                known.add(further)
                ways.append((*way, further))
    return ()


def uses_others(workflow: Workflow) -> set[str]:
    """The ids of the SOPs that it uses."""
    steps = (s for section in workflow.sections for s in walk(section.steps))
    return {label(s) for s in steps if s.action is Action.USE}
