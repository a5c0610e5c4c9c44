"""A CAPTCHA at the door, in Chromium: noticed by what the page shows, left to a person, never clicked."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from fakes import sign_in, step
from sessions import Session, done

from authwright.browser.people import People
from authwright.core.person import Question, QuestionKind
from authwright.core.run import HaltReason
from authwright.core.workflow import Action
from authwright.runner.captcha import captcha_on

pytestmark = pytest.mark.browser
CASE = {"credentials": {"username": "pat", "password": "secret-1"}}
ENTER = sign_in(step(Action.SIGN_IN))


@dataclass
class Person:
    """A desk whose person does `act` as soon as they are asked, and then answers with `says`."""

    says: str = ""
    act: Callable[[], None] = lambda: None
    seconds: float = 5.0
    asked: list[Question] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    def park(self, question: Question) -> None:
        self.asked.append(question)

    def answer(self) -> str:
        self.act()
        return self.says

    def leave(self, how: str) -> None:
        self.left.append(how)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("none", None),
        ("picture", QuestionKind.PICTURE),
        ("checkbox", QuestionKind.CHECKBOX),
        ("frame", QuestionKind.PUZZLE),
    ],
)
def test_it_is_noticed_by_what_the_page_shows(
    session: Session, kind: str, expected: QuestionKind | None
) -> None:
    found = captcha_on(session.look("captcha.html", kind))
    assert (found.kind if found else None) == expected


def test_the_letters_that_a_person_reads_are_typed(session: Session) -> None:
    person = Person(says="k7pqx")
    done(session.run("captcha.html?picture", ENTER, case=CASE, people=People(person)))
    assert session.held() == {"user": "pat", "letters": "k7pqx"}
    (asked,) = person.asked
    assert asked.words == "Type the characters in the picture" and asked.picture.startswith(b"\x89PNG")
    assert person.left == ["answered"]


def test_what_a_person_does_in_the_browser_needs_no_answer(session: Session) -> None:
    person = Person(act=lambda: session.held("document.getElementById('robot').checked = true"))
    done(session.run("captcha.html?checkbox", ENTER, case=CASE, people=People(person, headed=True)))
    assert session.held("window.held.user") == "pat"


def test_a_token_in_the_page_is_an_answer_too(session: Session) -> None:
    token = "document.querySelector('textarea').value = 'token'"
    person = Person(act=lambda: session.held(token))
    done(session.run("captcha.html?frame", ENTER, case=CASE, people=People(person, headed=True)))


@pytest.mark.parametrize(
    ("kind", "people", "why"),
    [
        ("picture", People(), "nobody is waited for"),
        ("picture", People(Person(seconds=0.3)), "nobody answered within"),
        ("checkbox", People(Person(says="done")), "nobody sees this browser"),
        ("checkbox", People(Person(says="done"), headed=True), "still there after 3 answers"),
    ],
)
def test_without_a_person_nothing_is_typed_or_clicked(
    session: Session, kind: str, people: People, why: str
) -> None:
    result = session.run(f"captcha.html?{kind}", ENTER, case=CASE, people=people)
    assert result.halt and (result.halt.reason, why in result.halt.found) == (HaltReason.CAPTCHA, True)
    assert session.value("user") == "" and session.held() is None
    assert any(name == "captcha.png" for _, name, _ in session.evidence.things)


def test_a_solver_is_asked_before_a_person(session: Session) -> None:
    person = Person(says="wrong")
    people = People(person, solver=lambda question, page: "letters" if question.kind.typed else None)
    result = done(session.run("captcha.html?picture", ENTER, case=CASE, people=people))
    assert session.held()["letters"] == "letters" and person.asked == []
    assert [(a.by, a.outcome) for a in result.captchas] == [("solver", "accepted")]


def test_where_the_solver_has_no_answer_a_person_is_asked(session: Session) -> None:
    people = People(Person(says="k7pqx"), solver=lambda question, page: None)
    result = done(session.run("captcha.html?picture", ENTER, case=CASE, people=people))
    assert [(a.by, a.outcome) for a in result.captchas] == [
        ("solver", "the portal's solver gave no answer"),
        ("person", "accepted"),
    ]
