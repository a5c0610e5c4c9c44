"""Orders from JSON: one order or a list, nested by the names of core.data_names or core.order."""

from dataclasses import dataclass
from typing import Any

from authwright.core.data_names import BRANCH_ALIASES
from authwright.core.data_table import DATA_NAMES
from authwright.core.diagnostics import did_you_mean
from authwright.core.order import Order
from authwright.formats.orders.build import build_order, duplicates
from authwright.formats.orders.tree import Cell, Log, Tree, put
from authwright.formats.places import JsonPlaces, Path

_LISTS = {
    "service_lines": "service_lines[]",
    "diagnoses": "diagnoses[]",
    "documents": "documents[]",
    "coverages": "coverage",
    "clinical_answers": "clinical_answers[]",
}
_OF_THE_ORDER = {
    "urgency": "request.expedited",
    "urgency_reason": "request.urgency_reason",
    "setting": "request.setting",
    "notes": "clinical.notes",
    "id": "order.id",
}
_MORE_LEAVES = frozenset(
    {
        "coverage.insurance_name",
        "coverage.funding",
        "documents[].dated",
        "clinical_answers[].question",
        "clinical_answers[].answer",
        "clinical_answers[].answered_by",
        "clinical_answers[].document",
        "facility.ccn",
        "requesting_provider.ccn",
        "rendering_provider.ccn",
    }
)
_NAMED = frozenset({n.path for n in DATA_NAMES}) | _MORE_LEAVES
_BRANCHES = frozenset(p.rpartition(".")[0] for p in _NAMED if "." in p)
_PATHS = frozenset(p for p in _NAMED if p not in _BRANCHES and f"{p}[]" not in _BRANCHES)
_BY_ALIAS = {alias: n.path for n in DATA_NAMES for alias in n.aliases}


def orders_from_json(value: Any, places: JsonPlaces, log: Log) -> list[Order]:
    base: Path = ()
    if isinstance(value, dict) and isinstance(value.get("orders"), list):
        value, base = value["orders"], ("orders",)
    items = value if isinstance(value, list) else [value]
    orders = []
    for number, item in enumerate(items):
        path = (*base, number) if isinstance(value, list) else base
        here = places(path)
        if not isinstance(item, dict):
            log.error(
                "ORD017", here, "expected an order: an object with order, patient, coverage, service_lines"
            )
            continue
        tree: Tree = {}
        _Walk(places, log, tree).order(item, path)
        orders.append((build_order(tree, here, log), here))
    return duplicates(orders, log)


@dataclass(frozen=True, slots=True)
class _Scope:
    """Where leaves go: those of `prefix` into `tree` (an item of a list, or the order itself)."""

    prefix: str
    tree: Tree


class _Walk:
    """Puts what the JSON holds where the builder looks for it, whatever alias it is stored under."""

    def __init__(self, places: JsonPlaces, log: Log, root: Tree) -> None:
        self._places, self._log, self._root = places, log, root

    def order(self, node: dict[str, Any], path: Path) -> None:
        self._branch(node, path, "", _Scope("", self._root))

    def _branch(self, node: dict[str, Any], path: Path, prefix: str, scope: _Scope) -> None:
        for key, value in node.items():
            here: Path = (*path, key)
            name = key if prefix else BRANCH_ALIASES.get(key, key)
            full = f"{prefix}.{name}" if prefix else name
            if value is None:
                continue
            items = "coverages" if name == "coverage" else name
            if not prefix and items in _LISTS and isinstance(value, list):
                for number, item in enumerate(value):
                    self._item(item, (*here, number), items)
            elif not prefix and name == "coverage" and isinstance(value, dict):
                self._item(value, here, "coverages")
            elif isinstance(value, dict) and full in _BRANCHES:
                self._branch(value, here, full, scope)
            else:
                self._leaf(value, here, full, scope)

    def _item(self, item: Any, path: Path, name: str) -> None:
        tree: Tree = {}
        self._root.setdefault(name, []).append(tree)
        if isinstance(item, dict):
            self._branch(item, path, _LISTS[name], _Scope(_LISTS[name], tree))
        elif isinstance(item, str) and name in ("diagnoses", "documents"):
            tree["code" if name == "diagnoses" else "path"] = Cell(item.strip(), self._places(path))
        else:
            self._log.error("ORD017", self._places(path), f"expected an object in {name}")

    def _leaf(self, value: Any, here: Path, full: str, scope: _Scope) -> None:
        where = self._places(here)
        target = _target(full)
        if full in _BRANCHES or full in _LISTS:
            self._log.error("ORD017", where, f"{full} is a single value: expected an object or a list")
            return
        if target is None:
            near = did_you_mean(full, _PATHS)
            self._log.warning("ORD002", where, f"{full!r} is no known name and isn't read", "", near)
            return
        for one in value if isinstance(value, list) else [value]:
            if (text := _text(one)) is None:
                self._log.error("ORD017", where, f"{full} is no text, number, yes or no")
            else:
                self._put(target, Cell(text, where), scope)

    def _put(self, target: str, cell: Cell, scope: _Scope) -> None:
        """Within the present item; else in the order, in the first item for a name of a list's."""
        inner = f"{scope.prefix}."
        if scope.prefix and target.startswith(inner):
            tree, leaf = scope.tree, target.removeprefix(inner)
        elif target.startswith("coverage."):
            tree, leaf = self._first("coverages"), target.removeprefix("coverage.")
        elif "[]." in target:
            branch, _, leaf = target.partition("[].")
            tree = self._first(branch)
        else:
            tree, leaf = self._root, target
        if leaf == "modifiers":
            tree.setdefault(leaf, []).append(cell)
        else:
            put(tree, leaf, cell)

    def _first(self, name: str) -> Tree:
        items: list[Tree] = self._root.setdefault(name, [])
        if not items:
            items.append({})
        return items[0]


def _target(full: str) -> str | None:
    """The path for a dotted name as it is written: itself, an alias, or the alias of its last part
    if that belongs to the same branch (`service_lines[].cpt`)."""
    if full in _PATHS:
        return full
    if found := _BY_ALIAS.get(full) or _OF_THE_ORDER.get(full):
        return found
    branch, _, key = full.rpartition(".")
    short = _BY_ALIAS.get(key, "")
    return short if branch and short.startswith(f"{branch}.") else None


def _text(value: Any) -> str | None:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value).strip() if isinstance(value, (str, int)) else None
