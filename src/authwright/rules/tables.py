"""Tables of payer data: one row is one code that a source names."""

import csv
import datetime as dt
import io
from collections.abc import Mapping
from dataclasses import dataclass

from authwright.core.codes import procedure_code_kind
from authwright.core.dates import parse_date
from authwright.core.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row as it was written, with its line in the table."""

    owner: str
    scope: str
    category: str
    code: str
    requirement: str
    setting: str
    start: dt.date | None
    end: dt.date | None
    url: str
    published: str
    retrieved: dt.date | None
    confidence: str
    note: str
    file: str
    line: int


def read_table(text: str, file: str) -> tuple[list[TableRow], list[Diagnostic]]:
    """The rows of a table of codes (columns of payer_rules_by_code or cms_rules_by_code).

    Refused with their line: a row whose end lies before its start, a code or a date that is none.
    """
    rows: list[TableRow] = []
    diagnostics: list[Diagnostic] = []
    reader = csv.DictReader(io.StringIO(text))
    for raw in reader:
        cells = {k: (v or "").strip() for k, v in raw.items() if k}
        row = _row(cells, file, reader.line_num)
        if problem := _problem(row, cells):
            diagnostics.append(Diagnostic(file, row.line, 0, *problem))
        else:
            rows.append(row)
    return rows, diagnostics


def _row(cells: Mapping[str, str], file: str, line: int) -> TableRow:
    return TableRow(
        owner=cells.get("payer") or cells.get("program", ""),
        scope=cells.get("plan_scope", ""),
        category=cells.get("category", ""),
        code=cells.get("code", "").upper(),
        requirement=cells.get("requirement", ""),
        setting=cells.get("setting_rule") or cells.get("setting", ""),
        start=parse_date(cells.get("effective_from", "")),
        end=parse_date(cells.get("effective_to", "")),
        url=cells.get("source_url", ""),
        published=cells.get("source_page_date", ""),
        retrieved=parse_date(cells.get("read_on", "")),
        confidence=cells.get("confidence", ""),
        note=cells.get("note", ""),
        file=file,
        line=line,
    )


def _problem(row: TableRow, cells: Mapping[str, str]) -> tuple[str, str, str] | None:
    if procedure_code_kind(row.code) is None:
        return "RUL010", f"{row.code!r} is no procedure code", "a CPT or HCPCS code has five characters"
    for column, value in (("effective_from", row.start), ("effective_to", row.end)):
        if cells.get(column) and value is None:
            return "RUL008", f"{column} is a date (YYYY-MM-DD), not {cells[column]!r}", "write the full day"
    if row.start and row.end and row.end < row.start:
        message = f"{row.code} ends on {row.end}, before it starts on {row.start}"
        return "RUL016", message, "exchange or correct the two days"
    if not row.url:
        return "RUL006", f"{row.code} has no source_url", "a row without a source makes no rule"
    return None


LEVELS = ("high", "medium", "low")


def level(confidence: str) -> str:
    """high only when the table says high and nothing else; low when it begins so; medium otherwise."""
    if confidence == "high":
        return "high"
    return "low" if confidence.startswith("low") else "medium"
