"""What stands around an SOP that is run by itself: the SOPs that it uses, and its portal's file."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from authwright.app import rehearsals, terms
from authwright.app.library_folder import library_folders
from authwright.app.solvers import SolverError, solver_of
from authwright.browser.people import Solver
from authwright.cli.practice import refuse
from authwright.cli.sop_findings import read_sops, sops_among, workflows_in
from authwright.core.workflow import Workflow
from authwright.rules.portal import PortalFile
from authwright.rules.reading import read_portal
from authwright.runner.program import all_workflows
from authwright.sop import uses_others


def used_by(workflow: Workflow, file: Path) -> dict[str, Workflow]:
    """The SOPs by id that it can use: those beside it, before those of its library and the shipped one."""
    if not uses_others(workflow):
        return {}
    beside = read_sops(f for f in sops_among(file.parent.glob("*.md")) if f != file)
    own = {sop.workflow.id: sop.workflow for sop in beside if sop.workflow}
    return {**workflows_in(_libraries(file)), **own}


def why_refused(
    workflow: Workflow,
    library: Mapping[str, Workflow],
    file: Path,
    *,
    base_url: str,
    practice: Path,
    rehearsed: bool,
) -> str | None:
    """Why it may not be run, in a sentence: a portal's terms forbid programs, or nobody has recorded in the
    practice's folder that they were read; or it is a draft that nobody has rehearsed."""
    if refused := _terms_refuse(
        {w.portal for w in all_workflows(workflow, library)}, file, base_url, practice
    ):
        return f"{file}: {refused}"
    draft = next((w for w in all_workflows(workflow, library) if w.draft), None)
    if draft is None or rehearsed:
        return None
    what = f"{file} is a draft" if draft is workflow else f"{file} uses {draft.id}, which is a draft"
    return f"{what}: rehearse it with `authwright sop rehearse`, then run it with the same --state"


def _terms_refuse(portals: Iterable[str], file: Path, base_url: str, practice: Path) -> str:
    try:
        recorded = terms.read(practice)
    except terms.TermsError as error:
        return str(error)
    known = {p.portal: p for p in _portals(file)}
    files = [known.get(portal) or PortalFile(portal) for portal in sorted(portals)]
    return terms.why_refused(files, base_url, recorded)


def solver_around(workflow: Workflow, file: Path) -> Solver | None:
    """What its portal's file names to answer the portal's CAPTCHA; ends the command when it can't be had."""
    known = {p.portal: p for p in _portals(file)}
    try:
        return solver_of([known[workflow.portal]] if workflow.portal in known else [])
    except SolverError as error:
        refuse(str(error))


def was_rehearsed(workflow: Workflow, library: Mapping[str, Workflow], state: Path | None) -> bool:
    """Whether every draft among them was rehearsed as it is now, by what the folder of --state says."""
    if state is None:
        return False
    try:
        known = rehearsals.read(state)
    except rehearsals.RehearsalsError:
        return False
    return all(rehearsals.holds(known, w) for w in all_workflows(workflow, library) if w.draft)


def _libraries(file: Path) -> list[Path]:
    folder = file.resolve().parent
    return [*library_folders(), *([folder.parent.parent] if folder.name == "sops" else [])]


def _portals(file: Path) -> Iterator[PortalFile]:
    """The portals' files, those of the SOP's own library after the shipped ones."""
    for folder in _libraries(file):
        for path in sorted(folder.glob("*/portals/*.yaml")):
            portal, _ = read_portal(path.read_text(encoding="utf-8"), str(path))
            if portal is not None:
                yield portal
