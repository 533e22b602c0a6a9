"""Swaps two folders, so that a reader, or a crash, meets the one or the other whole: on Linux in one step of the kernel."""

from __future__ import annotations

import ctypes
import os
import shutil
from pathlib import Path

from .folders import NEW, OLD, SITE


def swap(root: Path, *, at_once: bool = True) -> None:
    """Let build/site.new and site/ change places.

    `at_once` does it in one step where the system can; without it there are two renames.
    """
    recover(root)
    site, new, old = root / SITE, root / NEW, root / OLD
    shutil.rmtree(old, ignore_errors=True)
    if not site.exists():
        new.rename(site)
    elif not (at_once and _exchange(new, site)):
        site.rename(old)
        new.rename(site)
        old.rename(new)


def recover(root: Path) -> bool:
    """Bring the old site back where a crash between two renames left none; True if it had to."""
    site, old = root / SITE, root / OLD
    if site.exists() or not old.exists():
        return False
    old.rename(site)
    return True


def _exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step (renameat2(2) with RENAME_EXCHANGE); False where the system cannot."""
    at_cwd, exchange = -100, 2
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):  # not Linux, or an old C library
        return False
    return bool(renameat2(at_cwd, os.fsencode(one), at_cwd, os.fsencode(other), exchange) == 0)
