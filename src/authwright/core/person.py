"""What a run asks of a person while it waits, and where the person's answer comes from."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class CaptchaKind(StrEnum):
    """What a CAPTCHA wants: letters read from a picture, a box ticked, pictures chosen or anything else
    that is clicked in the page."""

    PICTURE = "picture"
    CHECKBOX = "checkbox"
    PUZZLE = "puzzle"

    @property
    def typed(self) -> bool:
        """Whether the answer is a text, so that a person needn't see the browser."""
        return self is CaptchaKind.PICTURE


@dataclass(frozen=True, slots=True)
class Question:
    """`words` are the page's own; `picture` is the page as PNG."""

    kind: CaptchaKind
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
