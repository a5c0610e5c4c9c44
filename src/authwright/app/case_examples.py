"""What an SOP's values are in one case, to be shown beside them: masked where they tell of a person."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from authwright.core.data_names import BY_PATH, look_up_all
from authwright.core.data_table import DataType
from authwright.core.workflow import Value
from authwright.runner.data import derived_in, type_of
from authwright.runner.values import masked, write

MISSING = "missing in this case"
_MOST_SHOWN = 3
_LONGEST = 60


def examples_of(
    case: Mapping[str, Any], today: date | None, *, show_phi: bool = False
) -> Callable[[Value], str | None]:
    """Says what a value is in the case. Secrets are masked always, PHI unless `show_phi`."""

    def example(value: Value) -> str | None:
        if value.ref is None or value.read:
            return None
        type_ = type_of(value)
        if type_ in (DataType.SECRET, DataType.LIST):
            return None  # a secret is the portal account's, a list says nothing in a few words
        found = look_up_all(case, value.ref) or derived_in(case, value.ref, today)
        shown = [_shown(v, value.ref, type_, show_phi=show_phi) for v in dict.fromkeys(map(_plain, found))]
        if not shown:
            return MISSING
        more = [f"{len(shown) - _MOST_SHOWN} more"] if len(shown) > _MOST_SHOWN else []
        return "in this case " + ", then ".join([*shown[:_MOST_SHOWN], *more])

    return example


def _plain(value: Any) -> Any:
    return value if isinstance(value, (str, int, float, bool, date)) else str(value)


def _shown(value: Any, path: str, type_: DataType, *, show_phi: bool) -> str:
    text = " ".join(write(value, type_).split())
    known = BY_PATH.get(path)
    if not show_phi and (known is None or known.phi):
        return masked(text)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 4].rstrip() + " ..."
