"""Ways to attach files."""

import pytest
from fakes import step, task
from sessions import Session, done

from authwright.core.run import HaltReason
from authwright.core.workflow import Action, Step, TargetKind

pytestmark = pytest.mark.browser
CASE = {
    "documents": [{"path": "notes.pdf", "kind": "clinical notes"}, {"path": "letter.pdf", "kind": "letter"}]
}


def attach(label: str | None, kind: str, **more: object) -> Step:
    return step(
        Action.UPLOAD, label, ref="documents", document_kind=kind, target_kind=TargetKind.FILE, **more
    )


@pytest.fixture(autouse=True)
def _documents(session: Session) -> None:
    for name in ("notes.pdf", "letter.pdf"):
        (session.folder / name).write_bytes(b"%PDF-1.4")


def test_one_button_and_one_hidden_field_a_row(session: Session) -> None:
    steps = (
        attach("Attach", "clinical notes", beside="Clinical notes"),
        attach(None, "letter", beside="Letter"),
    )
    done(session.run("attach.html", task(*steps), case=CASE))
    assert session.held() == {"Clinical notes": "notes.pdf", "Letter": "letter.pdf"}


def test_without_its_row_it_is_in_doubt(session: Session) -> None:
    result = session.run("attach.html", task(attach("Attach", "letter")), case=CASE)
    assert result.halt is not None and result.halt.reason is HaltReason.AMBIGUOUS
    assert session.held() == {}


def test_a_button_that_opens_a_panel_or_the_chooser(session: Session) -> None:
    steps = attach("Add Documents", "clinical notes"), attach("Choose a letter", "letter")
    done(session.run("attach.html?panel", task(*steps), case=CASE))
    assert session.held() == {"panel": ["notes.pdf"], "letter": "letter.pdf"}
