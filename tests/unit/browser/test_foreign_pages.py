"""SOPs in plain English on pages of component libraries that know nothing of us. What the page itself
holds at the end is what counts."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from sessions import Session, done

pytestmark = pytest.mark.browser
FOREIGN = Path(__file__).parents[2] / "data" / "foreign"
CASE: dict[str, Any] = {
    "patient": {"last_name": "Garcia", "date_of_birth": "1961-03-14"},
    "coverage": {"payer": "Aetna"},
    "diagnoses": [{"code": "M54.16"}, {"code": "M51.26"}],
    "service_lines": [
        {"code": "72148", "units": 1, "from": "2026-12-07", "to": "2026-12-07", "place_of_service": "22"},
        {"code": "29881", "units": 2, "from": "2026-12-07", "to": "2026-12-07", "place_of_service": "22"},
    ],
    "rendering_provider": {"npi": "1992345672", "name": "Garcia, Luis"},
    "request": {"urgent": True},
    "clinical": {"notes": "Six weeks of therapy."},
}
HEAD = """---
id: test/foreign
purpose: submit
portal: test
effective: 2026-11-24
---
# Submit a request

## Request
1. Enter the patient's last name in Last Name.
2. Select the payer in Health Plan.
"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(FOREIGN))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def sop(*lines: str) -> str:
    return HEAD + "".join(f"{n}. {line}\n" for n, line in enumerate(lines, 3)) + INTERRUPTED


INTERRUPTED = """
## If interrupted
1. Ask a person to look.
"""
LAST = (
    'If the request is urgent, choose Yes for "Is this urgent?".',
    'Check "I attest that this is true".',
    "Click Submit once.",
    "Read the number next to Number as the reference number.",
)


def services(put: str) -> str:
    return f"""For each service line:
   1. Click "Add service".
   2. Enter the procedure code in Procedure Code.
   3. {put} the units in Units.
   4. Click Save."""


TYPE = "Type the rendering provider's NPI in Rendering Provider and pick the suggestion that"
LINES = [{"code": "72148", "units": "1"}, {"code": "29881", "units": "2"}]


def test_mui(session: Session, address: str) -> None:
    text = sop(
        "Enter the date of birth in Date of Birth.",
        f"{TYPE} contains it.",
        "Enter the clinical notes in Clinical Notes.",
        services("Select"),
        *LAST,
    )
    assert done(session.follow(text, address + "mui.html", CASE)).read["reference_number"] == "A1"
    assert session.held() == {
        "last": "Garcia",
        "born": "03/14/1961",
        "plan": "Aetna",
        "provider": "Garcia, Luis (1992345672)",
        "notes": "Six weeks of therapy.",
        "lines": LINES,
        "urgent": "Yes",
        "attest": True,
        "sent": 1,
    }


def test_ant_design(session: Session, address: str) -> None:
    text = sop(
        "Select the place of service in Place of Service.",
        f"{TYPE} starts with it.",
        "Enter the start date in Start Date.",
        "Enter the clinical notes in Clinical Notes.",
        services("Enter"),
        *LAST,
    )
    assert done(session.follow(text, address + "antd.html", CASE)).read["reference_number"] == "A1"
    assert session.held() == {
        "last": "Garcia",
        "plan": "Aetna",
        "place": "22 - On Campus-Outpatient Hospital",
        "provider": "1992345672 Garcia, Luis",
        "start": "2026-12-07",
        "notes": "Six weeks of therapy.",
        "lines": [{"code": "72148", "units": 1}, {"code": "29881", "units": 2}],
        "urgent": "Yes",
        "attest": True,
        "sent": 1,
    }


def test_bootstrap_choices_and_flatpickr(session: Session, address: str) -> None:
    text = sop(
        "Enter the start date in Start Date.",
        "Enter the rendering provider's NPI in Rendering Provider.",
        "For each diagnosis:\n   1. Select the diagnosis code in Diagnosis Codes.",
        services("Enter"),
        *LAST,
    )
    assert done(session.follow(text, address + "bootstrap.html", CASE)).read["reference_number"] == "A1"
    assert session.held() == {
        "last": "Garcia",
        "plan": "Aetna",
        "codes": ["M54.16", "M51.26"],
        "start": "2026-12-07",
        "provider": "1992345672",
        "lines": [["72148", "1"], ["29881", "2"]],
        "urgent": "Yes",
        "attest": True,
        "sent": 1,
    }


def test_lhc_forms(session: Session, address: str) -> None:
    text = sop(
        "Enter the date of birth in Date of Birth.",
        'Enter "6" in "Weeks of therapy".',
        'If the request is urgent, choose Yes for "Is this urgent?".',
        'If the request is urgent, enter the clinical notes in "Reason for urgency".',
        "Under Service, enter the procedure code in Procedure Code and the units in Units.",
        *LAST[2:],
    )
    case = {**CASE, "service_lines": CASE["service_lines"][:1]}
    assert done(session.follow(text, address + "lforms.html", case)).read["reference_number"] == "A1"
    filled = ["Garcia", "03/14/1961", "Aetna", "6", True, False, "Six weeks of therapy.", "72148", "1"]
    assert session.held() == {"values": filled, "sent": 1}
