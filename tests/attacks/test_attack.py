"""What is measured of a command is the command's own."""

from __future__ import annotations

from pathlib import Path

from attack import MEGABYTES, check, lay_out


def test_memory_of_the_tests_does_not_count_for_the_command(tmp_path: Path) -> None:
    held_here = bytearray((MEGABYTES + 100) << 20)
    held_here[:: 1 << 12] = b"x" * (len(held_here) >> 12)  # so that the system gives every page
    assert 20 < check(lay_out(tmp_path, {})).megabytes < MEGABYTES
