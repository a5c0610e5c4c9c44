"""Orders from CSV: a row a service line, rows of one order joined by its id."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from authwright.core.data_names import BY_PATH
from authwright.core.diagnostics import did_you_mean
from authwright.core.order import Order
from authwright.formats.orders.build import build_order
from authwright.formats.orders.names import REPEATED, path_of, suggestions
from authwright.formats.orders.tree import Cell, Log, Tree, put
from authwright.formats.places import Place, plain_name
from authwright.formats.rows import ABOUT_QUOTES, Row, read_rows

_NEEDED = {"order.id": "the order's number", "service_lines[].code": "the procedure code"}
_FREE_WORDS = frozenset(
    {"note", "notes", "description", "comment", "comments", "remarks", "reason", "history"}
)
Column = tuple[str, int] | None
"""Path and which coverage; None for a column that isn't read."""


@dataclass(slots=True)
class _Joined:
    """One order as its rows come in. `said` keeps what belongs to the order as a whole."""

    place: Place
    tree: Tree = field(default_factory=dict)
    said: dict[tuple[str, int], Cell] = field(default_factory=dict)


def orders_from_csv(text: str, mapping: Mapping[str, str], log: Log) -> list[Order]:
    """`mapping` is our name -> their column; columns that it doesn't name are found by their names."""
    rows = read_rows(text, lambda names: _free_text(names, mapping))
    if not rows:
        log.error("ORD001", (0, 0), "the file is empty: expected CSV with a line of column names, or JSON")
        return []
    header = rows[0]
    if header.fault:
        log.error("ORD021", header.fault_place, header.fault, ABOUT_QUOTES)
        return []
    columns = _columns(header, mapping, log)
    have = {column[0] for column in columns if column}
    missing = [path for path in _NEEDED if path not in have]
    for path in missing:
        log.error(
            "ORD003",
            (header.line, 1),
            f"there is no column for {_NEEDED[path]}",
            f"Name it {BY_PATH[path].aliases[0]}, or map it with --columns: {path} = their column.",
        )
    if missing:
        return []
    joined: dict[str, _Joined] = {}
    for row in rows[1:]:
        _take(row, columns, joined, len(header.cells), log)
    return [build_order(order.tree, order.place, log) for order in joined.values()]


def _columns(header: Row, mapping: Mapping[str, str], log: Log) -> list[Column]:
    theirs = {}
    for ours, column in mapping.items():
        path = path_of(ours)
        if path is None:
            log.error(
                "ORD002",
                (0, 0),
                f"the column map names {ours!r}, which is no data name",
                "",
                suggestions(ours),
            )
        elif plain_name(column) not in map(plain_name, header.cells):
            log.error(
                "ORD003",
                (header.line, 1),
                f"the column map says {column!r} for {ours}, but the file has no such column",
                suggestions=did_you_mean(column, header.cells),
            )
        else:
            theirs[plain_name(column)] = path
    found: list[Column] = []
    for written, where in zip(header.cells, header.columns, strict=True):
        column_path = theirs.get(plain_name(written)) or path_of(written)
        if column_path is None and written:
            log.warning(
                "ORD002",
                (header.line, where),
                f"{written!r} is no known column and isn't read",
                "Map it with --columns if it is needed.",
                suggestions(written),
            )
        found.append(column_path)
    _same_twice(header, found, log)
    return found


def _same_twice(header: Row, columns: Sequence[Column], log: Log) -> None:
    """Two columns of one name, or of one meaning, where only one value can stand."""
    seen: dict[tuple[str, int], int] = {}
    for i, column in enumerate(columns):
        if column is None or column[0] in REPEATED:
            continue
        first = seen.setdefault(column, i)
        if first == i:
            continue
        one, other = header.cells[first], header.cells[i]
        tell = log.error if plain_name(one) == plain_name(other) else log.warning
        tell(
            "ORD025",
            (header.line, header.columns[i]),
            f"columns {first + 1} ({one}) and {i + 1} ({other}) both are {column[0]}",
            "Take one away, or name it otherwise. Of two values the first is taken.",
        )


def _free_text(names: Sequence[str], mapping: Mapping[str, str]) -> set[int]:
    """The columns whose cells may have several lines, by our name or theirs."""
    ours = {plain_name(column): path for path, column in mapping.items()}
    return {
        i
        for i, name in enumerate(names)
        if _FREE_WORDS & set(plain_name(f"{name} {ours.get(plain_name(name), '')}").split())
    }


def _take(row: Row, columns: Sequence[Column], joined: dict[str, _Joined], width: int, log: Log) -> None:
    if row.fault:
        log.error("ORD021", row.fault_place, f"{row.fault}; the row is left out", ABOUT_QUOTES)
        return
    if len(row.cells) > width:
        log.error(
            "ORD014",
            (row.line, row.columns[width]),
            f"the row has {len(row.cells)} cells, the first line {width} columns; it is left out",
            "A cell that holds the delimiter needs quotes around it.",
        )
        return
    cells = [
        (column, Cell(text, (row.line, where)))
        for column, text, where in zip(columns, row.cells, row.columns, strict=False)
        if column and text
    ]
    identifier = next((cell.text for column, cell in cells if column[0] == "order.id"), "")
    if not identifier:
        log.error("ORD004", (row.line, 1), "the row has no order number; it is left out")
        return
    order = joined.setdefault(identifier, _Joined((row.line, 1)))
    line: Tree = {}
    for column, cell in cells:
        _put(order, line, column, cell, log)
    order.tree.setdefault("service_lines", []).append(line)


def _put(order: _Joined, line: Tree, column: tuple[str, int], cell: Cell, log: Log) -> None:
    path, which = column
    if path == "service_lines[].modifiers":
        line.setdefault("modifiers", []).append(cell)
    elif path.startswith("service_lines[]."):
        put(line, path.partition("[].")[2], cell)
    elif "[]." in path:
        branch, _, leaf = path.partition("[].")
        _put_in_list(order.tree.setdefault(branch, []), leaf, cell)
    elif path not in BY_PATH or BY_PATH[path].type.value == "list":
        return
    else:
        said = order.said.setdefault(column, cell)
        if said.text != cell.text:
            log.error(
                "ORD013",
                cell.place,
                f"{path} is {cell.text!r} here, but {said.text!r} in an earlier row of the same order",
                "Rows of one order agree in everything but the service line. The earlier one is taken.",
            )
        elif path.startswith("coverage."):
            _put_coverage(order.tree, path.removeprefix("coverage."), which, cell)
        else:
            put(order.tree, path, cell)


def _put_in_list(items: list[Tree], leaf: str, cell: Cell) -> None:
    """Codes and paths begin an item, once each; other leaves belong to the last one."""
    if leaf in ("code", "path"):
        if all(item.get(leaf) is None or item[leaf].text != cell.text for item in items):
            items.append({leaf: cell})
    elif items:
        items[-1].setdefault(leaf, cell)


def _put_coverage(tree: Tree, leaf: str, which: int, cell: Cell) -> None:
    coverages = tree.setdefault("coverages", [])
    while len(coverages) <= which:
        coverages.append({})
    coverages[which].setdefault(leaf, cell)
