"""Tests of explained terms whose punctuation stays on their line."""

from __future__ import annotations

import pytest

from generator.pages.line_breaks import keep_punctuation

TERM = '<span class="fl-term"><button>lease</button><small>What a lease is.</small></span>'
KEPT = '<span class="fl-together">{}</span>'


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (f"A {TERM} ends", f"A {TERM} ends"),
        (f"A {TERM}. Then", f"A {KEPT.format(f'{TERM}.')} Then"),
        (f"「{TERM}」の額", f"{KEPT.format(f'「{TERM}」')}の額"),
        (f"({TERM}), {TERM}", f"{KEPT.format(f'({TERM}),')} {TERM}"),
        (f"**{TERM}**.", f"**{TERM}**."),
    ],
)
def test_punctuation_stays_with_a_term(written: str, expected: str) -> None:
    assert keep_punctuation(written) == expected
