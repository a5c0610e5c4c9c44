"""What a run asks of a person while it waits, and where the person's answer comes from."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class QuestionKind(StrEnum):
    """What a CAPTCHA wants: letters read from a picture, a box ticked, pictures chosen or anything else
    that is clicked in the page. Or what the SOP wants: a person's yes."""

    PICTURE = "picture"
    CHECKBOX = "checkbox"
    PUZZLE = "puzzle"
    CONFIRM = "confirm"

    @property
    def typed(self) -> bool:
        """Whether the answer is a text, so that a person needn't see the browser."""
        return self in (QuestionKind.PICTURE, QuestionKind.CONFIRM)

    @property
    def of_captcha(self) -> bool:
        """Whether the portal asks, and not the SOP: nobody else may answer for the person whom it asks."""
        return self is not QuestionKind.CONFIRM


@dataclass(frozen=True, slots=True)
class Question:
    """`words` are the page's own, or the SOP's; `picture` is the page as PNG."""

    kind: QuestionKind
    words: str
    picture: bytes


class Desk(Protocol):
    """Where a run that can't go on by itself waits for a person: `seconds` at most."""

    seconds: float

    def park(self, question: Question) -> None:
        """Tell that the run waits, and for what."""
        ...

    def answer(self) -> str:
        """What a person has answered, "" while nobody has."""
        ...

    def leave(self, how: str) -> None:
        """The run waits no longer; `how` is in words."""
        ...
