"""Rules: a Markdown link to another page of the report leads to one, and so does the address of a source on its own site."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from ..diagnostics.finding import Diagnostic
from ..reading.located_values import Entry
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
    for template in context.templates:
        if ".md" not in template.summary.words:
            continue  # as in most: links between pages of a report are made by its functions
        outline = template.outline
        text = _CODE.sub(lambda code: _LINE.sub(" ", code[0]), outline.source)
        for link in _PAGE.finditer(text):
            path = posixpath.normpath(posixpath.join(posixpath.dirname(outline.page), link["path"]))
            if path.removesuffix(".md") not in pages and not (context.draft.root / "docs" / path).is_file():
                span = outline.span(link.start("path"), len(link["path"]))
                yield Diagnostic(rule="broken-link", span=span, args={"page": outline.page, "link": link["path"]})


def sources_on_the_site_are_there(context: RuleContext) -> Iterator[Diagnostic]:
    """Addresses of sources below the report's own, where the site has neither a page nor a file of docs/.

    The finished pages link to them, and links into the site have to lead somewhere.
    """
    site = context.edition.report.site_url.rstrip("/") + "/"
    for source in context.edition.sources.values():
        entry = context.draft.sources[source.id]
        stored = entry["archived"]
        places = [(entry, source.url)]
        if source.archived and isinstance(stored, Entry):
            places.append((stored, source.archived.url))
        for place, address in places:
            if address.startswith(site) and not _is_published(context, address.removeprefix(site)):
                args = {"id": source.id, "link": address}
                yield Diagnostic(rule="broken-link", variant="source", span=place.span_of("url"), args=args)


def _is_published(context: RuleContext, address: str) -> bool:
    """Whether an address below the site is that of a page, without an anchor, or of a file that the project adds to it."""
    parts = urlsplit(address)
    code, _, path = unquote(parts.path).partition("/")
    if parts.fragment or code not in {"", *(language.code for language in context.edition.report.languages)}:
        return False
    page = path.removesuffix("index.html").rstrip("/")
    return not page or page in context.edition.report.pages or (context.draft.root / "docs" / path).is_file()
