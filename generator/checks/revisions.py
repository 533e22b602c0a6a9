"""The report as it was at a git revision."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ..model.report import Edition
from ..pages.templates import Templates
from ..reading.draft import read_draft
from ..reading.outline import anchors_of
from ..records.struct import Struct
from ..settling.edition import settle
from ..store.parse_cache import ParseCache
from .git_files import RevisionError, folder_at
from .template_outlines import page_outlines

__all__ = ["EarlierState", "RevisionError", "folder_at", "state_at"]


class EarlierState(Struct, frozen=True):
    """The report of a git revision: its edition, and the anchors of its pages by page and language."""

    edition: Edition
    anchors: Mapping[tuple[str, str], frozenset[str]]


def state_at(root: Path, revision: str) -> EarlierState:
    """The report of a git revision; RevisionError where it has none."""
    with folder_at(root, revision) as folder:
        draft = read_draft(folder)[0]
        edition = settle(draft).edition
        if edition is None:
            msg = f"{revision} holds no report that can be read"
            raise RevisionError(msg)
        outlines = page_outlines(draft, Templates(folder), edition, ParseCache()).outlines
        anchors = {(outline.page, outline.language): anchors_of(outline) for outline in outlines}
    return EarlierState(edition, anchors)
