"""The payer library: read it, ask it, check it. Pure; files are read by `load_library` alone."""

from authwright.rules.checks import check_library
from authwright.rules.engine import require, require_all
from authwright.rules.insurance_map import InsuranceEntry, InsuranceMap, read_insurance_map
from authwright.rules.library import Library, UnknownPayer, load_library
from authwright.rules.payer import Payer, Plan
from authwright.rules.portal import Automation, PortalFile

__all__ = [
    "Automation",
    "InsuranceEntry",
    "InsuranceMap",
    "Library",
    "Payer",
    "Plan",
    "PortalFile",
    "UnknownPayer",
    "check_library",
    "load_library",
    "read_insurance_map",
    "require",
    "require_all",
]
