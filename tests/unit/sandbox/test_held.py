"""What a payer says of a request as time passes and things happen."""

from datetime import UTC, date, datetime, timedelta

from authwright_sandbox.answers import Answer, Course, Turn
from authwright_sandbox.held import Held, Line, Restart, same_request

T0 = datetime(2026, 11, 24, 15, tzinfo=UTC)
HOUR = timedelta(hours=1)


def held(*turns: Turn, after: tuple[Turn, ...] = (Turn(Answer.APPROVED),)) -> Held:
    lines = tuple(Line(f"2988{number}", units=3) for number in range(len(turns)))
    courses = tuple(Course((turn,), after) for turn in turns)
    return Held("1", "Maple", T0, "U912345678", "Garcia", date(2026, 12, 7), lines, courses, {})


def answers(request: Held, moment: datetime) -> list[Answer]:
    return [part.answer for part in request.decision_at(moment).lines]


def test_a_restart_takes_up_the_lines_that_it_is_about_only() -> None:
    request = held(Turn(Answer.DENIED), Turn(Answer.MODIFIED), Turn(Answer.DOCUMENTS))
    request.restarts.append(Restart(T0 + HOUR, (Turn(Answer.APPROVED),), Answer.DENIED))
    assert answers(request, T0) == [Answer.DENIED, Answer.MODIFIED, Answer.DOCUMENTS]
    assert answers(request, T0 + HOUR) == [Answer.APPROVED, Answer.MODIFIED, Answer.DOCUMENTS]
    request.restarts.append(Restart(T0 + 2 * HOUR))
    assert answers(request, T0 + 2 * HOUR) == [Answer.APPROVED, Answer.MODIFIED, Answer.APPROVED]


def test_a_whole_restart_takes_up_everything() -> None:
    request = held(Turn(Answer.APPROVED), Turn(Answer.PENDED))
    request.restarts.append(Restart(T0 + HOUR, (Turn(Answer.DENIED),), whole=True))
    assert answers(request, T0 + HOUR) == [Answer.DENIED, Answer.DENIED]


def test_documents_lead_to_the_answers_after_documents() -> None:
    request = held(Turn(Answer.DOCUMENTS, due_days=5))
    assert request.decision_at(T0).due == date(2026, 11, 29)
    request.restarts.append(Restart(T0 + HOUR))
    decision = request.decision_at(T0 + HOUR)
    assert decision.approved and decision.due is None


def test_documents_can_be_asked_for_again_with_a_date_of_its_own() -> None:
    request = held(Turn(Answer.DENIED))
    request.restarts.append(
        Restart(T0 + timedelta(days=3), (Turn(Answer.DOCUMENTS, due_days=2),), Answer.DENIED)
    )
    assert request.decision_at(T0 + timedelta(days=3)).due == date(2026, 11, 29)
    assert answers(request, T0 + timedelta(days=6)) == [Answer.DENIED]


def test_the_window_and_the_units() -> None:
    request = held(Turn(Answer.MODIFIED, days=10), Turn(Answer.MODIFIED, units=1), Turn(Answer.DENIED))
    first, second, third = request.decision_at(T0).lines
    assert (first.approved_units, first.approved_through) == (2, date(2026, 12, 17))
    assert (second.approved_units, third.approved_units) == (1, 0)


def test_a_cancelled_request_is_no_duplicate() -> None:
    first, second = held(Turn(Answer.APPROVED)), held(Turn(Answer.APPROVED))
    assert same_request([first], second) is first
    first.cancelled_at = T0
    assert same_request([first], second) is None
    assert answers(first, T0 + HOUR) == [Answer.CANCELLED]
