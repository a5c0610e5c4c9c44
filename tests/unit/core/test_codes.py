"""Shapes of codes. A shape says nothing about whether the code exists."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from authwright.core.codes import (
    is_diagnosis_code,
    is_modifier,
    is_npi,
    is_place_of_service,
    plain_diagnosis,
    procedure_code_kind,
)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("72148", "cpt"),
        ("1036F", "cpt-category-ii"),
        ("0275T", "cpt-category-iii"),
        ("0001U", "pla"),
        ("0012M", "pla"),
        ("J0585", "hcpcs"),
        ("E0748", "hcpcs"),
        ("7214", None),
        ("721488", None),
        ("j0585", None),
        ("W1234", None),
        ("72148-50", None),
        ("", None),
    ],
)
def test_procedure_codes(code, kind):
    assert procedure_code_kind(code) == kind


@pytest.mark.parametrize("code", ["M54.16", "M5416", "C50.A0", "Z00.00", "S83.241A", "U07.1", "A00"])
def test_diagnosis_codes(code):
    assert is_diagnosis_code(code)


@pytest.mark.parametrize("code", ["M5", "54.16", "M54.16.1", "m54.16", "U0A", "", "M54.12345"])
def test_no_diagnosis_codes(code):
    assert not is_diagnosis_code(code)


def test_npi_check_digit():
    assert is_npi("1234567893")
    assert not is_npi("1234567894")
    assert not is_npi("3234567893")
    assert not is_npi("123456789")


@given(st.integers(0, 10**8 - 1), st.integers(0, 9), st.integers(0, 9))
def test_one_check_digit_fits_each_npi(prefix, first, second):
    stem = f"1{prefix:08d}"
    fitting = [d for d in range(10) if is_npi(f"{stem}{d}")]
    assert len(fitting) == 1


def test_modifier_place_and_plain_diagnosis():
    assert is_modifier("RT") and is_modifier("59") and not is_modifier("R")
    assert is_place_of_service("11") and not is_place_of_service("1")
    assert plain_diagnosis(" m54.16 ") == "M5416"
