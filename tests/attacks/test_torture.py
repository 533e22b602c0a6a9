"""A short form of `make torture`: a few commands end at random moments, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

from torture import BAD, Torture


def test_commands_that_are_killed_lose_nothing(tmp_path: Path) -> None:
    torture = Torture(tmp_path, seed=5)
    torture.run(kills=5)
    assert {what: torture.tally[what] for what in BAD} == dict.fromkeys(BAD, 0)
    assert torture.tally["recovered"] >= 1
    torture.kill_save()
    assert torture.tally["save torn"] == 0
    assert torture.tally["save old"] + torture.tally["save new"] >= 1
