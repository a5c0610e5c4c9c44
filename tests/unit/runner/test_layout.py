import pytest
from handmade import control, field_at, text

from authwright.runner.layout import with_layout_labels
from authwright.runner.page import Control, Kind, Label, Tie


def labels(controls: list[Control], texts: list) -> list[list[tuple[str, Tie]]]:  # type: ignore[type-arg]
    return [[(lb.text, lb.tie) for lb in c.labels] for c in with_layout_labels(controls, texts)]


def test_a_label_to_the_left() -> None:
    assert labels([field_at(120, 10)], [text("Member ID", 10, 12)]) == [[("Member ID", Tie.LEFT)]]


def test_a_label_above() -> None:
    assert labels([field_at(10, 30)], [text("Member ID", 10, 10)]) == [[("Member ID", Tie.ABOVE)]]


def test_two_fields_in_a_line_have_a_label_each() -> None:
    fields = [field_at(100, 10), field_at(400, 10)]
    texts = [text("First", 10, 12), text("Last", 310, 12)]
    assert labels(fields, texts) == [[("First", Tie.LEFT)], [("Last", Tie.LEFT)]]


def test_a_text_left_of_another_field_is_not_reached_over_it() -> None:
    fields = [field_at(100, 10), field_at(260, 10)]
    assert labels(fields, [text("Phone", 10, 12)]) == [[("Phone", Tie.LEFT)], []]


def test_a_grid_with_labels_above_takes_each_from_its_own_column() -> None:
    fields = [field_at(10, 30), field_at(200, 30), field_at(10, 80), field_at(200, 80)]
    texts = [text("A", 10, 10), text("B", 200, 10), text("C", 10, 60), text("D", 200, 60)]
    assert labels(fields, texts) == [[(x, Tie.ABOVE)] for x in "ABCD"]


def test_an_asterisk_beside_a_label_is_not_the_label() -> None:
    texts = [text("Member ID", 10, 12, 60), text("*", 72, 12, 6)]
    assert labels([field_at(120, 10)], texts) == [[("Member ID", Tie.LEFT)]]


@pytest.mark.parametrize("form", ["MM/DD/YYYY", "(YYYY-MM-DD)", "e.g. DD-MON-YYYY"])
def test_a_date_form_is_a_hint_and_no_label(form: str) -> None:
    texts = [text("From Date", 10, 12), text(form, 280, 12)]
    (field,) = with_layout_labels([field_at(120, 10)], texts)
    assert [lb.text for lb in field.labels] == ["From Date"] and field.hint == form


def test_a_button_that_takes_back_what_was_chosen_has_no_label_beside_it() -> None:
    places = (100, 140, 200)
    takes = [
        field_at(left, 10, 30, kind=Kind.BUTTON, labels=(Label(words, Tie.TEXT),))
        for left, words in zip(places, ("Remove item", "M54.16 ×", "Select One"), strict=True)
    ]
    for button in takes[:2]:
        assert labels([button], [text("Codes", 10, 12)]) == [[(button.name, Tie.TEXT)]]
    assert labels(takes[2:], [text("Codes", 110, 12)])[0][1] == ("Codes", Tie.LEFT)


def test_a_check_box_has_its_text_to_the_right() -> None:
    boxes = [field_at(10, 10, 14, kind=Kind.CHECKBOX), field_at(120, 10, 14, kind=Kind.CHECKBOX)]
    texts = [text("Urgent", 28, 10, 60), text("Retro", 138, 10, 60)]
    assert labels(boxes, texts) == [[("Urgent", Tie.RIGHT)], [("Retro", Tie.RIGHT)]]


def test_a_label_that_is_bound_to_one_field_is_no_other_fields() -> None:
    bound = control("NPI", box=field_at(120, 10).box)
    assert labels([bound, field_at(120, 34)], [text("NPI", 10, 12)])[1] == []


def test_a_label_in_the_box_of_one_field_is_no_other_fields() -> None:
    """Two columns: the second has lost its label, and stands beside that of the first."""
    birth = field_at(200, 30, labels=(Label("Date of Birth * :", Tie.BOX),))
    texts = [text("Date of Birth", 200, 10)]
    assert labels([birth, field_at(400, 8)], texts)[1] == []
    assert labels([field_at(400, 8)], texts) == [[("Date of Birth", Tie.LEFT)]]


def test_text_in_another_frame_or_dialog_labels_nothing_here() -> None:
    assert labels([field_at(120, 10)], [text("Member ID", 10, 12, frame=1)]) == [[]]
    assert labels([field_at(120, 10)], [text("Member ID", 10, 12, dialog=3)]) == [[]]
