"""Swaps two folders, so that a reader, or a crash, meets the one or the other whole: on Linux in one step of the kernel."""

from __future__ import annotations

import ctypes
import os
import shutil
from pathlib import Path

from .folders import NEW, OLD, SITE


def swap(root: Path) -> None:
    """Let build/site.new and site/ change places: in one step where the system can and both are there, else by renames."""
    recover(root)
    shutil.rmtree(root / OLD, ignore_errors=True)
    if not _exchange(root / NEW, root / SITE):
        swap_by_renames(root)


def swap_by_renames(root: Path) -> None:
    """The same on any system; `recover` repairs what a crash between two renames leaves."""
    site, new, old = root / SITE, root / NEW, root / OLD
    if site.exists():
        site.rename(old)
    new.rename(site)
    if old.exists():
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
