"""A picture that could not be taken is no picture, and no reason to break off."""

import pytest

from authwright.runner.asks import Acted, Kept, Picture, Sizes, keep


def answered(answer):
    walk = keep(Picture("001-click"))
    next(walk)
    with pytest.raises(StopIteration) as end:
        walk.send(answer)
    return end.value.value


def test_a_picture_has_its_hash():
    assert answered(Kept("abc")) == "abc"


def test_a_page_that_is_just_changing_gives_none():
    assert answered(Acted(False, why="navigating")) == ""


def test_any_other_answer_is_a_mistake():
    walk = keep(Picture("001-click"))
    next(walk)
    with pytest.raises(TypeError, match="Picture was answered with Sizes"):
        walk.send(Sizes(()))
