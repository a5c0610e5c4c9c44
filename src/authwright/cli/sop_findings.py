"""Reading an SOP's file for its findings, whatever its bytes are."""

from collections.abc import Iterable
from pathlib import Path

from authwright.core.diagnostics import Diagnostic, has_errors
from authwright.core.workflow import Workflow
from authwright.sop import check_sop, compile_sop


def read_sop(file: Path) -> tuple[str, Workflow | None, list[Diagnostic]]:
    """The file's text, what was understood, and every finding. Never raises."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        hint = "save the file as UTF-8 text"
        return "", None, [Diagnostic(str(file), 0, 0, "SOP001", "this is not UTF-8 text", hint)]
    except OSError as error:
        message = f"the file can't be read: {error.strerror}"
        return "", None, [Diagnostic(str(file), 0, 0, "SOP001", message, "name a text file")]
    workflow, found = compile_sop(text, str(file))
    if workflow is not None:
        found = [*found, *check_sop(workflow, str(file), partly_read=has_errors(found))]
    return text, workflow, found


def sops_among(files: Iterable[Path]) -> list[Path]:
    """The Markdown files of a folder that ought to be SOPs: all but a README."""
    return sorted(f for f in files if f.stem.casefold() != "readme")
