"""From the names that a practice system gives to insurances ("UHC CHOICE PLUS") to payer and plan.

A CSV file that the practice owns: `insurance_name,payer,plan,line_of_business,funding[,state]`. A name
that isn't in it is one question to a person; nothing is guessed from how a name sounds.
"""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from authwright.core.diagnostics import Diagnostic, did_you_mean
from authwright.rules import vocabulary
from authwright.rules.library import Library, UnknownPayer

COLUMNS = ("insurance_name", "payer", "plan", "line_of_business", "funding")
_OPTIONAL = ("state",)


@dataclass(frozen=True, slots=True)
class InsuranceEntry:
    """`payer` and `plan` are ids of the library; empty means that the practice doesn't know it."""

    insurance_name: str
    payer: str
    plan: str = ""
    line_of_business: str = ""
    funding: str = ""
    state: str = ""


@dataclass(frozen=True)
class InsuranceMap:
    entries: Mapping[str, InsuranceEntry] = field(default_factory=dict)

    def look_up(self, insurance_name: str) -> InsuranceEntry | None:
        """The entry of that name; capitals and runs of spaces don't matter. None: ask a person."""
        return self.entries.get(_key(insurance_name))


def _key(name: str) -> str:
    return " ".join(name.casefold().split())


def read_insurance_map(text: str, file: str, library: Library) -> tuple[InsuranceMap, list[Diagnostic]]:
    """The map, and what is wrong in it. A row whose payer isn't known makes no entry."""
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    diagnostics = list(_column_problems(reader.fieldnames or [], file))
    if diagnostics:
        return InsuranceMap(), diagnostics
    entries: dict[str, InsuranceEntry] = {}
    lines: dict[str, int] = {}
    for raw in reader:
        row = _Row(
            {k: (v or "").strip() for k, v in raw.items() if k in (*COLUMNS, *_OPTIONAL)},
            file,
            reader.line_num,
        )
        if not any(row.cells.values()):
            continue
        entry = row.entry(library)
        diagnostics += row.diagnostics
        if entry is None:
            continue
        key = _key(entry.insurance_name)
        if key in entries:
            hint = "keep one row for each name; capitals and spaces don't tell names apart"
            message = f"{entry.insurance_name!r} stands here again (first on line {lines[key]})"
            diagnostics.append(Diagnostic(file, row.line, 0, "RUL041", message, hint))
            continue
        entries[key], lines[key] = entry, row.line
    return InsuranceMap(entries), diagnostics


def _column_problems(columns: Sequence[str], file: str) -> list[Diagnostic]:
    found = [c.strip() for c in columns]
    missing = [c for c in COLUMNS if c not in found]
    hint = f"the first line is {','.join(COLUMNS)}"
    return [
        Diagnostic(file, 1, 0, "RUL042", f"the column {c!r} is missing", hint, did_you_mean(c, found))
        for c in missing
    ]


class _Row:
    def __init__(self, cells: dict[str, str], file: str, line: int) -> None:
        self.cells, self.file, self.line = cells, file, line
        self.diagnostics: list[Diagnostic] = []

    def _say(self, code: str, message: str, hint: str = "", near: tuple[str, ...] = ()) -> None:
        self.diagnostics.append(Diagnostic(self.file, self.line, 0, code, message, hint, near))

    def entry(self, library: Library) -> InsuranceEntry | None:
        name = self.cells["insurance_name"]
        if not name:
            self._say(
                "RUL006", "a row without insurance_name", "write the name as the practice system shows it"
            )
            return None
        payer = library.find_payer(self.cells["payer"])
        if isinstance(payer, UnknownPayer):
            hint = (
                "" if payer.suggestions else f"payers are {', '.join(sorted(library.payers)) or 'none yet'}"
            )
            self._say("RUL040", f"the library has no payer {payer.name!r}", hint, payer.suggestions)
            return None
        plan_name = self.cells["plan"]
        plan = payer.plan(plan_name) if plan_name else None
        if plan_name and plan is None:
            plans = [p.id for p in payer.plans]
            hint = f"its plans are {', '.join(plans) or 'none yet'}; or leave the cell empty"
            self._say(
                "RUL026", f"{payer.name} has no plan {plan_name!r}", hint, did_you_mean(plan_name, plans)
            )
        line = self._word("line_of_business", vocabulary.line_of_business, vocabulary.LINES_OF_BUSINESS)
        funding = self._word("funding", vocabulary.funding, vocabulary.FUNDING)
        state = self.cells.get("state", "").upper()
        if state and state not in vocabulary.STATES:
            self._say("RUL009", f"{state!r} is no state", "write the two letters of the post office: GA, TX")
            state = ""
        return InsuranceEntry(
            insurance_name=name,
            payer=payer.payer,
            plan=plan.id if plan else "",
            line_of_business=line or (plan.line_of_business if plan else ""),
            funding=funding or (plan.funding if plan else ""),
            state=state,
        )

    def _word(self, column: str, read: Callable[[str], str], words: tuple[str, ...]) -> str:
        text = self.cells[column]
        value = read(text)
        if text and not value:
            near = did_you_mean(text, words)
            hint = "" if near else f"it is one of {', '.join(words)}"
            self._say("RUL009", f"{text!r} is no {column.replace('_', ' ')}", hint, near)
        return value
