"""Short hashes of bytes and texts."""

from __future__ import annotations

import pytest

from generator.store.hashing import content_hash, fingerprint
from generator.store.inputs import hash_subset
from generator.store.objects import value_hash


def test_a_hash_is_the_same_in_every_run() -> None:
    assert content_hash(b"facts") == "585678b2e0a5049068fbda8f"
    assert fingerprint("a", "b") == "b86b2f5329381ca012c73c10"


@pytest.mark.parametrize(
    ("texts", "others"), [(("a", "b"), ("ab",)), (("a", "b"), ("b", "a")), (("a",), ("a", "")), ((), ("",))]
)
def test_borders_and_order_of_texts_count(texts: tuple[str, ...], others: tuple[str, ...]) -> None:
    assert fingerprint(*texts) != fingerprint(*others)


def test_the_hash_of_a_subset_changes_with_its_files_only() -> None:
    files = {"data/a.yml": "1", "data/b.yml": "2", "docs/c.svg": "3"}
    before = hash_subset(files, "data/")
    assert hash_subset({**files, "docs/c.svg": "4"}, "data/") == before
    assert hash_subset({**files, "data/b.yml": "4"}, "data/") != before
    assert hash_subset({**files, "data/d.yml": "4"}, "data/") != before
    assert hash_subset(files, "data/", "docs/") != before


def test_equal_values_have_one_hash_however_they_came_to_be() -> None:
    text = str(b"abc", "ascii")
    assert value_hash({"a": [text, text]}) == value_hash({"a": [text, str(b"abc", "ascii")]})
    assert value_hash(["a", "b"]) != value_hash(["b", "a"])
