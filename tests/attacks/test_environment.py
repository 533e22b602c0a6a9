"""Variables of the environment and files beside a project that libraries read: no build depends on them, none fails at them."""

from __future__ import annotations

from pathlib import Path

import pytest
from attack import lay_out, run


@pytest.mark.parametrize("value", ["", "x", "2026-01-31", "-1", "1e9", " 5 ", "1_000", "１２", "9" * 40, "\x1b[2J"])
def test_a_time_that_is_none_is_a_finding(value: str, tmp_path: Path) -> None:
    root = lay_out(tmp_path, {})
    answer = run(root, "build", "--jobs", "1", "--format", "json", env={"SOURCE_DATE_EPOCH": value})
    assert not answer.crashed, answer.stderr
    assert (answer.status, answer.rules) == (1, {"bad-source-date"})
    assert "\x1b" not in answer.stdout + answer.stderr


def test_a_preview_says_so_as_well(tmp_path: Path) -> None:
    root = lay_out(tmp_path, {})
    answer = run(root, "serve", "--port", "0", "--language", "en", env={"SOURCE_DATE_EPOCH": "today"}, seconds=20)
    assert not answer.crashed, answer.stderr
    assert answer.status == 2
    assert "SOURCE_DATE_EPOCH is “today”" in answer.stderr
