import pytest

from authwright.app.solvers import SolverError, solver_of
from authwright.rules.portal import CaptchaFile, PortalFile


def file(solver: str) -> PortalFile:
    return PortalFile("web", "The web portal", captcha=CaptchaFile(solver))


def test_no_solver_unless_a_file_names_one() -> None:
    assert solver_of([]) is None and solver_of([PortalFile("web")]) is None


def test_the_function_that_a_file_names() -> None:
    found = solver_of([PortalFile("other"), file("json:dumps")])
    assert found is __import__("json").dumps


@pytest.mark.parametrize(
    "name", ["json", "no_such_module:solve", "json:no_such_function", ":dumps", "json:__doc__"]
)
def test_one_that_cant_be_had_is_told(name: str) -> None:
    with pytest.raises(SolverError, match=f'The web portal names the CAPTCHA solver "{name}"'):
        solver_of([file(name)])
