import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authwright_sandbox import totp

RFC_SECRET = b"12345678901234567890"


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_codes_of_rfc_6238_appendix_b(seconds: int, code: str) -> None:
    assert totp.code_at(RFC_SECRET, seconds) == code


@settings(max_examples=60, deadline=None)
@given(st.integers(100, 4_000_000_000), st.integers(-3, 3))
def test_a_code_holds_one_step_either_side(seconds: int, drift: int) -> None:
    code = totp.code_at(RFC_SECRET, seconds + 30 * drift)
    found = totp.matching_step(RFC_SECRET, code, seconds)
    # A code of farther off may by chance be one of the three that hold; then it must be that one's.
    if abs(drift) <= 1:
        assert found is not None
    assert found is None or totp.code_for_step(RFC_SECRET, found) == code


def test_short_secrets_and_sloppy_writing_are_read() -> None:
    assert totp.decode_secret("JBSWY3DPEHPK3PXP") == totp.decode_secret("jbsw y3dp ehpk 3pxp")
    assert len(totp.decode_secret("JBSWY3DPEHPK3PXP")) == 10


def test_what_is_not_base32_is_refused() -> None:
    with pytest.raises(ValueError):
        totp.decode_secret("not base 32!")
