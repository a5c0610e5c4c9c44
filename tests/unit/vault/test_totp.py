"""Codes against the test vectors of RFC 6238, appendix B, and secrets as portals show them."""

import base64
from datetime import UTC, datetime

import pytest

from authwright.vault.totp import Algorithm, code_at, seconds_left

SEEDS: dict[Algorithm, bytes] = {
    "SHA1": b"12345678901234567890",
    "SHA256": b"12345678901234567890123456789012",
    "SHA512": b"1234567890" * 6 + b"1234",
}
VECTORS: list[tuple[int, Algorithm, str]] = [
    (59, "SHA1", "94287082"),
    (59, "SHA256", "46119246"),
    (59, "SHA512", "90693936"),
    (1111111109, "SHA1", "07081804"),
    (1111111109, "SHA256", "68084774"),
    (1111111109, "SHA512", "25091201"),
    (1111111111, "SHA1", "14050471"),
    (1111111111, "SHA256", "67062674"),
    (1111111111, "SHA512", "99943326"),
    (1234567890, "SHA1", "89005924"),
    (1234567890, "SHA256", "91819424"),
    (1234567890, "SHA512", "93441116"),
    (2000000000, "SHA1", "69279037"),
    (2000000000, "SHA256", "90698825"),
    (2000000000, "SHA512", "38618901"),
    (20000000000, "SHA1", "65353130"),
    (20000000000, "SHA256", "77737706"),
    (20000000000, "SHA512", "47863826"),
]


@pytest.mark.parametrize(("seconds", "algorithm", "code"), VECTORS)
def test_the_vectors_of_the_standard(seconds: int, algorithm: Algorithm, code: str) -> None:
    secret = base64.b32encode(SEEDS[algorithm]).decode()
    at = datetime.fromtimestamp(seconds, UTC)
    assert code_at(secret, at, digits=8, algorithm=algorithm) == code
    assert code_at(secret, at, algorithm=algorithm) == code[2:]


@pytest.mark.parametrize(
    "secret", ["JBSWY3DPEHPK3PXP", "jbsw y3dp ehpk 3pxp", "JBSW-Y3DP-EHPK-3PXP", " JBSWY3DPEHPK3PXP===== "]
)
def test_a_secret_of_80_bits_as_portals_write_it(secret: str) -> None:
    """HOTP (RFC 4226) of the ten bytes "Hello!" DE AD BE EF at counter 1."""
    assert code_at(secret, datetime.fromtimestamp(59, UTC)) == "996554"


def test_missing_padding_is_fine() -> None:
    at = datetime.fromtimestamp(59, UTC)
    assert code_at("MFRGG", at) == code_at("MFRGG===", at)


@pytest.mark.parametrize("secret", ["", "  ", "0189!", "not base32 at all 1"])
def test_what_is_no_secret_is_refused_without_quoting_it(secret: str) -> None:
    with pytest.raises(ValueError, match="base32") as refused:
        code_at(secret, datetime.fromtimestamp(59, UTC))
    assert not secret.strip() or secret not in str(refused.value)


@pytest.mark.parametrize(("second", "left"), [(0, 30), (1, 29), (29, 1), (30, 30), (59, 1)])
def test_seconds_left(second: int, left: int) -> None:
    assert seconds_left(datetime.fromtimestamp(second, UTC)) == left


def test_the_code_changes_when_no_second_is_left() -> None:
    secret = "JBSWY3DPEHPK3PXP"
    codes = [code_at(secret, datetime.fromtimestamp(1000000 + s, UTC)) for s in range(60)]
    left = [seconds_left(datetime.fromtimestamp(1000000 + s, UTC)) for s in range(60)]
    assert all((codes[s] != codes[s + 1]) == (left[s] == 1) for s in range(59))
