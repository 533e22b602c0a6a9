"""The projects that hostile files are laid over are sound by themselves."""

from __future__ import annotations

import shutil
from pathlib import Path

from attack import check, lay_out, run
from sample_projects import PLAIN


def test_the_whole_project_has_no_findings_and_builds(tmp_path: Path) -> None:
    root = lay_out(tmp_path, {}, whole=True)
    assert check(root).rules == set()
    answer = run(root, "build", "--jobs", "1")
    assert answer.status == 0, answer.stderr


def test_the_plain_project_has_no_findings(tmp_path: Path) -> None:
    assert check(Path(shutil.copytree(PLAIN, tmp_path / "plain"))).rules == set()
