"""`authwright library`: the terms of the portals that the payer library knows, and who has read them."""

import json
from datetime import datetime
from typing import Annotated

import typer

from authwright.app import terms
from authwright.app.installation import Installation
from authwright.cli.practice import HERE, Folder, Json, actor, practice, refuse
from authwright.core.clock import today
from authwright.core.diagnostics import did_you_mean
from authwright.rules import PortalFile

app = typer.Typer(add_completion=False, no_args_is_help=True, help="The payer library's portals.")


@app.callback()
def root() -> None:
    """The payer library's portals."""


@app.command("terms")
def terms_(
    portal: Annotated[str, typer.Argument(help="The portal; left out, all of them are listed.")] = "",
    read_by: Annotated[str, typer.Option("--read-by", help="Who has read the terms: a person's name.")] = "",
    on: Annotated[
        datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="When they were read; today.")
    ] = None,
    decision: Annotated[
        terms.Decision | None, typer.Option("--decision", help="What they say of programs.")
    ] = None,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """Record that a portal's terms were read, and whether they allow programs. Without --decision, show what
    is known."""
    with practice(folder) as opened:
        known = _portals(opened)
        if portal and portal not in known:
            near = did_you_mean(portal, known)
            refuse(f"no portal {portal}" + (f": did you mean {' or '.join(near)}?" if near else ""))
        if decision is None:
            if read_by or on:
                refuse("--decision allowed or forbidden: what do the terms say of programs?")
            _show(opened, [known[portal]] if portal else list(known.values()), as_json=as_json)
            return
        if not portal or not read_by.strip():
            refuse("name the portal, and with --read-by the person who has read its terms")
        day = on.date() if on else today(opened.clock)
        if day > today(opened.clock):
            refuse(f"--on {day} is yet to come")
        _record(opened, terms.TermsRead(portal, decision, read_by.strip(), day))
    print(f"{portal}: programs are {decision} by its terms, read by {read_by.strip()} on {day}.")


def _portals(opened: Installation) -> dict[str, PortalFile]:
    """Those of the library, and those that only the settings name."""
    known = {**{name: PortalFile(name) for name in opened.settings.portals}, **opened.library.portals}
    return dict(sorted(known.items()))


def _record(opened: Installation, read: terms.TermsRead) -> None:
    terms.add(opened.settings.folder, read)
    with opened.store.practice(opened.settings.practice_id) as session:
        session.ledger.write(
            "terms.read",
            actor=actor(),
            at=opened.clock.now(),
            portal=read.portal,
            decision=read.decision,
            by=read.by,
            on=read.on,
        )


def _show(opened: Installation, files: list[PortalFile], *, as_json: bool) -> None:
    recorded = {t.portal: t for t in terms.read(opened.settings.folder)}
    rows = [
        {
            "portal": file.portal,
            "library_says": file.automation.value,
            "source": file.automation_source.url if file.automation_source else "",
            "decision": own.decision.value if own else "",
            "read_by": own.by if own else "",
            "read_on": str(own.on) if own else "",
        }
        for file in files
        for own in [recorded.get(file.portal)]
    ]
    if as_json:
        print(json.dumps({"portals": rows}, indent=1))
        return
    for row in rows:
        said = f" ({row['source']})" if row["source"] else ""
        own = f"{row['decision']}, read by {row['read_by']} on {row['read_on']}" if row["decision"] else "-"
        print(f"{row['portal']}\tthe library says: {row['library_says']}{said}\trecorded here: {own}")
