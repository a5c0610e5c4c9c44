"""Write docs/reference/data-names.md from the table of data names: `python scripts/make_reference.py`.

A test fails when the file is not what this writes.
"""

from pathlib import Path

from authwright.core.data_names import BRANCH_ALIASES
from authwright.core.data_table import DATA_NAMES, DataName, may_be_missing

FILE = Path(__file__).parents[1] / "docs/reference/data-names.md"

HEAD = """\
# The names of a case's data

Written by `python scripts/make_reference.py` from `authwright.core.data_table`; change the table, not this.

One table for SOPs, order files and CASE.json:

- **Path**: where a value stands. `service_lines[].code` is the code of one service line: of the present one
  inside a loop, of the only one outside.
- **Type**: what it is. "optional": a complete order may be without it, so an SOP says what to do then.
- **Words**: what people call it. An SOP says "the member ID"; a column of an orders file may have one of
  these names.
- **Other keys**: other keys under which CASE.json or a column may hold it.

A path that is not in the table is a data name by its own words.
"""


def data_names() -> str:
    """The whole file."""
    parts = [HEAD, "## Branches\n", *_branches()]
    for branch, names in _by_branch().items():
        parts += [f"\n## {branch}\n", *_table(names)]
    return "\n".join(parts) + "\n"


def _branches() -> list[str]:
    lines = ["What CASE.json may call a whole branch:\n", "| Key | Stands for |", "| --- | --- |"]
    return lines + [f"| `{alias}` | `{real}` |" for alias, real in BRANCH_ALIASES.items()]


def _by_branch() -> dict[str, list[DataName]]:
    """The names under the first part of their path, in the table's order."""
    found: dict[str, list[DataName]] = {}
    for name in DATA_NAMES:
        found.setdefault(name.path.split(".")[0].removesuffix("[]"), []).append(name)
    return found


def _table(names: list[DataName]) -> list[str]:
    rows = [f"| {_code(n.path)} | {_type(n)} | {', '.join(n.words)} | {_codes(n.aliases)} |" for n in names]
    return ["| Path | Type | Words | Other keys |", "| --- | --- | --- | --- |", *rows]


def _type(name: DataName) -> str:
    return f"{name.type}, optional" if may_be_missing(name.path) else name.type


def _codes(keys: tuple[str, ...]) -> str:
    return ", ".join(map(_code, keys))


def _code(text: str) -> str:
    return f"`{text}`"


if __name__ == "__main__":
    FILE.write_text(data_names(), encoding="utf-8")
