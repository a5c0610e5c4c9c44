"""A run that waits for a person at the worklist; the person's answer comes by way of the store."""

from datetime import timedelta

import pytest

from authwright.core.person import Question, QuestionKind
from authwright.core.ports import LeaseLostError
from authwright.engine.desk import WorklistDesk
from authwright.engine.running import Running
from authwright.engine.services import LEASE_DURATION

CAPTCHA = Question(QuestionKind.PICTURE, "Type the characters in the picture", b"a picture")


@pytest.fixture
def desk(bench):
    submission = bench.submission()
    lease = Running(bench.services(), "clinic", bench.case_id, submission).lease(bench.access)
    return WorklistDesk(bench.services(), "clinic", bench.case_id, submission, lease, 600.0)


def finish(bench, answer):
    (item,) = bench.items()
    with bench.store.practice("clinic") as session:
        session.worklist.finish(item.id, answer, actor="Jane", at=bench.clock.now())


def test_a_captcha_is_an_item_with_its_picture_and_its_end(bench, desk):
    desk.park(CAPTCHA)
    (item,) = bench.items()
    assert (item.kind, item.case_id) == ("captcha", bench.case_id)
    assert '"Type the characters in the picture"' in item.why
    assert item.due_at == bench.clock.now() + timedelta(seconds=600)
    assert item.guide.title == "The portal asks whether a person is there"
    with bench.store.practice("clinic", read_only=True) as session:
        assert session.evidence.read(item.guide.picture) == b"a picture"


def test_the_answer_is_what_another_process_finishes_it_with(bench, desk):
    desk.park(CAPTCHA)
    assert desk.answer() == ""
    finish(bench, "K7PXQ")
    assert desk.answer() == "K7PXQ"
    desk.leave("answered")
    assert bench.items() == []


def test_nobody_answers(bench, desk):
    desk.park(CAPTCHA)
    desk.leave("nobody answered within 600 s")
    assert bench.items() == []
    with bench.store.practice("clinic", read_only=True) as session:
        (item,) = session.worklist.of_case(bench.case_id)
    assert item.resolution == "nobody answered within 600 s"


def test_a_yes_that_the_sop_asks_for_is_an_item_of_its_own_kind(bench, desk):
    desk.park(Question(QuestionKind.CONFIRM, "Is the surgery still planned?", b"p"))
    assert [item.kind for item in bench.items()] == ["question"]


def test_a_question_left_by_a_run_that_died_is_asked_anew(bench, desk):
    desk.park(CAPTCHA)
    (first,) = bench.items()
    desk.park(Question(QuestionKind.PICTURE, "Type the letters", b"another picture"))
    (second,) = bench.items()
    assert second.id != first.id and "Type the letters" in second.why


def test_the_account_is_kept_as_long_as_the_run_waits(bench, desk):
    desk.park(CAPTCHA)
    for _ in range(5):
        bench.clock.move(LEASE_DURATION * 0.6)
        assert desk.answer() == ""
    with bench.store.practice("clinic") as session:
        session.leases.check(desk.lease.account, desk.lease.token, at=bench.clock.now())


def test_who_has_lost_the_account_waits_no_longer(bench, desk):
    desk.park(CAPTCHA)
    bench.clock.move(LEASE_DURATION * 2)
    with pytest.raises(LeaseLostError):
        desk.answer()
    assert bench.items() == []


def test_a_worker_that_is_to_end_waits_no_longer(bench, desk):
    desk.park(CAPTCHA)
    desk.services = bench.services(stopping=lambda: True)
    with pytest.raises(LeaseLostError, match="the worker ends"):
        desk.answer()
    assert bench.items() == []
