"""Reading SOPs' files for their findings, whatever their bytes are."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from authwright.app.data_names_file import names_around, names_file_around, read_names_of
from authwright.app.library_folder import library_folders
from authwright.core.diagnostics import Diagnostic, has_errors
from authwright.core.workflow import Workflow
from authwright.sop import Surroundings, check_sop, compile_sop, uses_others


@dataclass(frozen=True, slots=True)
class ReadSop:
    """`workflow` is None when nothing could be read; `found` are the errors of the language."""

    path: Path
    text: str
    workflow: Workflow | None
    found: list[Diagnostic]


def read_sop(file: Path) -> tuple[str, Workflow | None, list[Diagnostic]]:
    """The file's text, what was understood, and every finding. Never raises."""
    sop = _read(file)
    return sop.text, sop.workflow, findings([sop])


def read_sops(files: Iterable[Path]) -> list[ReadSop]:
    """Never raises: a file that can't be read has a finding that says so."""
    return [_read(file) for file in files]


def findings(
    sops: Sequence[ReadSop],
    library: Sequence[Path] = (),
    portals: Collection[str] | None = None,
) -> list[Diagnostic]:
    """Everything that is wrong in the SOPs, as they stand among each other and those of the library.

    `portals` are the known ones.
    """
    around = Surroundings(
        sops=_known(sops, library),
        portals=portals,
        today=dt.datetime.now().astimezone().date(),
    )
    found = [d for sop in sops for d in sop.found]
    for names in dict.fromkeys(names_file_around(sop.path) for sop in sops):
        found += read_names_of(names)[1]
    for sop in sops:
        if sop.workflow is not None:
            own = tuple(n.path for n in names_around(sop.path))
            beside = replace(around, compiled=_compiled_beside(sop.path), names=own)
            partly = has_errors(sop.found)
            found += check_sop(sop.workflow, str(sop.path), beside, partly_read=partly)
    return found


def sops_among(files: Iterable[Path]) -> list[Path]:
    """The Markdown files of a folder that ought to be SOPs: all but a README."""
    return sorted(f for f in files if f.stem.casefold() != "readme")


def _read(file: Path) -> ReadSop:
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        hint = "save the file as UTF-8 text"
        found = Diagnostic(str(file), 0, 0, "SOP001", "this is not UTF-8 text", hint)
        return ReadSop(file, "", None, [found])
    except OSError as error:
        message = f"the file can't be read: {error.strerror}"
        found = Diagnostic(str(file), 0, 0, "SOP001", message, "name a text file")
        return ReadSop(file, "", None, [found])
    return ReadSop(file, text, *compile_sop(text, str(file), names_around(file)))


def _known(sops: Sequence[ReadSop], library: Sequence[Path]) -> Mapping[str, Workflow] | None:
    """The SOPs by id, these before those of the libraries around; only read when one uses another."""
    if not any(sop.workflow and uses_others(sop.workflow) for sop in sops):
        return None
    places = {sop.path.resolve().parent for sop in sops}
    own = {place.parent.parent for place in places if place.name == "sops"}
    mine = {sop.workflow.id: sop.workflow for sop in sops if sop.workflow}
    return {**workflows_in([*library_folders(), *library, *sorted(own)]), **mine}


def workflows_in(libraries: Iterable[Path]) -> dict[str, Workflow]:
    """The SOPs of libraries by id, those of a later one before those of an earlier."""
    files = dict.fromkeys(
        f.resolve() for library in libraries for f in sops_among(library.glob("*/sops/*.md"))
    )
    return {sop.workflow.id: sop.workflow for sop in read_sops(files) if sop.workflow}


def _compiled_beside(sop: Path) -> bytes | None:
    try:
        return sop.with_suffix(".workflow.json").read_bytes()
    except OSError:
        return None
