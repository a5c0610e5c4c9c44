"""What pictures and texts of pages with several patients keep: checked by their pixels."""

import base64

import pytest
from fakes import step, task
from sessions import Session, done

from authwright.core.run import RunResult
from authwright.core.workflow import Action, Condition, ConditionKind, Value

pytestmark = pytest.mark.browser
CASE = {
    "patient": {"last_name": "Garcia", "first_name": "Maria"},
    "coverage": {"member_id": "W123456789"},
}
MASK = [0x6B, 0x76, 0x86]
# Of each element's place in the picture: the share of pixels that have the mask's colour.
_MASKED = """async ([picture, ids, mask]) => {
  const image = new Image();
  image.src = 'data:image/png;base64,' + picture;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height), on = canvas.getContext('2d');
  on.drawImage(image, 0, 0);
  return Object.fromEntries(ids.map((id) => {
    const r = document.getElementById(id).getBoundingClientRect();
    const { data } = on.getImageData(r.left + scrollX + 1, r.top + scrollY + 1, r.width - 2, r.height - 2);
    let hits = 0;
    for (let i = 0; i < data.length; i += 4) hits += mask.every((m, at) => data[i + at] === m);
    return [id, Math.round(100 * hits / (data.length / 4))];
  }));
}"""


def masked(session: Session, picture: bytes, *ids: str) -> dict[str, int]:
    page = session.drivers[-1].page
    found: dict[str, int] = page.evaluate(_MASKED, [base64.b64encode(picture).decode(), [*ids], MASK])
    return found


def kept(session: Session, kind: str) -> bytes:
    return [data for kind_, _, data in session.evidence.things if kind_ == kind][-1]


def captured(session: Session, *before: object) -> RunResult:
    return done(session.run("patients.html", task(*before, step(Action.CAPTURE)), case=CASE))


def test_a_page_with_lists_keeps_the_rows_of_the_case_only(session: Session) -> None:
    captured(session)
    everything = ("other", "ours", "again", "drawn", "drawn-ours", "card", "card-ours", "line-1", "line-2")
    share = masked(session, kept(session, "picture"), *everything)
    assert {id_ for id_, percent in share.items() if percent == 100} == {"other", "drawn", "card"}
    assert {id_ for id_, percent in share.items() if percent == 0} == set(everything) - {
        "other",
        "drawn",
        "card",
    }
    text = kept(session, "page-text").decode()
    assert "Okafor" not in text and "W700000001" not in text and "09/30/1971" not in text
    assert "Garcia, Maria" in text and "29881" in text and "[a row of someone else]" in text


def test_of_a_list_with_a_matched_row_only_that_row_is_kept(session: Session) -> None:
    row = Condition(
        ConditionKind.ROW, "if a row has A-1002", values=(Value(literal="A-1002", words="A-1002"),)
    )
    reading = step(Action.CONDITION, condition=row, body=(step(Action.READ, "Status"),))
    captured(session, reading)
    share = masked(session, kept(session, "picture"), "other", "ours", "again", "drawn", "line-1")
    assert share == {"other": 100, "ours": 0, "again": 100, "drawn": 100, "line-1": 0}
    assert "A-1003" not in kept(session, "page-text").decode()


def test_without_a_known_patient_no_row_is_kept(session: Session) -> None:
    done(session.run("patients.html", task(step(Action.CAPTURE))))
    share = masked(session, kept(session, "picture"), "other", "ours", "drawn-ours", "card-ours")
    assert share == {"other": 100, "ours": 100, "drawn-ours": 100, "card-ours": 100}
