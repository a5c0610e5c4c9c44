"""The `authwright` command. Each command's module is loaded only when that command is used (see `lazy`)."""

import logging
import sys

import typer

from authwright.cli.lazy import LazyGroup

OUTSIDE_FAILED = 4

# command -> (module, one line of help)
COMMANDS: dict[str, tuple[str, str]] = {
    "init": ("authwright.cli.init", "Make a practice's folder: settings, key, database."),
    "check": ("authwright.cli.check", "Find every error in a payer library, SOP or settings folder."),
    "require": ("authwright.cli.require", "What a payer requires for a code, on a date, at a place."),
    "library": ("authwright.cli.library", "The terms of portals: who has read them, and what they allow."),
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
    """Run the command. Whatever it did not foresee ends as a sentence: no traceback reaches a user; the
    practice's log has it."""
    try:
        app()
    except OSError as error:
        _end(f"{error.filename or 'a file'}: {(error.strerror or str(error)).lower()}", OUTSIDE_FAILED)
    except Exception as error:
        if logging.root.handlers:  # without a practice's log it would go to the terminal
            logging.getLogger("authwright").exception("the command broke off")
        kind = type(error).__name__
        first = (str(error).strip().splitlines() or ["no more is known"])[0]
        _end(
            f"authwright broke off ({kind}: {first[:300]}). Nothing was half done: what was under way is "
            "undone or taken up again. If it comes again, report it with the last lines of "
            "logs/authwright.jsonl.",
            OUTSIDE_FAILED,
        )


def _end(message: str, code: int) -> None:
    print(message, file=sys.stderr)
    raise SystemExit(code)
