"""`authwright ledger`: the chain of everything that happened."""

import json

import typer

from authwright.cli.practice import DONE, FINDINGS, HERE, Folder, Json, practice

app = typer.Typer(add_completion=False, no_args_is_help=True, help="The chain of everything that happened.")


@app.callback()
def root() -> None:
    """The chain of everything that happened."""


@app.command()
def verify(folder: Folder = HERE, as_json: Json = False) -> None:
    """Find any entry, signature or evidence that was changed, removed or put in another order."""
    with (
        practice(folder) as opened,
        opened.store.practice(opened.settings.practice_id, read_only=True) as session,
    ):
        findings = session.ledger.verify()
        damaged = session.evidence.damaged()
        entries = sum(1 for _ in session.ledger.entries())
    if as_json:
        found = [str(f) for f in findings]
        print(json.dumps({"entries": entries, "findings": found, "evidence": [list(d) for d in damaged]}))
    else:
        for finding in findings:
            print(finding)
        for digest, what in damaged:
            print(what if digest in what else f"evidence {digest}: {what}")
        if not findings and not damaged:
            print(f"{entries} entries, all as they were written; every piece of evidence is what was kept.")
    raise typer.Exit(FINDINGS if findings or damaged else DONE)
