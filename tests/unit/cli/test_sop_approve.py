"""Approving an SOP anew shows what changed since the approval before."""

import shutil
from pathlib import Path

STATUS = Path(__file__).parents[3] / "library/hub/sops/status.md"


def approve(run, file):
    return run("sop", "approve", str(file), "--by", "Dana Ruiz")


def test_a_change_is_shown_and_another_wording_is_not(run, tmp_path):
    file = Path(shutil.copy(STATUS, tmp_path / "status.md"))
    assert "changes in what is done" not in approve(run, file).stdout
    text = file.read_text()
    file.write_text(text.replace("Take a screenshot", "Take a picture"))
    assert approve(run, file).stdout.startswith("hub/status is approved")
    file.write_text(text.replace("click Search", "click Find"))
    done = approve(run, file)
    assert "1 change in what is done" in done.stdout and 'now:    Press "Find"' in done.stdout
    assert done.exit_code == 0 and "hub/status is approved by Dana Ruiz" in done.stdout


def test_a_kept_text_that_is_broken_hinders_nobody(run, tmp_path, folder):
    approve(run, STATUS)
    (kept,) = (folder / "approved").iterdir()
    kept.write_text("{")
    file = tmp_path / "status.md"
    file.write_text(STATUS.read_text().replace("click Search", "click Find"))
    assert approve(run, file).exit_code == 0
