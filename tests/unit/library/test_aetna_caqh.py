"""The SOPs of the sandbox portals aetna and caqh: understood, and sending only where they say."""

from pathlib import Path

import pytest

from authwright.core.workflow import Action, from_json, to_json
from authwright.rules.library import load_library
from authwright.sop import check_sop, compile_sop
from authwright_sandbox.aetna.rules import STATUS_WORDS

LIBRARY = Path(__file__).parents[3] / "library"
SOPS = [path for name in ("aetna", "caqh") for path in sorted(LIBRARY.glob(f"{name}-sandbox/sops/*.md"))]
SENDING = {
    "aetna-sandbox/submit": ["Submit"],
    "aetna-sandbox/respond": ["Send Documents"],
    "aetna-sandbox/update": ["Update Request"],
    "caqh-sandbox/attest": ["Attest"],
    "caqh-sandbox/update": ["Save"],
    "caqh-sandbox/upload": ["Upload"],
}


@pytest.mark.parametrize("path", SOPS, ids=lambda path: f"{path.parts[-3]}/{path.stem}")
def test_each_compiles_and_checks_without_findings(path: Path) -> None:
    workflow, found = compile_sop(path.read_text(), str(path))
    assert workflow is not None
    assert [*found, *check_sop(workflow, str(path))] == []
    assert from_json(to_json(workflow)) == workflow
    assert workflow.id == f"{path.parts[-3]}/{path.stem}"
    once = [step.target for section in workflow.sections for step in section.steps if step.once]
    assert once == SENDING.get(workflow.id, [])


def test_the_practitioner_is_asked_before_anything_is_attested() -> None:
    path = LIBRARY / "caqh-sandbox" / "sops" / "attest.md"
    workflow, _ = compile_sop(path.read_text(), str(path))
    assert workflow is not None
    steps = [step for section in workflow.sections for step in section.steps]
    (sends,) = [at for at, step in enumerate(steps) if step.once]
    asked = [at for at, step in enumerate(steps) if step.action is Action.HUMAN and not step.condition]
    assert asked and asked[0] < sends


def test_every_status_that_aetna_shows_has_a_meaning() -> None:
    library, found = load_library([LIBRARY])
    assert found == []
    shown = library.portals["aetna-sandbox"]
    assert all(shown.status(words) is not None for words in STATUS_WORDS.values())
