"""Each page as Markdown, for people who quote it and machines that read it: its text, then its values with their sources.

The Markdown lies beside the page (costs/index.md) and names the page as the original in its front matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ..markup.to_markdown import Known, escape_line, html_to_markdown, joined_blocks, page_to_markdown
from ..model import addresses
from ..model.report import Claim, Fact
from ..model.sources import Evidence, Source
from ..pages.page import Page
from ..reading.front_matter import write_front_matter
from ..store.hashing import fingerprint
from ..wording.texts import Texts

Converted = tuple[list[str], dict[str, list[str]]]  # blocks of a page; of each of its fragments, by its hash
OUTPUT = "markdown"  # its name in the report's list of outputs
FILE = "index.md"
TYPE = "text/markdown"
# Classes of what is only of use on a screen; the first is the theme's.
_SCREEN_ONLY = frozenset(
    {
        "headerlink",
        "fl-filter",
        "fl-hidden",
        "fl-stale",
        "fl-figure__take",
        "fl-files",
        "fl-crumbs",
        "fl-figure__sources",
        "fl-data--sources",
    }
)
_ARTICLE = re.compile(r"<article\b[^>]*>(.*)</article>", re.DOTALL)


def link(texts: Texts) -> str:
    """The link element of a page's head for its Markdown; empty where the report has none.

    The blank after "alternate" keeps the theme's script from asking for a sitemap beside it.
    """
    if OUTPUT not in texts.edition.report.outputs:
        return ""
    return f'<link rel="alternate " type="{TYPE}" href="{FILE}">\n'


def page_blocks(texts: Texts, page: Page, html: str, taken_out: Sequence[str], known: Known) -> Converted:
    """The blocks of Markdown of a page, and those of the fragments that were taken out of it (see markup/to_markdown).

    `html` is the page as the site engine made it, with tokens for blocks, `known` the fragments of the page as it was.
    """
    article = _ARTICLE.search(html)
    body = article[1] if article else html
    return page_to_markdown(body, taken_out, known, address=_address(texts, page), skipped=_SCREEN_ONLY, hashed=fingerprint)


def page_markdown(texts: Texts, page: Page, blocks: Iterable[str]) -> str:
    """A page of the report as Markdown."""
    written = Texts(texts.edition, texts.edition.report.language(page.content_language))
    notes = "" if page.uses.lists_all else "".join(_Notes(written).lines(page))
    return _head(texts, page) + joined_blocks(blocks) + notes


def fact_markdown(texts: Texts, page: Page, html: str) -> str:
    """The page of a fact as Markdown; `html` is its content."""
    return _head(texts, page) + html_to_markdown(html, address=_address(texts, page), skipped=_SCREEN_ONLY)


def _head(texts: Texts, page: Page) -> str:
    report, code = texts.edition.report, page.content_language
    values = {
        "title": page.title,
        "description": page.description,
        "language": code,
        "canonical": addresses.absolute(report.site_url, addresses.page(page.name), code),
        "publisher": report.publisher[code],
        "as_of": report.as_of.text,
        **({"licence": report.licence.url} if report.licence else {}),
    }
    return write_front_matter(values) + "\n"


def _address(texts: Texts, page: Page) -> str:
    return addresses.absolute(texts.edition.report.site_url, addresses.page(page.name), texts.language.code)


class _Notes:
    """The values and verdicts of a page as lists, and their sources as footnotes, each once."""

    def __init__(self, texts: Texts) -> None:
        self.texts, self.numbers = texts, dict[str, int]()  # by the source's id
        self.sources: list[Source] = []

    def lines(self, page: Page) -> Iterator[str]:
        """The sections that follow the text of a page."""
        edition, word, words = self.texts.edition, self.texts.language.word, self.texts.language.words
        facts = [self._fact(edition.facts[key]) for key in dict.fromkeys(page.uses.facts)]
        claims = [self._claim(edition.claims[key]) for key in dict.fromkeys(page.uses.claims)]
        for key, listed in (("markdown.values", facts), ("markdown.verdicts", claims)):
            if listed:
                yield f"\n## {escape_line(words.get(key) or word('part_sources'))}\n\n" + "".join(listed)
        if self.sources:
            yield "\n" + "".join(
                f"[^{number}]: {self._source(source)}\n" for number, source in enumerate(self.sources, start=1)
            )

    def _fact(self, fact: Fact) -> str:
        """A value with its status, when it is valid, and its sources."""
        texts, report = self.texts, self.texts.edition.report
        when = fact.period or fact.as_of
        status = [texts.language.word(f"status.{fact.status}"), texts.word_period(when) if when else ""]
        address = addresses.absolute(report.site_url, texts.edition.fact_address(fact.id), texts.language.code)
        text = self._titled(f"[{escape_line(texts.label(fact))}]({address})", f"**{escape_line(texts.value(fact))}**")
        return f"- {text} ({' · '.join(filter(None, status))}){self._cited(fact.evidence)}\n"

    def _claim(self, claim: Claim) -> str:
        """A verdict with what was claimed, why, and the sources."""
        texts = self.texts
        verdict = f"**{escape_line(texts.language.word(f'verdict.{claim.verdict}'))}**"
        reason = f"\n  {escape_line(texts.fill(claim.reason, claim))}" if claim.reason else ""
        return f"- {self._titled(verdict, escape_line(texts.fill(claim.text, claim)))}{reason}{self._cited(claim.evidence)}\n"

    def _titled(self, title: str, text: str) -> str:
        return self.texts.titled(title, text)

    def _cited(self, evidence: Iterable[Evidence]) -> str:
        """The numbers of sources, each with the place in it."""
        cited: dict[str, None] = {}
        for one in evidence:
            if one.source.id not in self.numbers:
                self.sources.append(one.source)
                self.numbers[one.source.id] = len(self.sources)
            place = f" ({escape_line(one.at[self.texts.language.code])})" if one.at else ""
            quote = f" {self._word('text.quoted', escape_line(one.shown_quote))}" if one.shown_quote else ""
            cited[f" [^{self.numbers[one.source.id]}]{place}{quote}"] = None
        return "".join(cited)

    def _source(self, source: Source) -> str:
        title = f"[{escape_line(source.title)}](<{source.url}>)" if source.url else escape_line(source.title)
        parts = (escape_line(source.publisher), title, self.texts.word_period(source.date) if source.date else "")
        text = self.texts.language.word("cite.source" if source.date else "cite.undated")
        for number, part in enumerate(parts):
            text = text.replace(f"{{{number}}}", part)
        more = [self._word("part_accessed", self.texts.word_period(source.accessed))] if source.accessed else []
        if source.archived:
            copy = self._word("part_archived", self.texts.word_period(source.archived.on))
            more.append(f"[{escape_line(copy)}](<{source.archived.url}>)")
        return f"{text} ({' · '.join(more)})" if more else text

    def _word(self, key: str, text: str) -> str:
        return self.texts.language.word(key).replace("{0}", text)
