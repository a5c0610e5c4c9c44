"""In which row of a table an act is done: "in the row "Clinical notes"", "in that row"."""

from collections.abc import Iterable
from dataclasses import replace

from authwright.core.workflow import THAT_ROW, Action, Step, TargetKind, Value
from authwright.sop import words as w
from authwright.sop.clauses import Clause
from authwright.sop.context import Context
from authwright.sop.edges import preposition_at
from authwright.sop.errors import ReadingError
from authwright.sop.operands import Operand, scan_operand
from authwright.sop.playback import told
from authwright.sop.tokens import Tokens

_ROWS = frozenset({"row", "table row"})
_HOLDING = frozenset({"with", "for", "of", "containing", "without"})


def without_row(clause: Clause, ctx: Context) -> None:
    """Take the place out of the clause and keep it: a row by its label, or the one that was found."""
    for i in range(len(clause.rest)):
        found = preposition_at(clause.rest, i)
        if found is None or found[0] not in w.PLACED:
            continue
        row = scan_operand(clause.rest, i + found[1])
        if row is not None and row[0].shape == "pronoun" and found[0] in w.BESIDE and ctx.row and not ctx.it:
            row = replace(row[0], text="", noun="row"), row[1]  # "if a row has X, click Edit next to it"
        if row is not None and _keep(row[0], clause.rest[row[1] :], ctx):
            clause.rest = (*clause.rest[:i], *clause.rest[row[1] :])
            return


def _keep(row: Operand, after: Tokens, ctx: Context) -> bool:
    if row.noun not in _ROWS or row.every:
        return False
    if labelled := labelled_row(row):
        ctx.in_row = labelled
        return True
    holds = after and (after[0].low in _HOLDING or after[0].low in ("that", "which", "whose"))
    if row.text or holds or not ctx.row:
        return False
    ctx.at_row = True
    return True


def labelled_row(row: Operand) -> Value | None:
    """The text that a row is known by; None when it is known by data, or not at all."""
    return Value(literal=row.text) if row.noun in _ROWS and row.is_label and row.text else None


def in_its_row(steps: Iterable[Step], ctx: Context, at: int) -> list[Step]:
    """The steps of a clause, in the row that was named for them. Raises ReadingError."""
    if not ctx.at_row and ctx.in_row is None:
        return list(steps)
    return [_placed(step, ctx, at) for step in steps]


_CLICKS = frozenset({Action.CLICK, Action.DOWNLOAD})
_ENTERS = frozenset({Action.FILL, Action.SELECT, Action.CHECK, Action.UNCHECK, Action.UPLOAD})
_LOOKS = frozenset({Action.READ, Action.VERIFY})


def _placed(step: Step, ctx: Context, at: int) -> Step:
    if ctx.at_row:
        if step.action is Action.READ:
            return told(replace(step, target_kind=TargetKind.TABLE_ROW))
        free = step.beside is None and (step.action in _ENTERS or (step.target and step.value is None))
        return told(replace(step, beside=THAT_ROW)) if step.action in _CLICKS | _ENTERS and free else step
    held = ctx.in_row
    if held is None or step.action not in _CLICKS | _ENTERS | _LOOKS:
        return step
    if step.action in _CLICKS:
        return told(replace(step, value=held)) if step.value is None else step
    if step.action in _LOOKS:
        raise _not_in_row(at, held, f'write: if a row has {_said(held)}, read its "LABEL"')
    if held.literal is None:
        raise _not_in_row(at, held, "name the row by a text that it shows, in quotation marks")
    return told(replace(step, beside=held.literal)) if step.beside is None else step


def _said(held: Value) -> str:
    return held.words or f'"{held.literal}"'


def _not_in_row(at: int, held: Value, hint: str) -> ReadingError:
    return ReadingError(
        "SOP012", at, f"in the row with {_said(held)} this can't be done: only clicks find a row so", hint
    )
