"""Which git commit a project stands at, read without running git."""

from __future__ import annotations

import re
from pathlib import Path

_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


def current_commit(root: Path) -> str:
    """The commit that is checked out where the project is the top of a git repository; an empty text elsewhere."""
    try:
        folder = root / ".git"
        if folder.is_file():  # a work tree beside others
            folder = root / folder.read_text(encoding="utf-8").removeprefix("gitdir:").strip()
        head = (folder / "HEAD").read_text(encoding="ascii").strip()
        if not head.startswith("ref:"):
            return head if _COMMIT.fullmatch(head) else ""
        name = head.removeprefix("ref:").strip()
        shared = folder / "commondir"
        common = folder / shared.read_text(encoding="utf-8").strip() if shared.is_file() else folder
        if (common / name).is_file():
            found = (common / name).read_text(encoding="ascii").strip()
            return found if _COMMIT.fullmatch(found) else ""
        for line in (common / "packed-refs").read_text(encoding="ascii").splitlines():
            commit, _, ref = line.partition(" ")
            if ref == name:
                return commit if _COMMIT.fullmatch(commit) else ""
    except (OSError, ValueError):
        pass
    return ""
