"""What the items of a clause may hold: places that say nothing, reasons, things known by their position."""

import re

from authwright.core.workflow import TargetKind
from authwright.sop import words as w
from authwright.sop.errors import ReadingError
from authwright.sop.operands import Item, Operand
from authwright.sop.wording import tells_nothing_to_do


def no_or(items: list[Item]) -> None:
    """Raises when a choice between things is left to whoever reads."""
    for item in items:
        if item.joined == "or" and item.head:
            raise ReadingError(
                "SOP015", item.at, 'which one is left open by "or"', 'write "if ..." before each of them'
            )


_OURS = w.words_set("records files reference providers practice office clinic patients group organization")


def says_why(name: str, operand: Operand) -> bool:
    """ "for details" tells why; "for the patient" is so for every step of a case."""
    if name == "for" and operand.shape == "plain" and operand.text.split(" ")[0] in _REASONS:
        return True
    if name == "for" and operand.det in ("a", "an") and not operand.is_label and not operand.path:
        return True
    bare = operand.shape == "plain" and not operand.det and not operand.path
    ours = operand.det in ("your", "our") and operand.text in _OURS
    ours = ours or (operand.det == "the" and operand.text in w.RECORDS and not operand.noun)
    ours = ours or tells_nothing_to_do(f"for {operand.spoken}")
    return name == "for" and (bare or ours or operand.path == "patient")


_REASONS = w.words_set(
    "details detail information reference convenience review copy list overview history help explanation"
)


def only_known(item: Item, held: frozenset[str] = frozenset()) -> None:
    """Raises at a preposition that the act has no use for: dropping it would be a guess.

    "for" before a bare plain word says why ("for details") and may be dropped.
    """
    listed = reason = False
    for name, operand in item.preps:
        if reason and name in ("of", "from", "for", "about") and operand.shape == "plain":
            continue  # "for a copy of the remittance advice"
        reason = name == "for" and says_why(name, operand)
        of_list = listed and name == "of" and operand.shape == "plain"  # "from the list of codes"
        listed = is_generic_place(operand)
        why = (
            of_list
            or says_why(name, operand)
            or (name == "as" and operand.det == "a" and is_file_format(operand))
            or (
                name == "of"
                and (operand.is_place or operand.kind is TargetKind.PAGE or is_generic_place(operand))
            )
        )
        if name not in w.PLACED | held and not why:
            raise ReadingError(
                "SOP012",
                operand.at,
                f'can\'t tell what "{name} {operand.spoken}" means here',
                'put labels in quotation marks; say where with "in", "under" or "next to"',
            )


def is_file_format(operand: Operand) -> bool:
    """ "As a PDF": how a file is kept."""
    return operand.text.lower() in _FILE_FORMATS


_FILE_FORMATS = w.words_set("pdf tiff tif jpg jpeg file attachment image zip filter keyword")

_FORMAT = re.compile(r"[MDYmdy]{1,4}([/-]?)[MDYmdy]{1,4}\1[MDYmdy]{2,4}")


def is_date_format(text: str) -> bool:
    return _FORMAT.fullmatch(text) is not None


_ORDINALS = w.words_set(
    "same latest newest oldest earliest first second third fourth fifth last top topmost next previous "
    "other bottom"
)


def refuse_ordinal(operand: Operand) -> None:
    """ "the first result": position alone is no name; what is first changes."""
    words = operand.text.lower().split(" ")
    if operand.shape == "plain" and words[0] and all(x in w.COLOURS for x in words):
        raise ReadingError(
            "SOP012", operand.at, f'"{operand.spoken}" is known by its colour only', "name its label"
        )
    if operand.shape == "plain" and words[0] in _ORDINALS and words[1:] != ["name"] and not operand.path:
        raise ReadingError(
            "SOP012",
            operand.at,
            f'"{operand.spoken}" is known by its position only',
            'say what it holds, such as "the row with the member ID"',
        )


_CHOICES = w.words_set("option choice entry item value document file attachment button one")


def refuse_numbered(operand: Operand) -> None:
    """ "the second option", "the first document"; "the last dose date" may be a name of one's own."""
    if operand.text.lower().split(" ")[-1] in _CHOICES:
        refuse_ordinal(operand)


PLAIN_CONTAINERS = w.words_set(
    "results result search list options choices table "
    "open drop-down pull-down context same hand navigation topmost lower upper small pop-up "
    "calendar picker worklist queue schedule grid suggestions matches "
    "corner edge end half top bottom left right middle page screen window form menu panel main left-hand "
    "right-hand side next following"
)


def is_generic_place(operand: Operand) -> bool:
    """ "the left panel", "the top of the page", "the drop-down list": nothing that could be looked for."""
    if operand.is_label and operand.text.lower() not in ("main menu", "main"):
        return False
    if operand.text.startswith("search") and operand.kind is TargetKind.FIELD:
        return False
    if operand.kind is TargetKind.BUTTON and w.ICONS.intersection(operand.text.lower().split()):
        return False
    rest = [x for x in operand.text.lower().split() if x not in PLAIN_CONTAINERS]
    return not rest and operand.kind is not TargetKind.TABLE_ROW
