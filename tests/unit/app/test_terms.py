"""Where terms have to be read before a program works there."""

import pytest

from authwright.app.terms import why_refused
from authwright.rules.portal import Automation, PortalFile


@pytest.mark.parametrize(
    ("address", "refused"),
    [
        ("http://127.0.0.1:8000/hub/", False),
        ("file:///practice/page.html?picture", False),
        ("https://hub.example/", True),
        ("https://localhost.example/", True),
    ],
)
def test_only_what_is_on_this_machine_has_no_terms(address: str, refused: bool) -> None:
    assert bool(why_refused([PortalFile("hub")], address, [])) is refused
    assert why_refused([PortalFile("hub", automation=Automation.FORBIDDEN)], address, [])
