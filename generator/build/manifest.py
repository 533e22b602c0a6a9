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
from ..store.fingerprints import print_of
from ..wording.texts import Texts
from . import outputs
from .artifacts import Made, Makers, Materials, Result, Task, Workshop
from .engine_cache import MISSING, SHELL, Setter
from .outputs import Making
from .publish import DOCS, Product, fixed
from .site import CARDS, MAKERS, Rendered, cards, drawings, standalone, table, texts_of

SEARCH = "search"
_BOOK = "links"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assembly:
    """What there is to assemble: all that was made, the engine's pages, and the project's own files with their hashes."""

    made: Making
    setter: Setter
    files: Mapping[str, str]

    @property
    def edition(self) -> Edition:
        """The report as data."""
        return self.made.edition

    @property
    def shop(self) -> Workshop:
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

    def print(self, *parts: str) -> str:
        """A print that the generator's own code is part of."""
        return print_of(self.shop.store.ground, *parts)


def products(assembly: Assembly) -> dict[str, Product]:
    """Every file of the site besides outputs, by its path below it."""
    found = dict(assembly.setter.theme_products())
    for one in assembly.made.rendered.values():
        found.update(_assets(assembly, one))
        found.update(_pages(assembly, one))
    found.update(_search_files(assembly))
    found.update(_loose_files(assembly))
    return found


def _assets(assembly: Assembly, rendered: Rendered) -> Iterator[tuple[str, Product]]:
    """The project's own files, and those of charts and cards."""
    code, shop = rendered.language, assembly.shop
    yield from kept_by_hand(assembly, code)
    for name, made in rendered.drawn.items():
        own = assembly.print(made.print)
        for kind, write in (("svg", standalone), ("csv", table)):
            path = addresses.below(addresses.chart(name, kind), code)
            yield path, Product(own, partial(write, shop, made), same=shop.materials.root / DOCS / path)
        if outputs.PRINT in assembly.edition.report.outputs:  # read on a phone
            path = addresses.below(addresses.chart(name, "narrow.svg"), code)
            yield path, Product(own, partial(standalone, shop, made, width="narrow"))
    if rendered.facts:
        told = assembly.print(*(made.print for made in rendered.facts.values()))
        yield addresses.below(CARDS, code), Product(told, partial(cards, rendered))


def kept_by_hand(assembly: Assembly, code: str) -> Iterator[tuple[str, Product]]:
    """The project's own files, as a language has them."""
    root = assembly.shop.materials.root
    for path, own in assembly.files.items():
        if path.startswith("docs/"):
            yield addresses.below(path.removeprefix("docs/"), code), Product(own, (root / path).read_bytes)


# --- pages ------------------------------------------------------------------------------------


def _pages(assembly: Assembly, rendered: Rendered) -> Iterator[tuple[str, Product]]:
    """Every page of a language, finished."""
    code = rendered.language
    for name in rendered.sheets:
        yield addresses.file(name, code), page_product(assembly, rendered, name)
    yield from _fact_pages(assembly, rendered)
    for old, new in fact_pages.aliases(assembly.edition) if rendered.facts else ():
        yield f"{addresses.below(old, code)}index.html", fixed(_moved(assembly, code, old, new))


def page_product(assembly: Assembly, rendered: Rendered, name: str) -> Product:
    """One page of a language, finished; its charts have to be drawn."""
    sheet = rendered.sheets[name]
    drawn = (rendered.drawn[chart].print for chart in sheet.charts if chart in rendered.drawn)
    own = assembly.print(assembly.setter.print_of(rendered.language, name), sheet.head, *drawn)
    return Product(own, partial(_page, assembly, rendered, name))


def _page(assembly: Assembly, rendered: Rendered, name: str) -> str:
    sheet, code = rendered.sheets[name], rendered.language
    charts = {chart: _inline(assembly, rendered, chart) for chart in sheet.charts if chart in rendered.drawn}
    return _finish(assembly, addresses.page(name), assembly.setter.html(code, name), sheet.head, charts)


def _inline(assembly: Assembly, rendered: Rendered, chart: str) -> str:
    found = drawings(assembly.shop, rendered.drawn[chart])
    return found["wide"].svg + found["narrow"].svg


def _fact_pages(assembly: Assembly, rendered: Rendered) -> Iterator[tuple[str, Product]]:
    """The page of each fact, cut from the one empty page that the engine made."""
    code, setter = rendered.language, assembly.setter
    if not rendered.facts:
        return
    shell_print = setter.print_of(code, SHELL)
    shell = cache(partial(setter.html, code, SHELL))  # read once, when it is needed
    for made in rendered.facts.values():
        own = assembly.print(shell_print, made.print)
        yield addresses.file(made.light[0].name, code), Product(own, partial(_fact_page, assembly, made, shell))


def fact_product(assembly: Assembly, code: str, made: Made) -> Product:
    """The page of one fact, finished."""
    own = assembly.print(assembly.setter.print_of(code, SHELL), made.print)
    return Product(own, partial(_fact_page, assembly, made, partial(assembly.setter.html, code, SHELL)))


def _fact_page(assembly: Assembly, made: Made, shell: Callable[[], str]) -> str:
    markdown, head = assembly.shop.take(MAKERS, made)
    path, html = page_html.copied(shell(), made.light[0], markdown)
    return _finish(assembly, path, html, head, {})


def _finish(assembly: Assembly, path: str, html: str, head: str, charts: Mapping[str, str]) -> str:
    if assembly.own_search:
        html = search.use_own(html)
    url = assembly.edition.report.site_url
    return page_html.finish(html, path=path, codes=assembly.codes, site_url=url, charts=charts, head=head)


def _moved(assembly: Assembly, code: str, old: str, new: str) -> str:
    report = assembly.edition.report
    return page_html.guard(
        page_html.moved(
            addresses.relative(new, old),
            title=report.title[code],
            language=code,
            canonical=addresses.absolute(report.site_url, new, code),
        )
    )


def _loose_files(assembly: Assembly) -> Iterator[tuple[str, Product]]:
    """What belongs to no language."""
    report, setter, codes = assembly.edition.report, assembly.setter, assembly.codes
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
    missing = assembly.print(*(setter.print_of(code, MISSING) for code in codes))
    yield "404.html", Product(missing, partial(_not_found, setter, codes))
    yield "robots.txt", fixed(page_html.robots(report.site_url))
    yield ".nojekyll", fixed("")
    first = assembly.made.rendered[codes[0]]
    pages = sorted(addresses.page(name) for name in (*first.sheets, *(made.light[0].name for made in first.facts.values())))
    yield from ((path, fixed(text)) for path, text in outputs.sitemaps(assembly.made, pages).items())


def _not_found(setter: Setter, codes: Sequence[str]) -> str:
    return page_html.guard(page_html.not_found({code: setter.html(code, MISSING) for code in codes}))


# --- search -----------------------------------------------------------------------------------


def _facts_of(materials: Materials, task: str) -> Result:
    """What readers find of the facts of one topic."""
    texts, topic = texts_of(materials, task)
    materials.note(f"topic/{topic}")
    facts = materials.edition.facts
    return Result(light=[search.fact(texts, facts[key]) for key in materials.given[SEARCH][topic]])


_SEARCHERS: Makers = {SEARCH: _facts_of}


def _search_files(assembly: Assembly) -> Iterator[tuple[str, Product]]:
    """What the report's own search reads, and what the theme's script is left with; or the theme's index as it is."""
    setter, engine = assembly.setter, assembly.setter.presses.engine
    if not assembly.own_search:
        for code in assembly.codes:
            own = assembly.print(setter.entries_print(code))
            yield addresses.below(engine.index, code), Product(own, partial(_theme_index, setter, code))
        return
    topics: dict[str, list[str]] = {}
    for fact in assembly.edition.facts.values():
        topics.setdefault(fact.topic, []).append(fact.id)
    shop = assembly.shop
    shop.materials.given[SEARCH] = topics
    shop.prints.known.update({f"topic/{topic}": print_of(*keys) for topic, keys in topics.items()})
    tasks = {code: [Task(SEARCH, f"{code}/{topic}") for topic in topics] for code in assembly.codes}
    found, _ = shop.make(_SEARCHERS, [task for own in tasks.values() for task in own])
    for texts in assembly.made.every:
        code = texts.language.code
        told = assembly.print(
            setter.entries_print(code),
            shop.prints.together(("claims/*", "terms/*", "report", f"language/{code}")),
            *(found[task].print for task in tasks[code]),
        )
        documents = partial(_documents, setter, texts, [found[task] for task in tasks[code]])
        on_disk = addresses.below(search.on_disk_path(engine), code)
        if engine.whole_index:
            whole = partial(_whole_index, setter, code, documents)
            yield addresses.below(engine.index, code), Product(told, whole)
            yield on_disk, Product(told, partial(_on_disk, whole))
        else:
            yield addresses.below(search.DOCUMENTS, code), Product(told, partial(_script, documents))
            nothing = search.index(engine, setter.entries(code)[0], ())
            yield addresses.below(engine.index, code), fixed(nothing)
            yield on_disk, fixed(search.on_disk(nothing))


def _theme_index(setter: Setter, code: str) -> str:
    return search.index(setter.presses.engine, *setter.entries(code))


def _documents(setter: Setter, texts: Texts, facts: Sequence[Made]) -> Iterator[search.Document]:
    yield from search.pages(setter.entries(texts.language.code)[1])
    yield from search.claims(texts)
    yield from search.terms(texts)
    for made in facts:
        yield from made.light


def _script(documents: Callable[[], Iterator[search.Document]]) -> str:
    return search.script(documents())


def _whole_index(setter: Setter, code: str, documents: Callable[[], Iterator[search.Document]]) -> str:
    setup = {**setter.entries(code)[0], "list": addresses.page("facts")}
    return search.index(setter.presses.engine, setup, search.items(documents()))


def _on_disk(index: Callable[[], str]) -> str:
    return search.on_disk(index())


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


def look_over(assembly: Assembly, site: Whole) -> list[Diagnostic]:
    """What is wrong with the site as it would be published: links that lead nowhere, languages that show other numbers."""
    return [*_broken_links(assembly, site), *_unlike_languages(assembly, site)]


def links_of(site_url: str, path: str, content: str | bytes) -> links.Links | None:
    """What `look_over` has to know of a file: the links of a page."""
    return links.read_links(path, content, site_url=site_url) if path.endswith(".html") and isinstance(content, str) else None


def _broken_links(assembly: Assembly, site: Whole) -> Iterator[Diagnostic]:
    """Broken links of the pages that changed; of all pages where a file or an anchor went away.

    The other pages were looked at before they were published.
    """
    book = _Book(assembly, site)
    changed = [path for path in site.changed if path.endswith(".html") and path in site.files]
    lost = bool(site.removed) or any(book.has_lost(path) for path in changed)
    broken = links.broken_links(book, site.files, book if lost else changed)
    if not broken:  # else the next build has to look at these pages again
        book.save()
    for one in broken:
        yield Diagnostic(rule="broken-link", span=Span(f"site/{one.page}"), args={"page": one.page, "link": one.link})


class _Book(Mapping[str, links.Links]):
    """The links and anchors of every page: kept by folder, read again where the page is another one by now."""

    def __init__(self, assembly: Assembly, site: Whole) -> None:
        self.site, self.url = site, assembly.edition.report.site_url
        self.cache, self.ground = Cache(assembly.shop.store.folder / _BOOK), assembly.shop.store.ground
        self.folders: dict[str, dict[str, tuple[str, links.Links]]] = {}
        self.changed: set[str] = set()

    def _folder(self, path: str) -> dict[str, tuple[str, links.Links]]:
        name = self._name(path)
        if name not in self.folders:
            kept = self.cache.load(name, self.ground)
            self.folders[name] = kept if isinstance(kept, dict) else {}
        return self.folders[name]

    @staticmethod
    def _name(path: str) -> str:
        return print_of("/".join(path.split("/")[:2]))

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
            self.cache.save(name, self.ground, kept)


def _unlike_languages(assembly: Assembly, site: Whole) -> Iterator[Diagnostic]:
    """The same numbers stand on each page in every language."""
    for name in assembly.edition.report.pages:
        files = {code: addresses.file(name, code) for code in assembly.codes}
        if not any(file in site.changed for file in files.values()):
            continue
        pages = {code: site.read(file) for code, file in files.items() if file in site.files}
        yield from number_parity.compare_pages(assembly.edition, name, pages)
