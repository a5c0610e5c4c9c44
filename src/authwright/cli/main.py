"""The `authwright` command. Each command's module is loaded only when that command is used (see `lazy`)."""

import typer

from authwright.cli.lazy import LazyGroup

# command -> (module, one line of help)
COMMANDS: dict[str, tuple[str, str]] = {
    "require": ("authwright.cli.require", "What a payer requires for a code, on a date, at a place."),
    "orders": ("authwright.cli.orders", "Read orders and say what is missing in each."),
    "claims": ("authwright.cli.claims", "Check claims against their approvals before they leave."),
    "sop": ("authwright.cli.sop", "Explain, check and run SOPs: instructions in plain English."),
    "check": ("authwright.cli.check", "Find every error in a payer library, SOP or settings folder."),
}


class Commands(LazyGroup):
    lazy = COMMANDS


app = typer.Typer(cls=Commands, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@app.callback()
def root() -> None:
    """Pre-service approvals from payers: decided, requested, followed, proved, checked."""


def main() -> None:
    app()
