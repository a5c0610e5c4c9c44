"""The payer library in memory: read from folders, asked by name.

A folder holds one folder a payer or portal: `<payer>/payer.yaml` (and `criteria.yaml`, a part of it that is
long), `<payer>/rules/*.yaml`,
`<name>/portals/*.yaml` (and `sops/*.md`, which are not this module's business); beside them stands
`advice.yaml`. The first folder is the shipped library; the ones after it are a practice's overlays.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from authwright.core.diagnostics import Diagnostic, did_you_mean, in_order
from authwright.rules.advice import AdviceBook, Category, read_advice
from authwright.rules.entry import Entry
from authwright.rules.index import PayerRules
from authwright.rules.payer import Payer
from authwright.rules.portal import PortalFile
from authwright.rules.reading import read_payer, read_portal, read_rules
from authwright.rules.vocabulary import fold


@dataclass(frozen=True, slots=True)
class SourceText:
    """One file of a library. `group` is the folder of the payer that it belongs to."""

    file: str
    kind: str
    group: str
    text: str
    overlay: bool = False


@dataclass(frozen=True, slots=True)
class UnknownPayer:
    """No payer has that name; `suggestions` are the nearest names."""

    name: str
    suggestions: tuple[str, ...]


@dataclass(frozen=True)
class Library:
    """`entries` go by payer id; `portal_files` says in which file a portal stands."""

    payers: Mapping[str, Payer]
    entries: Mapping[str, tuple[Entry, ...]]
    portals: Mapping[str, PortalFile]
    portal_files: Mapping[str, str] = field(default_factory=dict)
    advice: AdviceBook = field(default_factory=AdviceBook, compare=False)
    _rules: dict[str, PayerRules] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def names(self) -> dict[str, str]:
        """Folded name, alias, id or X12 id -> payer id. The first payer with a name keeps it."""
        index: dict[str, str] = {}
        for id_, payer in self.payers.items():
            for name in (id_, payer.name, *payer.aliases, *payer.x12_ids):
                index.setdefault(fold(name), id_)
        return index

    def find_payer(self, name: str) -> Payer | UnknownPayer:
        """The payer of that id, name, alias or X12 id; capitals, spaces and dashes don't matter."""
        if id_ := self.names.get(fold(name)):
            return self.payers[id_]
        spoken = [n for p in self.payers.values() for n in (p.payer, p.name, *p.aliases)]
        near = did_you_mean(name, spoken)
        ids = dict.fromkeys(self.payers[self.names[fold(n)]].payer for n in near)
        return UnknownPayer(name, tuple(ids))

    def rules_of(self, payer_id: str) -> PayerRules:
        """The payer's entries, indexed by code. Built when first asked for."""
        if payer_id not in self._rules:
            self._rules[payer_id] = PayerRules(self.payers[payer_id], self.entries.get(payer_id, ()))
        return self._rules[payer_id]


def load_library(folders: Sequence[Path]) -> tuple[Library, list[Diagnostic]]:
    """The library of `folders`, and what is wrong in its files. Reads files; the rest is `assemble`."""
    sources: list[SourceText] = []
    diagnostics: list[Diagnostic] = []
    for number, folder in enumerate(folders):
        for path, kind, group in _library_files(folder):
            try:
                text = path.read_text(encoding="utf-8-sig")
            except UnicodeDecodeError:
                hint = "save the file as UTF-8 text"
                diagnostics.append(Diagnostic(str(path), 0, 0, "RUL001", "this is not UTF-8 text", hint))
            else:
                sources.append(SourceText(str(path), kind, group, text, overlay=number > 0))
    library, found = assemble(sources)
    return library, in_order(diagnostics + found)


def _library_files(folder: Path) -> Iterable[tuple[Path, str, str]]:
    if (folder / "advice.yaml").exists():
        yield folder / "advice.yaml", "advice", ""
    groups = (
        [folder] if (folder / "payer.yaml").exists() else sorted(p for p in folder.glob("*") if p.is_dir())
    )
    for group in groups:
        for name in ("payer.yaml", "criteria.yaml"):
            if (group / name).exists():
                yield group / name, "payer", group.name
        for name, kind in (("rules", "rules"), ("portals", "portal")):
            for path in sorted([*group.glob(f"{name}/*.yaml"), *group.glob(f"{name}/*.yml")]):
                yield path, kind, group.name


def assemble(sources: Sequence[SourceText]) -> tuple[Library, list[Diagnostic]]:
    """A library from texts. The order of the files doesn't matter, only which are overlays."""
    payers, payer_of_group, diagnostics = _assemble_payers([s for s in sources if s.kind == "payer"])
    entries: dict[str, list[Entry]] = {}
    portals: dict[str, PortalFile] = {}
    portal_files: dict[str, str] = {}
    advice: list[Category] = []
    for source in sorted(sources, key=lambda s: (s.overlay, s.file)):
        if source.kind == "rules":
            owner = payer_of_group.get(source.group, source.group)
            if owner not in payers:
                diagnostics.append(_without_payer(source, payers))
            read, found = read_rules(source.text, source.file, owner, overlay=source.overlay)
            entries.setdefault(owner, []).extend(read)
            diagnostics += found
        elif source.kind == "advice":
            categories, found = read_advice(source.text, source.file)
            advice = [*categories, *advice]
            diagnostics += found
        elif source.kind == "portal":
            portal, found = read_portal(source.text, source.file)
            diagnostics += found
            if portal is not None:
                portals[portal.portal] = portal
                portal_files[portal.portal] = source.file
    by_payer = {id_: tuple(found_entries) for id_, found_entries in entries.items()}
    return Library(payers, by_payer, portals, portal_files, AdviceBook(advice)), in_order(diagnostics)


def _assemble_payers(
    sources: Sequence[SourceText],
) -> tuple[dict[str, Payer], dict[str, str], list[Diagnostic]]:
    """Payers by id, payer ids by folder. payer.yaml comes first; parts and overlays are laid over it."""
    payers: dict[str, Payer] = {}
    payer_of_group: dict[str, str] = {}
    folders: dict[str, str] = {}
    diagnostics: list[Diagnostic] = []
    for source in sorted(sources, key=lambda s: (s.overlay, not s.file.endswith("payer.yaml"), s.file)):
        payer, given, found = read_payer(source.text, source.file)
        if payer is None:
            diagnostics += found
            continue
        before = payers.get(payer.payer)
        if before is not None:
            found = [d for d in found if not _lacks_name(d)]
            if not source.overlay and folders[payer.payer] != source.group:
                hint = "a payer has one folder; give one of the two another id"
                found.append(Diagnostic(*payer.mark(payer.payer), "RUL022", _TWICE.format(payer.payer), hint))
            payer = before.with_overlay(payer, given)
        diagnostics += found
        payers[payer.payer] = payer
        payer_of_group[source.group] = payer.payer
        folders.setdefault(payer.payer, source.group)
    return payers, payer_of_group, diagnostics


_TWICE = "the payer {!r} stands in another folder too"


def _lacks_name(diagnostic: Diagnostic) -> bool:
    return diagnostic.code == "RUL006" and diagnostic.message.startswith("a payer file has no `name`")


def is_only_a_part(found: Iterable[Diagnostic]) -> bool:
    """Whether the findings of a folder say that it adds to payers of another library: rules without a
    payer.yaml, or a payer.yaml without a name."""
    return any(d.code == "RUL021" or _lacks_name(d) for d in found)


def _without_payer(source: SourceText, payers: Mapping[str, Payer]) -> Diagnostic:
    return Diagnostic(
        source.file,
        0,
        0,
        "RUL021",
        f"the folder {source.group!r} has rules and no payer.yaml",
        "write one beside the folder `rules`, with `payer:` and `name:`",
        did_you_mean(source.group, payers),
    )
