"""An operand as what goes into a control. What could be a literal or a reference is an error."""

import re
from dataclasses import replace

from authwright.core.workflow import Value
from authwright.sop import verbs
from authwright.sop.context import Context
from authwright.sop.data_words import path_of, reference, snake
from authwright.sop.errors import ReadingError, two_readings
from authwright.sop.item_checks import refuse_numbered
from authwright.sop.operands import Operand

_AS_IT_STANDS = frozenset({"N/A", "NA", "Yes", "No", "None", "TBD"})
_NUMBER = re.compile(r"\d[\d.,/-]*")


def value_of(operand: Operand, ctx: Context, *, choice: bool = False) -> Value:
    """`choice`: capitalised words are an option's text, as in "Select Outpatient in Request Type"."""
    value = _value(operand, ctx, choice=choice)
    ctx.it = value
    return value


def _value(operand: Operand, ctx: Context, *, choice: bool) -> Value:
    if operand.shape == "pronoun":
        if ctx.it is None:
            raise ReadingError(
                "SOP014", operand.at, '"it" refers to nothing in this sentence', "name what is meant"
            )
        return ctx.it
    refuse_numbered(operand)
    if operand.text == "zero":
        return Value(literal="0")
    if operand.text in _AS_IT_STANDS and not operand.det:
        return Value(literal=operand.text)
    if operand.shape == "quoted" or (not operand.det and _NUMBER.fullmatch(operand.text)):
        return Value(literal=operand.text)
    if operand.shape == "named" and not operand.det:
        if choice:
            return Value(literal=operand.text)
        if not operand.path:
            raise two_readings(
                operand.at,
                f'"{operand.text}" is either typed as it stands or a name of the case\'s data',
                f'"{operand.text}" in quotation marks',
                f"the {operand.text.lower()}",
            )
    if operand.shape == "plain" and operand.text.lower().startswith("same "):
        raise ReadingError("SOP014", operand.at, f'the same as what? "{operand.spoken}"', "name the data")
    if not operand.text:
        raise ReadingError("SOP016", operand.at, "what goes in is not said", 'name it: "the member ID"')
    if not operand.det and operand.text.split(" ")[0] in verbs.FIRST_WORDS and not operand.path:
        raise ReadingError("SOP016", operand.at, f'"{operand.text}" what?', "say what the verb acts on")
    if not operand.det and not operand.path and operand.shape == "plain":
        raise two_readings(
            operand.at,
            f'"{operand.text}" is either typed as it stands or a name of the case\'s data',
            f'"{operand.text}" in quotation marks',
            f"the {operand.text}",
        )
    return referred(operand, ctx)


def referred(operand: Operand, ctx: Context) -> Value:
    """The operand's words as a name of data: read in this run, in the table, or the author's own."""
    text = operand.text
    name = snake(text)
    if name in ctx.reads:
        return Value(ref=name, words=operand.spoken, read=True)
    found = reference(operand.spoken, text, every=operand.every)
    if operand.path:
        return replace(found, ref=operand.path)
    bare = text.split(" ", 1)[1] if text.lower().startswith(("current ", "new ")) else text
    if found.ref == name and path_of(bare):
        found = replace(found, ref=path_of(bare))
    return found
