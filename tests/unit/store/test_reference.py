"""The example in the reference runs as it stands there."""

import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[3] / "docs/reference/store.md"


def test_the_example_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    exec(compile(example, str(PAGE), "exec"), names)
    assert (tmp_path / "clinic/authwright.db").exists()
    assert str(names["case"]).startswith("Case(")
