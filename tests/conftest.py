"""One switch for every golden text: `pytest --rewrite` writes down what is the case now; read the difference in review."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

_GOOD = Path(__file__).parent / "projects/good"


def pytest_addoption(parser: pytest.Parser) -> None:
    """The switch."""
    parser.addoption("--rewrite", action="store_true", help="write down what is the case now as what is expected")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the good project, to be spoiled."""
    return shutil.copytree(_GOOD, tmp_path / "project")
