"""Prints the path of the Chromium that browser tests use, after installing one where there is none; fails loudly if it cannot.

To install: apt where the machine has it and we are root (it brings the libraries and the Japanese fonts too), and
Playwright's own download.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))  # it also runs as a script

from generator.engines.browser import VARIABLE, NoBrowserError, find_chromium


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
    except NoBrowserError:
        if not os.environ.get(VARIABLE):
            install()
        try:
            print(find_chromium())
        except NoBrowserError:
            print(f"no Chromium: name one in {VARIABLE}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
