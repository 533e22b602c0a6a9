"""The words of data/words.yml that every report needs besides those its own data and parts ask for."""

from __future__ import annotations

OUTPUTS = (
    "text.titled",
    "cite.report",
    "cite.fact",
    "cite.derived",
    "cite.source",
    "cite.undated",
    "cite.list",
    "cite.message",
    "feed.title",
    "feed.section",
    "feed.description",
    "change.new",
    "change.update",
    "change.revision",
    "change.correction",
    "change.event",
    "change.before",
    "package.files",
    "package.columns",
    "package.values",
    "package.citation",
    "package.licence",
    "page.changed",
    "part_sources",
)
