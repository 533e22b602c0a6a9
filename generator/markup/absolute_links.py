"""Links of a page as absolute URLs in Markdown, without what would end them there."""

from __future__ import annotations

import re
from urllib.parse import urljoin

_FROM_PAGE = re.compile(r"((?:\.\./)*)((?:[\w-]+/)*(?:[\w-]+(?:\.\w+)*)?(?:#[\w-]+)?)", re.ASCII)
_WHOLE = re.compile(r"https?://\w[\w./~%+=&:@,!-]*(?:[?#][\w./~%+=&:@,!-]+)?", re.ASCII)  # which stays as it is
_ANCHOR = re.compile(r"#[\w-]+", re.ASCII)


class AbsoluteLinks:
    """The links of a page by its address; those that most pages have are put together without taking both apart."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._above = _folders_above(address)

    def of(self, link: str) -> str:
        """A link as it stands on the page, as an absolute URL."""
        found = _FROM_PAGE.fullmatch(link)
        if found and found[2][:1] not in ("", "#") and (up := len(found[1]) // 3) < len(self._above):
            return self._above[up] + found[2]
        if _WHOLE.fullmatch(link):
            return link
        if self._above and _ANCHOR.fullmatch(link):  # the page's address has none
            return self.address + link
        return urljoin(self.address, link).replace(" ", "%20").replace("(", "%28").replace(")", "%29")


def _folders_above(address: str) -> list[str]:
    """The folder of a page's URL, and those above it; none where the URL has other parts than folders and a name."""
    if re.search(r"[?#;() ]|/\.|(?<!:)//", address):
        return []
    parts = address.split("/")[:-1]
    return [f"{'/'.join(parts[:end])}/" for end in range(len(parts), 2, -1)]
