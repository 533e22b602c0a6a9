"""Addresses that lead to a passage, as the specification of text fragments writes them."""

from __future__ import annotations

import pytest

from generator.model.text_fragments import passage_address

HOSTS = ("example.org",)


@pytest.mark.parametrize(
    ("url", "passage", "expected"),
    [
        ("https://example.org/a", "22% more", "https://example.org/a#:~:text=22%25%20more"),
        ("https://example.org/a#top", "one", "https://example.org/a#top:~:text=one"),
        ("https://www.Example.org/a", "one", "https://www.Example.org/a#:~:text=one"),
        ("https://example.org/a", "$130-145 billion, A&B", "https://example.org/a#:~:text=%24130%2D145%20billion%2C%20A%26B"),
        ("https://example.org/a", "a b c d e f g h", "https://example.org/a#:~:text=a%20b%20c%20d%20e%20f%20g%20h"),
        ("https://example.org/a", "a b c d e f g h i", "https://example.org/a#:~:text=a%20b%20c%20d,f%20g%20h%20i"),
        ("https://example.org/a", "rose to 7 […] of all 9 lakes", "https://example.org/a#:~:text=rose%20to%207,of%20all%209%20lakes"),
        ("https://example.org/a", "湖の面積", "https://example.org/a#:~:text=%E6%B9%96%E3%81%AE%E9%9D%A2%E7%A9%8D"),
        # no passage, no such host, no page in HTML
        ("https://example.org/a", "", "https://example.org/a"),
        ("https://example.org/a", "[million]", "https://example.org/a"),
        ("https://other.org/a", "one", "https://other.org/a"),
        ("https://notexample.org/a", "one", "https://notexample.org/a"),
        ("https://example.org/a.PDF?v=1", "one", "https://example.org/a.PDF?v=1"),
        ("", "one", ""),
    ],
)  # fmt: skip
def test_addresses_lead_to_passages(url: str, passage: str, expected: str) -> None:
    assert passage_address(url, passage, HOSTS) == expected
