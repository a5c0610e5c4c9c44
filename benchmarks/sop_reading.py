"""How well the SOP compiler reads sentences that people wrote: right, refused, or different.

    python benchmarks/sop_reading.py tests/data/sop-sentences/*.jsonl [--show differs|refused] [--json]

Each row holds a sentence of a portal guide, restated, and the steps that a careful person takes from it:
`{"id", "source_url", "order", "text", "expect": [{"action", "target", "value", "condition"}]}`. The
sentences of one page make one SOP. A sentence is *refused* when its line has an error, *right* when its
steps agree with the expected ones, and *different* otherwise: read as something else without a word,
which must not happen. A refusal is right where the sentence leaves out what is meant.

Agreement is lenient where people differ: click, menu and navigate are one, read and verify are one, notes
are no step, a label may have one word too many, conditions count by presence, and a reference agrees
when its main words do. `value` is a name of data in snake_case or the text as it stands in the sentence.
"""

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from authwright.sop import compile_sop, explain_json

Row = dict[str, Any]
HEAD = (
    "---\nid: corpus/page\npurpose: other\nportal: corpus\neffective: 2026-01-01\n---\n# Page\n\n## Steps\n"
)
ONE_ACTION = {"menu": "click", "navigate": "click", "verify": "read"}
NO_STEP = {"note", "condition"}
CONTROL_WORDS = {"box", "field", "button", "link", "to", "icon", "tab", "menu", "dropdown", "list"}
ONE_MEANING = [
    set(group.split())
    for group in (
        "reason justification comments",
        "user username contact",
        "payer plan insurance",
        "account provider practitioner physician",
        "patient member subscriber client",
        "birth dob birthdate birthday",
        "phone telephone",
        "attachment document file",
        "authorization reference request confirmation tracking case",
        "code cpt hcpcs icd",
    )
]


class Act(NamedTuple):
    action: str
    label: str | None
    value: Any
    conditional: bool


def words(text: Any) -> list[str]:
    if isinstance(text, dict):
        text = " ".join(str(text.get(key) or "") for key in ("literal", "ref", "words"))
    found = re.sub(r"[^a-z0-9]+", " ", str(text).lower()).split()
    return [w.removesuffix("s") if len(w) > 3 else w for w in found if w not in {"the", "a", "an", "of", "s"}]


def acts(steps: list[Row]) -> list[Act]:
    """What is done: without notes, a menu path item by item, without the clicks around a file chooser."""
    found: list[Act] = []
    for i, step in enumerate(steps):
        action = ONE_ACTION.get(step["action"], step["action"])
        if action in NO_STEP:
            continue
        before_chooser = action == "click" and [s["action"] for s in steps[i + 1 : i + 2]] == ["upload"]
        in_chooser = i and action == "click" and steps[i - 1]["action"] == "upload"
        if before_chooser or (in_chooser and words(step.get("target") or "") == ["open"]):
            continue
        target = None if action == "human" else step.get("target")
        for label in target if isinstance(target, list) and target else [target]:
            found.append(Act(action, label, step.get("value"), bool(step.get("condition"))))
    return found


def label_agrees(expected: str | None, got: str | None) -> bool:
    if expected is None:
        return True
    want, have = set(words(expected)) - CONTROL_WORDS, set(words(got or "")) - CONTROL_WORDS
    if "or" in want:
        return bool(have & want - {"or"}) and have <= want
    return want <= have and len(have - want) <= 1


def is_reference(value: str) -> bool:
    """Names of data are written in snake_case; what the page or the sentence says is not."""
    return re.fullmatch(r"[a-z]+(_[a-z0-9]+)*", value) is not None


def value_agrees(expected: str | None, got: Any) -> bool:
    if expected is None:
        return True
    if got is None:
        return False
    if not is_reference(expected):
        return set(words(expected)) <= set(words(got)) and len(words(got)) <= len(words(expected)) + 1
    if len(words({"words": got.get("words")})) > 6:
        return False
    want, have = set(words(expected.replace("_", " "))), set(words(got))
    have = have.union(*(group for group in ONE_MEANING if group & have))
    return len(want & have) >= max(1, (len(want) + 1) // 2)


def agrees(row: Row, steps: list[Row]) -> bool:
    want, have = acts(row["expect"]), acts(steps)
    picks = {"click", "select"}
    return len(want) == len(have) and all(
        (e.action == g.action or ({e.action, g.action} <= picks and e.value is not None))
        and label_agrees(e.label, g.label)
        and value_agrees(e.value, g.value)
        and e.conditional == g.conditional
        for e, g in zip(want, have, strict=True)
    )


def leaves_open(row: Row) -> bool:
    """The sentence itself doesn't say to what it is done, or offers labels to choose from."""
    does = [
        s for s in row["expect"] if s["action"] in {"fill", "select", "check", "uncheck", "click", "upload"}
    ]
    unnamed = any(s["target"] is None and s["value"] is None for s in does)
    vague = any(s["action"] == "fill" and s["value"] is None for s in does)
    choice = any(" or " in f" {s['target']} ".lower() for s in does if isinstance(s["target"], str))
    return unnamed or vague or choice or row["text"].lower().count(" or by ") > 1


def read(rows: Iterable[Row]) -> Iterable[tuple[Row, str, list[Row]]]:
    """(row, verdict, steps) of each row; the rows of one page are one SOP."""
    pages: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        pages[row["source_url"]].append(row)
    for page in pages.values():
        page.sort(key=lambda row: row["order"])
        text = HEAD + "".join(f"{i}. {row['text']}\n" for i, row in enumerate(page, 1))
        told = explain_json(*compile_sop(text, "page.md"))
        for line, row in enumerate(page, HEAD.count("\n") + 1):
            steps = [s for s in told["steps"] if s["line"] == line]
            refused = any(d["line"] == line and d["severity"] == "error" for d in told["diagnostics"])
            if refused:
                verdict = "right" if leaves_open(row) else "refused"
            else:
                verdict = "right" if agrees(row, steps) else "differs"
            yield row, verdict, steps


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--show", choices=["differs", "refused", "right"])
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures = {}
    for path in options.files:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        tally: Counter[str] = Counter()
        for row, verdict, steps in read(rows):
            tally[verdict] += 1
            if verdict == options.show:
                print(
                    f"{row['id']}: {row['text']}\n  expected {acts(row['expect'])}\n  got      {acts(steps)}"
                )
        figures[path.stem] = {v: tally[v] / len(rows) for v in ("right", "refused", "differs")}
        if not options.json:
            told = "  ".join(f"{v} {share:6.1%}" for v, share in figures[path.stem].items())
            print(f"{path.stem:12} {len(rows):4} sentences  {told}")
    if options.json:
        json.dump(figures, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
