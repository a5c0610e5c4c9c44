"""SARIF 2.1.0 (OASIS): findings as code review reads them."""

from collections.abc import Iterable
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from authwright.core.diagnostics import Diagnostic

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def sarif(found: Iterable[Diagnostic], version: str, root: PurePath) -> dict[str, Any]:
    """One run of the tool. Files below `root` are named from there, as a repository's review needs it.

    Columns count characters; a finding about a whole file has no region.
    """
    listed = list(found)
    codes = sorted({d.code for d in listed})
    driver = {
        "name": "authwright",
        "version": version,
        "rules": [{"id": code, "help": {"text": _help(code)}} for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(d, codes.index(d.code), root) for d in listed],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _help(code: str) -> str:
    return f"{code} is explained in docs/reference/diagnostics-{code[:3].lower()}.md"


def _result(found: Diagnostic, rule: int, root: PurePath) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(found.file, root)}}
    if found.line:
        place["region"] = {"startLine": found.line} | ({"startColumn": found.column} if found.column else {})
    return {
        "ruleId": found.code,
        "ruleIndex": rule,
        "level": found.severity.value,
        "message": {"text": _text(found)},
        "locations": [{"physicalLocation": place}],
    }


def _text(found: Diagnostic) -> str:
    parts = [found.message]
    if found.hint:
        parts.append(f"Hint: {found.hint}")
    if found.suggestions:
        parts.append(f"Did you mean: {', '.join(found.suggestions)}")
    return "\n".join(parts)


def _uri(file: str, root: PurePath) -> str:
    path = PurePath(file)
    if path.is_absolute():
        return quote(path.relative_to(root).as_posix()) if path.is_relative_to(root) else path.as_uri()
    return quote(path.as_posix())
