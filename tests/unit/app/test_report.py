"""The HTML report: what people typed stays text, pictures are files, and the ledger says that it was made."""

from decimal import Decimal

import pytest

from authwright.app import report
from authwright.app.summary import Summary
from authwright.app.views import all_cases, waiting
from authwright.core.certification import Certification, CertifiedCode
from authwright.core.order import Patient
from authwright.core.run import RunOutcome, RunResult, StepRecord
from authwright.store.submissions import Attempt, SubmissionStatus

from .conftest import AT, DAY

PNG = b"\x89PNG\r\n\x1a\nnot a real one"


@pytest.fixture
def write(practice, tmp_path):
    def make(name="Northside Clinic"):
        with practice.store.practice("clinic") as session:
            summary = Summary(tuple(all_cases(session)), waiting(session))
            return report.write(session, tmp_path / "report", summary, practice=name, actor="Jane", at=AT)

    return make


def test_an_empty_day_is_a_report_too(write):
    text = write().read_text()
    assert "Northside Clinic" in text and "Nothing." in text


def test_what_people_typed_is_text_and_never_markup(practice, write, ready_case):
    case = ready_case("<b>O-1</b>", patient=Patient('"><script>alert(1)</script>', "<img src=x onerror=y>"))
    with practice.store.practice("clinic") as session:
        session.worklist.add("halted", "<iframe src=//evil>", actor="J", at=AT, case_id=case)
    text = write("<i>Clinic</i> & Co").read_text()
    for markup in ("<script>alert", "<img src=x", "<iframe", "<b>O-1", "<i>Clinic"):
        assert markup not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "&lt;i&gt;Clinic&lt;/i&gt; &amp; Co" in text


def test_the_pictures_of_a_run_are_files_under_the_words_of_their_steps(practice, write, ready_case):
    case = ready_case()
    with practice.store.practice("clinic") as session:
        submission = session.submissions.start(
            Attempt(case, f"{case}:1", "submit", "portal", "hub"), actor="J", at=AT
        )
        digests = [
            session.evidence.keep(data, kind=kind, name=name, actor="J", at=AT, case_id=case)
            for data, kind, name in (
                (PNG, "picture", "step 1"),
                (PNG + b"2", "picture", "The status page"),
                (b"secret letter", "letter", "letter.txt"),
            )
        ]
        who = {"acted_as": "Dana Ruiz", "on_behalf_of": "Northside Clinic"}
        steps = (StepRecord(1, 5, "click", "Click <Submit>.", picture=digests[0]),)
        result = RunResult(RunOutcome.DONE, sent=True, steps=steps, **who)
        session.submissions.put_status(submission.id, SubmissionStatus.SENT, actor="J", at=AT, result=result)
    index = write()
    text = index.read_text()
    pictures = {p.name: p.read_bytes() for p in (index.parent / "pictures").iterdir()}
    assert pictures == {f"{digests[0][:24]}.png": PNG, f"{digests[1][:24]}.png": PNG + b"2"}
    assert "1. Click &lt;Submit&gt;." in text and "2. The status page" in text
    assert "Run 1: as Dana Ruiz, on behalf of Northside Clinic" in text
    assert all(f'src="pictures/{name}"' in text for name in pictures)


def test_each_case_in_it_has_a_ledger_entry_that_says_so(practice, write, ready_case, tmp_path):
    cases = [ready_case("O-1"), ready_case("O-2", member="W2")]
    write()
    with practice.store.practice("clinic", read_only=True) as session:
        for case in cases:
            entry, payload = session.ledger.history(case)[-1]
            assert (entry.kind, entry.actor) == ("export.made", "Jane")
            assert payload["to"] == str(tmp_path / "report")
        assert session.ledger.verify() == []


def test_an_approval_without_dates_or_units_is_shown_as_it_is(practice, write, ready_case):
    case = ready_case()
    codes = (CertifiedCode("27447", ("RT",), Decimal(2)), CertifiedCode("20610"))
    with practice.store.practice("clinic") as session:
        for approval in (
            Certification("A1", "unitedhealthcare", "W1", codes, DAY, DAY, places=("22",)),
            Certification("A2", "unitedhealthcare", "W1", codes),
        ):
            session.certifications.record(approval, actor="J", at=AT, case_id=case)
    text = " ".join(write().read_text().split())
    assert "<code>27447-RT</code> (2 units), <code>20610</code>" in text
    assert "dates of service 12/01/2026 to 12/01/2026, place 22" in text
    assert "Approval A2" in text and "dates of service open to open" in text
