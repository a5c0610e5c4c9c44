"""What no step holds was passed over: better an error than a silent half."""

import pytest

READ_WHOLE = [
    "Click Next.",
    "In the Patient Information section, click Edit.",
    "After the PA has been completed, click Save to go back to the Request List.",
    "Click Extend (the icon next to the LOS).",
    "Fill out Document Type with the document kind; you can leave Attention blank.",
    'Attach every document of kind "clinical notes", at most 10 MB each.',
    "Use Browse under Upload Document to pick the file.",
    "Find your claim in the ADR Details table and follow its View Letter link.",
    "To see the ADR, click View; the ADR Viewer opens.",
    "If you have trouble connecting, call the Web Security Help Desk.",
]
PASSED_OVER = [
    ("In Insurance Listing, press Enter.", "Insurance Listing"),
    ("Click the claim that Aetna Better Health denied.", "Aetna Better Health"),
]


@pytest.mark.parametrize("text", READ_WHOLE)
def test_everything_has_gone_somewhere(sop, text):
    _, found = sop.file(f"## Steps\n1. {text}\n")
    assert [d.message for d in found] == []


@pytest.mark.parametrize(("text", "name"), PASSED_OVER)
def test_a_name_that_went_nowhere_is_named(sop, text, name):
    _, found = sop.file(f"## Steps\n1. {text}\n")
    assert [(d.code, f'"{name}"' in d.message) for d in found] == [("SOP006", True)]
