"""Tells which long parts of an article `page_html.finish_page` leaves as they are: it need not look through their text."""

from __future__ import annotations

_CHANGED = ("<script", "<link", "<title", "</head", "<article", "data-chart=", "data-md-component=", "workers/search")
_LONG = 2000  # characters


def stays_as_it_is(fragment: str) -> bool:
    """Whether `finish_page` would change nothing of a part of an article, which is worth to know of long ones."""
    if len(fragment) < _LONG:
        return False
    text = fragment.lower()
    return not any(mark in text for mark in _CHANGED)
