"""Jumps, other SOPs, what is kept and handed over: where a run goes and what it says in the end."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from fakes import FakePortal, interrupted, otherwise, run, sign_in, step, task
from handmade import control, page, text

from authwright.core.run import HaltReason, RunOutcome, RunResult
from authwright.core.workflow import (
    Action,
    Condition,
    ConditionKind,
    Match,
    Position,
    Purpose,
    Section,
    SectionRole,
    Step,
    Value,
    Workflow,
)
from authwright.runner.asks import Acted
from authwright.runner.looking import MOST_ATTENDED
from authwright.runner.page import Control, Kind, Page

CASE = {
    "coverage": {"member_id": "W1"},
    "service_lines": [{"code": "72148"}, {"code": "29881", "modifiers": ["RT", "59"]}],
    "diagnoses": [{"code": "M54.16"}, {"code": "M54.17"}],
    "credentials": {"username": "specialist", "password": "secret"},
    "documents": [{"path": "a.pdf"}, {"path": "b.pdf"}],
}


def button(label: str, **more: object) -> Control:
    return control(label, Kind.BUTTON, **more)


def buttons(*labels: str) -> FakePortal:
    return FakePortal({"start": page([button(label) for label in labels])})


def click(label: str, **more: object) -> Step:
    return step(Action.CLICK, label, **more)


def go_to(target: str, **more: object) -> Step:
    return step(Action.GO_TO, target, **more)


def part(title: str, *steps: Step, role: SectionRole = SectionRole.TASK) -> Section:
    return Section(title, role, Position(1, 1), steps)


def says(words: str, *body: Step) -> Step:
    asked = Condition(ConditionKind.SHOWS, f'it says "{words}"', subject=words)
    return step(Action.CONDITION, condition=asked, body=body)


def clicks(portal: FakePortal) -> list[str]:
    return [entry.removeprefix("click ") for entry in portal.log if entry.startswith("click")]


def reason(result: RunResult) -> HaltReason | None:
    return result.halt.reason if result.halt else None


def once(*steps: Step) -> Step:
    """Does the steps in the first round only: a case condition can't tell rounds, what was read can."""
    known = Condition(ConditionKind.READ_EQUALS, "known", subject="round", values=(Value(literal="2"),))
    keep = step(Action.KEEP, value="2", save_as="round")
    return step(Action.CONDITION, condition=known, otherwise=(keep, *steps))


# --- jumps ---


def test_a_jump_to_a_section_goes_on_through_the_ones_after_it() -> None:
    portal = buttons("A", "B", "C")
    sections = (
        part("Find", click("A")),
        part("Fill in", click("B"), once(go_to("find"))),
        part("End", click("C")),
    )
    assert run(portal, *sections).outcome is RunOutcome.DONE
    assert clicks(portal) == ["A", "B", "A", "B", "C"]


def test_a_jump_forward_leaves_out_what_is_between() -> None:
    portal = buttons("A", "B", "C")
    run(portal, part("One", click("A"), go_to("Three")), part("Two", click("B")), part("Three", click("C")))
    assert clicks(portal) == ["A", "C"]


def test_a_step_is_counted_in_the_section_of_the_jump() -> None:
    portal = buttons("A", "B", "C", "D")
    run(
        portal,
        part("One", click("A")),
        part("Two", click("B"), click("C"), once(go_to("step 2")), click("D")),
    )
    assert clicks(portal) == ["A", "B", "C", "C", "D"]


def test_a_jump_is_made_twice_unless_more_is_said() -> None:
    for limit, rounds in ((None, 3), (4, 5)):
        portal = buttons("A")
        result = run(portal, part("One", click("A"), go_to("step 1", limit=limit)))
        assert reason(result) is HaltReason.JUMP_LIMIT and clicks(portal) == ["A"] * rounds


@pytest.mark.parametrize("target", ["step 3", "step 0", "Nowhere"])
def test_a_jump_to_nowhere_is_found_before_anything_is_done(target: str) -> None:
    portal = buttons("A")
    result = run(portal, part("One", click("A"), go_to(target, line=7)))
    assert result.halt is not None and result.halt.line == 7
    assert result.halt.reason is HaltReason.UNSUPPORTED and portal.log == []


def test_a_jump_by_a_title_that_two_sections_have_leads_nowhere() -> None:
    result = run(buttons("A"), part("One", click("A")), part("One", click("A")), part("Two", go_to("One")))
    assert reason(result) is HaltReason.UNSUPPORTED


def test_a_step_number_means_nothing_when_something_else_happens() -> None:
    result = run(buttons("A"), task(click("A")), otherwise(says("Oops", go_to("step 1"))))
    assert reason(result) is HaltReason.UNSUPPORTED


def test_what_is_typed_anew_after_a_jump_replaces_what_was_typed_before() -> None:
    form = page([control("Member ID", id="m"), button("Next")])
    review = page([button("Back"), button("Submit")], words="review", texts=tuple(pair("Member ID", "W1")))
    answer = page(words="answer", texts=tuple(pair("Number", "A1")))
    portal = FakePortal(
        {"start": form, "review": review, "answer": answer},
        {"Next": "review", "Back": "start", "Submit": "answer"},
    )
    steps = (
        step(Action.FILL, "Member ID", ref="coverage.member_id"),
        click("Next"),
        once(click("Back"), go_to("step 1")),
        click("Submit", once=True),
        step(Action.READ, "Number", save_as="reference_number"),
    )
    result = run(portal, task(*steps), case=CASE)
    assert result.outcome is RunOutcome.DONE and result.read["reference_number"] == "A1"


def pair(label: str, value: str, top: float = 10) -> list:  # type: ignore[type-arg]
    return [text(label, 10, top, tag="dt"), text(value, 200, top, tag="dd")]


def sent_portal() -> FakePortal:
    answer = page([button("Submit"), button("Home")], words="Sorry", texts=tuple(pair("Number", "A1")))
    return FakePortal({"start": page([button("Submit")]), "answer": answer}, {"Submit": "answer"})


SUBMIT = click("Submit", once=True, line=20)
READ = step(Action.READ, "Number", save_as="reference_number")


@pytest.mark.parametrize("target", ["Sign in", "One", "step 1"])
def test_no_jump_leads_back_past_what_was_sent(target: str) -> None:
    portal = sent_portal()
    result = run(portal, sign_in(step(Action.NOTE)), part("One", SUBMIT, READ, go_to(target)))
    assert reason(result) is HaltReason.GUARD and clicks(portal) == ["Submit"]


def test_a_jump_forward_after_sending_is_made_once_the_answer_is_read() -> None:
    portal = sent_portal()
    result = run(portal, part("One", SUBMIT, READ, go_to("Home")), part("Other"), part("Home", click("Home")))
    assert result.outcome is RunOutcome.DONE and clicks(portal) == ["Submit", "Home"]
    assert portal.log.index("resolve sent") < portal.log.index("click Home")
    unread = run(sent_portal(), part("One", SUBMIT, go_to("Home")), part("Home", click("Home")))
    assert reason(unread) is HaltReason.NOT_READ


def signed_in_portal() -> FakePortal:
    form = [control("User ID", id="u", form=1), control("Password", Kind.PASSWORD, id="p", form=1)]
    return FakePortal(
        {
            "start": page([*form, button("Sign In", form=1)]),
            "home": page([button("Search"), button("Leave")], words="Session lost"),
        },
        {"Sign In": "home", "Leave": "start"},
    )


def test_sign_in_again_begins_the_task_from_the_top() -> None:
    portal = signed_in_portal()
    sections = (
        sign_in(step(Action.SIGN_IN)),
        part("Find", click("Search")),
        part("Go on", once(click("Leave"), go_to("Sign in"))),
    )
    assert run(portal, *sections, case=CASE).outcome is RunOutcome.DONE
    assert clicks(portal) == ["Sign In", "Search", "Leave", "Sign In", "Search"]


def test_sign_in_again_while_signed_in_signs_in_no_second_time() -> None:
    portal = signed_in_portal()
    sections = sign_in(step(Action.SIGN_IN)), part("Find", click("Search"), once(go_to("Sign in")))
    assert run(portal, *sections, case=CASE).outcome is RunOutcome.DONE
    assert clicks(portal) == ["Sign In", "Search", "Search"]


def test_a_handler_jumps_to_where_the_task_goes_on() -> None:
    portal = FakePortal(
        {"start": page([button("A")]), "lost": page([button("B")], words="Oops")}, {"A": "lost", "B": "start"}
    )
    handler = otherwise(says("Oops", once(click("B"), go_to("Two"))))
    run(portal, part("One", click("A"), click("Z")), part("Two", click("A")), handler)
    assert clicks(portal)[:3] == ["A", "B", "A"]


@pytest.mark.parametrize(("limit", "times"), [(1, 1), (2, 2), (7, 7), (None, MOST_ATTENDED)])
def test_a_handler_is_acted_on_as_often_as_it_says(limit: int | None, times: int) -> None:
    portal = FakePortal({"start": page([button("Retry")], words="Busy")}, {"Retry": "start"})
    handler = replace(says("Busy", click("Retry")), limit=limit)
    result = run(portal, task(click("Go")), otherwise(handler))
    assert result.outcome is RunOutcome.HALTED
    assert clicks(portal) == ["Retry"] * times


def test_a_jump_in_a_handler_may_be_made_as_often_as_it_says() -> None:
    portal = FakePortal({"start": page([button("Retry")], words="Busy")}, {"Retry": "start"})
    handler = says("Busy", click("Retry"), go_to("Task", limit=6))
    result = run(portal, part("Task", click("Go")), otherwise(handler))
    assert result.outcome is RunOutcome.HALTED
    assert clicks(portal) == ["Retry"] * 6


# --- going on at "If interrupted" ---


def test_if_interrupted_ends_the_pass_and_leaves_the_intent_open() -> None:
    portal = sent_portal()
    result = run(portal, task(SUBMIT, says("Sorry", go_to("If interrupted"))), interrupted(click("Home")))
    assert result.outcome is RunOutcome.HALTED and result.interrupted and result.sent
    assert reason(result) is HaltReason.INTERRUPTED
    assert clicks(portal) == ["Submit"] and "resolve sent" not in portal.log


def test_a_handler_may_do_so_too() -> None:
    portal = sent_portal()
    sections = task(SUBMIT, READ), otherwise(says("Sorry", go_to("If interrupted"))), interrupted()
    result = run(portal, *sections)
    assert result.interrupted and "resolve sent" not in portal.log


def test_while_looking_a_handler_that_ends_the_submission_is_left_out() -> None:
    portal = FakePortal({"start": page([button("Search")], words="Sorry")})
    handler = otherwise(says("Sorry", go_to("Task")))
    result = run(portal, task(SUBMIT), interrupted(click("Search")), handler, mode="if-interrupted")
    assert result.outcome is RunOutcome.DONE and clicks(portal) == ["Search"]


def test_if_interrupted_may_begin_itself_again() -> None:
    portal = buttons("Search")
    again = interrupted(click("Search"), once(go_to("If interrupted")))
    result = run(portal, task(SUBMIT), again, mode="if-interrupted")
    assert result.outcome is RunOutcome.DONE and clicks(portal) == ["Search", "Search"]


# --- other SOPs ---


def library(*workflows: tuple[str, Iterable[Section]]) -> dict[str, Workflow]:
    return {id_: Workflow(id_, id_, Purpose.OTHER, "test", tuple(sections)) for id_, sections in workflows}


def use(id_: str, section: str | None = None) -> Step:
    return step(Action.USE, id_, section=section)


def test_another_sop_does_its_part() -> None:
    portal = buttons("A", "B", "C")
    others = library(("hub/find", (part("Find", click("B")), interrupted(click("Z")))))
    result = run(portal, task(click("A"), use("hub/find"), click("C")), library=others)
    assert result.outcome is RunOutcome.DONE and clicks(portal) == ["A", "B", "C"]


def test_only_the_section_that_is_named() -> None:
    portal = buttons("A", "B", "C")
    others = library(("hub/find", (part("Find", click("A")), part("Open", click("B")))))
    run(portal, task(use("hub/find", "open"), click("C")), library=others)
    assert clicks(portal) == ["B", "C"]


def test_its_jumps_are_its_own() -> None:
    portal = buttons("A", "B", "C")
    others = library(("hub/find", (part("Task", click("B"), once(go_to("Task"))),)))
    run(portal, task(click("A"), use("hub/find"), click("C")), library=others)
    assert clicks(portal) == ["A", "B", "B", "C"]


def test_its_stop_ends_only_it_and_an_outcome_ends_all() -> None:
    for stop, done in ((step(Action.STOP), ["A", "C"]), (step(Action.STOP, outcome="denied"), ["A"])):
        portal = buttons("A", "B", "C")
        others = library(("hub/find", (part("Find", click("A"), stop, click("B")),)))
        result = run(portal, task(use("hub/find"), click("C")), library=others)
        assert clicks(portal) == done and result.stopped_with == (stop.outcome or "")


def test_a_stop_of_the_sop_itself_ends_it_all_even_inside_of_another() -> None:
    portal = FakePortal({"start": page([button("A"), button("C")], words="Closed")})
    others = library(("hub/find", (part("Find", click("A")),)))
    result = run(
        portal,
        task(use("hub/find"), click("C")),
        otherwise(says("Closed", step(Action.STOP))),
        library=others,
    )
    assert result.outcome is RunOutcome.DONE and clicks(portal) == []


def test_its_handlers_hold_while_it_is_followed() -> None:
    portal = FakePortal(
        {"start": page([button("A"), button("X")], words="News"), "clear": page([button("A"), button("C")])},
        {"X": "clear"},
    )
    others = library(("hub/find", (part("Find", click("A")), otherwise(says("News", click("X"))))))
    run(portal, task(use("hub/find"), click("C")), library=others)
    assert clicks(portal) == ["X", "A", "C"]


@pytest.mark.parametrize(
    ("first", "others"),
    [
        (use("hub/none"), ()),
        (use("hub/a", "Nowhere"), (("hub/a", (part("Find", click("A")),)),)),
        (use("hub/a"), (("hub/a", (part("Find", use("hub/b")),)), ("hub/b", (part("B", use("hub/a")),)))),
        (use("hub/a"), (("hub/a", (part("Find", go_to("Submit")),)),)),
        (use("0"), tuple((str(n), (part("Find", use(str(n + 1))),)) for n in range(9))),
    ],
)
def test_what_cant_be_used_is_found_before_the_run_starts(first: Step, others: tuple) -> None:  # type: ignore[type-arg]
    portal = buttons("A")
    result = run(portal, task(click("A"), first), library=library(*others))
    assert reason(result) is HaltReason.UNSUPPORTED and portal.log == []


def test_signing_in_as_in_another_sop() -> None:
    portal = signed_in_portal()
    others = library(("hub/sign-in", (sign_in(step(Action.SIGN_IN)),)))
    sections = sign_in(use("hub/sign-in")), task(click("Search"), use("hub/sign-in"), click("Search"))
    assert run(portal, *sections, case=CASE, library=others).outcome is RunOutcome.DONE
    assert clicks(portal) == ["Sign In", "Search", "Search"]


# --- loops ---


def test_a_loop_in_a_loop_knows_both_elements() -> None:
    inner = (
        step(Action.FILL, "Code", ref="service_lines[].code"),
        step(Action.FILL, "Diagnosis", ref="diagnoses[].code"),
        click("Link"),
    )
    body = (step(Action.REPEAT, each="diagnoses", body=inner),)
    portal = FakePortal(
        {
            "start": page([control("Code", id="c"), control("Diagnosis", id="d"), button("Link")]),
            "again": page([control("Code", id="c"), control("Diagnosis", id="d"), button("Link")]),
        }
    )

    def cleared(fake: FakePortal) -> None:
        if fake.log and fake.log[-1] == "click Link":
            fake.values.clear()

    portal.on_look = cleared
    assert run(portal, task(step(Action.REPEAT, each="service_lines", body=body)), case=CASE).halt is None
    puts = [entry.split()[1] for entry in portal.log if entry.startswith("put")]
    assert puts == [
        *("72148", "M54.16", "72148", "M54.17"),
        *("29881", "M54.16", "29881", "M54.17"),
    ]


class Adding(FakePortal):
    """One field with suggestions for all elements: "Add" empties it."""

    def page(self) -> Page:
        self.now = "open" if self.values else "start"
        return super().page()

    def _click(self, id_: str) -> Acted:
        self.log.append(f"click {id_}")
        if id_ == "add":
            self.values.clear()
        else:
            self.values["c"] = f"{id_} - a code"
        return Acted()


def test_one_field_with_suggestions_serves_every_element() -> None:
    field = [control("Code", Kind.TYPEAHEAD, id="c"), button("Add", id="add")]
    offered = [control(f"{code} - a code", Kind.OPTION, id=code) for code in ("M54.16", "M54.17")]
    portal = Adding({"start": page(field), "open": page([*field, *offered])})
    code = step(Action.FILL, "Code", ref="diagnoses[].code", suggest=True, match=Match.STARTS_WITH)
    result = run(portal, task(step(Action.REPEAT, each="diagnoses", body=(code, click("Add")))), case=CASE)
    assert result.halt is None
    assert clicks(portal) == ["M54.16", "add", "M54.17", "add"]


def test_a_loop_over_a_list_of_the_present_element() -> None:
    has = Condition(ConditionKind.PRESENT, "it has modifiers", subject="service_lines[].modifiers")
    each = step(
        Action.REPEAT, each="service_lines[].modifiers", body=(click_value("service_lines[].modifiers"),)
    )
    body = (step(Action.CONDITION, condition=has, body=(each,)),)
    portal = buttons("RT", "59")
    run(portal, task(step(Action.REPEAT, each="service_lines", body=body)), case=CASE)
    assert clicks(portal) == ["RT", "59"]


def click_value(ref: str) -> Step:
    return step(Action.CLICK, ref=ref)


def test_each_document_is_attached_by_itself() -> None:
    portal = FakePortal({"start": page([control(kind=Kind.FILE)])}, sizes={"a.pdf": 9, "b.pdf": 9})
    attach = step(Action.UPLOAD, ref="documents")
    assert run(portal, task(step(Action.REPEAT, each="documents", body=(attach,))), case=CASE).halt is None
    assert portal.log == ["upload a.pdf", "upload b.pdf"]


def test_until_is_asked_again_after_the_last_round() -> None:
    portal = FakePortal({"start": page([button("More")]), "end": page(words="The end")}, {"More": "end"})
    ends = Condition(ConditionKind.SHOWS, "it says so", subject="The end")
    until = step(Action.REPEAT, condition=ends, limit=1, body=(click("More"),))
    assert run(portal, task(until)).outcome is RunOutcome.DONE
    portal = FakePortal({"start": page([button("More")])})
    assert reason(run(portal, task(until))) is HaltReason.JUMP_LIMIT and clicks(portal) == ["More"]


def test_a_number_of_times() -> None:
    portal = buttons("More")
    run(portal, task(step(Action.REPEAT, limit=3, body=(click("More"),))))
    assert clicks(portal) == ["More"] * 3


# --- what is kept and handed over ---


def test_a_value_is_kept_under_its_name() -> None:
    portal = FakePortal({"start": page(texts=tuple(pair("Valid to", "12/31/2026")))})
    steps = (
        step(Action.READ, "Valid to", save_as="valid_to"),
        step(Action.KEEP, value=Value(ref="valid_to", read=True), save_as="expiration_date"),
        step(Action.KEEP, ref="coverage.member_id", save_as="old_id"),
    )
    result = run(portal, task(*steps), case=CASE)
    assert result.kept == {"expiration_date": "12/31/2026", "old_id": "W1"}
    assert result.read == {"valid_to": "12/31/2026", **result.kept}


def test_what_was_never_read_cant_be_kept() -> None:
    lost = step(Action.KEEP, value=Value(ref="valid_to", read=True), save_as="x")
    assert reason(run(FakePortal({"start": page()}), task(lost))) is HaltReason.DATA_MISSING


def test_outcome_and_queue_are_told_and_the_run_goes_on() -> None:
    portal = buttons("A")
    steps = step(Action.ASSIGN, outcome="denied"), step(Action.ASSIGN, queue="appeals desk"), click("A")
    result = run(portal, task(*steps))
    assert (result.assigned_outcome, result.assigned_queue) == ("denied", "appeals desk")
    assert clicks(portal) == ["A"] and "outcome" not in result.read


def test_whose_work_it_is_goes_with_the_question() -> None:
    result = run(
        FakePortal({"start": page()}), task(step(Action.HUMAN, "call them", queue="eligibility team"))
    )
    assert reason(result) is HaltReason.ASKED_PERSON and result.assigned_queue == "eligibility team"


# --- keys, signing out, texts ---


def test_only_a_click_or_a_key_can_send() -> None:
    portal = buttons("A")
    result = run(portal, task(click("A"), step(Action.FILL, "A", value="1", once=True)))
    assert reason(result) is HaltReason.UNSUPPORTED and portal.log == []


def test_a_key_that_sends_is_written_down_like_a_click() -> None:
    portal = FakePortal({"start": page(texts=tuple(pair("Number", "A1")))})
    result = run(portal, task(step(Action.PRESS_KEY, "Enter", once=True, line=9), READ))
    assert result.sent and portal.log == [
        "kept before-submit",
        "intent 9",
        "press Enter",
        "kept answer",
        "resolve sent",
    ]


@pytest.mark.parametrize(
    ("words", "key"),
    [("Page Down", "PageDown"), ("Ctrl+A", "Control+A"), ("esc", "Escape"), ("tab", "Tab"), ("+", "+")],
)
def test_keys_by_what_people_call_them(words: str, key: str) -> None:
    portal = FakePortal({"start": page()})
    run(portal, task(step(Action.PRESS_KEY, words)))
    assert portal.log == [f"press {key}"]


@pytest.mark.parametrize("words", ["Sign Out", "Log out", "LOGOFF"])
def test_signing_out_by_the_pages_own_words(words: str) -> None:
    portal = buttons("Home", words)
    run(portal, task(step(Action.SIGN_OUT)))
    assert clicks(portal) == [words]
    assert reason(run(buttons("Home"), task(step(Action.SIGN_OUT)))) is HaltReason.NOT_FOUND


def test_what_reads_as_a_value_is_clicked() -> None:
    portal = buttons("W1", "W12")
    run(portal, task(click_value("coverage.member_id")), case=CASE)
    assert clicks(portal) == ["W1"]
    twice = run(buttons("W1", "W1"), task(click_value("coverage.member_id")), case=CASE)
    assert reason(twice) is HaltReason.AMBIGUOUS


# --- a session that was kept ---


@pytest.mark.parametrize("kept", [True, False])
def test_a_sign_in_that_begins_with_another_sop_looks_at_the_portal_first(kept: bool) -> None:
    """A new window is empty: that says nothing of being signed in. The sign-in page does."""
    form = [control("User ID", form=1), control("Password", Kind.PASSWORD, form=1), button("Go", form=1)]
    portal = FakePortal(
        {
            "blank": replace(page(), url="about:blank"),
            "front": page(words="Welcome to the portal"),
            "form": page(form, words="Sign in"),
            "home": page([button("Menu")]),
        },
        {
            "http://portal.test/": "front",
            "http://portal.test/in": "home" if kept else "form",
            "Go": "home",
        },
        now="blank",
    )
    signs_in = (
        step(Action.NAVIGATE, "the entry"),
        step(Action.FILL, "User ID", ref="credentials.username"),
        step(Action.FILL, "Password", ref="credentials.password"),
        click("Go"),
    )
    others = library(("hub/sign-in", (sign_in(*signs_in),)))
    result = run(
        portal,
        sign_in(use("hub/sign-in")),
        interrupted(click("Menu")),
        library=others,
        mode="if-interrupted",
        may_be_signed_in=True,
        pages={"the entry": "http://portal.test/in"},
        case=CASE,
    )
    assert result.outcome is RunOutcome.DONE, result.halt
    assert clicks(portal) == (["Menu"] if kept else ["Go", "Menu"])
