"""A small library to ask: the sample payer and the rules of one test."""

import datetime as dt
from pathlib import Path
from textwrap import dedent

from authwright.core.requirement import Requirement, RequirementQuery
from authwright.rules import Library, require
from authwright.rules.library import SourceText, assemble

PAYER = (Path(__file__).parent / "sample-payer.yaml").read_text()
TODAY = dt.date(2026, 11, 24)
SOURCE = '{title: List, url: "https://sample.test/list", retrieved: 2026-11-01}'


def library(rules: str, overlay: str = "", payer: str = PAYER) -> Library:
    """The sample payer with `rules`; SOURCE in the text stands for a source. Raises on any finding."""
    texts = [SourceText("payer.yaml", "payer", "sample", payer)]
    texts.append(SourceText("rules.yaml", "rules", "sample", dedent(rules).replace("SOURCE", SOURCE)))
    if overlay:
        text = dedent(overlay).replace("SOURCE", SOURCE)
        texts.append(SourceText("clinic.yaml", "rules", "sample", text, overlay=True))
    loaded, found = assemble(texts)
    assert not found, found
    return loaded


def ask(loaded: Library, code: str = "73721", date: str = "2026-06-01", **facts: object) -> Requirement:
    request = facts.pop("request_date", None)
    query = RequirementQuery(
        payer="sample",
        code=code,
        date=dt.date.fromisoformat(date),
        request_date=dt.date.fromisoformat(str(request)) if request else None,
        **facts,  # type: ignore[arg-type]
    )
    return require(loaded, query, TODAY)
