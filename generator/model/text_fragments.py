"""Addresses that lead to a passage of a page: text fragments (https://wicg.github.io/scroll-to-text-fragment/)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote, urlsplit

_DIRECTIVE = ":~:text="
_NOT_OF_THE_PAGE = re.compile(r"\s*(?:\[[^\[\]]*\]|\u2026|\.\.\.)\s*")  # what an editor put in or left out
_WHOLE = 8  # words of a passage that is named whole; of a longer one its first and last words are
_ENDS = 4  # words at each end


def passage_address(url: str, passage: str, hosts: Iterable[str]) -> str:
    """The address of a page that leads to a passage of it.

    The address itself where there is no passage, where its host is none of those that let browsers go to a passage, and for
    PDF files, in which browsers find no passages. A host stands for its subdomains, too.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    allowed = any(host == one or host.endswith(f".{one}") for one in hosts)
    if not allowed or parts.path.lower().endswith(".pdf") or _DIRECTIVE in url or not (found := _text_of(passage)):
        return url
    return f"{url}{'' if '#' in url else '#'}{_DIRECTIVE}{found}"


def _text_of(passage: str) -> str:
    """The value of the directive: the passage, or its beginning and its end where it is long or has gaps."""
    pieces = [piece for piece in _NOT_OF_THE_PAGE.split(passage.strip()) if piece]
    if not pieces:
        return ""
    first, last = pieces[0].split(), pieces[-1].split()
    if len(pieces) == 1 and len(first) <= _WHOLE:
        return _encoded(pieces[0])
    return f"{_encoded(' '.join(first[:_ENDS]))},{_encoded(' '.join(last[-_ENDS:]))}"


def _encoded(text: str) -> str:
    """Text in a directive: in percent encoding, with the signs "-", "," and "&", which have a meaning there."""
    return quote(text, safe="").replace("-", "%2D")
