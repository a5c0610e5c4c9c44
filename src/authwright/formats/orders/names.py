"""From what a column or a key is called to the path of the data name that it holds."""

import re
from functools import cache

from authwright.core.data_names import BRANCH_ALIASES
from authwright.core.data_table import DATA_NAMES
from authwright.core.diagnostics import did_you_mean
from authwright.formats.places import plain_name

_NUMBERED = re.compile(r"(?P<word>.+?) ?(?P<number>\d{1,2})")
REPEATED = ("diagnoses[].code", "service_lines[].modifiers")
"""Of these an order may have a column each for several values."""
_SECOND = ("secondary ", "second ")
_ALSO = {
    "first name": "patient.first_name",
    "last name": "patient.last_name",
    "insurance name": "coverage.payer",
    "coverage insurance name": "coverage.payer",
    "primary insurance": "coverage.payer",
    "diagnosis codes": "diagnoses[].code",
    "icd 10": "diagnoses[].code",
    "icd10 code": "diagnoses[].code",
    "mod": "service_lines[].modifiers",
    "qty": "service_lines[].units",
    "ordering npi": "requesting_provider.npi",
    "referring npi": "requesting_provider.npi",
    "rendering npi": "rendering_provider.npi",
    "facility name": "facility.organization",
    "ordering provider": "requesting_provider.name",
    "rendering provider": "rendering_provider.name",
    "facility": "facility.organization",
}
_ORDERED = (
    "order.",
    "patient.",
    "coverage.",
    "service_lines[].",
    "diagnoses[].",
    "request.",
    "clinical.",
    "requesting_provider.",
    "rendering_provider.",
    "facility.",
    "contact.",
    "documents[].",
)
"""What an order holds; certifications, submissions and credentials are none of its columns."""


@cache
def _index() -> dict[str, str]:
    """Plain name -> path: paths first, then aliases, then words."""
    index: dict[str, str] = {}
    usable = [n for n in DATA_NAMES if n.path.startswith(_ORDERED)]
    for name in usable:
        index.setdefault(plain_name(name.path.replace("[]", "")), name.path)
    index.update({k: v for k, v in _ALSO.items() if k not in index})
    for name in usable:
        for alias in name.aliases:
            index.setdefault(plain_name(alias.replace("[]", "")), name.path)
    for name in usable:
        for words in name.words:
            index.setdefault(plain_name(words.replace("'s ", " ")), name.path)
            index.setdefault(plain_name(words), name.path)
    for alias, branch in BRANCH_ALIASES.items():
        for path in [n.path for n in usable if n.path.startswith(f"{branch}.")]:
            index.setdefault(plain_name(path.replace(branch, alias, 1)), path)
    return index


def path_of(column: str) -> tuple[str, int] | None:
    """(path, which coverage) of a column: "Member ID" -> ("coverage.member_id", 0),
    "Secondary Member ID" -> ("coverage.member_id", 1). None if nothing is called so."""
    plain = plain_name(column.replace("[]", ""))
    for prefix in _SECOND:
        if plain.startswith(prefix) and (found := path_of(plain.removeprefix(prefix))):
            return (found[0], 1) if found[0].startswith("coverage.") else None
    index = _index()
    if plain in index:
        return index[plain], 0
    numbered = _NUMBERED.fullmatch(plain)
    if numbered and index.get(numbered["word"].strip()) in REPEATED:
        return index[numbered["word"].strip()], 0
    return None


def suggestions(column: str) -> tuple[str, ...]:
    return did_you_mean(plain_name(column), _index())
