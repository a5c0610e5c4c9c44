"""The library and the settings that the broken SOPs under tests/bad stand among."""

import datetime as dt
from pathlib import Path

from authwright.sop import Surroundings, compile_sop

TODAY = dt.date(2026, 11, 24)


def _sop(name, sentence, more=""):
    text = f"---\nid: {name}\npurpose: other\nportal: hub\n{more}---\n# Other\n\n## Steps\n1. {sentence}\n"
    workflow, found = compile_sop(text, f"{name}.md")
    assert found == []
    return workflow


LIBRARY = {
    "hub/sign-in": _sop("hub/sign-in", "Click Sign In."),
    "hub/circle": _sop("hub/circle", "Use SOP hub/example."),
    "hub/draft": _sop("hub/draft", "Click Next.", "draft: true\n"),
    "hub/sends": _sop("hub/sends", "Click Submit once."),
}


def around(sop: Path) -> Surroundings:
    compiled = sop.with_suffix(".workflow.json")
    data = compiled.read_bytes() if compiled.exists() else None
    return Surroundings(LIBRARY, {"hub"}, TODAY, data)
