"""How long quotations are, in writing with and without spaces."""

from __future__ import annotations

import pytest

from generator.reading.quotes import MOST_WORDS, length_in_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("its area was 25 million", 5),
        ("Revenue | $ | 60,801 [million] | 47,516 [million]", 3),
        ("湖の面積は二千五百万平方メートル", 6),
        ("面積は25 km²", 3),
        ("호수의 면적은 25", 3),
        ("مساحة البحيرة", 2),
        ("ก" * 75, MOST_WORDS),
        ("ก" * 76, MOST_WORDS + 1),
        ("— … ·", 0),
    ],
)
def test_length_in_words(text: str, words: int) -> None:
    assert length_in_words(text) == words
