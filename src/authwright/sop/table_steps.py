"""A table's rows as steps: the label and the value of each are read as one sentence would be."""

from collections.abc import Callable
from dataclasses import replace

from authwright.core.workflow import Action, Condition, ConditionKind, Step, TargetKind
from authwright.sop.branches import chained
from authwright.sop.context import Context
from authwright.sop.data_words import path_of
from authwright.sop.errors import ReadingError
from authwright.sop.limits import limit_in, with_limit
from authwright.sop.mappings import mapped, options_of, pair_of, pairs_in, ready_for_mapping
from authwright.sop.scene import Scene
from authwright.sop.settling import state_condition
from authwright.sop.structure import Item
from authwright.sop.table_text import Row
from authwright.sop.tables import Columns, columns_of, is_left, split_condition, with_determiner
from authwright.sop.text import SourceText, source_text
from authwright.sop.tokens import Tokens, tokenise, words_of

Steps = tuple[Step, ...]
Part = Callable[[Tokens, Item, Context, list[Step]], Steps]
Guard = Callable[[Callable[[], Steps]], Steps | None]
CaseStep = Callable[[str, Tokens, Tokens, Item, Context], tuple[Condition | None, Steps]]


class TableReader:
    """`part` reads a sentence's part, `case` one case of a branch, `guard` tells why a row can't be read.
    Raises ReadingError."""

    def __init__(self, scene: Scene, part: Part, case: CaseStep, guard: Guard) -> None:
        self.scene, self.part, self.case, self.guard = scene, part, case, guard

    def read(self, rows: list[Row], ctx: Context) -> None:
        chooses = ready_for_mapping(self.scene.steps) is not None
        try:
            columns = columns_of(rows, chooses=chooses)
        except ReadingError as error:
            ctx.source = rows[0].cells[0]
            raise error
        if columns.kind == "mapping":
            self._mapping(rows, ctx)
        elif columns.kind == "cases":
            self._cases(rows, columns, ctx)
        else:
            for row in rows[1:]:
                self.scene.steps.extend(self.guard(lambda r=row: self._entry(r, columns, ctx)) or ())  # type: ignore[misc]

    def _entry(self, row: Row, columns: Columns, ctx: Context) -> Steps:
        label, value = _cell(row, columns.first), _cell(row, columns.second)
        own = replace(
            ctx, source=value if value.text else label, words=f"{label.text}: {value.text}", last_fill=None
        )
        ctx.source = own.source  # where an error is told
        if not label.text:
            raise ReadingError("SOP016", 0, "in which field is not said", "name it in this row")
        if is_left(value.text):
            return (own.step(Action.NOTE, 0),)
        text, word, said = split_condition(value.text)
        if pairs_in(tokenise(value.text)) and "," in value.text:
            steps = self._options(label.text, value.text, own)
            word = ""
        else:
            steps = self._filled(label.text, text, own)
        condition = state_condition(tokenise(said), word, own, 0) if word else None
        more = self._only_if(row, columns, own)
        for each in (condition, more):
            if each is not None:
                steps = (own.step(Action.CONDITION, 0, condition=each, body=steps),)
        return self._limited(row, columns, steps)

    def _filled(self, label: str, value: str, own: Context) -> Steps:
        if value.lower() in ("tick", "check", "yes, tick", "ticked", "checked"):
            return (own.step(Action.CHECK, 0, target=label.strip('"'), target_kind=TargetKind.CHECKBOX),)
        if value.lower() in ("untick", "uncheck", "no tick", "unticked"):
            return (own.step(Action.UNCHECK, 0, target=label.strip('"'), target_kind=TargetKind.CHECKBOX),)
        whole = with_determiner(value)
        literal = whole[:1].isupper() and path_of(whole) is None
        verb = "select" if literal or whole.startswith('"') else "enter"
        text = f'{verb} {whole} in "{label.strip(chr(34))}"'
        shift = len(text) - len(whole) - len(f' in "{label.strip(chr(34))}"')
        place = own.source.starts[0]
        inner = replace(own, source=SourceText(text, ((0, place[1], max(place[2] - shift, 1)),)))
        return self.part(tokenise(text), Item(inner.source, listed=True), inner, [])

    def _options(self, label: str, value: str, own: Context) -> Steps:
        pairs = pairs_in(tokenise(value)) or []
        subject = path_of(label.lower().strip('"'))
        options = options_of(pairs, subject, 0)
        return (
            own.step(
                Action.SELECT, 0, target=label.strip('"'), target_kind=TargetKind.DROPDOWN, options=options
            ),
        )

    def _only_if(self, row: Row, columns: Columns, own: Context) -> Condition | None:
        cells = [_cell(row, columns.only_if)] if columns.only_if is not None else []
        cells += [c for i in columns.remark if (c := _cell(row, i)).text.lower().startswith(_IFS)]
        for cell in cells:
            words = tokenise(cell.text)
            if words:
                own.source = cell
                while words and words[0].low in ("only", "if", "when"):
                    words = words[1:]
                word = "unless" if words[0].low == "unless" else "if"
                return _known(state_condition(words[1:] if word == "unless" else words, word, own, 0))
        return None

    def _limited(self, row: Row, columns: Columns, steps: Steps) -> Steps:
        cells = [_cell(row, columns.limit)] if columns.limit is not None else []
        cells += [_cell(row, i) for i in columns.remark]
        for index, cell in enumerate(cells):
            limit = limit_in(cell.text) or limit_in(f"at most {cell.text}")
            if limit is not None:
                return with_limit(steps, limit, 0)
            if index == 0 and columns.limit is not None and cell.text:
                self.scene.ctx.source = cell
                raise ReadingError(
                    "SOP013", 0,
                    f'two readings: at most {cell.text} characters, or a value up to {cell.text}',
                    f'write "{cell.text} characters", or a check in a step of its own',
                )  # fmt: skip
        return steps

    def _mapping(self, rows: list[Row], ctx: Context) -> None:
        step = self.scene.steps[-1]
        pairs = []
        for row in rows[1:]:
            ctx.source = row.cells[0]
            pairs.append(pair_of(_cell(row, 0).text, _cell(row, 1).text, "|", 0))
        self.scene.steps[-1] = mapped(step, pairs, ctx, 0)

    def _cases(self, rows: list[Row], columns: Columns, ctx: Context) -> None:
        subject = rows[0].cells[columns.first].text
        cases = []
        for row in rows[1:]:
            own = replace(
                ctx, source=_cell(row, columns.second), words=f"{row.cells[0].text}: {row.cells[1].text}"
            )
            ctx.source = own.source
            key = tokenise(_cell(row, columns.first).text)
            condition, body = self.case(subject, key, tokenise(own.source.text), self.scene.item, own)
            cases.append((condition, body, row.cells[columns.first].position(0)))
        ctx.words = words_of(tokenise(subject))
        self.scene.steps.extend(chained(cases, subject, ctx, 0))


def _known(condition: Condition | None) -> Condition | None:
    """In a column of conditions, one that the case or the page decides."""
    if condition is not None and condition.kind is ConditionKind.SAID:
        raise ReadingError(
            "SOP029", 0, f'which data of the case "{condition.words}" looks at is not said',
            'name it: "the ... is ...", or what the page shows',
        )  # fmt: skip
    return condition


_IFS = ("only if", "only when", "if ", "when ", "unless ", "only for")


def _cell(row: Row, index: int | None) -> SourceText:
    if index is None or index >= len(row.cells):
        return source_text("", row.line, 1)
    return row.cells[index]
