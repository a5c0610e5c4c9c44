"""The `authwright` command. Each command's module is loaded only when that command is used.

A command module holds a Typer `app`: one command, or a group of them ("sop explain", "sop run").
"""

import importlib
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

# command -> (module, one line of help)
COMMANDS: dict[str, tuple[str, str]] = {
    "require": ("authwright.cli.require", "What a payer requires for a code, on a date, at a place."),
    "orders": ("authwright.cli.orders", "Read orders and say what is missing in each."),
    "claims": ("authwright.cli.claims", "Check claims against their approvals before they leave."),
    "sop": ("authwright.cli.sop", "Explain, check and run SOPs: instructions in plain English."),
    "check": ("authwright.cli.check", "Find every error in a payer library, SOP or settings folder."),
}


class LazyGroup(TyperGroup):
    """Lists every command by its line of help; imports only the one that is called."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in COMMANDS:
            return None
        return TyperCommand(cmd_name, help=COMMANDS[cmd_name][1])

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        name, command, rest = super().resolve_command(ctx, args)
        if name in COMMANDS:
            command = typer.main.get_command(importlib.import_module(COMMANDS[name][0]).app)
            command.name = name
        return name, command, rest


app = typer.Typer(cls=LazyGroup, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@app.callback()
def root() -> None:
    """Pre-service approvals from payers: decided, requested, followed, proved, checked."""


def main() -> None:
    app()
