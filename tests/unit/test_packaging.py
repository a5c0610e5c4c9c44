"""The wheel carries everything that a run needs: pages, scripts, the payer library."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
SETUPTOOLS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]


def test_every_file_of_the_library_is_shipped():
    shipped = {
        path for patterns in SETUPTOOLS["data-files"].values() for p in patterns for path in ROOT.glob(p)
    }
    there = {p for p in (ROOT / "library").rglob("*") if p.is_file() and ".authwright-cache" not in p.parts}
    assert there - shipped == set()


def test_the_library_keeps_its_folders():
    for target, patterns in SETUPTOOLS["data-files"].items():
        assert [str(Path(p).parent) for p in patterns] == [target.removeprefix("share/authwright/")]


def test_every_file_that_is_no_code_is_package_data():
    for package, patterns in SETUPTOOLS["package-data"].items():
        folder = ROOT / "src" / package
        shipped = {path for p in patterns for path in folder.glob(p)}
        there = {p for p in folder.rglob("*") if p.is_file() and p.suffix != ".py" and not _made(p)}
        assert there - shipped == set()


def _made(path: Path) -> bool:
    """Left by a tool, not written by us."""
    return any(part == "__pycache__" or part.startswith(".") for part in path.parts[len(ROOT.parts) :])
