"""`authwright certifications`: approvals that exist already come in."""

import hashlib
import json
from dataclasses import replace
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from authwright.app.approvals_import import bring_in
from authwright.cli.practice import (
    DONE,
    FINDINGS,
    HERE,
    WRONG_USAGE,
    Folder,
    Json,
    actor,
    practice,
    refuse,
    show,
)
from authwright.core.certification import Certification, CertifiedCode, DeterminationStatus, ObtainedBy, Proof
from authwright.core.codes import procedure_code_kind
from authwright.core.dates import DATE_FORMS, parse_date
from authwright.core.diagnostics import has_errors
from authwright.formats.certifications import read_certifications

app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="Approvals that exist already: bring them in, list them."
)


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="CSV, a row for each code, or JSON.")],
    folder: Folder = HERE,
) -> None:
    """Bring in approvals from a file. Good rows come in; what is wrong is listed with its place."""
    try:
        data = file.read_bytes()
    except OSError as error:
        refuse(f"{file} can't be read: {error.strerror}")
    known, found = read_certifications(data, str(file))
    show(found)
    with practice(folder) as opened, opened.store.practice(opened.settings.practice_id) as session:
        came = bring_in(session, known, opened.library, actor=actor(), at=opened.clock.now())
    print(
        f"{came.new} approvals came in, {came.known} were there already, {came.cases} settled an open case."
    )
    for name in came.unknown_payers:
        print(f'The library knows no payer "{name}": claims will not be compared with its approvals.')
    if has_errors(found):
        raise typer.Exit(FINDINGS if known else WRONG_USAGE)
    raise typer.Exit(FINDINGS if came.unknown_payers else DONE)


@app.command()
def add(
    number: Annotated[str, typer.Option(help="The approval's number, as the payer gave it.")],
    payer: Annotated[str, typer.Option(help="Id, name or alias of the payer.")],
    member: Annotated[str, typer.Option(help="The member's id.")],
    code: Annotated[list[str], typer.Option(help="CODE, CODE:UNITS or CODE-MODIFIER:UNITS; repeat.")],
    start: Annotated[str, typer.Option("--from", help=f"First date of service ({DATE_FORMS}).")],
    end: Annotated[str, typer.Option("--to", help="Last date of service.")],
    method: Annotated[ObtainedBy, typer.Option(help="How it was obtained.")],
    representative: Annotated[str, typer.Option(help="Who at the payer gave it.")] = "",
    at: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d"], help="When it was given."),
    ] = None,
    proof: Annotated[Path | None, typer.Option("--file", help="A letter, fax or screenshot to keep.")] = None,
    call_reference: Annotated[str, typer.Option(help="The call's own reference.")] = "",
    rendering_npi: Annotated[str, typer.Option(help="If it is bound to one provider.")] = "",
    facility_npi: Annotated[str, typer.Option(help="If it is bound to one facility.")] = "",
    place: Annotated[list[str] | None, typer.Option(help="If it is bound to places of service.")] = None,
    folder: Folder = HERE,
) -> None:
    """Put one approval down by hand, with its proof: method, number, representative, time and file."""
    if method is ObtainedBy.PHONE and not (representative and at):
        refuse("an approval by phone needs --representative and --at: without them it proves nothing")
    first, last = parse_date(start), parse_date(end)
    if first is None or last is None or last < first:
        refuse(f"--from {start} --to {end}: two dates ({DATE_FORMS}), the first not after the last")
    with practice(folder) as opened, opened.store.practice(opened.settings.practice_id) as session:
        now = opened.clock.now()
        given = Certification(
            number=number,
            payer=payer,
            member_id=member,
            codes=tuple(_code(text) for text in code),
            start=first,
            end=last,
            rendering_npi=rendering_npi,
            facility_npi=facility_npi,
            places=tuple(place or ()),
            status=DeterminationStatus.CERTIFIED,
            proof=Proof(
                method, representative, at.astimezone() if at else None, call_reference=call_reference
            ),
        )
        if proof is not None:
            try:
                data = proof.read_bytes()
            except OSError as error:
                refuse(f"{proof} can't be read: {error.strerror}")
            digest = session.evidence.keep(data, kind="letter", name=proof.name, actor=actor(), at=now)
            assert digest == hashlib.sha256(data).hexdigest()
            given = replace(given, proof=replace(given.proof, file=f"{proof.name} ({digest[:12]})"))
        came = bring_in(session, [given], opened.library, actor=actor(), at=now)
    settled = " It settled its case." if came.cases else ""
    print(
        f"Approval {number} is on record.{settled}"
        if came.new
        else f"Approval {number} was on record already."
    )


@app.command("list")
def list_(folder: Folder = HERE, as_json: Json = False) -> None:
    """Every approval."""
    with (
        practice(folder) as opened,
        opened.store.practice(opened.settings.practice_id, read_only=True) as session,
    ):
        records = [record.certification for record in session.certifications.all()]
    if as_json:
        print(json.dumps({"certifications": msgspec.to_builtins(records)}, indent=1))
        return
    from authwright.cli.tables import table

    table(
        ("Number", "Payer", "Codes", "From", "To", "Status", "Obtained by"),
        [
            (
                c.number,
                c.payer,
                ", ".join(k.code for k in c.codes),
                str(c.start or ""),
                str(c.end or ""),
                c.status,
                c.proof.method,
            )
            for c in records
        ],
    )


def _code(text: str) -> CertifiedCode:
    """`27447`, `27447:1` or `27447-RT:1`."""
    name, _, units = text.partition(":")
    code, *modifiers = name.upper().split("-")
    if procedure_code_kind(code) is None:
        refuse(f"--code {text}: no CPT or HCPCS code; write 72148, 72148:1 or 72148-RT:1")
    return CertifiedCode(code, tuple(modifiers), _units(units, text) if units else None)


def _units(units: str, text: str) -> Decimal:
    try:
        number = Decimal(units)
    except InvalidOperation:
        number = Decimal(0)
    if not number.is_finite() or number <= 0:
        refuse(f"--code {text}: {units} is no number of units")
    return number
