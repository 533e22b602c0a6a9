"""Numbers as people write them, and what of data/ was meant."""

from __future__ import annotations

import pytest

from generator.wording.value_hints import likely_value


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("22%", "0.22"),
        ("722億", "72.2e9"),
        ("722億ドル", "72.2e9"),
        ("$72.2B", "72.2e9"),
        ("72.2 billion", "72.2e9"),
        ("7,2 Milliarden", "7.2e9"),
        ("7.2 Milliarden", "7.2e9"),  # a group has three digits
        ("10% to 20%", "[0.1, 0.2]"),
        ("-3.5%", "-0.035"),
        ("25,000,000", "25e6"),
        ("66 to 72 billion", "[66e9, 72e9]"),
        ("660億～720億", "[66e9, 72e9]"),
        ("1, 2, 3", ""),
        ("many", ""),
        ("72 in 3 of 9", ""),
        ("", ""),
    ],
)
def test_what_was_meant(text: str, meant: str) -> None:
    assert likely_value(text, ("en", "ja", "de")) == meant
