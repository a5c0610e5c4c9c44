"""`authwright sop diff`: what changed in the behaviour of an SOP."""

import json
from pathlib import Path
from typing import Annotated

import typer

from authwright.cli.sop_text import DONE, FINDINGS, read_workflow
from authwright.sop import diff, diff_text

app = typer.Typer(add_completion=False)


@app.command("diff")
def compare(
    old: Annotated[Path, typer.Argument(help="The SOP as it was: .md, or a compiled .workflow.json.")],
    new: Annotated[Path, typer.Argument(help="The SOP as it is now: .md, or a compiled .workflow.json.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")] = False,
) -> None:
    """Say in words what changed in what is done; what is sent to the payer first."""
    before, after = read_workflow(old), read_workflow(new)
    changes = diff(before, after)
    if as_json:
        hashes = {"old": before.meaning_hash, "new": after.meaning_hash}
        told = {"same_meaning": not changes, **hashes, "changes": [c.as_json() for c in changes]}
        print(json.dumps(told, indent=1, ensure_ascii=False))
    else:
        print(diff_text(before, after, changes))
    raise typer.Exit(FINDINGS if changes else DONE)
