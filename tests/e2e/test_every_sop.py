"""The command that runs every SOP of the practice portals, on one of them."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser
SCRIPT = Path(__file__).parents[2] / "scripts" / "every_sop.py"


def test_each_sop_of_a_portal_ends_as_it_should() -> None:
    command = [sys.executable, str(SCRIPT), "--only", "caqh-sandbox"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=400, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "5 of 5 ended as they should" in done.stdout
    assert "Re-attestation Due" in done.stdout
    assert "halted: asked-person" in done.stdout
