"""`authwright check`: every finding in a payer library, its portals and SOPs, and a practice's settings."""

import datetime as dt
import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from authwright.app.installation import insurance_map_of
from authwright.app.library_folder import library_folder, library_folders
from authwright.app.settings import FILE_NAME, Settings, map_missing, read_settings_of, sops_chosen
from authwright.cli.findings import WRONG_USAGE, Sarif, Strict, exit_code, one_form, print_sarif
from authwright.cli.sop_findings import findings, read_sops, sops_among, workflows_in
from authwright.core.diagnostics import Diagnostic, in_order, render
from authwright.rules import Library, check_library, load_library
from authwright.rules.checks import no_source_is_old
from authwright.rules.library import is_only_a_part

app = typer.Typer(add_completion=False)
OWN_LIBRARY = "library"


@app.command()
def check(
    path: Annotated[
        Path | None,
        typer.Argument(
            help="A practice's folder, a library folder, one payer's, or one file; else the shipped library."
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for editors and scripts.")] = False,
    as_sarif: Sarif = False,
    strict: Strict = False,
) -> None:
    """Find every error in a payer library: rules, payers, portals and SOPs.

    A folder with rules for payers of the shipped library is checked as laid over it. Of a practice's
    folder also its settings and insurance map; its own library is laid over the shipped one.
    """
    one_form("authwright check", as_json, as_sarif)
    chosen = path or library_folder()
    if chosen is None or not chosen.exists():
        sys.stderr.write(f"authwright check: no such file or folder: {chosen or 'library'}\n")
        raise typer.Exit(WRONG_USAGE)
    folder = chosen if chosen.is_dir() else _folder_of(chosen)
    is_practice = (folder / FILE_NAME).is_file()
    library, settings, found = _load_practice(folder) if is_practice else _load(folder)
    found += check_library(library)
    found += no_source_is_old(library, dt.datetime.now().astimezone().date())
    if not chosen.is_dir() and not _is_checked(chosen):
        sys.stderr.write(f"authwright check: {chosen} is none of the files of a library or a practice\n")
        raise typer.Exit(WRONG_USAGE)
    sops = sops_among((folder / OWN_LIBRARY if is_practice else folder).glob("**/sops/*.md"))
    if chosen.suffix == ".md" and chosen not in sops:
        sops = [chosen]  # an SOP that isn't in its library yet
    found += _in_sops(sops, folder / OWN_LIBRARY if is_practice else folder, library, settings)
    found = in_order(d for d in found if Path(d.file).is_relative_to(chosen))
    counted = {"payers": len(library.payers), "entries": sum(map(len, library.entries.values()))}
    counted |= {"portals": len(library.portals), "sops": len(sops)}
    if as_json:
        answer = {"checked": counted, "diagnostics": [d.as_json() for d in found]}
        sys.stdout.write(json.dumps(answer, indent=1, ensure_ascii=False) + "\n")
    elif as_sarif:
        print_sarif(found)
    else:
        _print(found)
        checked = ", ".join(f"{number} {what}" for what, number in counted.items())
        sys.stdout.write(f"{checked} checked; {len(found)} findings\n")
    raise typer.Exit(exit_code(found, strict))


def _in_sops(
    files: list[Path], folder: Path, library: Library, settings: Settings | None
) -> list[Diagnostic]:
    """What is wrong in the SOPs, among all that the practice or the library has."""
    shipped = library_folder()
    files_of_portals = shipped.glob("*/portals/*.yaml") if shipped else ()
    portals = {*library.portals, *(f.stem for f in files_of_portals)}
    return findings(read_sops(files), [folder], portals | set(settings.portals if settings else ()))


def _folder_of(file: Path) -> Path:
    """The payer's folder that a file stands in."""
    return file.parent.parent if file.parent.name in ("rules", "portals", "sops") else file.parent


def _is_checked(file: Path) -> bool:
    """Whether it is of a kind that is read: a practice's files, a payer's, its rules and portals, an SOP."""
    if (file.parent / FILE_NAME).is_file():
        return file.name == FILE_NAME or file.suffix in (".csv", ".md")
    is_yaml = file.suffix in (".yaml", ".yml") and file.parent.name in ("rules", "portals")
    return is_yaml or file.suffix == ".md" or file.name in ("payer.yaml", "criteria.yaml")


def _load_practice(folder: Path) -> tuple[Library, Settings | None, list[Diagnostic]]:
    """The practice's library over the shipped one, with what is wrong in it, the settings and the map."""
    own = folder / OWN_LIBRARY
    library, found = load_library(library_folders([own] if own.is_dir() else []))
    settings, wrong = read_settings_of(folder)
    found += wrong
    if settings is not None:
        path = folder / FILE_NAME
        text = path.read_text(encoding="utf-8-sig")
        found += map_missing(settings, text, str(path))
        if any(portal.sops for portal in settings.portals.values()):
            found += sops_chosen(settings, text, str(path), workflows_in(library_folders([own])))
        found += insurance_map_of(settings, library)[1]
    return library, settings, found


def _load(folder: Path) -> tuple[Library, None, list[Diagnostic]]:
    """The folder by itself, or over the shipped library when it has parts of that library's payers."""
    library, found = load_library([folder])
    shipped = library_folder()
    if shipped and is_only_a_part(found):
        library, found = load_library([shipped, folder])
    return library, None, found


def _print(found: list[Diagnostic]) -> None:
    lines: dict[str, list[str]] = {}
    for diagnostic in found:
        if diagnostic.file not in lines and Path(diagnostic.file).is_file():
            lines[diagnostic.file] = _lines_of(Path(diagnostic.file))
        sys.stdout.write(render(diagnostic, lines.get(diagnostic.file, ())) + "\n")


def _lines_of(file: Path) -> list[str]:
    """The lines to show a finding in; what is no text is shown as far as it is one."""
    return file.read_bytes().decode("utf-8-sig", errors="replace").splitlines()
