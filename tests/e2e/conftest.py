"""The practice portals, served once for the tests of a file."""

from collections.abc import Iterator

import pytest

from authwright_sandbox.process import Sandbox, started


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with started("--settle-seconds", "1") as sandbox:
        yield sandbox
