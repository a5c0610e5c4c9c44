"""Write the parts of docs/reference that follow from the code: `python scripts/make_reference.py`.

The names of data, the words of SOPs, and the JSON Schema of compiled workflows. A test fails when a file is
not what this writes.
"""

import json
from collections.abc import Callable, Iterable
from pathlib import Path

from authwright.core.data_names import BRANCH_ALIASES
from authwright.core.data_table import DATA_NAMES, DataName, may_be_missing
from authwright.core.workflow import SectionRole, TargetKind, json_schema
from authwright.sop import verbs
from authwright.sop import words as w
from authwright.sop.verbs import Verb

REFERENCE = Path(__file__).parents[1] / "docs/reference"

DATA_HEAD = """\
# The names of a case's data

Written by `python scripts/make_reference.py` from `authwright.core.data_table`; change the table, not this.

One table for SOPs, order files and CASE.json:

- **Path**: where a value stands. `service_lines[].code` is the code of one service line: of the present one
  inside a loop, of the only one outside.
- **Type**: what it is. "optional": a complete order may be without it, so an SOP says what to do then.
- **Words**: what people call it. An SOP says "the member ID"; a column of an orders file may have one of
  these names.
- **Other keys**: other keys under which CASE.json or a column may hold it.

A path that is not in the table is a data name by its own words: inside a loop it is looked for in the present
element first, then in the case. Clinical answers stand under `clinical.answers`, a list of
`{"question": "...", "answer": "..."}`: an SOP says *the answer to "..."*.
"""


def data_names() -> str:
    """The whole file."""
    parts = [DATA_HEAD, "## Branches\n", *_branches()]
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


WORDS_HEAD = """\
# The words of SOPs

Written by `python scripts/make_reference.py` from `authwright.sop.verbs` and `authwright.sop.words`; change
the tables, not this. How they are put together is told in [the language of SOPs](sop-language.md); what data
is called, in [data names](data-names.md).
"""

VERBS: dict[Verb, str] = {
    Verb.CLICK: "click a control",
    Verb.FILL: "write a value into a field",
    Verb.SELECT: "choose from a list",
    Verb.SET: "give a control a value, whatever kind it is",
    Verb.OPEN: "open a page, a menu, a tab or a row",
    Verb.CHECK: "tick a box",
    Verb.UNCHECK: "take a tick off",
    Verb.VERIFY: "make sure of something, else stop for a person",
    Verb.READ: "read a value from the page and keep it",
    Verb.REVIEW: "look at something: compare it with the request",
    Verb.UPLOAD: "hand in documents",
    Verb.DOWNLOAD: "get a file and keep it",
    Verb.CAPTURE: "keep a picture of the page",
    Verb.WAIT: "wait for something, or a time",
    Verb.STOP: "end the run",
    Verb.CLOSE: "close a pop-up",
    Verb.SIGN_IN: "sign in with the portal account",
    Verb.SIGN_OUT: "sign out",
    Verb.SEARCH: "search for a value",
    Verb.PRESS: "press a key, or click a button",
    Verb.USE: "carry out another SOP, or use a control",
    Verb.GO_BACK: "go on from another step",
    Verb.HUMAN: "hand to a person",
    Verb.NOTHING: "nothing is done",
    Verb.KEEP: "put a value down on the case",
    Verb.ASSIGN: "give the case an outcome or to a worklist",
    Verb.REPEAT: "do steps again",
    Verb.CLEAR: "empty a field",
    Verb.LOOK: "look at something",
}


def words() -> str:
    """The vocabulary of the compiler, from its tables."""
    parts = [
        WORDS_HEAD,
        "## Verbs\n",
        *_rows("Asks to", "Written", _verbs()),
        "\nWith its object between its words: "
        + "; ".join(f"{verb} X {particle}" for verb, particle in verbs.PARTICLES)
        + ".",
        "\nThese say too little of what to do on the page, and are an error that asks for more: "
        + _listed(verbs.VAGUE_VERBS - {v[0] for v in verbs.VERBS})
        + ".",
        "\n## Kinds of control\n",
        "After a label these tell the kind of control, and are no part of the label.\n",
        *_rows("Kind", "Written", _kinds()),
        f"\nParts of a page, which say where a label stands: {_listed(w.PLACE_NOUNS)}.",
        "\n## Where\n",
        *_rows(
            "Says", "Written",
            [
                ("the control stands in or under it", _listed(w.INSIDE)),
                ("the control stands beside it", _listed(w.BESIDE)),
                ("other", _listed({" ".join(p) for p in w.PREPOSITIONS} - w.INSIDE - w.BESIDE)),
            ],
        ),
        "\n## Small words\n",
        *_rows(
            "Says", "Written",
            [
                ("a name of data follows", _listed(w.DETERMINERS)),
                ("each of a list", _listed(w.EVERY)),
                ("the value named last", _listed(w.PRONOUNS)),
                ("nothing more than the name after it", _listed(w.FILLERS)),
                ("nothing", _listed(w.ADVERBS)),
                ("only the order", _listed(w.SEQUENCE_WORDS)),
            ],
        ),
        "\n## Titles of sections\n",
        *_rows("Is for", "Title", _titles()),
        "\nAny other title is part of the work.",
    ]  # fmt: skip
    return "\n".join(parts) + "\n"


def _rows(first: str, second: str, rows: Iterable[tuple[str, str]]) -> list[str]:
    return [f"| {first} | {second} |", "| --- | --- |", *(f"| {a} | {b} |" for a, b in rows)]


def _phrases(table: dict[tuple[str, ...], object], of: object) -> str:
    return ", ".join(" ".join(phrase) for phrase, what in table.items() if what is of)


def _verbs() -> list[tuple[str, str]]:
    said = {v: _phrases(verbs.VERBS, v) for v in Verb}
    return [(VERBS.get(v, _plain(v.name.lower())), phrases) for v, phrases in said.items() if phrases]


def _kinds() -> list[tuple[str, str]]:
    said = {k: _phrases(w.CONTROL_NOUNS, k) for k in TargetKind}
    return [(_plain(kind), nouns) for kind, nouns in said.items() if nouns]


def _titles() -> list[tuple[str, str]]:
    said = {r: ", ".join(t for t, what in w.SECTION_TITLES.items() if what is r) for r in SectionRole}
    return [(_plain(role), titles) for role, titles in said.items() if titles]


def _listed(words_: Iterable[str]) -> str:
    return ", ".join(sorted(words_))


def _plain(name: str) -> str:
    return str(name).replace("_", " ").replace("-", " ")


def schema() -> str:
    """JSON Schema of `authwright sop compile`'s output."""
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A compiled SOP",
        "description": "Written by scripts/make_reference.py from authwright.core.workflow.",
    }
    return json.dumps(head | json_schema(), indent=2, ensure_ascii=False) + "\n"


FILES: dict[str, Callable[[], str]] = {
    "data-names.md": data_names,
    "sop-words.md": words,
    "workflow.schema.json": schema,
}

if __name__ == "__main__":
    for name, write in FILES.items():
        (REFERENCE / name).write_text(write(), encoding="utf-8")
