"""The `authwright` command. Each command's module is loaded only when that command is used (see `lazy`)."""

import typer

from authwright.cli.lazy import LazyGroup

# command -> (module, one line of help)
COMMANDS: dict[str, tuple[str, str]] = {
    "init": ("authwright.cli.init", "Make a practice's folder: settings, key, database."),
    "check": ("authwright.cli.check", "Find every error in a payer library, SOP or settings folder."),
    "require": ("authwright.cli.require", "What a payer requires for a code, on a date, at a place."),
    "orders": ("authwright.cli.orders", "Read orders, say what is missing in each, take them in."),
    "certifications": ("authwright.cli.certifications", "Bring in approvals that exist already."),
    "submit": ("authwright.cli.submit", "Send what is ready to the payers."),
    "track": ("authwright.cli.track", "Read the status of what is at the payers."),
    "cases": ("authwright.cli.cases", "Where every case stands, and everything about one."),
    "worklist": ("authwright.cli.worklist", "What waits for a person, and why."),
    "claims": ("authwright.cli.claims", "Check claims against their approvals before they leave."),
    "sop": ("authwright.cli.sop", "Explain, check, approve and run SOPs: instructions in plain English."),
    "export": ("authwright.cli.export", "Write reports to look at."),
    "ledger": ("authwright.cli.ledger", "The chain of everything that happened."),
    "vault": ("authwright.cli.vault", "Passwords and keys, each belonging to a named person."),
    "worker": ("authwright.cli.worker", "Carry out what is due, until stopped."),
    "demo": ("authwright.cli.demo", "A practice's day against a sandbox portal."),
}


class Commands(LazyGroup):
    lazy = COMMANDS


app = typer.Typer(cls=Commands, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@app.callback()
def root() -> None:
    """Pre-service approvals from payers: decided, requested, followed, proved, checked."""


def main() -> None:
    app()
