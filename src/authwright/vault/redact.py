"""Masking what must not be written: registered values, telling keys, and known shapes.

Registered values are the sure way: what a run knows of a patient or a secret is masked wherever it
turns up, also upper case or percent-encoded. Keys and shapes catch what nobody registered.
"""

import json
import re
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from urllib.parse import quote, quote_plus

from authwright.core.data_table import DATA_NAMES, DataType
from authwright.core.order import Order

MASK = "[masked]"

# Branches of the case whose every leaf tells who the patient is, or is a secret.
_TELLING_BRANCHES = ("patient.", "coverage.", "credentials.", "subscriber.")
_TOO_COMMON = frozenset({"state", "status", "name", "line", "city", "organization", "payer", "plan", "sex"})
# "authorization" is not among them: in this field it is the thing itself, not an HTTP header.
_OTHER_KEYS = frozenset(
    {"secret", "token", "api_key", "apikey", "cookie", "passwd", "pwd", "ssn", "dob", "mrn", "otp", "totp"}
)


def _telling_keys() -> frozenset[str]:
    keys = set(_OTHER_KEYS)
    for name in DATA_NAMES:
        if name.path.startswith(_TELLING_BRANCHES) and (name.phi or name.type is DataType.SECRET):
            keys |= {name.path.rpartition(".")[2], *name.aliases}
    return frozenset(key for key in keys if key not in _TOO_COMMON and "." not in key)


TELLING_KEYS = _telling_keys()
_LABELS = "|".join(sorted((re.escape(k).replace("_", "[ _-]?") for k in TELLING_KEYS), key=len, reverse=True))
_SHAPES = (
    # a telling key with its value: `password=x`, `"member_id": "x"`, `Date of Birth: x`
    (
        re.compile(rf"""(\b(?:{_LABELS})\b["']?\s*[=:]\s*)("[^"]*"|'[^']*'|[^\s,;&"'}}\])]+)""", re.I),
        rf"\1{MASK}",
    ),
    (re.compile(r"\b(Bearer|Basic)\s+[\w\-.~+/=]{8,}", re.I), rf"\1 {MASK}"),
    (re.compile(r"otpauth://\S+", re.I), MASK),
    (re.compile(r"\b\d{3}-\d{2}-\d{4}\b"), MASK),  # a social security number as people write it
    (re.compile(r"(\w+://[^\s/:@]+:)[^\s/@]+@"), rf"\1{MASK}@"),  # a password in an address
)


class Redactor:
    """One for a process; safe to use from several threads."""

    def __init__(self) -> None:
        self._known: Counter[str] = Counter()
        self._pattern: re.Pattern[str] | None = None
        self._lock = threading.Lock()

    def register(self, *values: str) -> None:
        """Mask these from now on. Blank values and single characters are passed over."""
        with self._lock:
            self._known.update(v for value in values for v in _spellings(value))
            self._pattern = _pattern(self._known)

    @contextmanager
    def knowing(self, values: Iterable[str]) -> Iterator[None]:
        """Mask these within the block: what one run knows of one patient."""
        spelled = [v for value in values for v in _spellings(value)]
        with self._lock:
            self._known.update(spelled)
            self._pattern = _pattern(self._known)
        try:
            yield
        finally:
            with self._lock:
                self._known -= Counter(spelled)
                self._pattern = _pattern(self._known)

    def text(self, text: str) -> str:
        """The text with everything masked that must not be written."""
        pattern = self._pattern
        if pattern is not None:
            text = pattern.sub(MASK, text)
        for shape, mask in _SHAPES:
            text = shape.sub(mask, text)
        return text

    def data(self, node: object) -> object:
        """Nested data, ready for JSON, masked; the value of a telling key is masked whatever it is."""
        if isinstance(node, Mapping):
            return {
                self.text(str(key)): MASK if value not in (None, "") and _tells(key) else self.data(value)
                for key, value in node.items()
            }
        if isinstance(node, (list, tuple, set, frozenset)):
            return [self.data(item) for item in node]
        if node is None or isinstance(node, bool):
            return node
        if isinstance(node, (int, float)):
            masked = self.text(str(node))
            return node if masked == str(node) else masked
        return self.text(str(node))


def values_of(order: Order) -> frozenset[str]:
    """What an order says that tells who the patient is: for `Redactor.knowing`."""
    patient = order.patient
    values = {
        patient.first_name,
        patient.last_name,
        patient.phone,
        patient.chart_number,
        patient.address.line,
        *_written(patient.date_of_birth),
        order.notes,
    }
    for coverage in order.coverages:
        values |= {coverage.member_id, coverage.subscriber_first_name, coverage.subscriber_last_name}
    return frozenset(value for value in values if value)


def _written(day: date | None) -> set[str]:
    """A date as forms, files and letters write it."""
    if day is None:
        return set()
    return {
        day.isoformat(),
        f"{day:%Y%m%d}",
        f"{day:%m/%d/%Y}",
        f"{day.month}/{day.day}/{day.year}",
        f"{day:%m-%d-%Y}",
        f"{day:%m%d%Y}",
        f"{day:%B} {day.day}, {day.year}",
    }


def _tells(key: object) -> bool:
    folded = re.sub(r"[ -]", "_", str(key)).lower()
    return folded in TELLING_KEYS or folded.rpartition(".")[2] in TELLING_KEYS


def _spellings(value: str) -> set[str]:
    """The value as it may be written: plain, in an address, in JSON, in a repr."""
    plain = value.strip()
    if len(plain) < 2:
        return set()
    return {plain, quote(plain, safe=""), quote_plus(plain), json.dumps(plain)[1:-1], repr(plain)[1:-1]}


def _pattern(known: Counter[str]) -> re.Pattern[str] | None:
    """The longest value first. A value is masked as a whole word, so that "Li" leaves "Lima" alone;
    long ones are masked within other text too."""
    if not known:
        return None
    parts = [
        re.escape(value) if len(value) >= 6 else rf"(?<!\w){re.escape(value)}(?!\w)"
        for value in sorted(known, key=len, reverse=True)
    ]
    return re.compile("|".join(parts), re.I)
