"""Numbers for machines: every digit that was stated, and seventeen of a number without an end."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.model import arithmetic, values
from generator.model.machine_values import decimal_text


@pytest.mark.parametrize(
    ("end", "text"),
    [
        ("72.22e9", "72220000000"),
        ("0.030", "0.030"),
        ("1.2345678901234567890123456789", "1.2345678901234567890123456789"),
        ("0.0001141552511415525114155251141552511416", "0.0001141552511415525114155251141552511416"),
        ("3.14159265358979323846264338327950288419716939937510", "3.14159265358979323846264338327950288419716939937510"),
    ],
)
def test_stated_digits_are_kept(end: str, text: str) -> None:
    assert decimal_text(values.number(end)) == text


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        ("1", "3", "0.33333333333333333"),
        ("200e9", "3", "66666666666.666667"),
        ("1", "8", "0.125"),
        ("299999999999999999999999999999999999999", "3e31", "10000000"),
    ],
)
def test_what_has_no_end_is_rounded(part: str, whole: str, text: str) -> None:
    quotient = arithmetic.divide(values.parse(part), values.parse(whole))
    assert decimal_text(quotient.low) == text


def test_an_open_end_has_no_text() -> None:
    assert decimal_text(None) is None
    assert decimal_text(Decimal("-0.0")) == "-0.0"
