"""The one way in which reading a sentence fails: with a code, a place and what to write instead."""


class ReadingError(Exception):
    """What was written can't be read, or can be read in two ways.

    `at` is the offset in the item's text of the word in doubt. Caught by the compiler for each
    sentence, which goes on with the next.
    """

    def __init__(
        self, code: str, at: int, message: str, hint: str = "", suggestions: tuple[str, ...] = ()
    ) -> None:
        super().__init__(message)
        self.code, self.at, self.message, self.hint = code, at, message, hint
        self.suggestions = suggestions


def two_readings(at: int, what: str, first: str, second: str) -> ReadingError:
    """SOP013: a label's or value's edge is in doubt. `first` and `second` are how to write each."""
    return ReadingError("SOP013", at, f"two readings: {what}", f"write {first}, or {second}")
