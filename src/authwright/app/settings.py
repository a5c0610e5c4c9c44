"""A practice's own folder: `authwright.toml` and what it points to.

Read with the standard library; a finding about a key points to the line where the key stands.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from authwright.core.diagnostics import Diagnostic, did_you_mean
from authwright.core.requirement import Responsible
from authwright.core.workflow import Workflow

FILE_NAME = "authwright.toml"


_WAITS = 600.0


@dataclass(frozen=True, slots=True)
class PortalSettings:
    """One portal as this practice uses it. `credential` names an entry of the vault.

    `wait_for_person_seconds` is how long a run waits there for an answer to a CAPTCHA or to a question of the
    SOP; 0: it halts at once.
    """

    id: str
    base_url: str
    credential: str = ""
    settle_seconds: float | None = None
    wait_for_person_seconds: float = _WAITS
    sops: Mapping[str, str] = field(default_factory=dict)
    """Which SOP to use for a purpose, where the library has several: purpose -> SOP id."""


@dataclass(frozen=True, slots=True)
class Settings:
    folder: Path
    practice_id: str
    practice_name: str
    acts_as: tuple[Responsible, ...] = (Responsible.ORDERING, Responsible.RENDERING)
    database_url: str = ""
    insurance_map: Path | None = None
    order_columns: Mapping[str, str] = field(default_factory=dict)
    portals: Mapping[str, PortalSettings] = field(default_factory=dict)
    filing: Mapping[str, str] = field(default_factory=dict)

    @property
    def evidence_folder(self) -> Path:
        return self.folder / "evidence"

    @property
    def key_file(self) -> Path:
        return self.folder / "authwright.key"

    @property
    def library_overlay(self) -> Path:
        return self.folder / "library"

    @property
    def engine_database_url(self) -> str:
        """DBOS's own tables live apart: a sibling file on SQLite, the schema `dbos` on PostgreSQL."""
        if self.database_url.startswith("sqlite"):
            return self.database_url.removesuffix(".db") + "-engine.db"
        return self.database_url


_KNOWN: Mapping[str, frozenset[str]] = {
    "practice": frozenset({"id", "name", "acts_as"}),
    "database": frozenset({"url"}),
    "insurance": frozenset({"map"}),
    "orders": frozenset({"columns"}),
    "portals": frozenset(),
    "filing": frozenset(),
}
_KNOWN_PORTAL = frozenset({"base_url", "credential", "settle_seconds", "wait_for_person_seconds", "sops"})


def read_settings_of(folder: Path) -> tuple[Settings | None, list[Diagnostic]]:
    """The settings of a practice's folder, or None with what is wrong. Raises OSError."""
    path = folder / FILE_NAME
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        hint = "save the file as UTF-8"
        return None, [Diagnostic(str(path), 0, 0, "CFG001", f"not readable as TOML: {error.reason}", hint)]
    return read_settings(text, str(path), folder)


def map_missing(settings: Settings, text: str, file: str) -> list[Diagnostic]:
    """A finding when the map of insurance names that the settings point to isn't there."""
    path = settings.insurance_map
    if path is None or path.is_file():
        return []
    found = _Findings(file, text.splitlines())
    near = did_you_mean(path.name, [p.name for p in settings.folder.glob("*.csv")])
    message = f'[insurance] map is "{path.name}", and there is no such file: every name becomes a question'
    found.add("CFG007", message, "map", "the path is relative to the practice's folder", near)
    return found.items


def sops_chosen(settings: Settings, text: str, file: str, sops: Mapping[str, Workflow]) -> list[Diagnostic]:
    """What is wrong with the SOPs that the settings name: unknown, for another purpose, still drafts."""
    found = _Findings(file, text.splitlines())
    for portal in settings.portals.values():
        for purpose, name in portal.sops.items():
            where = f"[portals.{portal.id}] sops has {purpose} = "
            sop = sops.get(name)
            if sop is None:
                near = did_you_mean(name, sops)
                message = f'{where}"{name}", and the library has no such SOP'
                found.add("CFG008", message, name, "name an SOP by the id in its front matter", near)
            elif sop.purpose != purpose or sop.portal != portal.id:
                message = f'{where}"{name}", which is for {sop.purpose} in the portal "{sop.portal}"'
                found.add("CFG008", message, name, "name an SOP with this purpose and portal")
            elif sop.draft:
                hint = "rehearse it, take `draft: true` out, then approve it"
                found.add("CFG009", f'{where}"{name}", which is a draft', name, hint)
    return found.items


def read_settings(text: str, file: str, folder: Path) -> tuple[Settings | None, list[Diagnostic]]:
    """The settings, or None with what is wrong. `file` is the name to show in findings."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return None, [_syntax_error(str(error), file)]
    found = _Findings(file, text.splitlines())
    _check_keys(data, found)
    if found.no_table:
        return None, found.items
    practice = data.get("practice", {})
    for key in ("id", "name"):
        if not practice.get(key):
            found.add("CFG002", f"[practice] has no {key}", "practice", f'add {key} = "..." under [practice]')
    settings = Settings(
        folder=folder,
        practice_id=str(practice.get("id", "")),
        practice_name=str(practice.get("name", "")),
        acts_as=_acts_as(practice.get("acts_as"), found),
        database_url=_database_url(data.get("database", {}).get("url", "sqlite:///authwright.db"), folder),
        insurance_map=_path(data.get("insurance", {}).get("map"), folder),
        order_columns=dict(data.get("orders", {}).get("columns", {})),
        portals={name: _portal(name, values, found) for name, values in data.get("portals", {}).items()},
        filing={payer: str(portal) for payer, portal in data.get("filing", {}).items()},
    )
    for payer, portal in settings.filing.items():
        if portal not in settings.portals:
            found.add(
                "CFG005",
                f'[filing] sends {payer} to the portal "{portal}", which has no [portals.{portal}]',
                payer,
                f"add [portals.{portal}] with its base_url",
                did_you_mean(portal, settings.portals),
            )
    return (None if found.items else settings), found.items


@dataclass(slots=True)
class _Findings:
    file: str
    lines: list[str]
    items: list[Diagnostic] = field(default_factory=list)
    no_table: bool = False
    """Whether something that must be a table isn't one: there is nothing to read in it then."""

    def add(self, code: str, message: str, key: str, hint: str, near: tuple[str, ...] = ()) -> None:
        line, column = self._place(key)
        self.items.append(Diagnostic(self.file, line, column, code, message, hint, near))

    def _place(self, key: str) -> tuple[int, int]:
        pattern = re.compile(rf"(?<![\w-])[\"']?{re.escape(key)}[\"']?(?![\w-])")
        for number, line in enumerate(self.lines, 1):
            if not line.lstrip().startswith("#") and (hit := pattern.search(line.split("#")[0])):
                return number, hit.start() + 1
        return 0, 0


def _syntax_error(message: str, file: str) -> Diagnostic:
    place = re.search(r"\(at line (\d+), column (\d+)\)", message)
    line, column = (int(place[1]), int(place[2])) if place else (0, 0)
    words = re.sub(r"\s*\(at .*\)$", "", message)
    return Diagnostic(
        file, line, column, "CFG001", f"not readable as TOML: {words}", 'a setting is written key = "value"'
    )


def _check_keys(data: Mapping[str, Any], found: _Findings) -> None:
    for table, values in data.items():
        if table not in _KNOWN:
            found.add("CFG003", f"unknown table [{table}]", table, "remove it", did_you_mean(table, _KNOWN))
        elif not isinstance(values, dict):
            found.add("CFG003", f"{table} must be a table", table, f"write [{table}] on a line of its own")
            found.no_table = True
        elif _KNOWN[table]:
            _check_names(values, _KNOWN[table], f"[{table}]", found)
    portals = data.get("portals", {})
    for name, values in portals.items() if isinstance(portals, dict) else ():
        if isinstance(values, dict):
            _check_names(values, _KNOWN_PORTAL, f"[portals.{name}]", found)
        else:
            found.add("CFG003", f"{name} under [portals] must be a table", name, f"write [portals.{name}]")
            found.no_table = True


def _check_names(values: Mapping[str, Any], known: frozenset[str], where: str, found: _Findings) -> None:
    for key in values:
        if key not in known:
            hint = f"{where} knows {', '.join(sorted(known))}"
            found.add("CFG003", f"unknown setting {key} in {where}", key, hint, did_you_mean(key, known))


def _acts_as(value: Any, found: _Findings) -> tuple[Responsible, ...]:
    if value is None:
        return (Responsible.ORDERING, Responsible.RENDERING)
    known = [r.value for r in Responsible]
    names = value if isinstance(value, list) else [value]
    for name in names:
        if name not in known:
            message = f'acts_as has "{name}", which is no role of a practice'
            found.add(
                "CFG004", message, "acts_as", f"one of {', '.join(known)}", did_you_mean(str(name), known)
            )
    return tuple(Responsible(n) for n in names if n in known)


def _portal(name: str, values: Mapping[str, Any], found: _Findings) -> PortalSettings:
    waits = _seconds(name, values, "wait_for_person_seconds", found)
    if not values.get("base_url"):
        found.add("CFG002", f"[portals.{name}] has no base_url", name, 'add base_url = "https://..."')
    return PortalSettings(
        id=name,
        base_url=str(values.get("base_url", "")),
        credential=str(values.get("credential", name)),
        settle_seconds=_seconds(name, values, "settle_seconds", found),
        wait_for_person_seconds=_WAITS if waits is None else waits,
        sops=dict(values.get("sops", {})),
    )


def _seconds(name: str, values: Mapping[str, Any], key: str, found: _Findings) -> float | None:
    value = values.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        message = f"[portals.{name}] {key} is {value!r}, which is no number of seconds"
        found.add("CFG004", message, key, f"write {key} = 600")
        return None
    return float(value)


def _path(value: Any, folder: Path) -> Path | None:
    return folder / str(value) if value else None


def _database_url(url: str, folder: Path) -> str:
    """A relative SQLite path is relative to the practice's folder."""
    relative = re.fullmatch(r"sqlite:///(?!/)(.+)", url)
    return f"sqlite:///{(folder / relative[1]).resolve()}" if relative else url
