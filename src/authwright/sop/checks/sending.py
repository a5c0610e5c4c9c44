"""The step that leaves a mark at the payer: said, said once, checked before, answered after."""

from collections.abc import Iterator

from authwright.core.diagnostics import Diagnostic, Severity
from authwright.core.workflow import LEAVES_A_MARK, Action, Purpose, SectionRole, Step, TargetKind
from authwright.sop.checks.jumps import Route, route_of
from authwright.sop.checks.seen import Seen, Visit, label, walk

# First words of labels that look as if they send something, and of those that never do.
SENDS = frozenset({"submit", "send", "finish", "attest", "file", "transmit"})
_NEVER_SENDS = frozenset({"back", "cancel", "close", "search", "clear", "reset", "print", "browse"})
_NEVER_SENDING = frozenset({TargetKind.MENU, TargetKind.TAB, TargetKind.TABLE_ROW, TargetKind.DIALOG})
# Here a click may start a search that is written down at the payer; a request can't get lost.
ONLY_LOOKS = frozenset(
    {
        Purpose.SIGN_IN,
        Purpose.STATUS,
        Purpose.FIND,
        Purpose.LOOKUP,
        Purpose.ELIGIBILITY,
        Purpose.DOWNLOAD,
    }
)
# For these the answer is a number or a status that is written down; for others its being read is enough.
_NUMBERED = frozenset({Purpose.SUBMIT})
_ANSWER = frozenset({"reference_number", "decision_id", "status"})


def looks_like_sending(step: Step) -> bool:
    if step.action is not Action.CLICK or not isinstance(step.target, str):
        return False
    return step.target.lower().split(" ")[0] in SENDS


def can_send(step: Step) -> bool:
    """Whether "once" can mean anything here: only a click can send, and not every click."""
    if step.action is not Action.CLICK or step.target_kind in _NEVER_SENDING:
        return False
    return label(step).lower().split(" ")[0] not in _NEVER_SENDS


def sends(step: Step) -> bool:
    return step.once and can_send(step)


def check(seen: Seen) -> Iterator[Diagnostic]:
    task = seen.of(SectionRole.TASK, SectionRole.OTHERWISE)
    yield from _once(seen, task)
    yield from _in_loops(seen, task)
    yield from _twice(seen)
    yield from _jumps_back(seen)
    if seen.workflow.purpose in LEAVES_A_MARK:
        for visit in task:
            if sends(visit.step):
                yield from _checked_before(seen, visit)
                yield from _answered(seen, visit)


def severity(seen: Seen) -> Severity:
    """The once rule: an error where the SOP is there to leave a mark."""
    return Severity.ERROR if seen.workflow.purpose in LEAVES_A_MARK else Severity.WARNING


def _once(seen: Seen, task: list[Visit]) -> Iterator[Diagnostic]:
    steps = [v.step for v in task]
    signing_in, sent_elsewhere = False, any(map(sends, steps))
    for step in steps:
        if sent_elsewhere and _opens_a_form(step):
            continue
        signing_in = _signs_in(step) if step.action in _ENTERS else signing_in
        if looks_like_sending(step) and not (step.once or signing_in):
            message = f'clicking "{step.target}" looks as if it sends something to the payer'
            hint = f'write "click {step.target} once", so that it is never done twice'
            yield seen.at(step, "SOP030", message, hint, severity(seen))
    for visit in seen.visits:
        if visit.step.once and not can_send(visit.step):
            message = '"once" stands at a step that sends nothing'
            hint = "say it at the click that sends the request, and only there"
            yield seen.at(visit.step, "SOP039", message, hint, severity(seen))
    any_sends = any(sends(s) or looks_like_sending(s) for s in steps) or _uses_what_sends(seen, steps)
    if seen.workflow.purpose in LEAVES_A_MARK and not any_sends and not _left_to_a_person(seen):
        message = f'an SOP of purpose {seen.workflow.purpose} has no step with "once"'
        hint = 'write "once" at the step that leaves a mark at the payer'
        yield seen.whole("SOP031", message, hint, Severity.ERROR)


def _left_to_a_person(seen: Seen) -> bool:
    """Whether the work ends in a person's hands in every case: a portal that doesn't do it."""
    acts = [s for s in seen.workflow.steps_in(SectionRole.TASK) if s.action is not Action.NOTE]
    return bool(acts) and (acts[-1].action is Action.HUMAN or bool(acts[-1].queue))


def _opens_a_form(step: Step) -> bool:
    """Whether it is named after what it begins: "File an Appeal", "Submit a New Request"."""
    return label(step).lower().split(" ")[1:2] in (["a"], ["an"], ["another"], ["new"])


_ENTERS = frozenset({Action.FILL, Action.SELECT, Action.ENTER_CODE, Action.UPLOAD})


def _signs_in(step: Step) -> bool:
    """Whether it fills in a sign-in form: its "Submit" sends nothing but that."""
    ref = step.value.ref if step.value else None
    return step.action is Action.ENTER_CODE or bool(ref and ref.startswith("credentials."))


def _uses_what_sends(seen: Seen, steps: list[Step]) -> bool:
    """Whether another SOP may do it: one that isn't known here counts."""
    used = [label(s) for s in steps if s.action is Action.USE]
    library = seen.around.sops
    if library is None:
        return any(not name.endswith("sign-in") for name in used)
    return any(sends(s) for name in used if name in library for s in _steps_of(seen, name))


def _steps_of(seen: Seen, name: str) -> Iterator[Step]:
    other = (seen.around.sops or {})[name]
    return walk(s for section in other.sections if section.role is SectionRole.TASK for s in section.steps)


def _in_loops(seen: Seen, task: list[Visit]) -> Iterator[Diagnostic]:
    told: set[int] = set()
    for visit in task:
        if sends(visit.step) and visit.loops and id(visit.loops[0]) not in told:
            told.add(id(visit.loops[0]))
            yield seen.at(
                visit.loops[0],
                "SOP036",
                "the sending step stands in a loop",
                "send after the loop",
                Severity.ERROR,
            )


def _twice(seen: Seen) -> Iterator[Diagnostic]:
    """A run sends once; a second sending step on the same way would only stop it."""
    before: list[Visit] = []
    for visit in seen.work:
        if not sends(visit.step):
            continue
        first = next((v for v in before if not v.excludes(visit)), None)
        if first:
            line = first.step.position.line
            message = f"line {line} sends already, and this sends again"
            hint = 'say "once" only where the request is sent, or make two SOPs of it'
            yield seen.at(visit.step, "SOP036", message, hint, severity(seen))
        before.append(visit)


def _jumps_back(seen: Seen) -> Iterator[Diagnostic]:
    """A jump back past the sending step would send again."""
    sending = [v for v in seen.of(SectionRole.TASK) if sends(v.step)]
    for route in (route_of(seen, v) for v in seen.work if v.step.action is Action.GO_TO):
        if route and any(_passes(route, s) for s in sending):
            message = "this jumps back past the step that sends"
            hint = "stop with an outcome instead, or hand over to a person"
            yield seen.at(route.jump.step, "SOP036", message, hint, Severity.ERROR)


def _passes(route: Route, sending: Visit) -> bool:
    return sending in route.between and not sending.excludes(route.jump)


def _checked_before(seen: Seen, sending: Visit) -> Iterator[Diagnostic]:
    if sending.section.role is not SectionRole.TASK:
        return
    before = seen.work[: seen.place[sending]]
    if not any(v.step.action is Action.VERIFY for v in before):
        message = f'nothing is checked before "{label(sending.step)}" sends it'
        hint = "add before it: Check that the page shows the member ID and each procedure code"
        yield seen.at(sending.step, "SOP048", message, hint)


def _answered(seen: Seen, sending: Visit) -> Iterator[Diagnostic]:
    if sending.section.role is not SectionRole.TASK:
        return
    after = [v.step for v in seen.work[seen.place[sending] + 1 :]]
    reads = [s for s in after if s.action is Action.READ]
    if seen.workflow.purpose in _NUMBERED:
        if any(s.save_as in _ANSWER for s in reads):
            return
        message = "neither a number nor a status is read from the answer"
        hint = 'add after it: Read the number next to "..." as the reference number, and the status'
        yield seen.at(sending.step, "SOP047", message, hint)
    elif not reads and not any(s.action is Action.VERIFY for s in after):
        message = "the portal's answer is never read: every run will stop there for a person"
        hint = "add after it: Read the status, or: Check that the page says ..."
        yield seen.at(sending.step, "SOP047", message, hint)
