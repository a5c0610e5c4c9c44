"""A practice's own names of data: `data-names.csv` beside the payers' folders of its library.

    name,type,words
    tooth_number,code,tooth number; tooth; tooth no.

`name` is where the value stands in a case, `type` as in docs/reference/data-names.md, `words` what people
call it in an SOP.
"""

import csv
import io
import re
from pathlib import Path

from authwright.core.data_names import BY_PATH, words_index
from authwright.core.data_table import DataName, DataType
from authwright.core.diagnostics import Diagnostic, did_you_mean

FILE_NAME = "data-names.csv"
_COLUMNS = ["name", "type", "words"]
_NAME = re.compile(r"[a-z][a-z0-9_]*(?:(?:\[\])?\.[a-z][a-z0-9_]*)*")


def read_data_names(text: str, file: str) -> tuple[tuple[DataName, ...], list[Diagnostic]]:
    """The names, and what is wrong in the file (CFG010). A wrong row is left out."""
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), skipinitialspace=True))
    head = [cell.strip().lower() for cell in rows[0]] if rows else []
    if head != _COLUMNS:
        message = f"expected the columns {', '.join(_COLUMNS)}, found {', '.join(head) or 'nothing'}"
        return (), [Diagnostic(file, 1, 1, "CFG010", message)]
    names: list[DataName] = []
    found: list[Diagnostic] = []
    taken = dict(words_index())
    for number, row in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in row):
            continue
        problem = _problem(row, taken)
        if problem:
            found.append(Diagnostic(file, number, 1, "CFG010", *problem))
            continue
        words = tuple(w.strip().lower() for w in row[2].split(";") if w.strip())
        names.append(DataName(row[0].strip(), DataType(row[1].strip().lower()), words))
        taken |= dict.fromkeys(words, row[0].strip())
    return tuple(names), found


def _problem(row: list[str], taken: dict[str, str]) -> tuple[str, str, tuple[str, ...]] | None:
    """(message, hint, suggestions) of a row that can't be used."""
    if len(row) != len(_COLUMNS):
        return f"expected {len(_COLUMNS)} cells, found {len(row)}", "separate several words by semicolons", ()
    name, kind, words = (cell.strip() for cell in row)
    types = [t.value for t in DataType]
    if not _NAME.fullmatch(name):
        hint = "small letters, digits and _, with dots between, such as tooth_number"
        return f"{name!r} is no name", hint, ()
    if name in BY_PATH:
        return f"{name} is in the table already", "choose a name of your own", ()
    if kind.lower() not in types:
        return f"{kind!r} is no type of data", f"one of {', '.join(types)}", did_you_mean(kind, types)
    for word in (w.strip().lower() for w in words.split(";")):
        if word in taken:
            return f'"{word}" is what {taken[word]} is called already', "choose other words", ()
    if words.strip(" ;"):
        return None
    return "what people call it is missing", "words, separated by semicolons", ()


def names_around(sop: Path) -> tuple[DataName, ...]:
    """The names of the library that an SOP stands in (`<library>/<portal>/sops/<sop>.md`)."""
    return read_names_of(names_file_around(sop))[0]


def read_names_of(file: Path | None) -> tuple[tuple[DataName, ...], list[Diagnostic]]:
    if file is None:
        return (), []
    try:
        return read_data_names(file.read_text(encoding="utf-8-sig"), str(file))
    except (OSError, UnicodeDecodeError):
        return (), [Diagnostic(str(file), 0, 0, "CFG010", "this is not UTF-8 text", "save the file as UTF-8")]


def names_file_around(sop: Path) -> Path | None:
    folders = sop.resolve().parents[:3]
    return next((f / FILE_NAME for f in folders if (f / FILE_NAME).is_file()), None)
