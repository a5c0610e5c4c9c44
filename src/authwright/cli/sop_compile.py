"""`authwright sop compile`: an SOP's workflow as readable JSON."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from authwright.app.data_names_file import names_around
from authwright.cli.sop_text import DONE, FINDINGS, read_text, write_text
from authwright.core.diagnostics import has_errors, render
from authwright.core.workflow import to_json
from authwright.sop import compile_sop
from authwright.sop.text import plain_lines

app = typer.Typer(add_completion=False)


@app.command("compile")
def compile_file(
    file: Annotated[Path, typer.Argument(help="The SOP, a Markdown file.")],
    output: Annotated[
        Path | None, typer.Option(help="Write to this file, such as NAME.workflow.json; else to the screen.")
    ] = None,
) -> None:
    """Write what an SOP means as JSON, with the place in the text of every step. Errors write nothing."""
    text = read_text(file)
    workflow, found = compile_sop(text, str(file), names_around(file))
    for diagnostic in found:
        print(render(diagnostic, plain_lines(text)), file=sys.stderr)
    if workflow is None or has_errors(found):
        raise typer.Exit(FINDINGS)
    compiled = to_json(workflow).decode()
    if output is None:
        sys.stdout.write(compiled)
    else:
        write_text(output, compiled)
        print(f"{workflow.id} is written to {output}")
    raise typer.Exit(DONE)
