"""The SOPs of the sandbox portal united: understood without a finding, and sending only where they say."""

from pathlib import Path

import pytest

from authwright.core.workflow import Purpose, from_json, to_json
from authwright.rules.library import load_library
from authwright.sop import check_sop, compile_sop
from authwright_sandbox.united.rules import STATUS_WORDS

LIBRARY = Path(__file__).parents[3] / "library" / "united"
SOPS = sorted((LIBRARY / "sops").glob("*.md"))
SENDING = {
    "submit": ["Submit"],
    "respond": ["Send Documents"],
    "update": ["Save Update"],
    "extend": ["Request Extension"],
    "cancel": ["Yes, cancel it"],
}


@pytest.mark.parametrize("path", SOPS, ids=lambda path: path.stem)
def test_each_compiles_and_checks_without_a_finding(path):
    workflow, found = compile_sop(path.read_text(), str(path))
    assert found == [] and check_sop(workflow, str(path)) == []
    assert from_json(to_json(workflow)) == workflow
    once = [step.target for section in workflow.sections for step in section.steps if step.once]
    assert once == SENDING.get(path.stem, [])


def test_there_is_one_for_everything_that_the_portal_does():
    purposes = {compile_sop(path.read_text(), str(path))[0].purpose for path in SOPS}
    assert purposes == set(Purpose) - {Purpose.ATTEST, Purpose.APPEAL, Purpose.OTHER}


def test_every_status_that_the_portal_shows_has_a_meaning():
    library, found = load_library([LIBRARY.parent])
    assert found == []
    portal = library.portals["united"]
    assert all(portal.status(words) is not None for words in STATUS_WORDS.values())
