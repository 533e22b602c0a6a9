"""All that a site has besides its pages: what is taken away or read by machines. Each output is one entry in OUTPUTS."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator import addresses, api, citations, embeds, feeds, finishing, linked, packages, social
from generator.model import Edition
from generator.pages import Page
from generator.site import Rendered, chart_csv
from generator.texts import Texts

Files = Iterator[tuple[str, str | bytes]]  # path below the site, content


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """What outputs are made of: an edition, its words and what was rendered of it in each language."""

    edition: Edition
    every: tuple[Texts, ...]
    rendered: Mapping[str, Rendered]

    def pages_of(self, kind: str) -> dict[str, list[str]]:
        """Which pages speak of a fact or chart (the kind names a field of Uses), in the order of the report."""
        found: dict[str, list[str]] = {}
        for page in self.rendered[self.edition.report.default.code].pages:
            if page.uses.whole:  # a list of everything says nothing of any one
                continue
            for key in dict.fromkeys(getattr(page.uses, kind)):
                found.setdefault(key, []).append(page.name)
        return found


def making(edition: Edition, rendered: Sequence[Rendered]) -> Making:
    """What outputs are made of."""
    return Making(
        edition=edition,
        every=tuple(Texts(edition, language) for language in edition.report.languages),
        rendered={one.language: one for one in rendered},
    )


def collect(made: Making) -> dict[str, str | bytes]:
    """Every file of every output by its path below the site."""
    return {path: content for output in OUTPUTS for path, content in output(made)}


# --- outputs ----------------------------------------------------------------------------------


def data_package(made: Making) -> Files:
    """The report as a Data Package, and the same with the tables of all charts as one zip."""
    package = dict(packages.files(made.every))
    yield from package.items()
    packed: dict[str, str | bytes] = {path.removeprefix(f"{packages.FOLDER}/"): text for path, text in package.items()}
    for code, one in made.rendered.items():
        for key, widths in one.drawn.items():
            packed[f"charts/{code}/{key}.csv"] = chart_csv(widths["wide"])
    yield packages.ZIP, packages.pack(packed, addresses.slug(made.edition.report.site_url))


def facts(made: Making) -> Files:
    """Facts as JSON: one file each, and one per language."""
    yield from api.files(made.every, made.pages_of("facts"))
    for texts in made.every:
        yield addresses.below("facts.json", texts.language.code), api.table(texts)


def citation_files(made: Making) -> Files:
    """The report and each fact for reference managers."""
    yield from _per_language(made, citations.files)


def feed_files(made: Making) -> Files:
    """What changed, for readers of feeds."""
    yield from _per_language(made, feeds.files)


def embed_pages(made: Making) -> Files:
    """Each chart as a page for a frame."""
    yield embeds.STYLE, embeds.style()
    homes = {key: pages[0] for key, pages in made.pages_of("charts").items()}
    for texts in made.every:
        yield from embeds.files(texts, made.rendered[texts.language.code].drawn, homes)


def _per_language(made: Making, files: Callable[[Texts], Iterator[tuple[str, str]]]) -> Files:
    for texts in made.every:
        for path, text in files(texts):
            yield addresses.below(path, texts.language.code), text


OUTPUTS: tuple[Callable[[Making], Files], ...] = (data_package, facts, citation_files, feed_files, embed_pages)


# --- heads ------------------------------------------------------------------------------------


def heads(made: Making) -> dict[tuple[str, str], str]:
    """What outputs add to the head of each page, by language and the page's address below it."""
    found = {}
    for texts in made.every:
        pages = made.rendered[texts.language.code].pages
        titles = {page.name: page.title for page in pages}
        for page in (*pages, *made.rendered[texts.language.code].facts):
            found[texts.language.code, addresses.page(page.name)] = _head(texts, page, titles)
    return found


def _head(texts: Texts, page: Page, titles: Mapping[str, str]) -> str:
    return (
        social.page_tags(texts, page)
        + citations.meta(texts, page=page.name, title=page.title)
        + feeds.links(texts, page.name)
        + linked.script(texts, page, titles)
    )


# --- sitemaps ---------------------------------------------------------------------------------


def sitemaps(made: Making, paths: Sequence[str]) -> dict[str, str]:
    """One sitemap of everything, one per language, and their index; `paths` are the pages below each language."""
    report = made.edition.report
    codes = [language.code for language in report.languages]
    url, horizon = report.site_url, report.as_of.last.isoformat()
    changed = dict.fromkeys(paths, horizon)
    for page in (*made.rendered[codes[0]].pages, *made.rendered[codes[0]].facts):
        changed[addresses.page(page.name)] = page.changed.isoformat() if page.changed else horizon
    own = {code: [addresses.embed(key, code) for key in made.edition.charts] for code in codes}
    every = [one for code in codes for one in own[code]]
    found = {"sitemap.xml": finishing.sitemap(paths, codes=codes, site_url=url, lastmod=changed, more=every)}
    for code in codes:
        found[f"sitemap-{code}.xml"] = finishing.sitemap(
            paths, codes=codes, site_url=url, lastmod=changed, listed=[code], more=own[code]
        )
    found["sitemap-index.xml"] = finishing.sitemap_index([f"sitemap-{code}.xml" for code in codes], site_url=url)
    return found
