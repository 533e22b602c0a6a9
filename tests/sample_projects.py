"""The projects of tests: a good one, and the same with a conclusion, which most tests begin with."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from pathlib import Path

PROJECTS = Path(__file__).parent / "projects"
PLAIN = PROJECTS / "good"


def _concluding() -> Path:
    """The good project with the files of `concluding` laid over it, in a folder that goes with this process."""
    folder = Path(tempfile.mkdtemp(prefix="factloom-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    root = shutil.copytree(PLAIN, folder / "good")
    shutil.copytree(PROJECTS / "concluding", root, dirs_exist_ok=True)
    return root


GOOD = _concluding()


def edit(root: Path, file: str, old: str, new: str) -> None:
    """Replace the first place of a text in a file of a project, which must have it."""
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
