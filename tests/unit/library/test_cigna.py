"""The SOPs of the sandbox portals cigna and delegate: understood, and sending only where they say."""

from pathlib import Path

import pytest

from authwright.core.workflow import from_json, to_json
from authwright.rules.library import load_library
from authwright.sop import check_sop, compile_sop
from authwright_sandbox.cigna import rules as cigna
from authwright_sandbox.delegate import rules as delegate

LIBRARY = Path(__file__).parents[3] / "library"
SOPS = [*sorted(LIBRARY.glob("cigna-sandbox/sops/*.md")), *sorted(LIBRARY.glob("delegate/sops/*.md"))]
SENDING = {
    "cigna-sandbox/submit": ["Submit"],
    "cigna-sandbox/respond": ["Submit"],
    "cigna-sandbox/appeal": ["Submit"],
    "cigna-sandbox/cancel": ["Yes"],
    "delegate/submit": ["Submit Case"],
    "delegate/respond": ["Send records"],
    "delegate/cancel": ["Withdraw"],
}
# The delegate's clinical questions: data that no table of names holds, and not every order has.
UNKNOWN = {"delegate/submit": {"SOP035", "SOP038"}}


@pytest.mark.parametrize("path", SOPS, ids=lambda path: f"{path.parts[-3]}/{path.stem}")
def test_each_compiles_and_checks(path):
    workflow, found = compile_sop(path.read_text(), str(path))
    assert found == []
    assert {each.code for each in check_sop(workflow, str(path))} == UNKNOWN.get(workflow.id, set())
    assert from_json(to_json(workflow)) == workflow
    assert workflow.id == f"{path.parts[-3]}/{path.stem}"
    once = [step.target for section in workflow.sections for step in section.steps if step.once]
    assert once == SENDING.get(workflow.id, [])


@pytest.mark.parametrize(("portal", "rules"), [("cigna-sandbox", cigna), ("delegate", delegate)])
def test_every_status_that_a_portal_shows_has_a_meaning(portal, rules):
    library, found = load_library([LIBRARY])
    assert found == []
    shown = library.portals[portal]
    assert all(shown.status(words) is not None for words in rules.STATUS_WORDS.values())
