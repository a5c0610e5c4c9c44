import random

from handmade import control
from hypothesis import given, settings
from hypothesis import strategies as st

from authwright.runner.blocks import number_in, of_item
from authwright.runner.page import Control


def block(number: int, value: str = "") -> Control:
    path = (1, 2, 10 + number)
    return control(
        "Procedure Code", section=f"Procedure {number}", path=path, value=value, id=f"code{number}"
    )


def test_the_heading_with_the_items_number_decides() -> None:
    blocks = [block(1, "72148"), block(2), block(3)]
    assert of_item(blocks, 2, []) is blocks[1]


@given(st.randoms(use_true_random=False), st.integers(1, 6))
@settings(max_examples=30, deadline=None)
def test_whatever_the_order(rng: random.Random, number: int) -> None:
    blocks = [block(n, "x") for n in range(1, 7)]
    rng.shuffle(blocks)
    chosen = of_item(blocks, number, [])
    assert chosen is not None and chosen.id == f"code{number}"


def test_the_block_of_the_items_earlier_fields_decides() -> None:
    first, second = control("Quantity", path=(1, 2, 11)), control("Quantity", path=(1, 2, 12))
    filled = control("Procedure Code", path=(1, 2, 12))
    assert of_item([first, second], 1, [filled]) is second


def test_without_numbers_the_only_empty_block_is_meant() -> None:
    full, empty = control("Code", value="72148"), control("Code")
    assert of_item([full, empty], 2, []) is empty


def test_two_empty_blocks_without_numbers_are_in_doubt() -> None:
    assert of_item([control("Code"), control("Code")], 1, []) is None


def test_a_step_number_over_all_blocks_tells_nothing() -> None:
    controls = [control("Code", headings=("Step 2 of 4",)), control("Code", headings=("Step 2 of 4",))]
    assert of_item(controls, 2, []) is None
    assert number_in(controls[0]) is None
