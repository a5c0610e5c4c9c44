"""`authwright vault`: the practice's passwords and keys, each with whose it is and what they permitted."""

import getpass
import sys
from datetime import datetime
from typing import Annotated

import typer

from authwright.app import refusals
from authwright.cli.practice import HERE, Folder, Json, actor, practice, refuse

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="Passwords and keys, sealed, each belonging to a named person.",
)


@app.command()
def put(
    name: Annotated[str, typer.Argument(help="Such as hub.username, hub.password, hub.totp_secret.")],
    owner: Annotated[str, typer.Option(help="Whose credential it is: a person's name.")],
    permission: Annotated[str, typer.Option(help="What the owner permits, in words.")],
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="When the owner permitted it; today.")
    ] = None,
    folder: Folder = HERE,
) -> None:
    """Keep a secret. Its value is asked for, or read from standard input; never given as an argument."""
    value = getpass.getpass(f"{name}: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    with practice(folder) as opened:
        now = opened.clock.now()
        day = on.date() if on else now.date()
        try:
            opened.secrets.put(
                name, value, owner=owner, permission=permission, permitted_on=day, actor=actor(), at=now
            )
        except ValueError as error:
            refuse(str(error))
        refusals.forget(opened.settings.folder, name)
    print(f"{name} is kept, sealed.")


@app.command("list")
def list_(folder: Folder = HERE, as_json: Json = False) -> None:
    """What is kept: names, owners and permissions, never a value."""
    import json

    with practice(folder) as opened:
        kept = opened.secrets.credentials()
        refused = {r.name: r for r in refusals.read(opened.settings.folder)}
    if as_json:
        rows = [
            {
                "name": c.name,
                "owner": c.owner,
                "permission": c.permission,
                "permitted_on": str(c.permitted_on),
                "refused": str(refused.get(c.name, "")),
            }
            for c in kept
        ]
        print(json.dumps({"secrets": rows}, indent=1))
        return
    for c in kept:
        print(f"{c.name}\t{c.owner}\t{c.permission} ({c.permitted_on})")
        if c.name in refused:
            print(f"\t{refused[c.name]}")


@app.command()
def remove(name: str, folder: Folder = HERE) -> None:
    """Forget a secret."""
    with practice(folder) as opened:
        try:
            opened.secrets.remove(name, actor=actor(), at=opened.clock.now())
        except KeyError:
            refuse(f"the vault has no {name}; `authwright vault list` shows what it has")
        refusals.forget(opened.settings.folder, name)
    print(f"{name} is forgotten.")
