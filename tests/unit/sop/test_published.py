"""What docs/reference has from the code is as the code is.

When this fails: python scripts/make_reference.py
"""

import importlib.util
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[3] / "scripts/make_reference.py"
spec = importlib.util.spec_from_file_location("make_reference", SCRIPT)
made = importlib.util.module_from_spec(spec)
spec.loader.exec_module(made)


@pytest.mark.parametrize("name", made.FILES)
def test_it_is_up_to_date(name):
    assert (made.REFERENCE / name).read_text(encoding="utf-8") == made.FILES[name]()
