import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from mail_server import Server, serving


@pytest.fixture(scope="session")
def imap() -> Iterator[Server]:
    with serving() as server:
        yield server
