"""`authwright sop approve`: a person takes responsibility for what an SOP means."""

from pathlib import Path
from typing import Annotated

import typer

from authwright.app import approvals
from authwright.app.sops import compile_file
from authwright.cli.practice import FINDINGS, HERE, Folder, practice, refuse, show
from authwright.core.clock import today
from authwright.core.diagnostics import has_errors

app = typer.Typer(add_completion=False)


@app.command()
def approve(
    file: Annotated[Path, typer.Argument(help="The SOP, after reading `authwright sop explain FILE`.")],
    by: Annotated[str, typer.Option(help="Who approves it: a person's name.")],
    folder: Folder = HERE,
) -> None:
    """Approve an SOP as it stands. Another wording keeps the approval, another meaning asks again."""
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
        approval = approvals.SopApproval(workflow.id, workflow.meaning_hash, by, today(opened.clock))
        approvals.add(opened.settings.folder, approval)
    print(f"{workflow.id} is approved by {by} as {workflow.meaning_hash[:12]}.")
