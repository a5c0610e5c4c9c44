"""The block between two `---` lines at the top: what the SOP is, for which portal, who approved it.

`key: value` lines, a value being text, a date or `{key: value, ...}`; nothing else of YAML is needed.
"""

import re
from dataclasses import dataclass, field
from datetime import date

from authwright.core.diagnostics import Diagnostic, did_you_mean
from authwright.core.workflow import Approval, Purpose

_LINE = re.compile(r"([A-Za-z_-]+)\s*:\s*(.*?)\s*(?:#.*)?$")
KEYS = ("id", "purpose", "portal", "effective", "approved", "draft")


@dataclass(slots=True)
class FrontMatter:
    id: str = ""
    purpose: Purpose = Purpose.OTHER
    portal: str = ""
    effective: date | None = None
    approved: Approval | None = None
    draft: bool = False
    end: int = 0
    """Number of lines that it takes up, both `---` included."""
    diagnostics: list[Diagnostic] = field(default_factory=list)


def read_front_matter(lines: list[str], file: str) -> FrontMatter:
    """Codes SOP001 to SOP005. Goes on after each error."""
    found = FrontMatter()
    first = next((n for n, line in enumerate(lines) if line.strip()), None)
    if first is None or lines[first].strip() != "---":
        message = "an SOP begins with a front matter block between two --- lines"
        found.diagnostics.append(Diagnostic(file, 1, 1, "SOP001", message, _EXAMPLE))
        return found
    last = next((n for n in range(first + 1, len(lines)) if lines[n].strip() == "---"), None)
    if last is None:
        message = "the front matter is not closed: expected a line with --- alone"
        found.diagnostics.append(Diagnostic(file, first + 1, 1, "SOP001", message, _EXAMPLE))
        last = next((n for n in range(first + 1, len(lines)) if lines[n].startswith("#")), len(lines)) - 1
    found.end = last + 1
    seen: set[str] = set()
    for number in range(first + 1, last):
        _read_line(found, lines[number], number + 1, file, seen)
    for key in ("id", "purpose", "portal"):
        if key not in seen:
            message = f"the front matter lacks {key}"
            found.diagnostics.append(Diagnostic(file, first + 1, 1, "SOP002", message, _EXAMPLE))
    return found


_EXAMPLE = (
    "begin with lines such as: --- / id: hub/submit / purpose: submit / portal: hub / "
    "effective: 2026-10-01 / ---"
)


def _read_line(found: FrontMatter, line: str, number: int, file: str, seen: set[str]) -> None:
    if not line.strip() or line.lstrip().startswith("#"):
        return
    match = _LINE.match(line.strip())
    column = len(line) - len(line.lstrip()) + 1
    if match is None or match[1] not in KEYS:
        word = match[1] if match else line.strip()
        message = f"expected one of {', '.join(KEYS)}, found {word!r}"
        found.diagnostics.append(
            Diagnostic(file, number, column, "SOP003", message, suggestions=did_you_mean(word, KEYS))
        )
        return
    key, value = match[1], match[2].strip("\"'")
    at = line.index(":") + 2
    if key in seen:
        message = f"{key} is given twice"
        found.diagnostics.append(Diagnostic(file, number, column, "SOP003", message, "keep one of them"))
    seen.add(key)
    problem = _take(found, key, value)
    if problem:
        code, message, known = problem
        suggestions = did_you_mean(value, known)
        found.diagnostics.append(Diagnostic(file, number, at, code, message, suggestions=suggestions))


def _take(found: FrontMatter, key: str, value: str) -> tuple[str, str, tuple[str, ...]] | None:
    """Store the value; what is wrong with it as (code, message, known values)."""
    if key in ("id", "portal"):
        setattr(found, key, value)
        return None if value else ("SOP002", f"{key} is empty", ())
    if key == "purpose":
        known = tuple(p.value for p in Purpose)
        if value not in known:
            return "SOP004", f"unknown purpose {value!r}: expected one of {', '.join(known)}", known
        found.purpose = Purpose(value)
    elif key == "effective":
        found.effective = _date(value)
        if found.effective is None:
            return "SOP005", f"expected a date as YYYY-MM-DD, found {value!r}", ()
    elif key == "draft":
        if value not in ("true", "false"):
            return "SOP003", f"draft is true or false, found {value!r}", ()
        found.draft = value == "true"
    else:
        pairs = dict(re.findall(r"([a-z]+)\s*:\s*([^,}]+?)\s*(?=[,}])", value))
        on = _date(pairs.get("on", ""))
        if on is None or "by" not in pairs:
            return "SOP005", f"expected {{by: NAME, on: YYYY-MM-DD}}, found {value!r}", ()
        found.approved = Approval(pairs["by"].strip("\"'"), on)
    return None


def _date(text: str) -> date | None:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
