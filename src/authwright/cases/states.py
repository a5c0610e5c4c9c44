"""The states of a case and what may happen in each: one table, (state, event) -> state.

An event is something that happened, in the past tense or in the payer's decision. Whatever isn't in
the table is refused: a status that makes no sense where the case stands is for a person to look at.
After a refused or withdrawn change the old approval holds: the event that follows a requested change
or extension is then the decision that is (still) in force.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType

from authwright.core.certification import DeterminationStatus


class State(StrEnum):
    DRAFT = "draft"
    INCOMPLETE = "incomplete"
    ELSEWHERE = "elsewhere"
    READY = "ready"
    SUBMITTING = "submitting"
    IN_DOUBT = "in-doubt"
    SUBMITTED = "submitted"
    IN_REVIEW = "in-review"
    INFORMATION_REQUESTED = "information-requested"
    PEER_TO_PEER_OFFERED = "peer-to-peer-offered"
    REDIRECTED = "redirected"
    CERTIFIED = "certified"
    CERTIFIED_MODIFIED = "certified-modified"
    PARTIALLY_CERTIFIED = "partially-certified"
    NOT_CERTIFIED = "not-certified"
    CHANGE_REQUESTED = "change-requested"
    EXTENSION_REQUESTED = "extension-requested"
    NOT_REQUIRED = "not-required"
    VOID_DUPLICATE = "void-duplicate"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    APPEALING = "appealing"
    CLOSED = "closed"


class Event(StrEnum):
    FOUND_INCOMPLETE = "found-incomplete"
    FOUND_COMPLETE = "found-complete"
    LEFT_TO_OTHERS = "left-to-others"
    ORDER_CHANGED = "order-changed"
    SUBMISSION_STARTED = "submission-started"
    STOPPED_BEFORE_SENDING = "stopped-before-sending"
    SENT = "sent"
    INTERRUPTED = "interrupted"
    FOUND_AT_PAYER = "found-at-payer"
    PROVED_NOT_SENT = "proved-not-sent"
    TAKEN_INTO_REVIEW = "taken-into-review"
    INFORMATION_REQUESTED = "information-requested"
    INFORMATION_SENT = "information-sent"
    PEER_TO_PEER_OFFERED = "peer-to-peer-offered"
    PEER_TO_PEER_HELD = "peer-to-peer-held"
    REDIRECTED = "redirected"
    CERTIFIED = "certified"
    CERTIFIED_MODIFIED = "certified-modified"
    PARTIALLY_CERTIFIED = "partially-certified"
    NOT_CERTIFIED = "not-certified"
    FOUND_NOT_REQUIRED = "found-not-required"
    FOUND_DUPLICATE = "found-duplicate"
    CANCELLED_BY_PAYER = "cancelled-by-payer"
    CHANGE_REQUESTED = "change-requested"
    EXTENSION_REQUESTED = "extension-requested"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    APPEALED = "appealed"
    REOPENED = "reopened"
    CLOSED = "closed"


MEANING: Mapping[State, str] = MappingProxyType(
    {
        State.DRAFT: "An order has come in; nobody has looked at what it needs.",
        State.INCOMPLETE: "Something that the payer wants is missing; all of it is listed.",
        State.ELSEWHERE: "Someone else must obtain it (hospital, supplier, PCP); it is chased.",
        State.READY: "Complete and checked; it waits for its turn to be sent.",
        State.SUBMITTING: "One attempt is under way.",
        State.IN_DOUBT: "An attempt was cut off after its intent: it may be at the payer.",
        State.SUBMITTED: "The payer has it and has said nothing yet.",
        State.IN_REVIEW: "The payer has pended it for review.",
        State.INFORMATION_REQUESTED: "The payer wants records or answers by a date.",
        State.PEER_TO_PEER_OFFERED: "The payer offers to talk to the clinician before or after deciding.",
        State.REDIRECTED: "Sent to the wrong reviewer; another one decides.",
        State.CERTIFIED: "Approved as requested.",
        State.CERTIFIED_MODIFIED: "Approved with changes.",
        State.PARTIALLY_CERTIFIED: "Some lines or units approved, some not.",
        State.NOT_CERTIFIED: "An adverse determination.",
        State.CHANGE_REQUESTED: "A change of the approval is asked for; the old approval holds until then.",
        State.EXTENSION_REQUESTED: "More time or units are asked for; the old approval holds until then.",
        State.NOT_REQUIRED: "The payer or a rule says that no approval is needed.",
        State.VOID_DUPLICATE: "The payer has the same request already, under another case.",
        State.WITHDRAWN: "Taken back by the practice, or cancelled by the payer.",
        State.EXPIRED: "The approval's window has passed.",
        State.APPEALING: "An appeal is under way.",
        State.CLOSED: "Over. A new order makes a new case.",
    }
)

_DECISIONS: Mapping[Event, State] = {
    Event.CERTIFIED: State.CERTIFIED,
    Event.CERTIFIED_MODIFIED: State.CERTIFIED_MODIFIED,
    Event.PARTIALLY_CERTIFIED: State.PARTIALLY_CERTIFIED,
    Event.NOT_CERTIFIED: State.NOT_CERTIFIED,
}
_APPROVALS: Mapping[Event, State] = {e: s for e, s in _DECISIONS.items() if e is not Event.NOT_CERTIFIED}

# What a payer may answer to a request that it has.
_ANSWERS: Mapping[Event, State] = {
    **_DECISIONS,
    Event.TAKEN_INTO_REVIEW: State.IN_REVIEW,
    Event.INFORMATION_REQUESTED: State.INFORMATION_REQUESTED,
    Event.PEER_TO_PEER_OFFERED: State.PEER_TO_PEER_OFFERED,
    Event.REDIRECTED: State.REDIRECTED,
    Event.FOUND_NOT_REQUIRED: State.NOT_REQUIRED,
    Event.FOUND_DUPLICATE: State.VOID_DUPLICATE,
    Event.CANCELLED_BY_PAYER: State.WITHDRAWN,
    Event.WITHDRAWN: State.WITHDRAWN,
}
# Before anything is sent. An approval may exist already: by phone, or obtained by someone else.
_BEFORE_SENDING: Mapping[Event, State] = {
    **_APPROVALS,
    Event.FOUND_INCOMPLETE: State.INCOMPLETE,
    Event.FOUND_COMPLETE: State.READY,
    Event.LEFT_TO_OTHERS: State.ELSEWHERE,
    Event.FOUND_NOT_REQUIRED: State.NOT_REQUIRED,
    Event.FOUND_DUPLICATE: State.VOID_DUPLICATE,
    Event.ORDER_CHANGED: State.DRAFT,
    Event.WITHDRAWN: State.WITHDRAWN,
}
# While an approval is in force. A payer may also change or take back what it has approved.
_IN_FORCE: Mapping[Event, State] = {
    **_DECISIONS,
    Event.CANCELLED_BY_PAYER: State.WITHDRAWN,
    Event.CHANGE_REQUESTED: State.CHANGE_REQUESTED,
    Event.EXTENSION_REQUESTED: State.EXTENSION_REQUESTED,
    Event.EXPIRED: State.EXPIRED,
    Event.WITHDRAWN: State.WITHDRAWN,
    Event.CLOSED: State.CLOSED,
}
# While the payer decides once more. The case stays what it is, so that nobody forgets the old approval
# or the denial behind it; what the payer asks meanwhile is work on the worklist.
_DECIDED_AGAIN: Mapping[Event, State] = {
    **_DECISIONS,
    Event.CANCELLED_BY_PAYER: State.WITHDRAWN,
    Event.EXPIRED: State.EXPIRED,
}
_ASKED_MEANWHILE = (
    Event.TAKEN_INTO_REVIEW,
    Event.INFORMATION_REQUESTED,
    Event.INFORMATION_SENT,
    Event.PEER_TO_PEER_OFFERED,
    Event.PEER_TO_PEER_HELD,
)
_REOPENS: Mapping[Event, State] = {Event.REOPENED: State.DRAFT, Event.CLOSED: State.CLOSED}
_APPEAL: Mapping[Event, State] = {Event.APPEALED: State.APPEALING}

_ROWS: Mapping[State, Mapping[Event, State]] = {
    State.DRAFT: _BEFORE_SENDING,
    State.INCOMPLETE: _BEFORE_SENDING,
    State.ELSEWHERE: {**_BEFORE_SENDING, Event.NOT_CERTIFIED: State.NOT_CERTIFIED},
    State.READY: {**_BEFORE_SENDING, Event.SUBMISSION_STARTED: State.SUBMITTING},
    State.SUBMITTING: {
        Event.SENT: State.SUBMITTED,
        Event.INTERRUPTED: State.IN_DOUBT,
        Event.STOPPED_BEFORE_SENDING: State.READY,
        Event.FOUND_INCOMPLETE: State.INCOMPLETE,
        Event.FOUND_NOT_REQUIRED: State.NOT_REQUIRED,
        Event.FOUND_DUPLICATE: State.VOID_DUPLICATE,
        Event.REDIRECTED: State.REDIRECTED,
    },
    State.IN_DOUBT: {
        Event.FOUND_AT_PAYER: State.SUBMITTED,
        Event.PROVED_NOT_SENT: State.READY,
    },
    State.SUBMITTED: _ANSWERS,
    State.IN_REVIEW: _ANSWERS,
    State.INFORMATION_REQUESTED: {**_ANSWERS, Event.INFORMATION_SENT: State.IN_REVIEW},
    State.PEER_TO_PEER_OFFERED: {**_ANSWERS, Event.PEER_TO_PEER_HELD: State.IN_REVIEW, **_APPEAL},
    State.REDIRECTED: {**_APPROVALS, **_REOPENS, Event.WITHDRAWN: State.WITHDRAWN},
    State.CERTIFIED: _IN_FORCE,
    State.CERTIFIED_MODIFIED: {**_IN_FORCE, **_APPEAL},
    State.PARTIALLY_CERTIFIED: {
        **_IN_FORCE,
        **_APPEAL,
        Event.PEER_TO_PEER_OFFERED: State.PEER_TO_PEER_OFFERED,
    },
    State.NOT_CERTIFIED: {
        **_DECISIONS,
        **_REOPENS,
        **_APPEAL,
        Event.PEER_TO_PEER_OFFERED: State.PEER_TO_PEER_OFFERED,
    },
    State.CHANGE_REQUESTED: {
        **_DECIDED_AGAIN,
        **dict.fromkeys(_ASKED_MEANWHILE, State.CHANGE_REQUESTED),
        Event.WITHDRAWN: State.WITHDRAWN,
    },
    State.EXTENSION_REQUESTED: {
        **_DECIDED_AGAIN,
        **dict.fromkeys(_ASKED_MEANWHILE, State.EXTENSION_REQUESTED),
        Event.WITHDRAWN: State.WITHDRAWN,
    },
    State.NOT_REQUIRED: {**_BEFORE_SENDING, **_REOPENS},
    State.VOID_DUPLICATE: _REOPENS,
    State.WITHDRAWN: _REOPENS,
    State.EXPIRED: {**_REOPENS, Event.EXTENSION_REQUESTED: State.EXTENSION_REQUESTED},
    State.APPEALING: {
        **_DECISIONS,
        **dict.fromkeys(_ASKED_MEANWHILE, State.APPEALING),
        Event.WITHDRAWN: State.NOT_CERTIFIED,
    },
    State.CLOSED: {},
}

TRANSITIONS: Mapping[tuple[State, Event], State] = MappingProxyType(
    {(state, event): target for state, row in _ROWS.items() for event, target in row.items()}
)
TERMINAL = frozenset(state for state, row in _ROWS.items() if not row)

_EVENT_OF_STATUS: Mapping[DeterminationStatus, Event] = {
    DeterminationStatus.CERTIFIED: Event.CERTIFIED,
    DeterminationStatus.MODIFIED: Event.CERTIFIED_MODIFIED,
    DeterminationStatus.PARTIAL: Event.PARTIALLY_CERTIFIED,
    DeterminationStatus.PENDED: Event.TAKEN_INTO_REVIEW,
    DeterminationStatus.NOT_CERTIFIED: Event.NOT_CERTIFIED,
    DeterminationStatus.NOT_REQUIRED: Event.FOUND_NOT_REQUIRED,
    DeterminationStatus.CANCELLED: Event.CANCELLED_BY_PAYER,
    DeterminationStatus.DUPLICATE: Event.FOUND_DUPLICATE,
}


class TransitionError(Exception):
    """An event that can't happen in this state. `possible` are the events that can."""

    def __init__(self, state: State, event: Event) -> None:
        self.state, self.event, self.possible = state, event, possible(state)
        can = ", ".join(self.possible) or "nothing: the state is final"
        super().__init__(f"a case that is {state} can't take the event {event}; possible: {can}")


def move(state: State, event: Event) -> State:
    """The state after `event`; raises TransitionError when the table doesn't have the pair."""
    try:
        return TRANSITIONS[state, event]
    except KeyError:
        raise TransitionError(state, event) from None


def possible(state: State) -> tuple[Event, ...]:
    """The events that the state takes, in the order of Event."""
    return tuple(event for event in Event if (state, event) in TRANSITIONS)


def event_of(status: DeterminationStatus) -> Event:
    """The event that a payer's decision is."""
    return _EVENT_OF_STATUS[status]


def as_markdown() -> str:
    """The states, the table and its Mermaid drawing: the text of docs/reference/case-states.md."""
    parts = [
        "# The states of a case",
        "<!-- Made from src/authwright/cases/states.py by `states.as_markdown()`; a test compares. -->",
        "An event that a state's row doesn't name is refused. Every move is a ledger entry.",
        "## States",
        _markdown_table(("State", "Meaning"), ((state, MEANING[state]) for state in State)),
        "## Moves",
        _markdown_table(
            ("State", "Event", "Next state"),
            ((state, event, TRANSITIONS[state, event]) for state in State for event in possible(state)),
        ),
        "## Drawing",
        "```mermaid\n" + _mermaid() + "\n```",
    ]
    return "\n\n".join(parts) + "\n"


def _markdown_table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _mermaid() -> str:
    """One arrow for each pair of states, with its events as the label. Mermaid ids take no dash."""
    arrows: dict[tuple[State, State], list[Event]] = {}
    for (state, event), target in TRANSITIONS.items():
        arrows.setdefault((state, target), []).append(event)
    lines = ["stateDiagram-v2", f"    [*] --> {_id(State.DRAFT)}"]
    lines += [f"    {_id(a)} --> {_id(b)}: {', '.join(events)}" for (a, b), events in arrows.items()]
    lines += [f"    {_id(state)} --> [*]" for state in State if state in TERMINAL]
    return "\n".join(lines)


def _id(state: State) -> str:
    return state.replace("-", "_")
