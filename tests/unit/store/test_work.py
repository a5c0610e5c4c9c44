"""The worklist, what is due later, and the map of insurance names."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from authwright.store import Store, StoreError
from authwright.store.insurance_names import InsuranceName
from authwright.store.models import WorkRow
from authwright.store.worklist import Guide

AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


class TestWorklist:
    def test_an_item_is_open_until_done(self, store: Store, case_id: str) -> None:
        with store.practice("clinic") as session:
            item = session.worklist.add(
                "in-doubt", "Ann Example's request may be there", actor="engine", at=AT, case_id=case_id
            )
            session.worklist.assign(item.id, "Jane", actor="Jane", at=AT)
        with store.practice("clinic") as session:
            assert [i.why for i in session.worklist.open_items(assignee="Jane")] == [item.why]
            done = session.worklist.finish(item.id, "called, it is there", actor="Jane", at=AT + HOUR)
        with store.practice("clinic", read_only=True) as session:
            assert session.worklist.open_items() == ()
            assert session.worklist.of_case(case_id) == (done,)
            assert session.worklist.get(item.id) == done
        assert (done.done, done.done_by, done.resolution) == (True, "Jane", "called, it is there")

    def test_nothing_is_done_twice(self, store: Store) -> None:
        with store.practice("clinic") as session:
            item = session.worklist.add("x", "why", actor="engine", at=AT)
            session.worklist.finish(item.id, "", actor="Jane", at=AT)
            with pytest.raises(StoreError, match="done by Jane"):
                session.worklist.finish(item.id, "", actor="Joe", at=AT)

    def test_the_same_key_is_one_open_item(self, store: Store) -> None:
        with store.practice("clinic") as session:
            first = session.worklist.add("x", "why", actor="engine", at=AT, key="k")
            assert session.worklist.add("x", "why", actor="engine", at=AT + HOUR, key="k") == first
            session.worklist.finish(first.id, "", actor="Jane", at=AT)
            assert session.worklist.add("x", "anew", actor="engine", at=AT, key="k").id != first.id

    def test_an_open_item_says_why_it_waits_now(self, store: Store, case_id: str) -> None:
        with store.practice("clinic") as session:
            first = session.worklist.add("x", "why", actor="engine", at=AT, case_id=case_id, key="k")
        with store.practice("clinic") as session:
            now = session.worklist.add("x", "changed", actor="engine", at=AT, case_id=case_id, key="k")
            assert (now.id, now.why) == (first.id, "changed")
            assert session.worklist.get(first.id) == now
        with store.practice("clinic", read_only=True) as session:
            told = [e.kind for e, _ in session.ledger.history(case_id) if e.kind.startswith("work.")]
            assert told == ["work.added", "work.changed"]

    def test_what_helps_a_person_stays_with_the_item(self, store: Store) -> None:
        guide = Guide("The password was refused", "Set it anew.", "Sign in.", "ab" * 32)
        with store.practice("clinic") as session:
            item = session.worklist.add("halted", "why", actor="engine", at=AT, guide=guide)
        with store.practice("clinic") as session:
            assert session.worklist.finish(item.id, "set anew", actor="Jane", at=AT).guide == guide

    def test_an_item_of_an_earlier_version_is_read(self, store: Store) -> None:
        with store.practice("clinic") as session:
            item = session.worklist.add("x", "now", actor="engine", at=AT)
            tx = session.transaction
            words = tx.seal("worklist.words", item.id, ("before", "done so"))
            tx.sql.execute(update(WorkRow).where(WorkRow.id == item.id).values(words=words))
        with store.practice("clinic", read_only=True) as session:
            read = session.worklist.get(item.id)
        assert (read.why, read.resolution, read.guide) == ("before", "done so", Guide())

    def test_what_is_due_first_comes_first(self, store: Store) -> None:
        with store.practice("clinic") as session:
            for name, due in (("never", None), ("late", AT + 2 * HOUR), ("soon", AT + HOUR)):
                session.worklist.add(name, "why", actor="engine", at=AT, due_at=due, queue="q")
            assert [i.kind for i in session.worklist.open_items(queue="q")] == ["soon", "late", "never"]
            assert [i.kind for i in session.worklist.open_items(kind="late")] == ["late"]


class TestDue:
    def test_what_is_due_is_claimed_once(self, store: Store, case_id: str) -> None:
        with store.practice("clinic") as session:
            session.due.add("status", AT, case_id=case_id, subject="s1")
            session.due.add("status", AT + HOUR)
        with store.practice("clinic") as session:
            assert [i.subject for i in session.due.claim("w1", at=AT)] == ["s1"]
        with store.practice("clinic") as session:
            assert session.due.claim("w2", at=AT) == ()

    def test_a_finished_item_does_not_come_back(self, store: Store) -> None:
        with store.practice("clinic") as session:
            session.due.add("status", AT)
            (item,) = session.due.claim("w1", at=AT)
            with pytest.raises(StoreError, match="w2"):
                session.due.finish(item.id, "w2", at=AT)
            session.due.finish(item.id, "w1", at=AT)
            assert session.due.claim("w1", at=AT + 24 * HOUR) == ()

    def test_a_postponed_item_comes_back_later(self, store: Store) -> None:
        with store.practice("clinic") as session:
            session.due.add("status", AT)
            (item,) = session.due.claim("w1", at=AT)
            session.due.postpone(item.id, "w1", AT + HOUR)
            assert session.due.claim("w1", at=AT) == ()
            assert [i.id for i in session.due.claim("w1", at=AT + HOUR)] == [item.id]

    def test_a_dead_worker_items_are_given_out_again(self, store: Store) -> None:
        with store.practice("clinic") as session:
            session.due.add("status", AT)
            (item,) = session.due.claim("w1", at=AT)
            assert [i.id for i in session.due.claim("w2", at=AT + HOUR)] == [item.id]
            assert session.due.release_all("w2") == 1
            assert [i.id for i in session.due.claim("w3", at=AT + HOUR)] == [item.id]
            with pytest.raises(StoreError):
                session.due.finish(item.id, "w1", at=AT + HOUR)

    def test_the_same_key_moves_the_open_item(self, store: Store, case_id: str) -> None:
        with store.practice("clinic") as session:
            first = session.due.add("status", AT, key="status:1", case_id=case_id)
            moved = session.due.add("status", AT + HOUR, key="status:1", case_id=case_id)
            assert (moved.id, moved.due_at) == (first.id, AT + HOUR)
            assert session.due.of_case(case_id) == (moved,)

    def test_kinds_and_limits(self, store: Store, case_id: str) -> None:
        with store.practice("clinic") as session:
            for n in range(3):
                session.due.add("status", AT - n * HOUR, case_id=case_id, subject=str(n))
            session.due.add("expiry", AT, case_id=case_id)
            assert [i.subject for i in session.due.claim("w", at=AT, kinds=["status"], limit=2)] == ["2", "1"]
            assert session.due.drop(case_id=case_id, kinds=["expiry"]) == 1
            assert session.due.drop(case_id=case_id) == 3

    def test_workers_at_once_share_the_items(self, store: Store) -> None:
        with store.practice("clinic") as session:
            for n in range(12):
                session.due.add("status", AT, subject=str(n))
        start, got = threading.Barrier(4), []

        def work(name: str) -> None:
            start.wait()
            while True:
                with store.practice("clinic") as session:
                    items = session.due.claim(name, at=AT, limit=2)
                if not items:
                    return
                got.extend(item.subject for item in items)

        threads = [threading.Thread(target=work, args=(f"w{n}",)) for n in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(got, key=int) == [str(n) for n in range(12)]


class TestSettling:
    def test_the_open_item_with_the_key_is_finished_once(self, store: Store) -> None:
        with store.practice("clinic") as session:
            item = session.worklist.add("name", "Which payer?", actor="Jane", at=AT, key="name:A")
            other = session.worklist.add("name", "Which payer?", actor="Jane", at=AT, key="name:B")
            assert session.worklist.settle("name:A", "it is mapped", actor="Sue", at=AT)
            assert not session.worklist.settle("name:A", "it is mapped", actor="Sue", at=AT)
            settled = session.worklist.get(item.id)
            assert (settled.done, settled.resolution, settled.done_by) == (True, "it is mapped", "Sue")
            assert [i.id for i in session.worklist.open_items()] == [other.id]


class TestInsuranceNames:
    def test_a_name_is_one_question_until_answered(self, store: Store) -> None:
        with store.practice("clinic") as session:
            assert session.insurance_names.ask("UHC CHOICE  PLUS", at=AT)
            assert not session.insurance_names.ask("uhc choice plus", at=AT)
            assert session.insurance_names.questions() == ("UHC CHOICE  PLUS",)
            assert session.insurance_names.look_up("UHC Choice Plus") is None
        answer = InsuranceName("UHC Choice Plus", "united", "choice-plus", "commercial", "self")
        with store.practice("clinic") as session:
            session.insurance_names.answer(answer, actor="Jane", at=AT)
        with store.practice("clinic", read_only=True) as session:
            found = session.insurance_names.look_up(" uhc choice plus ")
            assert found is not None
            assert (found.payer, found.plan, found.answered_by) == ("united", "choice-plus", "Jane")
            assert session.insurance_names.questions() == ()
            assert session.insurance_names.answers() == (found,)


class TestWorkers:
    def test_a_silent_worker_is_noticed_and_forgotten(self, store: Store) -> None:
        store.workers.beat("old", at=AT)
        store.workers.beat("new", at=AT)
        store.workers.beat("new", at=AT + HOUR)
        assert [w.executor for w in store.workers.silent_since(AT)] == ["old"]
        (alive,) = store.workers.alive_after(AT)
        assert (alive.executor, alive.started_at, alive.at) == ("new", AT, AT + HOUR)
        store.workers.forget("old")
        assert store.workers.silent_since(AT) == ()
