"""`authwright sop approve`: a person takes responsibility for what an SOP means."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from authwright.app import approvals, rehearsals
from authwright.app.sops import compile_file
from authwright.cli.practice import FINDINGS, HERE, Folder, practice, refuse, show
from authwright.core.clock import today
from authwright.core.diagnostics import has_errors
from authwright.core.workflow import Workflow
from authwright.sop import diff, diff_text

app = typer.Typer(add_completion=False)


@app.command()
def approve(
    file: Annotated[Path, typer.Argument(help="The SOP, after reading `authwright sop explain FILE`.")],
    by: Annotated[str, typer.Option(help="Who approves it: a person's name.")],
    folder: Folder = HERE,
) -> None:
    """Approve an SOP as it stands. Another wording keeps the approval, another meaning asks again.

    What changed since the last approval is shown first.
    """
    if not by.strip():
        refuse("--by: an approval needs a person's name")
    try:
        compiled = compile_file(file)
    except (OSError, UnicodeDecodeError) as error:
        refuse(f"{file} can't be read: {error}")
    show(compiled.diagnostics)
    if compiled.workflow is None or has_errors(compiled.diagnostics):
        refuse("an SOP with errors can't be approved", code=FINDINGS)
    workflow = compiled.workflow
    with practice(folder) as opened:
        if not _agreed(approvals.kept(opened.settings.folder, workflow.id), workflow):
            refuse("nothing was approved", code=FINDINGS)
        approval = approvals.SopApproval(workflow.id, workflow.meaning_hash, by, today(opened.clock))
        approvals.add(opened.settings.folder, approval)
        approvals.keep(opened.settings.folder, workflow)
        known = rehearsals.read(opened.settings.folder)
    if not rehearsals.holds(known, workflow):
        print(
            f"{workflow.id} was not rehearsed as it stands, and the worker doesn't use it before: "
            "see `authwright sop rehearse`.",
            file=sys.stderr,
        )
    print(f"{workflow.id} is approved by {by} as {workflow.meaning_hash[:12]}.")


def _agreed(before: Workflow | None, now: Workflow) -> bool:
    """Show what changed since the approval before; at a terminal the person is asked."""
    if before is None or before.meaning_hash == now.meaning_hash:
        return True
    print(diff_text(before, now, diff(before, now)) + "\n")
    return not sys.stdin.isatty() or typer.confirm("Approve it as it is now?")
