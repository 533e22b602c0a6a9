"""What a published site consists of: every file with the print of all it is made of; and a last look before it goes out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Protocol

from ..checks import number_parity
from ..diagnostics.finding import Diagnostic, Span
from ..engines import links, page_html
from ..exports import search
from ..model import addresses
from ..model.report import Edition
from ..pages import fact_pages
from ..store.cache import Cache
from ..store.hashing import fingerprint
from ..wording.texts import Texts
from . import outputs
from .artifacts import Artifact, BuildContext, Task, TaskFunctions, TaskInputs, TaskResult
from .engine_cache import MISSING, SHELL, EngineCache
from .outputs import OutputContext
from .publish import DOCS, SiteFile, fixed
from .site import CARDS, TASK_FUNCTIONS, Rendered, cards, drawings, standalone, table, texts_of

SEARCH = "search"
_BOOK = "links"


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteContents:
    """What there is to assemble: all that was made, the engine's pages, and the project's own files with their hashes."""

    made: OutputContext
    engine_cache: EngineCache
    files: Mapping[str, str]

    @property
    def edition(self) -> Edition:
        """The report as data."""
        return self.made.edition

    @property
    def shop(self) -> BuildContext:
        """Where what is missing can be made."""
        return self.made.shop

    @property
    def codes(self) -> list[str]:
        """The languages, the default one first."""
        return [language.code for language in self.edition.report.languages]

    @property
    def own_search(self) -> bool:
        """Whether the project brings the script that searches its facts."""
        return f"docs/{search.SCRIPT}" in self.files

    def fingerprint(self, *parts: str) -> str:
        """A print that the generator's own code is part of."""
        return fingerprint(self.shop.store.code_fingerprint, *parts)


def products(contents: SiteContents) -> dict[str, SiteFile]:
    """Every file of the site besides outputs, by its path below it."""
    found = dict(contents.engine_cache.theme_products())
    for one in contents.made.rendered.values():
        found.update(_assets(contents, one))
        found.update(_pages(contents, one))
    found.update(_search_files(contents))
    found.update(_loose_files(contents))
    return found


def _assets(contents: SiteContents, rendered: Rendered) -> Iterator[tuple[str, SiteFile]]:
    """The project's own files, and those of charts and cards."""
    code, shop = rendered.language, contents.shop
    yield from kept_by_hand(contents, code)
    for name, made in rendered.drawn.items():
        own = contents.fingerprint(made.fingerprint)
        for kind, write in (("svg", standalone), ("csv", table)):
            path = addresses.in_language(addresses.chart(name, kind), code)
            yield path, SiteFile(own, partial(write, shop, made), same=shop.materials.root / DOCS / path)
        if outputs.PRINT in contents.edition.report.outputs:  # read on a phone
            path = addresses.in_language(addresses.chart(name, "narrow.svg"), code)
            yield path, SiteFile(own, partial(standalone, shop, made, width="narrow"))
    if rendered.facts:
        told = contents.fingerprint(*(made.fingerprint for made in rendered.facts.values()))
        yield addresses.in_language(CARDS, code), SiteFile(told, partial(cards, rendered))


def kept_by_hand(contents: SiteContents, code: str) -> Iterator[tuple[str, SiteFile]]:
    """The project's own files, as a language has them."""
    root = contents.shop.materials.root
    for path, own in contents.files.items():
        if path.startswith("docs/"):
            yield addresses.in_language(path.removeprefix("docs/"), code), SiteFile(own, (root / path).read_bytes)


# --- pages ------------------------------------------------------------------------------------


def _pages(contents: SiteContents, rendered: Rendered) -> Iterator[tuple[str, SiteFile]]:
    """Every page of a language, finished."""
    code = rendered.language
    for name in rendered.sheets:
        yield addresses.file(name, code), page_product(contents, rendered, name)
    yield from _fact_pages(contents, rendered)
    for old, new in fact_pages.aliases(contents.edition) if rendered.facts else ():
        yield f"{addresses.in_language(old, code)}index.html", fixed(_moved(contents, code, old, new))


def page_product(contents: SiteContents, rendered: Rendered, name: str) -> SiteFile:
    """One page of a language, finished; its charts have to be drawn."""
    sheet = rendered.sheets[name]
    drawn = (rendered.drawn[chart].fingerprint for chart in sheet.charts if chart in rendered.drawn)
    own = contents.fingerprint(contents.engine_cache.fingerprint_of(rendered.language, name), sheet.head, *drawn)
    return SiteFile(own, partial(_page, contents, rendered, name))


def _page(contents: SiteContents, rendered: Rendered, name: str) -> str:
    sheet, code = rendered.sheets[name], rendered.language
    charts = {chart: _inline(contents, rendered, chart) for chart in sheet.charts if chart in rendered.drawn}
    return _finish(contents, addresses.page(name), contents.engine_cache.html(code, name), sheet.head, charts)


def _inline(contents: SiteContents, rendered: Rendered, chart: str) -> str:
    found = drawings(contents.shop, rendered.drawn[chart])
    return found["wide"].svg + found["narrow"].svg


def _fact_pages(contents: SiteContents, rendered: Rendered) -> Iterator[tuple[str, SiteFile]]:
    """The page of each fact, cut from the one empty page that the engine made."""
    code, engine_cache = rendered.language, contents.engine_cache
    if not rendered.facts:
        return
    shell_print = engine_cache.fingerprint_of(code, SHELL)
    shell = cache(partial(engine_cache.html, code, SHELL))  # read once, when it is needed
    for made in rendered.facts.values():
        own = contents.fingerprint(shell_print, made.fingerprint)
        yield addresses.file(made.summary[0].name, code), SiteFile(own, partial(_fact_page, contents, made, shell))


def fact_product(contents: SiteContents, code: str, made: Artifact) -> SiteFile:
    """The page of one fact, finished."""
    own = contents.fingerprint(contents.engine_cache.fingerprint_of(code, SHELL), made.fingerprint)
    return SiteFile(own, partial(_fact_page, contents, made, partial(contents.engine_cache.html, code, SHELL)))


def _fact_page(contents: SiteContents, made: Artifact, shell: Callable[[], str]) -> str:
    markdown, head = contents.shop.take(TASK_FUNCTIONS, made)
    path, html = page_html.copied(shell(), made.summary[0], markdown)
    return _finish(contents, path, html, head, {})


def _finish(contents: SiteContents, path: str, html: str, head: str, charts: Mapping[str, str]) -> str:
    if contents.own_search:
        html = search.use_report_search(html)
    url = contents.edition.report.site_url
    return page_html.finish(html, path=path, codes=contents.codes, site_url=url, charts=charts, head=head)


def _moved(contents: SiteContents, code: str, old: str, new: str) -> str:
    report = contents.edition.report
    return page_html.guard(
        page_html.moved(
            addresses.relative(new, old),
            title=report.title[code],
            language=code,
            canonical=addresses.absolute(report.site_url, new, code),
        )
    )


def _loose_files(contents: SiteContents) -> Iterator[tuple[str, SiteFile]]:
    """What belongs to no language."""
    report, engine_cache, codes = contents.edition.report, contents.engine_cache, contents.codes
    doors = [
        page_html.Door(
            code=language.code,
            name=language.name,
            title=report.title[language.code],
            description=report.description[language.code],
        )
        for language in report.languages
    ]
    yield "index.html", fixed(page_html.guard(page_html.root_page(doors, site_url=report.site_url)))
    missing = contents.fingerprint(*(engine_cache.fingerprint_of(code, MISSING) for code in codes))
    yield "404.html", SiteFile(missing, partial(_not_found, engine_cache, codes))
    yield "robots.txt", fixed(page_html.robots(report.site_url))
    yield ".nojekyll", fixed("")
    first = contents.made.rendered[codes[0]]
    pages = sorted(addresses.page(name) for name in (*first.sheets, *(made.summary[0].name for made in first.facts.values())))
    yield from ((path, fixed(text)) for path, text in outputs.sitemaps(contents.made, pages).items())


def _not_found(engine_cache: EngineCache, codes: Sequence[str]) -> str:
    return page_html.guard(page_html.not_found({code: engine_cache.html(code, MISSING) for code in codes}))


# --- search -----------------------------------------------------------------------------------


def _facts_of(materials: TaskInputs, task: str) -> TaskResult:
    """What readers find of the facts of one topic."""
    texts, topic = texts_of(materials, task)
    materials.note(f"topic/{topic}")
    facts = materials.edition.facts
    return TaskResult(summary=[search.fact_document(texts, facts[key]) for key in materials.given[SEARCH][topic]])


_SEARCHERS: TaskFunctions = {SEARCH: _facts_of}


def _search_files(contents: SiteContents) -> Iterator[tuple[str, SiteFile]]:
    """What the report's own search reads, and what the theme's script is left with; or the theme's index as it is."""
    engine_cache, engine = contents.engine_cache, contents.engine_cache.engine_pool.engine
    if not contents.own_search:
        for code in contents.codes:
            own = contents.fingerprint(engine_cache.entries_print(code))
            yield addresses.in_language(engine.index, code), SiteFile(own, partial(_theme_index, engine_cache, code))
        return
    topics: dict[str, list[str]] = {}
    for fact in contents.edition.facts.values():
        topics.setdefault(fact.topic, []).append(fact.id)
    shop = contents.shop
    shop.materials.given[SEARCH] = topics
    shop.fingerprints.known.update({f"topic/{topic}": fingerprint(*keys) for topic, keys in topics.items()})
    tasks = {code: [Task(SEARCH, f"{code}/{topic}") for topic in topics] for code in contents.codes}
    found, _ = shop.make(_SEARCHERS, [task for own in tasks.values() for task in own])
    for texts in contents.made.every:
        code = texts.language.code
        told = contents.fingerprint(
            engine_cache.entries_print(code),
            shop.fingerprints.combined(("claims/*", "terms/*", "report", f"language/{code}")),
            *(found[task].fingerprint for task in tasks[code]),
        )
        documents = partial(_documents, engine_cache, texts, [found[task] for task in tasks[code]])
        on_disk = addresses.in_language(search.index_script_path(engine), code)
        if engine.whole_index:
            whole = partial(_whole_index, engine_cache, code, documents)
            yield addresses.in_language(engine.index, code), SiteFile(told, whole)
            yield on_disk, SiteFile(told, partial(_on_disk, whole))
        else:
            yield addresses.in_language(search.DOCUMENTS, code), SiteFile(told, partial(_script, documents))
            nothing = search.theme_index(engine, engine_cache.entries(code)[0], ())
            yield addresses.in_language(engine.index, code), fixed(nothing)
            yield on_disk, fixed(search.as_script(nothing))


def _theme_index(engine_cache: EngineCache, code: str) -> str:
    return search.theme_index(engine_cache.engine_pool.engine, *engine_cache.entries(code))


def _documents(engine_cache: EngineCache, texts: Texts, facts: Sequence[Artifact]) -> Iterator[search.Document]:
    yield from search.page_documents(engine_cache.entries(texts.language.code)[1])
    yield from search.claim_documents(texts)
    yield from search.term_documents(texts)
    for made in facts:
        yield from made.summary


def _script(documents: Callable[[], Iterator[search.Document]]) -> str:
    return search.documents_script(documents())


def _whole_index(engine_cache: EngineCache, code: str, documents: Callable[[], Iterator[search.Document]]) -> str:
    setup = {**engine_cache.entries(code)[0], "list": addresses.page("facts")}
    return search.theme_index(engine_cache.engine_pool.engine, setup, search.index_entries(documents()))


def _on_disk(index: Callable[[], str]) -> str:
    return search.as_script(index())


# --- the last look ----------------------------------------------------------------------------


class Whole(Protocol):
    """A whole site: its files with their prints, how to read a page of it, and how it differs from the one before."""

    @property
    def files(self) -> Mapping[str, str]:
        """Every file with its print."""

    @property
    def changed(self) -> Collection[str]:
        """What is new or different."""

    @property
    def removed(self) -> Collection[str]:
        """What is gone."""

    @property
    def before(self) -> Mapping[str, str]:
        """The files of the one before, with their prints."""

    @property
    def seen(self) -> Mapping[str, object]:
        """What `links_of` gave of files that were written just now."""

    def read(self, path: str) -> str:
        """A page."""


def look_over(contents: SiteContents, site: Whole) -> list[Diagnostic]:
    """What is wrong with the site as it would be published: links that lead nowhere, languages that show other numbers."""
    return [*_broken_links(contents, site), *_unlike_languages(contents, site)]


def links_of(site_url: str, path: str, content: str | bytes) -> links.Links | None:
    """What `look_over` has to know of a file: the links of a page."""
    return links.read_links(path, content, site_url=site_url) if path.endswith(".html") and isinstance(content, str) else None


def _broken_links(contents: SiteContents, site: Whole) -> Iterator[Diagnostic]:
    """Broken links of the pages that changed; of all pages where a file or an anchor went away.

    The other pages were looked at before they were published.
    """
    book = _Book(contents, site)
    changed = [path for path in site.changed if path.endswith(".html") and path in site.files]
    lost = bool(site.removed) or any(book.has_lost(path) for path in changed)
    broken = links.broken_links(book, site.files, book if lost else changed)
    if not broken:  # else the next build has to look at these pages again
        book.save()
    for one in broken:
        yield Diagnostic(rule="broken-link", span=Span(f"site/{one.page}"), args={"page": one.page, "link": one.link})


class _Book(Mapping[str, links.Links]):
    """The links and anchors of every page: kept by folder, read again where the page is another one by now."""

    def __init__(self, contents: SiteContents, site: Whole) -> None:
        self.site, self.url = site, contents.edition.report.site_url
        self.cache, self.code_fingerprint = Cache(contents.shop.store.folder / _BOOK), contents.shop.store.code_fingerprint
        self.folders: dict[str, dict[str, tuple[str, links.Links]]] = {}
        self.changed: set[str] = set()

    def _folder(self, path: str) -> dict[str, tuple[str, links.Links]]:
        name = self._name(path)
        if name not in self.folders:
            kept = self.cache.load(name, self.code_fingerprint)
            self.folders[name] = kept if isinstance(kept, dict) else {}
        return self.folders[name]

    @staticmethod
    def _name(path: str) -> str:
        return fingerprint("/".join(path.split("/")[:2]))

    def has_lost(self, path: str) -> bool:
        """Whether a page lacks an anchor that the published one has, or may have."""
        if path not in self.site.before:
            return False
        known = self._folder(path).get(path)
        return known is None or known[0] != self.site.before[path] or not known[1].anchors <= self[path].anchors

    def __getitem__(self, path: str) -> links.Links:
        """The links of a page as it will be published."""
        own, folder = self.site.files[path], self._folder(path)
        if path not in folder or folder[path][0] != own:
            seen = self.site.seen.get(path)
            found = seen if isinstance(seen, links.Links) else links.read_links(path, self.site.read(path), site_url=self.url)
            folder[path] = (own, found)
            self.changed.add(self._name(path))
        return folder[path][1]

    def __contains__(self, path: object) -> bool:
        """Whether it is a page of the site."""
        return isinstance(path, str) and path.endswith(".html") and path in self.site.files

    def __iter__(self) -> Iterator[str]:
        """Every page."""
        return (path for path in self.site.files if path.endswith(".html"))

    def __len__(self) -> int:
        """How many pages there are."""
        return sum(1 for _ in self)

    def save(self) -> None:
        """Keep what was read; pages that are gone are forgotten with it."""
        for name in self.changed:
            kept = {path: found for path, found in self.folders[name].items() if path in self.site.files}
            self.cache.save(name, self.code_fingerprint, kept)


def _unlike_languages(contents: SiteContents, site: Whole) -> Iterator[Diagnostic]:
    """The same numbers stand on each page in every language."""
    for name in contents.edition.report.pages:
        files = {code: addresses.file(name, code) for code in contents.codes}
        if not any(file in site.changed for file in files.values()):
            continue
        pages = {code: site.read(file) for code, file in files.items() if file in site.files}
        yield from number_parity.compare_pages(contents.edition, name, pages)
