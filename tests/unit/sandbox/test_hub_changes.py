"""What can be done with a request at the hub, and what its look-up answers."""

from datetime import UTC, datetime

import pytest

from authwright_sandbox.hub import seeds
from authwright_sandbox.hub.changes import by_phone, open_acts
from authwright_sandbox.hub.lookup import ASK_VENDOR, EXCLUDED, HOME_PLAN, NEEDLESS, REQUIRED, answer
from authwright_sandbox.hub.requests import Request
from authwright_sandbox.hub.rules import Answer, Turn

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def held(number: str) -> Request:
    return next(each for each in seeds.requests(NOW) if each.number == number)


def test_records_are_taken_only_when_they_were_asked_for() -> None:
    request = held("A104301949")
    assert open_acts(request, NOW) == ["update", "cancel"]
    request.answer(Turn(Answer.DOCUMENTS), NOW)
    assert request.decision_at(NOW).status == "Pended - Records Requested"
    assert open_acts(request, NOW) == ["records", "update", "cancel"]


@pytest.mark.parametrize(
    ("number", "online", "phoned"),
    [
        ("A104233871", ["cancel"], ["update"]),
        ("A104290662", [], ["update", "cancel"]),
        ("A104260038", [], []),
    ],
)
def test_some_payers_want_a_call_and_what_is_decided_against_stays(
    number: str, online: list[str], phoned: list[str]
) -> None:
    request = held(number)
    assert (open_acts(request, NOW), by_phone(request, NOW)) == (online, phoned)


def test_an_update_of_several_lines_leaves_their_units() -> None:
    dates = {"from_date": "12/14/2026", "to_date": "12/18/2026"}
    several = held("A104251120").submission.updated(dates)
    assert [line.quantity for line in several.lines] == [2, 2]
    one = held("A104301949").submission.updated({**dates, "quantity": "5"})
    assert (one.lines[0].quantity, one.start.isoformat()) == (5, "2026-12-14")
    with pytest.raises(ValueError, match="Quantity"):
        held("A104301949").submission.updated({**dates, "quantity": "0"})


@pytest.mark.parametrize(
    ("member", "code", "said"),
    [
        ("W700000001", "72148", REQUIRED),
        ("W700000001", "97110", NEEDLESS),
        ("W700000001", "81528", EXCLUDED),
        ("W700000001", "78452", ASK_VENDOR),
        ("XYZ700000001", "97110", HOME_PLAN),
    ],
)
def test_the_lookups_answers(member: str, code: str, said: str) -> None:
    assert answer(member, code) == said
