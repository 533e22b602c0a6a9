"""Installs the tools beside which Factloom is measured, pinned, with the ordinary clients: python -m bench.install FOLDER."""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
from pathlib import Path

from bench.peers import NODE_PACKAGES, PYTHON_PACKAGES


def install(home: Path) -> None:
    """Put what is not there yet into a folder; Node packages only where npm is."""
    for name, packages in PYTHON_PACKAGES.items():
        python = home / name / "bin/python"
        if _stale(home / name, packages):
            venv.create(home / name, with_pip=True)
            subprocess.run([python, "-m", "pip", "install", "-q", "--disable-pip-version-check", *packages], check=True)
            _stamp(home / name, packages)
    npm = shutil.which("npm")
    for name, packages in NODE_PACKAGES.items() if npm else ():
        if npm and _stale(home / name, packages):
            (home / name).mkdir(parents=True, exist_ok=True)
            (home / name / "package.json").write_text("{}\n", encoding="utf-8")
            subprocess.run([npm, "install", "--no-audit", "--no-fund", "--silent", *packages], cwd=home / name, check=True)
            _stamp(home / name, packages)


def _stale(folder: Path, packages: tuple[str, ...]) -> bool:
    stamp = folder / ".installed"
    return not stamp.is_file() or stamp.read_text(encoding="utf-8") != "\n".join(packages)


def _stamp(folder: Path, packages: tuple[str, ...]) -> None:
    (folder / ".installed").write_text("\n".join(packages), encoding="utf-8")


if __name__ == "__main__":
    install(Path(sys.argv[1]).resolve())
