"""Keeps punctuation on the line of an explained term: browsers may break a line on either side of a button."""

from __future__ import annotations

import re

_TERM = re.compile(
    r"(?P<before>[(\[（「『【“‘«„]*)"
    r'(?P<term><span class="fl-term">(?:(?!<span class="fl-term">)[^\n])*?</small></span>)'
    r"(?P<after>[.,;:!?)\]、。，．）」』】”’»…！？]*)"
)


def keep_punctuation(markdown: str) -> str:
    """A page with each term and the punctuation that touches it in one element, in which no line breaks."""
    return _TERM.sub(_together, markdown)


def _together(match: re.Match[str]) -> str:
    return f'<span class="fl-together">{match[0]}</span>' if match["before"] or match["after"] else match[0]
