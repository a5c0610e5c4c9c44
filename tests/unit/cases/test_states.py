"""The table of moves: complete, closed, and the same as its page in the reference."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authwright.cases import states
from authwright.cases.states import TERMINAL, TRANSITIONS, Event, State, TransitionError, move, possible
from authwright.core.certification import DeterminationStatus

PAGE = Path(__file__).parents[3] / "docs/reference/case-states.md"
DESIGN = [
    "draft",
    "incomplete",
    "elsewhere",
    "ready",
    "submitting",
    "in-doubt",
    "submitted",
    "in-review",
    "information-requested",
    "peer-to-peer-offered",
    "redirected",
    "certified",
    "certified-modified",
    "partially-certified",
    "not-certified",
    "change-requested",
    "extension-requested",
    "not-required",
    "void-duplicate",
    "withdrawn",
    "expired",
    "appealing",
    "closed",
]


def reachable_from(start: State) -> set[State]:
    seen, todo = {start}, [start]
    while todo:
        state = todo.pop()
        for event in possible(state):
            if (target := move(state, event)) not in seen:
                seen.add(target)
                todo.append(target)
    return seen


def test_the_states_are_those_of_the_design() -> None:
    assert [state.value for state in State] == DESIGN
    assert set(states.MEANING) == set(State)


def test_every_state_is_reached_from_a_draft() -> None:
    assert reachable_from(State.DRAFT) == set(State)


@pytest.mark.parametrize("state", State)
def test_every_case_can_come_to_its_end(state: State) -> None:
    assert State.CLOSED in reachable_from(state)


def test_only_closed_is_final() -> None:
    assert {State.CLOSED} == TERMINAL
    assert possible(State.CLOSED) == ()


def test_every_event_happens_somewhere() -> None:
    assert {event for _, event in TRANSITIONS} == set(Event)


def test_what_may_be_at_the_payer_is_never_sent_again_unproved() -> None:
    """Between the start of an attempt and its end, READY comes back only by a proof."""
    assert set(possible(State.IN_DOUBT)) == {Event.FOUND_AT_PAYER, Event.PROVED_NOT_SENT}
    into_submitting = {pair for pair, target in TRANSITIONS.items() if target is State.SUBMITTING}
    assert into_submitting == {(State.READY, Event.SUBMISSION_STARTED)}
    into_doubt = {pair for pair, target in TRANSITIONS.items() if target is State.IN_DOUBT}
    assert into_doubt == {(State.SUBMITTING, Event.INTERRUPTED)}


@pytest.mark.parametrize("status", DeterminationStatus)
def test_a_payer_that_has_the_request_can_answer_anything(status: DeterminationStatus) -> None:
    assert move(State.IN_REVIEW, states.event_of(status)) in State


def test_a_refused_change_leaves_the_old_approval() -> None:
    changing = move(State.CERTIFIED_MODIFIED, Event.CHANGE_REQUESTED)
    assert move(changing, Event.CERTIFIED_MODIFIED) is State.CERTIFIED_MODIFIED


@pytest.mark.parametrize("state", [State.CHANGE_REQUESTED, State.EXTENSION_REQUESTED, State.APPEALING])
def test_questions_meanwhile_dont_hide_what_holds(state: State) -> None:
    assert move(state, Event.INFORMATION_REQUESTED) is state


@given(st.sampled_from(State), st.sampled_from(Event))
@settings(max_examples=200, deadline=None)
def test_a_pair_is_in_the_table_or_refused_with_what_is_possible(state: State, event: Event) -> None:
    if (state, event) in TRANSITIONS:
        assert move(state, event) is TRANSITIONS[state, event]
        return
    with pytest.raises(TransitionError) as refused:
        move(state, event)
    assert state in str(refused.value)
    assert event in str(refused.value)
    assert refused.value.possible == possible(state)
    assert all(e in str(refused.value) for e in possible(state))


@given(st.lists(st.sampled_from(Event), max_size=40))
@settings(max_examples=100, deadline=None)
def test_any_history_is_a_path_through_the_table(events: list[Event]) -> None:
    state = State.DRAFT
    for event in events:
        if event in possible(state):
            state = move(state, event)
        else:
            with pytest.raises(TransitionError):
                move(state, event)
    assert state in State


def test_the_page_is_made_from_the_table() -> None:
    assert PAGE.read_text(encoding="utf-8") == states.as_markdown()
