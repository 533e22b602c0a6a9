"""Rule: a Markdown link to another page of the report leads to one."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from ..diagnostics.finding import Diagnostic
from .context import RuleContext

_CODE = re.compile(
    r"^(?P<fence>`{3,}|~{3,}).*?^(?P=fence)|(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)", re.DOTALL | re.MULTILINE
)
_PAGE = re.compile(r"(?:\]\(\s*|^ {0,3}\[[^\]\n^]+\]:[ \t]*)<?(?P<path>[^()\s<>{}:#?]+\.md)(?=[#?>\s)])", re.MULTILINE)
_LINE = re.compile(r"[^\n]")


def page_links_lead_somewhere(context: RuleContext) -> Iterator[Diagnostic]:
    """Links with a path that ends in .md, which engines ask to be a page of the report or a file of docs/.

    They stand in place or as a reference. Whether an anchor is there, and where all other links lead, is seen on the
    finished pages.
    """
    pages = frozenset(context.edition.report.pages)
    for outline in context.outlines:
        text = _CODE.sub(lambda code: _LINE.sub(" ", code[0]), outline.source)
        for link in _PAGE.finditer(text):
            path = posixpath.normpath(posixpath.join(posixpath.dirname(outline.page), link["path"]))
            if path.removesuffix(".md") not in pages and not (context.draft.root / "docs" / path).is_file():
                span = outline.span(link.start("path"), len(link["path"]))
                yield Diagnostic(rule="broken-link", span=span, args={"page": outline.page, "link": link["path"]})
