from authwright.runner.asks import Own
from authwright.runner.showing import HIDDEN_ROW, SeenList, SeenRow, others, without

OURS = Own(member="W123456789", names=("Garcia", "Maria"), numbers=("A-1002",))


def row(*cells: str, own: bool = False) -> SeenRow:
    return SeenRow("css", cells, own)


def hidden(headers: tuple[str, ...], *rows: SeenRow, own: Own = OURS) -> list[SeenRow]:
    return others([SeenList(headers, rows)], own)


def test_a_namesake_is_someone_else_where_the_list_has_member_ids() -> None:
    ours, namesake = row("W123-456-789", "Garcia, Maria"), row("W700000001", "Garcia, Maria")
    assert hidden(("Member ID", "Patient"), ours, namesake) == [namesake]


def test_without_member_ids_the_number_or_the_whole_name_tells() -> None:
    ours, named, other = row("A-1002", "G. M."), row("A-1", "GARCIA, MARIA"), row("A-2", "Garcia, Ana")
    assert hidden(("Reference", "Patient"), ours, named, other) == [other]


def test_tables_that_name_no_person_and_empty_lists_stay() -> None:
    assert hidden(("Procedure", "Units"), row("72148", "1"), row("29881", "2")) == []
    assert hidden(("Member ID", "Status"), row("No requests match")) == []


def test_beside_a_matched_row_nothing_of_its_list_stays() -> None:
    ours, other = row("72148", "1", own=True), row("29881", "2")
    assert hidden(("Procedure", "Units"), ours, other) == [other]


def test_nothing_is_ours_when_nothing_is_known() -> None:
    some = row("W1", "Garcia, Maria")
    assert hidden(("Member ID", "Patient"), some, own=Own()) == [some]


def test_rows_are_cut_out_of_the_text_whole_or_cell_by_cell() -> None:
    other = row("A-2", "Okafor, Daniel", "Not Certified")
    assert without("A-1\tGarcia\nA-2\tOkafor, Daniel\tNot  Certified\nend", [other]) == (
        f"A-1\tGarcia\n{HIDDEN_ROW}\nend"
    )
    assert "Okafor" not in without("Okafor,\nDaniel | A-2", [other])
