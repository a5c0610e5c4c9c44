"""The SOPs of a library: found, compiled, and judged whether they may be run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from authwright.app import approvals, rehearsals
from authwright.app.approvals import SopApproval
from authwright.app.data_names_file import names_around
from authwright.app.rehearsals import SopRehearsal
from authwright.core.diagnostics import Diagnostic, has_errors
from authwright.core.workflow import Purpose, Workflow
from authwright.runner.program import all_workflows, problems
from authwright.sop import Surroundings, check_sop, compile_sop, uses_others


@dataclass(frozen=True, slots=True)
class Compiled:
    """An SOP as it was read. `workflow` is None when it has errors that leave nothing to run."""

    path: Path
    workflow: Workflow | None
    diagnostics: tuple[Diagnostic, ...]


def compile_file(path: Path, shown_as: str = "") -> Compiled:
    """Read, compile and check one SOP. Raises OSError and UnicodeDecodeError as reading does."""
    names = names_around(path)
    around = Surroundings(names=tuple(n.path for n in names))
    workflow, diagnostics = compile_sop(path.read_text(encoding="utf-8-sig"), shown_as or str(path), names)
    if workflow is not None:
        diagnostics = [
            *diagnostics,
            *check_sop(workflow, shown_as or str(path), around, partly_read=has_errors(diagnostics)),
        ]
    return Compiled(path, workflow, tuple(diagnostics))


def of_portal(folders: Sequence[Path], portal: str) -> dict[str, Compiled]:
    """SOP id -> SOP of `<folder>/<portal>/sops/*.md`; a later folder's SOP replaces one with its id."""
    found: dict[str, Compiled] = {}
    for folder in folders:
        for path in sorted((folder / portal / "sops").glob("*.md")):
            compiled = compile_file(path)
            found[compiled.workflow.id if compiled.workflow else str(path)] = compiled
    return found


def used_by(sops: Mapping[str, Compiled], folders: Sequence[Path]) -> dict[str, Compiled]:
    """SOP id -> SOP of any portal, when one of these uses another; else nothing is read."""
    if not any(c.workflow is not None and uses_others(c.workflow) for c in sops.values()):
        return {}
    portals = sorted({path.parent.name for folder in folders for path in folder.glob("*/sops")})
    return {id_: c for portal in portals for id_, c in of_portal(folders, portal).items()}


@dataclass(frozen=True, slots=True)
class Cleared:
    """What people have approved, and rehearsed in the portal at `base_url`."""

    approvals: tuple[SopApproval, ...]
    rehearsals: tuple[SopRehearsal, ...]
    base_url: str


def runnable(
    sops: Mapping[str, Compiled],
    chosen: Mapping[str, str],
    cleared: Cleared,
    library: Mapping[str, Compiled] | None = None,
) -> tuple[dict[Purpose, Workflow], dict[Purpose, str]]:
    """(what may be run, in words why not) by purpose.

    `chosen` names an SOP for a purpose where the library has several. `library` are the SOPs that these
    may use; one that is used needs an approval and a rehearsal of its own.
    """
    workflows: dict[Purpose, Workflow] = {}
    refused: dict[Purpose, str] = {}
    for purpose in Purpose:
        of_it = [c for c in sops.values() if c.workflow is not None and c.workflow.purpose is purpose]
        wanted = [c for c in of_it if c.workflow and c.workflow.id == chosen.get(purpose, c.workflow.id)]
        if len(wanted) != 1:
            names = ", ".join(sorted(c.workflow.id for c in of_it if c.workflow)) or "none"
            refused[purpose] = (
                f"There is no one SOP for {purpose} (found: {names}): say which in the settings."
            )
            continue
        if why := _why_not(wanted[0], cleared) or _why_not_with(wanted[0], library or {}, cleared):
            refused[purpose] = why
        elif (workflow := wanted[0].workflow) is not None:
            workflows[purpose] = workflow
    return workflows, refused


def _why_not(compiled: Compiled, cleared: Cleared) -> str:
    workflow = compiled.workflow
    if workflow is None or has_errors(compiled.diagnostics):
        return f"The SOP {compiled.path.name} has errors: see `authwright sop check {compiled.path}`."
    if workflow.draft:
        return (
            f"The SOP {workflow.id} is a draft: {_rehearse(compiled, cleared)}, "
            "then put it without `draft: true` into your own library and approve it."
        )
    if not approvals.holds(cleared.approvals, workflow.id, workflow.meaning_hash):
        return (
            f"The SOP {workflow.id} is not approved as it stands. "
            f"Read it back with `authwright sop explain {compiled.path}`, then approve it."
        )
    if not rehearsals.holds(cleared.rehearsals, workflow, cleared.base_url):
        return (
            f"The SOP {workflow.id} was not rehearsed as it stands in the portal at {cleared.base_url}: "
            f"{_rehearse(compiled, cleared)}."
        )
    return ""


def _rehearse(compiled: Compiled, cleared: Cleared) -> str:
    return (
        f"rehearse it: `authwright sop rehearse {compiled.path} --case CASE.json "
        f"--base-url {cleared.base_url} --practice FOLDER`"
    )


def _why_not_with(compiled: Compiled, library: Mapping[str, Compiled], cleared: Cleared) -> str:
    """The same for each SOP that it uses."""
    workflow = compiled.workflow
    if workflow is None:
        return ""
    others = workflows_of(library)
    if found := problems(workflow, others):
        return f"The SOP {workflow.id} can't be followed: {found[0].expected}: {found[0].found}."
    used = [library[other.id] for other in all_workflows(workflow, others)[1:]]
    return next((why for one in used if (why := _why_not(one, cleared))), "")


def workflows_of(library: Mapping[str, Compiled]) -> dict[str, Workflow]:
    return {id_: c.workflow for id_, c in library.items() if c.workflow is not None}
