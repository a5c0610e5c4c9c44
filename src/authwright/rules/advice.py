"""For a code without a payer's rule: what most payers do with its kind. Never the payer's own rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from authwright.core.diagnostics import Diagnostic
from authwright.core.requirement import Advice
from authwright.rules.nodes import Listing, kind_of, read_nodes
from authwright.rules.shapes import Log, build
from authwright.rules.values import CodeSet


class Likelihood(StrEnum):
    """`usual`: at least three of the payers whose lists were read ask for approval; else `sometimes`."""

    USUAL = "usual"
    SOMETIMES = "sometimes"


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of service in plain words, its codes, and which payers' lists name any of them."""

    category: str
    codes: CodeSet
    likelihood: Likelihood
    listed_by: tuple[str, ...] = ()


NOT_KNOWN = "not known"


class AdviceBook:
    """The categories of `library/advice.yaml`, asked by code. The first that holds a code counts."""

    def __init__(self, categories: Sequence[Category] = ()) -> None:
        self.categories = tuple(categories)
        self._seen: dict[str, tuple[str, str]] = {}

    def about(self, code: str, contact: str) -> Advice:
        if code not in self._seen:
            found = next((c for c in self.categories if code in c.codes), None)
            known = (found.category, found.likelihood.value) if found else ("", NOT_KNOWN)
            if len(self._seen) > _REMEMBERED:
                self._seen.clear()
            self._seen[code] = known
        return Advice(*self._seen[code], contact)


_REMEMBERED = 20_000


def read_advice(text: str, file: str) -> tuple[tuple[Category, ...], list[Diagnostic]]:
    """The categories of an advice file, in its order."""
    root, found = read_nodes(text, file)
    log = Log(file)
    log.diagnostics += found
    if root is None:
        return (), log.diagnostics
    if not isinstance(root, Listing):
        log.error(root, "RUL005", f"an advice file is a list of categories, not {kind_of(root)}")
        return (), log.diagnostics
    categories = (build(Category, item, log) for item in root.items)
    return tuple(c for c in categories if c), log.diagnostics
