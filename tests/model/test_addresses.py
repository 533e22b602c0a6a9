"""Paths and URLs of what a site holds."""

from __future__ import annotations

import pytest

from generator.model.addresses import relative, slug


@pytest.mark.parametrize(
    ("address", "start", "expected"),
    [
        ("data.zip", "en/reuse/", "../../data.zip"),
        ("en/costs/#fig-a", "embed/a/en/", "../../../en/costs/#fig-a"),
        ("costs/", "", "costs/"),
        ("", "costs/", "../"),
        ("costs/", "costs/", "./"),
        ("feed.xml", "", "feed.xml"),
        ("facts/new/", "facts/old/", "../new/"),
        ("en/facts.json", "api/index.json", "../en/facts.json"),
    ],
)
def test_relative_addresses(address: str, start: str, expected: str) -> None:
    assert relative(address, start) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [("https://a.example/Big_Report/", "big-report"), ("https://lakes.example/", "lakes"), ("https://a.example/x/y", "y")],
)
def test_short_names(url: str, expected: str) -> None:
    assert slug(url) == expected
