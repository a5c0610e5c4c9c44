import pytest

from authwright.rules.nodes import Listing, Scalar, Table, read_nodes


@pytest.mark.parametrize("text", ["010", "NO", "1E5", "0o17", "2026-01-01", "null", "~", "1_000", "12:30"])
def test_scalars_stay_text(text):
    node, found = read_nodes(f"a: {text}\n", "f")
    assert not found
    assert isinstance(node, Table)
    value = node.entries["a"]
    assert isinstance(value, Scalar)
    assert value.text == text


def test_everything_has_its_position():
    node, _ = read_nodes("a:\n  - x\n  - {b: ü, c: y}\n", "f")
    assert isinstance(node, Table)
    items = node.entries["a"]
    assert isinstance(items, Listing)
    table = items.items[1]
    assert isinstance(table, Table)
    assert [(n.line, n.column) for n in (items.items[0], table, table.keys["b"], table.entries["c"])] == [
        (2, 5),
        (3, 5),
        (3, 6),
        (3, 15),
    ]


def test_a_key_that_is_no_text_and_too_many_levels_are_told():
    assert [d.code for d in read_nodes("? [a]\n: b\n", "f")[1]] == ["RUL005"]
    assert [d.code for d in read_nodes("[" * 40 + "]" * 40, "f")[1]] == ["RUL001"]


def test_a_character_that_no_text_has_is_told():
    node, found = read_nodes("a: b\nc: \x00\n", "f")
    assert node is None
    assert found[0].code == "RUL001"


def test_an_empty_file_is_nothing():
    assert read_nodes("", "f") == (None, [])
    assert read_nodes("# only a remark\n", "f") == (None, [])
