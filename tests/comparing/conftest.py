"""A repository of a project for tests of comparing."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest


@pytest.fixture
def git(project: Path) -> Path:
    """The project as the only commit of a repository."""
    who = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"]
    for arguments in (["init", "-q"], ["add", "."], [*who, "commit", "-q", "-m", "first"]):
        subprocess.run(["git", *arguments], cwd=project, check=True)  # noqa: S607  the one of the path
    return project
