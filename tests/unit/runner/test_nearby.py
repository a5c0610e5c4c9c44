"""What stands next to a field, wherever the field was moved."""

from handmade import field_at, page, text

from authwright.runner.nearby import next_to, on_its_line
from authwright.runner.page import Control, Kind, Label, Tie


def at(left: float, label: str, *path: int, kind: Kind = Kind.TEXT) -> Control:
    tie = Tie.TEXT if kind is Kind.BUTTON else Tie.LEFT
    return field_at(left, 100, 80, kind=kind, labels=(Label(label, tie),), path=path)


def test_a_button_at_the_end_of_a_line_of_fields_is_next_to_each_of_them() -> None:
    line = [at(0, "Units", 1, 2), at(100, "Code", 1, 3), at(200, "Modifier", 1, 4)]
    add = at(300, "Add", 1, kind=Kind.BUTTON)
    for field in line:
        assert on_its_line(page([*line, add]), [add], [field.name]) == [add]


def test_a_button_in_one_box_with_another_field_is_not_next_to_this_one() -> None:
    fields = [at(0, "Units", 1, 2), at(100, "Diagnosis", 1, 3, 5)]
    add = at(200, "Add", 1, 3, kind=Kind.BUTTON)
    assert on_its_line(page([*fields, add]), [add], ["Units"]) == []


def test_of_several_on_the_line_of_the_label_the_one_beside_its_field_is_meant() -> None:
    names = ["Requesting NPI", "Servicing NPI", "Facility NPI"]
    fields = [at(300 * n + 100, name, n) for n, name in enumerate(names)]
    buttons = [at(300 * n + 190, "Look up", n, kind=Kind.BUTTON) for n in range(3)]
    labels = [text(name, 300 * n, 100) for n, name in enumerate(names)]
    shown = page([*fields, *buttons], texts=labels)
    assert [next_to(shown, buttons, [name]) for name in names] == [[button] for button in buttons]
