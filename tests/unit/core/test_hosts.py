import pytest

from authwright.core.hosts import is_here


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.4.5.6", "::1"])
def test_this_machine(host: str) -> None:
    assert is_here(host)


@pytest.mark.parametrize(
    "host", ["", "portal.example", "localhost.example", "10.0.0.1", "0.0.0.0", "127.0.0.1.example"]
)
def test_elsewhere(host: str) -> None:
    assert not is_here(host)
