"""A day as an HTML report: a folder with index.html and the pictures of the runs.

The report shows patients: each case in it gets a ledger entry that says so.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from authwright.app.summary import Summary
from authwright.app.views import CaseView
from authwright.cases.wording import STATES
from authwright.store.store import PracticeSession

_TONES = {
    "certified": "good",
    "not-required": "good",
    "certified-modified": "warn",
    "partially-certified": "warn",
    "in-review": "calm",
    "submitted": "calm",
    "ready": "calm",
    "not-certified": "bad",
    "in-doubt": "bad",
}


_PICTURES = frozenset({"picture"})


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture of a run as the report shows it. `file` is relative to the report's folder."""

    file: str
    words: str


def write(
    session: PracticeSession, folder: Path, summary: Summary, *, practice: str, actor: str, at: datetime
) -> Path:
    """Write the report and return its index.html."""
    (folder / "pictures").mkdir(parents=True, exist_ok=True)
    strips = {view.case.id: _film_strip(session, view, folder) for view in summary.cases}
    for view in summary.cases:
        session.ledger.write("export.made", actor=actor, at=at, case_id=view.case.id, to=str(folder))
    page = _environment().get_template("report.html")
    index = folder / "index.html"
    text = page.render(summary=summary, practice=practice, at=at, strips=strips, tones=_TONES, states=STATES)
    index.write_text(text, encoding="utf-8")
    return index


def _film_strip(session: PracticeSession, view: CaseView, folder: Path) -> list[Shown]:
    """The pictures of every run of the case, in order, each under the words of its step; then those
    of runs that left no record of steps, such as status pulls."""
    steps = [s for run in view.runs if run.result for s in run.result.steps if s.picture]
    known = {s.picture for s in steps}
    others = [
        (r.content_hash, r.name) for r in view.evidence if r.kind in _PICTURES and r.content_hash not in known
    ]
    return [
        Shown(_picture(session, digest, folder), words)
        for digest, words in [*((s.picture, s.in_words) for s in steps), *others]
    ]


def _picture(session: PracticeSession, digest: str, folder: Path) -> str:
    file = folder / "pictures" / f"{digest[:24]}.png"
    if not file.exists():
        file.write_bytes(session.evidence.read(digest))
    return f"pictures/{file.name}"


def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("authwright.app", "templates"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
