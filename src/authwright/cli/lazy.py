"""A group of commands that imports only the one that is called.

A command module holds a Typer `app`: one command, or a group of them.
"""

import importlib
from typing import Any, ClassVar

import typer
from typer.core import TyperCommand, TyperGroup


class LazyGroup(TyperGroup):
    """Lists every command by its line of help. Subclasses set `lazy`: name -> (module, help).

    Commands that the group's own module defines stand beside them.
    """

    lazy: ClassVar[dict[str, tuple[str, str]]] = {}

    def list_commands(self, ctx: Any) -> list[str]:
        return [*super().list_commands(ctx), *self.lazy]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name in self.lazy:
            return TyperCommand(cmd_name, help=self.lazy[cmd_name][1])
        return super().get_command(ctx, cmd_name)

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        name, command, rest = super().resolve_command(ctx, args)
        if name in self.lazy:
            command = typer.main.get_command(importlib.import_module(self.lazy[name][0]).app)
            command.name = name
        return name, command, rest
