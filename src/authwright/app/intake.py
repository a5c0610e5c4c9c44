"""Orders from a file into the practice's store."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from authwright.app.installation import Installation
from authwright.core.clock import today
from authwright.core.diagnostics import Diagnostic
from authwright.engine.intake import Intake, Practice, Taken
from authwright.formats.orders import read_orders


@dataclass(frozen=True, slots=True)
class OrdersFile:
    """What came of one file: what became of each order, and what is wrong in the file."""

    taken: Sequence[Taken]
    diagnostics: Sequence[Diagnostic]


def take_orders(installation: Installation, file: Path, *, actor: str) -> OrdersFile:
    """Read a CSV, JSON or FHIR file and take its orders in.

    Raises OSError when it can't be read, NotAPracticeError when the payer library has errors: nothing is
    decided by a broken rule.

    Documents are looked for relative to the file. Findings of the practice's insurance map are among
    the diagnostics.
    """
    settings = installation.settings
    installation.sound_library()
    orders, found = read_orders(
        file.read_bytes(), str(file), settings.order_columns, today=today(installation.clock)
    )
    insurances, map_findings = installation.insurance_map
    practice = Practice(
        library=installation.library,
        insurances=insurances,
        acts_as=settings.acts_as,
        filing=settings.filing,
        require=installation.require,
        read_document=lambda path: (file.parent / path).read_bytes(),
    )
    with installation.store.practice(settings.practice_id) as session:
        intake = Intake(session, practice, actor, installation.clock.now())
        taken = intake.take_in(orders, source=file.suffix.lstrip(".") or "file")
    return OrdersFile(taken, [*map_findings, *found])
