"""docs/reference says every command and option."""

import importlib
import re
from pathlib import Path

import pytest
import typer

from authwright.cli.main import COMMANDS

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs/reference/cli.md").read_text(encoding="utf-8")
# What typer adds to a command that is loaded alone; `authwright` itself has none of it.
NOT_OURS = {"--install-completion", "--show-completion"}


def commands(name, command):
    """(full name, command) of a command, or of each sub-command of a group."""
    if not hasattr(command, "list_commands"):
        return [(name, command)]
    context = typer.Context(command)
    inside = [(n, command.resolve_command(context, [n])[1]) for n in command.list_commands(context)]
    return [found for n, sub in inside for found in commands(f"{name} {n}", sub)]


ALL = [
    found
    for name, (module, _) in COMMANDS.items()
    for found in commands(name, typer.main.get_command(importlib.import_module(module).app))
]


def section(name):
    """The text under a command's heading, "" without one."""
    found = re.search(rf"^### `authwright {re.escape(name)}`\n(.*?)(?=^##|\Z)", PAGE, re.M | re.S)
    return found[1] if found else ""


def test_sub_commands_are_looked_at():
    assert {"sop run", "sop approve", "claims check", "init"} <= {name for name, _ in ALL}


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_its_heading_and_its_line(name):
    assert f"\n## {name}\n\n{COMMANDS[name][1]}" in PAGE


@pytest.mark.parametrize(("name", "command"), ALL, ids=[name for name, _ in ALL])
def test_each_command_is_documented_with_its_options_and_exit_codes(name, command):
    text = section(name)
    assert "Exit codes: " in text
    options = {opt for p in command.params if p.param_type_name == "option" for opt in p.opts} - NOT_OURS
    assert set(re.findall(r"^\| `(--[\w-]+)`", text, re.M)) == options


def test_no_command_is_documented_that_does_not_exist():
    assert set(re.findall(r"^### `authwright (.+)`$", PAGE, re.M)) == {name for name, _ in ALL}
