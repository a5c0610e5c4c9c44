"""Which transaction a transaction set is: from ST01, ST03 and GS08."""

from collections.abc import Sequence

_BY_GUIDE = {
    "X222": "a professional claim (837P)",
    "X223": "an institutional claim (837I)",
    "X224": "a dental claim (837D)",
}
_BY_SET = {
    "270": "an eligibility inquiry (270)",
    "271": "an eligibility answer (271)",
    "275": "an attachment (275)",
    "276": "a claim status request (276)",
    "277": "a claim status answer or acknowledgment (277)",
    "278": "a request for review or its answer (278)",
    "820": "a premium payment (820)",
    "834": "an enrolment (834)",
    "835": "a remittance advice (835)",
    "837": "a claim (837) of no known kind",
    "997": "a functional acknowledgment (997)",
    "999": "an implementation acknowledgment (999)",
}


def guide_of(st: Sequence[str], group_version: str) -> str:
    """The implementation guide's name: ST03 if it is there, else GS08."""
    return st[3] if len(st) > 3 and st[3] else group_version


def is_professional_claim(st: Sequence[str], group_version: str) -> bool:
    return len(st) > 1 and st[1] == "837" and "X222" in guide_of(st, group_version)


def in_words(st: Sequence[str], group_version: str) -> str:
    kind = st[1] if len(st) > 1 else ""
    guide = guide_of(st, group_version)
    if kind == "837":
        for mark, words in _BY_GUIDE.items():
            if mark in guide:
                return words
    return _BY_SET.get(kind, f"a transaction set of kind {kind or '(none)'}")
