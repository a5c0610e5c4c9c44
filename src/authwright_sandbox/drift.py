"""How a portal's pages differ from one day to the next; carried out in the page by `static/drift.js`.

What a careful run does on a page of each kind is declared here, before any runner is tried on it.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self


class Kind(StrEnum):
    """A portal carries out those that fit its pages; what each does stands in `KINDS`."""

    IDS = "ids"
    WRAP = "wrap"
    UNBIND = "unbind"
    ORDER = "order"
    EXCHANGE = "exchange"
    INSERT = "insert"
    PLACE = "place"
    INSIDE = "inside"
    HINTS = "hints"
    REMARKS = "remarks"
    CASE = "case"
    REWORDED = "reworded"
    LONGER = "longer"
    RENAME = "rename"
    HEADINGS = "headings"
    WIDGETS = "widgets"
    PARTS = "parts"
    SUGGEST = "suggest"
    COLUMNS = "columns"
    ROWS = "rows"
    PRESET = "preset"
    BUTTONS = "buttons"
    ONWARD = "onward"
    SENDING = "sending"
    SECOND = "second"
    ICONS = "icons"
    REQUIRED = "required"
    TWIN = "twin"
    GONE = "gone"
    SPLIT = "split"
    NOTICE = "notice"
    REDRAW = "redraw"


class Expected(StrEnum):
    """What a careful run does on a drifted page: what the SOP means, stop before anything is sent, or
    one of the two."""

    RIGHT = "right"
    HALT = "halt"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class Declared:
    """Of a run that needs what was changed. `noticed`: a person who fills in the form every day would stop
    and look; `why` says what makes the expectation right."""

    changes: str
    expected: Expected
    noticed: bool
    why: str


_RIGHT, _HALT, _EITHER = Expected
_UNNOTICED, _NOTICED = False, True

KINDS: dict[Kind, Declared] = {
    Kind.IDS: Declared(
        "Other ids, names and classes", _RIGHT, _UNNOTICED, "nobody sees them, so nothing is found by them"
    ),
    Kind.WRAP: Declared("More boxes around the controls", _RIGHT, _UNNOTICED, "nobody sees them"),
    Kind.UNBIND: Declared(
        "Labels lose their tie to the control", _RIGHT, _UNNOTICED, "the label stands where it stood"
    ),
    Kind.ORDER: Declared(
        "Fields and sections in another order, each with its label",
        *(_RIGHT, _UNNOTICED),
        "the label says which field it is, not its number",
    ),
    Kind.EXCHANGE: Declared(
        "Two fields change places and labels; the ids stay where they were",
        *(_RIGHT, _UNNOTICED),
        "the value goes where the label says, whatever was there before",
    ),
    Kind.INSERT: Declared(
        'Fields that look alike are added ("Alternate Member ID")',
        *(_RIGHT, _UNNOTICED),
        "the one with the very label is still there",
    ),
    Kind.PLACE: Declared(
        "Labels move from above a field to its left, and back", _RIGHT, _UNNOTICED, "it is still beside it"
    ),
    Kind.INSIDE: Declared(
        "Labels move into the field, as a placeholder", _RIGHT, _UNNOTICED, "the empty field still says it"
    ),
    Kind.HINTS: Declared(
        'Captions say how a field is filled in: "(MM/DD/YYYY)", "(required)", "(select one)"',
        *(_RIGHT, _UNNOTICED),
        "a hint is no part of the name",
    ),
    Kind.REMARKS: Declared(
        'Captions get a remark: "Member ID (as on the card)"',
        *(_EITHER, _UNNOTICED),
        "a remark in brackets may tell two fields apart: to go on takes proof that it is the same one",
    ),
    Kind.CASE: Declared("Captions in capitals", _RIGHT, _UNNOTICED, "the same words"),
    Kind.REWORDED: Declared(
        'The same words, a little different: "Birth Date", "Member ID Number"',
        *(_RIGHT, _UNNOTICED),
        "akin to the old label, and no other field is",
    ),
    Kind.LONGER: Declared(
        'A word more in the caption: "Patient\'s First Name"',
        *(_EITHER, _UNNOTICED),
        "a field that was added may be called so: nothing on the page proves which it is",
    ),
    Kind.RENAME: Declared(
        'Other words for labels: "Surname", "Subscriber ID"',
        *(_EITHER, _NOTICED),
        "whether another word means the same a person may have to say",
    ),
    Kind.HEADINGS: Declared(
        "Other words for steps and sections", _EITHER, _NOTICED, "the SOP may name the old one"
    ),
    Kind.WIDGETS: Declared(
        "Native lists become the page's own, and the other way round",
        *(_RIGHT, _UNNOTICED),
        "it is chosen from all the same",
    ),
    Kind.PARTS: Declared(
        "A date's box becomes three, for month, day and year", _RIGHT, _UNNOTICED, "the same date"
    ),
    Kind.SUGGEST: Declared(
        "Plain boxes begin to suggest what was typed", _RIGHT, _UNNOTICED, "what was typed counts"
    ),
    Kind.COLUMNS: Declared(
        "Columns of tables, and pairs of name and value, in another order",
        *(_RIGHT, _UNNOTICED),
        "the header or the name says what a value is",
    ),
    Kind.ROWS: Declared(
        'Pairs that look alike are added to what is shown ("Previous Certification Number")',
        *(_RIGHT, _UNNOTICED),
        "the one with the very name is still there",
    ),
    Kind.PRESET: Declared(
        "Lists and boxes start with another value",
        *(_EITHER, _NOTICED),
        "what the SOP enters is entered; what it would choose only under a condition that doesn't hold must "
        "not stand there; at what it says nothing of a person may have to look",
    ),
    Kind.BUTTONS: Declared(
        "The buttons that lead on stand at the top, in another order", _RIGHT, _UNNOTICED, "the same words"
    ),
    Kind.ONWARD: Declared(
        'Buttons that lead on are renamed: "Continue", "Next"',
        *(_EITHER, _NOTICED),
        "a click may be taken back, but the word is another",
    ),
    Kind.SENDING: Declared(
        'What sends is renamed: "Send", "Save Changes"',
        *(_HALT, _NOTICED),
        "what can't be taken back is never clicked on a guess",
    ),
    Kind.SECOND: Declared(
        "A second button with the words of the one that sends", _HALT, _NOTICED, "which one sends isn't sure"
    ),
    Kind.ICONS: Declared(
        "Buttons show a sign, their word is left in the title", _EITHER, _NOTICED, "the title may be read"
    ),
    Kind.REQUIRED: Declared(
        "A required field is added", _HALT, _NOTICED, "nobody has said what goes into it"
    ),
    Kind.TWIN: Declared(
        "A field stands there twice, with the same caption; the payer knows the other one as something else",
        *(_HALT, _NOTICED),
        "nothing on the page tells which one is meant",
    ),
    Kind.GONE: Declared("A required field is no longer there", _HALT, _NOTICED, "the value has no place"),
    Kind.SPLIT: Declared(
        "A page becomes two, with the same button between", _EITHER, _NOTICED, "the SOP knows of one"
    ),
    Kind.NOTICE: Declared(
        "An announcement lies over the page until it is closed",
        *(_EITHER, _NOTICED),
        "closing it is harmless only if it asks for nothing",
    ),
    Kind.REDRAW: Declared(
        "Pages draw themselves once more after a moment and forget what was entered",
        *(_RIGHT, _UNNOTICED),
        "it is seen that the value is gone, and entered again",
    ),
}


@dataclass(frozen=True, slots=True)
class Drift:
    """The same seed and kinds change the pages in the same way every time."""

    seed: int
    kinds: tuple[Kind, ...]

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        return cls(int(data["seed"]), tuple(Kind(kind) for kind in data["kinds"]))
