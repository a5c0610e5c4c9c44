"""The words that payer files and rules share: lines of business, funding, places, states, facilities.

Sources: places of service from the CMS Place of Service code set (2024); states are the USPS's.
"""

import re
from functools import lru_cache

LINES_OF_BUSINESS = (
    "commercial",
    "exchange",
    "medicare-ffs",
    "medicare-advantage",
    "medicaid",
    "dual",
    "federal-employees",
    "tricare",
    "workers-compensation",
)
_LINE_ALIASES = {
    "ma": "medicare-advantage",
    "medicare advantage": "medicare-advantage",
    "part c": "medicare-advantage",
    "medicare": "medicare-ffs",
    "original medicare": "medicare-ffs",
    "medicare ffs": "medicare-ffs",
    "ffs": "medicare-ffs",
    "chip": "medicaid",
    "managed medicaid": "medicaid",
    "marketplace": "exchange",
    "aca": "exchange",
    "d-snp": "dual",
    "dsnp": "dual",
    "dual eligible": "dual",
    "fep": "federal-employees",
    "employer": "commercial",
    "group": "commercial",
}

FUNDING = ("fully-insured", "self-funded", "government", "level-funded")
_FUNDING_ALIASES = {
    "fully insured": "fully-insured",
    "insured": "fully-insured",
    "self funded": "self-funded",
    "self insured": "self-funded",
    "self-insured": "self-funded",
    "aso": "self-funded",
    "level funded": "level-funded",
}

FACILITY_TYPES = (
    "office",
    "hospital-outpatient",
    "hospital-inpatient",
    "critical-access-hospital",
    "ambulatory-surgical-center",
    "independent-diagnostic-testing-facility",
    "independent-laboratory",
    "skilled-nursing-facility",
    "home-health-agency",
    "urgent-care",
    "emergency-department",
)
_FACILITY_ALIASES = {
    "asc": "ambulatory-surgical-center",
    "hopd": "hospital-outpatient",
    "opd": "hospital-outpatient",
    "cah": "critical-access-hospital",
    "idtf": "independent-diagnostic-testing-facility",
    "snf": "skilled-nursing-facility",
    "hha": "home-health-agency",
}

# Places of service that are one kind of facility by their definition. 19, 21 and 22 are not: a hospital
# may be a critical access hospital.
FACILITY_AT = {
    "11": "office",
    "20": "urgent-care",
    "23": "emergency-department",
    "24": "ambulatory-surgical-center",
    "31": "skilled-nursing-facility",
    "81": "independent-laboratory",
}

# In the order in which coverages pay.
COVERAGES = ("primary", "secondary", "tertiary")

_PLACES = """01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 31 32 33 34
    41 42 49 50 51 52 53 54 55 56 57 58 60 61 62 65 66 71 72 81 99"""
PLACES = frozenset(_PLACES.split())

_STATES = """AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM
    NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY PR VI GU AS MP"""
STATES = frozenset(_STATES.split())


@lru_cache(4096)
def fold(name: str) -> str:
    """A name as it is compared: lower case, one space for each run of spaces and signs but `&`."""
    return " ".join(re.sub(r"[^a-z0-9&]+", " ", name.casefold()).split())


def _known(text: str, words: tuple[str, ...], aliases: dict[str, str]) -> str:
    lower = " ".join(text.casefold().split())
    dashed = lower.replace(" ", "-").replace("_", "-")
    return dashed if dashed in words else aliases.get(lower, "")


@lru_cache(4096)
def line_of_business(text: str) -> str:
    """The word of LINES_OF_BUSINESS that `text` means, or "" when it is none."""
    return _known(text, LINES_OF_BUSINESS, _LINE_ALIASES)


@lru_cache(4096)
def funding(text: str) -> str:
    """The word of FUNDING that `text` means, or "" when it is none."""
    return _known(text, FUNDING, _FUNDING_ALIASES)


@lru_cache(4096)
def facility_type(text: str) -> str:
    """The word of FACILITY_TYPES that `text` means, or "" when it is none."""
    return _known(text, FACILITY_TYPES, _FACILITY_ALIASES)
