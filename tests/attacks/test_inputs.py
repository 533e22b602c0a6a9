"""Hostile data and templates: each meets a finding, in bounded time and memory, and never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest
from attack import Attack, check, held, lay_out, run

WATER = "data/facts/water.yml"
ATTACKS: tuple[Attack, ...] = ()


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: f"{attack.kind}/{attack.name}")
def test_a_hostile_input_is_a_finding(attack: Attack, tmp_path: Path) -> None:
    held(attack, check(lay_out(tmp_path, attack.files)))


def test_the_whole_project_builds(tmp_path: Path) -> None:
    answer = run(lay_out(tmp_path, {}, whole=True), "build", "--jobs", "1")
    assert answer.status == 0, answer.stderr
