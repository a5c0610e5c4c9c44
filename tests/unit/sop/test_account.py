"""The account: nothing of the author's is left out, each sentence once, its meaning under it."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from authwright.core.workflow import (
    Action,
    Condition,
    ConditionKind,
    Position,
    Purpose,
    Section,
    SectionRole,
    Step,
    Value,
    Workflow,
)
from authwright.sop import account_of, compile_sop, explain_text
from authwright.sop.page import explain_page

HUB = Path(__file__).parents[3] / "library/hub/sops"


@pytest.fixture
def account(sop):
    def of(body, purpose="other"):
        workflow, found = sop.file(body, purpose)
        return account_of(workflow, sop.text(body, purpose).split("\n"), found)

    return of


def rows(account):
    return [(row.line, row.depth, row.words, [m.text for m in row.meanings]) for row in account.parts[0].rows]


def test_steps_of_one_sentence_stand_under_it(account):
    body = "## Steps\n1. Enter the member ID in Member ID and click Search. Take a screenshot.\n"
    assert rows(account(body)) == [
        (
            10, 0, "Enter the member ID in Member ID and click Search",
            ['Write the member ID of the case into the field "Member ID"', 'Press "Search"'],
        ),
        (10, 0, "Take a screenshot", ["Keep a picture of the page"]),
    ]  # fmt: skip


def test_a_sentence_over_two_lines_is_one_and_the_same_sentence_twice_is_two(account):
    found = rows(account("## Steps\n1. Click Start,\n   then click End.\n2. Click Next.\n3. Click Next.\n"))
    assert [(line, words) for line, _, words, _ in found] == [
        (10, "Click Start, then click End"), (12, "Click Next"), (13, "Click Next"),
    ]  # fmt: skip


def test_conditions_and_loops_are_shown_as_structure(account):
    body = (
        "## Steps\n1. For each service line:\n   1. Click Add.\n   2. If it is the last, click Done. "
        "Otherwise, click More.\n2. Click Next.\n"
    )
    part = account(body).parts[0]
    assert [(row.depth, [(m.depth, m.text) for m in row.meanings]) for row in part.rows] == [
        (0, [(0, "For each service line of the case, one after the other")]),
        (1, [(0, 'Press "Add"')]),
        (1, [(0, "Only if this is the last of the list"), (1, 'Press "Done"')]),
        (1, [(0, "Otherwise, that is not if this is the last of the list"), (1, 'Press "More"')]),
        (0, [(0, 'Press "Next"')]),
    ]
    assert part.rows[0].meanings[0].action is Action.REPEAT


def test_a_chain_of_conditions_stays_flat():
    def when(status, *body, otherwise=()):
        held = Condition(ConditionKind.STATUS, "", values=(Value(literal=status),))
        return Step(
            Action.CONDITION, Position(3, 1), status, "", condition=held, body=body, otherwise=otherwise
        )

    stop = Step(Action.STOP, Position(3, 9), "stop", "")
    person = Step(Action.HUMAN, Position(5, 1), "else", "", target="call the payer")
    chain = when("A", stop, otherwise=(when("B", stop, otherwise=(person,)),))
    section = Section("Steps", SectionRole.TASK, Position(2, 1), (chain,))
    told = account_of(Workflow("a/b", "T", Purpose.OTHER, "a", (section,)))
    assert [(row.depth + m.depth, m.text) for row in told.parts[0].rows for m in row.meanings] == [
        (0, 'Only if the status on the page is "A"'),
        (1, "The run ends here"),
        (0, 'Otherwise, only if the status on the page is "B"'),
        (1, "The run ends here"),
        (0, "In all other cases"),
        (1, "The run stops here for a person, who is asked: call the payer"),
    ]


def test_what_cant_be_read_stands_at_its_place(account):
    told = account("## Steps\n1. Click Start.\n2. Clik Next.\n3. Click End.\n")
    assert [(row.line, row.words, len(row.findings)) for row in told.parts[0].rows] == [
        (10, "Click Start", 0), (11, "Clik Next.", 1), (12, "Click End", 0),
    ]  # fmt: skip
    assert told.unread == 1
    text = explain_text(told)
    assert "!! error SOP011" in text and "But it has 1 error" in text


def test_a_finding_before_the_first_section_is_told():
    text = "---\nid: a/b\npurpose: sing-in\nportal: a\n---\n## Steps\n1. Click Next.\n"
    workflow, found = compile_sop(text, "x.md")
    told = account_of(workflow, text.split("\n"), found)
    assert [d.line for d in told.findings] == [3]
    assert "purpose" in explain_text(told).split("Steps")[0]


def test_a_jump_names_the_line_that_it_leads_to(account):
    told = account(
        '## Steps\n1. Click Search.\n2. Wait a minute.\n3. If the page says "Busy", go back to step 1.\n'
    )
    jump = told.parts[0].rows[-1].meanings[-1]
    assert jump.text == 'Go on from line 10 ("Click Search"), at most 2 times, then a person is asked'


def test_the_end_says_what_is_sent(account):
    sent = explain_text(account("## Steps\n1. Click Submit once.\n", "submit"))
    assert 'Sent to the payer once, at line 10: "Submit".' in sent
    assert "THIS IS SENT TO THE PAYER, one time only" in sent
    nothing = explain_text(account("## Steps\n1. Click Search. Use SOP hub/find.\n"))
    assert "Nothing here is sent to the payer." in nothing and "THIS IS SENT" not in nothing
    assert "What is sent by hub/find" in nothing
    unsaid = explain_text(account("## Steps\n1. Click Submit.\n"))
    assert 'But "Submit", at line 10, looks as if it sends and does not say "once".' in unsaid


def test_a_draft_and_its_date_are_told():
    head = "---\nid: a/b\npurpose: other\nportal: a\neffective: 2026-10-01\ndraft: true\n---\n"
    workflow, _ = compile_sop(head + "## Steps\n1. Click Next.\n", "x.md")
    told = account_of(workflow)
    for said in (explain_text(told), explain_page(told, [])):
        assert "in effect from 2026-10-01" in said and "a draft, to be rehearsed" in said


def test_notes_and_sections_for_people_say_that_nothing_is_done(account):
    body = "## Before you start\nHave the chart ready.\n\n## Steps\n1. The list opens. Click Next.\n"
    text = explain_text(account(body))
    assert "nothing of it is done" in text and "Have the chart ready." in text
    assert "Nothing is done: this only informs" in text


def test_an_example_of_a_case_stands_beside_the_value(sop):
    workflow, _ = sop.file(
        "## Steps\n1. Enter the member ID in ID. If the patient is under 18, click Minor.\n"
    )
    text = explain_text(
        account_of(workflow, example=lambda value: f"here {value.ref}" if value.ref else None)
    )
    assert "the member ID of the case (here coverage.member_id)" in text
    assert "the patient's age (here patient.age) is below" in text


def test_no_line_is_wider_than_asked(account):
    long = " and ".join(f'"{word * 8}" in Field{word}' for word in "abcdef")
    text = explain_text(account(f"## Steps\n1. Enter {long}.\n"), width=60)
    assert max(map(len, text.split("\n"))) <= 60


class _Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.tags, self.text, self.style = [], [], "", False

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        assert not {"src", "href"} & {name for name, _ in attrs}
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def read(page):
    parser = _Page()
    parser.feed(page)
    assert parser.open == []
    return parser


@pytest.mark.parametrize("name", ["submit-outpatient", "status", "sign-in"])
def test_the_page_tells_all_that_the_terminal_tells(name):
    text = (HUB / f"{name}.md").read_text()
    workflow, found = compile_sop(text, "x.md")
    told = account_of(workflow, text.split("\n"), found)
    page = read(explain_page(told, text.split("\n")))
    for part in told.parts:
        assert part.title in page.text
        for row in part.rows:
            assert row.words in page.text
            assert all(m.text in page.text for m in row.meanings)
    assert page.text.count("THIS IS SENT TO THE PAYER") == len(told.marks)


def test_nothing_of_the_author_is_markup_on_the_page(account, sop):
    body = '## A <b>section</b>\n1. Enter "<script>alert(1)</script>" in "<i>ID</i>".\n2. Clik <img src=x>.\n'
    page = read(explain_page(account(body), sop.text(body).split("\n")))
    assert not {"script", "i", "img"} & set(page.tags)
    assert "<i>ID</i>" in page.text and "<script>alert(1)</script>" in page.text
    assert "A <b>section</b>" in page.text
    assert re.search(r"Clik .*\n +\^", page.text)  # the caret under the word that can't be read
