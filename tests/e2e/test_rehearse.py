"""`authwright sop rehearse` at the practice hub: nothing is sent, and the report shows what was found."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from authwright_sandbox.process import Sandbox

pytestmark = pytest.mark.browser
SOP = Path(__file__).parents[2] / "library" / "hub" / "sops" / "submit-outpatient.md"
CASE: dict[str, Any] = {
    "credentials": {
        "username": "specialist",
        "password": "practice-Day1",
        "totp_secret": "JBSWY3DPEHPK3PXP",
        "organization": "Maple Street Orthopedics",
    },
    "patient": {"last_name": "Garcia", "first_name": "Maria", "date_of_birth": "1961-03-14"},
    "coverage": {"payer": "UnitedHealthcare", "member_id": "W123456789"},
    "diagnoses": [{"code": "M54.16"}],
    "service_lines": [{"code": "72148", "units": 1, "from": "2026-12-07", "to": "2026-12-07"}],
    "requesting_provider": {"npi": "1234567893"},
    "rendering_provider": {"npi": "1881234565"},
    "facility": {"npi": "1992345672"},
    "contact": {"name": "Dana Whitfield", "phone": "404-555-0142"},
    "clinical": {"notes": "Six weeks of physical therapy without relief."},
    "documents": [{"path": "notes.pdf", "kind": "clinical notes"}],
}


def test_what_sends_is_found_and_pictured_and_not_clicked(
    sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub = sandbox.portal("hub")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    lines = [{**line, "place_of_service": "22"} for line in CASE["service_lines"]]
    (tmp_path / "notes.pdf").write_bytes(b"%PDF-1.4 notes")
    (tmp_path / "case.json").write_text(json.dumps({**CASE, "service_lines": lines}))
    report, state = tmp_path / "report", tmp_path / "state"
    told = subprocess.run(
        [
            *(
                sys.executable,
                "-c",
                "from authwright.cli.main import main; main()",
                "sop",
                "rehearse",
                str(SOP),
            ),
            *("--case", str(tmp_path / "case.json"), "--base-url", hub.url, "--json"),
            *("--state", str(state), "--report", str(report), "--by", "Dana Ruiz"),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    result = json.loads(told.stdout)
    rehearsal = result["rehearsal"]
    assert (result["sent"], result["stopped_with"], rehearsal["reached"]) == (False, "before-submit", True)
    assert hub.received() == []

    last = rehearsal["found"][-1]
    assert [c["name"] for c in last["controls"]] == ["Submit"] and last["controls"][0]["box"]["width"] > 10
    assert result["steps"][-1]["note"].startswith("found and ready; not clicked")
    wrote = {w["address"].partition("/hub/")[2] for w in rehearsal["writes"]}
    assert "app/api/requests" not in wrote and wrote

    (put_down,) = [r for r in json.loads((state / "rehearsals.json").read_text()) if "submit" in r["sop"]]
    assert put_down["by"] == "Dana Ruiz" and len(put_down["meaning_hash"]) == 64
    assert list(state.glob("bindings-*.json"))

    html = (report / "rehearsal.html").read_text()
    assert (report / "rehearsal.html").stat().st_mode & 0o077 == 0
    shown = re.findall(r'<img src="([^"]+)"', html)
    assert len(shown) > 15 and all((report / name).is_file() for name in shown)
    assert 'title="Submit"' in html and "Nothing was sent" in html
    assert "W123456789" not in html and "practice-Day1" not in html
