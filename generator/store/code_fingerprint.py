"""The fingerprint of the code that builds: what other code made is not used again."""

from __future__ import annotations

import hashlib
import os
import sysconfig
from functools import cache
from pathlib import Path

from ..defaults.files import default_files


@cache
def code_fingerprint() -> str:
    """The fingerprint of the code that builds: the generator's own files, and the versions of all installed packages.

    Files that stand in for a project's own are inputs, not code.
    """
    digest = hashlib.blake2b(digest_size=12)
    inputs = frozenset(map(str, default_files().values()))
    for folder, folders, names in os.walk(Path(__file__).parent.parent):  # as texts: every run looks at all of it
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(names):
            if name.endswith((".py", ".toml", ".css", ".yml")) and (path := f"{folder}{os.sep}{name}") not in inputs:
                with open(path, "rb") as file:  # noqa: PTH123  no Path for each, as above
                    digest.update(name.encode() + b"\0" + file.read() + b"\0")
    for folder in dict.fromkeys(sysconfig.get_path(kind) for kind in ("purelib", "platlib")):
        names = sorted(entry.name for entry in os.scandir(folder) if entry.name.endswith((".dist-info", ".egg-info")))
        digest.update("\n".join(names).encode())
    digest.update(sysconfig.get_python_version().encode())
    return digest.hexdigest()
