"""Finds the Chromium that browser tests use; run as a script it installs one where there is none, or fails loudly.

Looked for in this order: $FACTLOOM_CHROMIUM, the PATH, what Playwright has installed. As a script then: apt where the machine
has it and we are root (it brings the libraries and the Japanese fonts too), and Playwright's own download.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Without a sandbox it also starts as root and in containers; nothing leaves the machine on its own.
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


class NoBrowserError(RuntimeError):
    """No Chromium can be found; browser tests fail rather than skip."""


def find_chromium() -> Path:
    """The path of a Chromium that starts; NoBrowserError says what to do where there is none."""
    for path in _candidates():
        if path.is_file() and _starts(path):
            return path
    msg = "no Chromium: name one in FACTLOOM_CHROMIUM, or run  python tests/browser.py  to install one"
    raise NoBrowserError(msg)


def _candidates() -> list[Path]:
    if named := os.environ.get("FACTLOOM_CHROMIUM"):
        return [Path(named)]
    on_path = [Path(found) for name in NAMES if (found := shutil.which(name))]
    return [*on_path, *_of_playwright()]


def _of_playwright() -> list[Path]:
    folder = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache/ms-playwright")
    return sorted(folder.glob("chromium-*/chrome-linux*/chrome"), reverse=True)


def _starts(path: Path) -> bool:
    # A stub of a snap that is not installed answers with an error.
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def install() -> None:
    """Try each way to get a Chromium until one works; what they say goes to the terminal."""
    ways = []
    if shutil.which("apt-get") and os.geteuid() == 0:
        ways += [["apt-get", "update", "-q"], ["apt-get", "install", "-y", "-q", "chromium", "fonts-noto-cjk"]]
    ways += [[sys.executable, "-m", "playwright", "install", "chromium"]]
    for way in ways:
        subprocess.run(way, stdout=sys.stderr, check=False, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})
        try:
            find_chromium()
        except NoBrowserError:
            continue
        return


def main() -> int:
    """Print the browser's path, after installing one where needed."""
    try:
        print(find_chromium())
    except NoBrowserError as error:
        if not os.environ.get("FACTLOOM_CHROMIUM"):
            install()
        try:
            print(find_chromium())
        except NoBrowserError:
            print(error, file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
