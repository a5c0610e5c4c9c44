"""The benchmark's results as Markdown."""

from collections.abc import Callable, Iterable
from typing import Any

Row = dict[str, Any]
GOOD = ("submitted", "adopted", "with a person")
BAD = ("duplicate", "lost", "wrong number", "stuck")
NOT_COUNTED = "not counted"
FAILED = "benchmark failed"


def counted(row: Row) -> bool:
    return row["verdict"] not in (NOT_COUNTED, FAILED) and row.get("happened", True)


def wanted(row: Row) -> bool:
    return row["verdict"] in (*GOOD, NOT_COUNTED)


def tables(rows: list[Row]) -> str:
    kills = [row for row in rows if counted(row)]
    parts = [
        _table("portal", kills, lambda row: str(row["target"])),
        _table("killed; the payer", kills, lambda row: f"{row['what']}; {row['payer']}"),
    ]
    if left_out := len(rows) - len(kills):
        why = "the run was over first, the machine was too slow, or the benchmark failed"
        parts.append(f"Not counted: {left_out} ({why}).")
    return "\n\n".join(parts)


def _table(head: str, rows: list[Row], key: Callable[[Row], str]) -> str:
    shown = [*GOOD, *(bad for bad in BAD if bad in BAD[:2] or any(r["verdict"] == bad for r in rows))]
    lines = [
        _line([head, "kills", "at a boundary", "at a random time", *shown]),
        _line(["---", *["--:"] * (3 + len(shown))]),
    ]
    for name in dict.fromkeys(map(key, rows)):
        lines.append(_line(_counts(name, [row for row in rows if key(row) == name], shown)))
    lines.append(_line(_counts("all", rows, shown)))
    return "\n".join(lines)


def _counts(name: str, rows: list[Row], shown: Iterable[str]) -> list[str]:
    boundary = sum(1 for row in rows if row["boundary"])
    verdicts = [sum(1 for row in rows if row["verdict"] == verdict) for verdict in shown]
    return [name, *map(str, (len(rows), boundary, len(rows) - boundary, *verdicts))]


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
