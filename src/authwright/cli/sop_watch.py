"""`authwright sop watch`: the errors of an SOP each time it is saved."""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from authwright.cli.sop_findings import read_sop
from authwright.cli.sop_text import DONE, refuse
from authwright.core.diagnostics import render
from authwright.core.workflow import Action, SectionRole, Step, Workflow
from authwright.sop.text import plain_lines

app = typer.Typer(add_completion=False)
SECONDS = 0.5


@app.command()
def watch(file: Annotated[Path, typer.Argument(help="The SOP, a Markdown file.")]) -> None:
    """Show the errors of an SOP each time it is saved, until Ctrl-C."""
    if not file.is_file():
        refuse(f"can't read {file}: there is no such file")
    print(f"watching {file}; Ctrl-C ends it")
    follow(file, print, lambda: time.sleep(SECONDS))
    raise typer.Exit(DONE)


def follow(file: Path, say: Callable[[str], None], wait: Callable[[], None]) -> None:
    """Tell the findings now and after each change; `wait` passes the time, KeyboardInterrupt ends it."""
    seen: tuple[int, int] | None = None
    try:
        while True:
            now = _state(file)
            if now != seen:
                seen = now
                say(tell(file))
                sys.stdout.flush()
            wait()
    except KeyboardInterrupt:
        return


def _state(file: Path) -> tuple[int, int]:
    """When it was saved last and its size; editors that replace a file leave it away for a moment."""
    try:
        found = file.stat()
    except OSError:
        return (0, -1)
    return (found.st_mtime_ns, found.st_size)


def tell(file: Path) -> str:
    """What is wrong with the SOP, or that it reads well."""
    text, workflow, found = read_sop(file)
    lines = plain_lines(text)
    told = [render(diagnostic, lines) for diagnostic in found]
    if workflow is not None and not found:
        number = _count(workflow)
        told = [f"{file.name} reads well: {number} step{'' if number == 1 else 's'}"]
    else:
        told.append(f"{file.name}: {len(found)} finding{'' if len(found) == 1 else 's'}")
    return "\n".join(told)


def _count(workflow: Workflow) -> int:
    sections = (s for s in workflow.sections if s.role is not SectionRole.BEFORE)
    return sum(_weight(step) for section in sections for step in section.steps)


def _weight(step: Step) -> int:
    return (step.action is not Action.NOTE) + sum(map(_weight, (*step.body, *step.otherwise)))
