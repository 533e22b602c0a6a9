"""Loads matplotlib with its own defaults, whatever settings stand in the folder that a command is started in, or at home."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from pathlib import Path


def load_matplotlib() -> None:
    """Import matplotlib; to be called before anything of it is imported.

    While it is imported, it reads the first file `matplotlibrc` of the working directory, of the environment and of the user's
    home. A stranger's project may bring one: a pipe there would be waited for, and settings would change every chart. So it is
    imported where its own defaults stand.
    """
    spec = find_spec("matplotlib")
    if "matplotlib" in sys.modules or spec is None or spec.origin is None:
        return
    try:
        before = Path.cwd()
    except FileNotFoundError:  # deleted meanwhile
        before = None
    os.chdir(Path(spec.origin).with_name("mpl-data"))
    try:
        import matplotlib  # noqa: F401, ICN001, PLC0415  it is the import that reads
    finally:
        if before is not None:
            os.chdir(before)
