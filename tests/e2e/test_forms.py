"""The dental plan's plain form, driven by the library's SOPs: what the plan got is compared with the case."""

from pathlib import Path
from typing import Any

import pytest

from authwright_sandbox.desks import DESKS
from authwright_sandbox.process import Portal, Sandbox
from tests.e2e.practice import LIBRARY, Practice

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
SOPS = LIBRARY / "forms" / "sops"
CASE: dict[str, Any] = DESKS["forms"].case | {
    "service_lines": [
        {"code": "D2740", "units": 1, "from": "2026-12-07", "to": "2026-12-07", "tooth_number": "14"},
        {"code": "D2950", "units": 2, "from": "2026-12-07", "to": "2026-12-07"},
    ],
}
LINES = [
    {"tooth": "14", "surface": "", "code": "D2740", "quantity": "1", "date": "12/07/2026"},
    {"tooth": "", "surface": "", "code": "D2950", "quantity": "2", "date": "12/07/2026"},
]


@pytest.fixture
def plan(sandbox: Sandbox) -> Portal:
    portal = sandbox.portal("forms")
    portal.post("reset")
    return portal


@pytest.fixture
def practice(tmp_path: Path, plan: Portal) -> Practice:
    return Practice(tmp_path, plan, SOPS, CASE)


def test_each_line_goes_into_a_row_of_its_own_and_once(practice: Practice, plan: Portal) -> None:
    rehearsal = practice.run("submit-dental", "--stop-before-submit")[1]
    assert (rehearsal["outcome"], plan.received()) == ("done", [])
    sent = practice.run("submit-dental")[1]
    (received,) = plan.received()
    form = received["values"]
    assert sent["outcome"] == "done" and sent["sent"] and sent["read"]["status"] == "Benefits estimated"
    assert form["procedures"] == LINES
    assert (form["subscriber_id"], form["born"], form["phone"]) == (
        "W123456789",
        "03/14/1961",
        "404-555-0142",
    )
    again = practice.run("submit-dental")[1]
    assert again["read"]["reference_number"] == sent["read"]["reference_number"] and len(plan.received()) == 1
    found = practice.run("find-dental")[1]
    assert found["outcome"] == "done"
