"""What a portal's owner has turned on to answer its CAPTCHA: a function that the portal's file names."""

import importlib
from collections.abc import Iterable

from authwright.browser.people import Solver
from authwright.rules.portal import PortalFile


class SolverError(Exception):
    """The function can't be had; the text says which and why."""


def solver_of(files: Iterable[PortalFile]) -> Solver | None:
    """The solver that one of these portals names, the first's. Raises SolverError."""
    named = next((file for file in files if file.captcha.solver), None)
    return _function(named.captcha.solver, named.name or named.portal) if named else None


def _function(name: str, portal: str) -> Solver:
    module, _, function = name.partition(":")
    try:
        found = getattr(importlib.import_module(module), function)
    except (ImportError, AttributeError, ValueError) as error:
        raise SolverError(
            f'the file of {portal} names the CAPTCHA solver "{name}", which can\'t be had ({error}): '
            'it is written "package.module:function", or left out'
        ) from error
    if not callable(found):
        raise SolverError(f'the file of {portal} names the CAPTCHA solver "{name}", which is no function')
    solver: Solver = found
    return solver
