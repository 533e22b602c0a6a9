"""All that a site has besides its pages: what is taken away or read by machines. Each output is one entry in OUTPUTS."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from ..charts.tables import tabulate
from ..engines import page_html
from ..exports import api, data_package, embeds, feeds, print_edition
from ..model import addresses
from ..model.report import Edition
from ..store.hashing import fingerprint
from ..wording import citations
from ..wording.texts import Texts
from .artifacts import Artifact, BuildContext, Task, TaskFunctions, TaskInputs, TaskResult
from .publish import SiteFile
from .site import Rendered, chart_csv, drawings, texts_of
from .site import key as key_of

Content = Mapping[str, str | bytes]  # path below the site -> content
Products = Iterator[tuple[str, SiteFile]]
PRINT = "print"
USES = "uses"  # what outputs are told: which pages speak of a fact or chart


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputContext:
    """What outputs are made of: the workshop with its edition, the words, and what was rendered in each language."""

    shop: BuildContext
    every: tuple[Texts, ...]
    rendered: Mapping[str, Rendered]
    pdf: bool = False  # whether each print edition will stand as a PDF, too

    @property
    def edition(self) -> Edition:
        """The report as data."""
        return self.shop.materials.edition

    def pages_of(self, kind: str) -> dict[str, list[str]]:
        """Which pages speak of a fact or chart (the kind names a field of Uses), in the order of the report."""
        found: dict[str, list[str]] = {}
        for page in self.rendered[self.edition.report.default.code].pages:
            if page.uses.lists_all:  # a list of everything says nothing of any one
                continue
            for key in dict.fromkeys(getattr(page.uses, kind)):
                found.setdefault(key, []).append(page.name)
        return found


def making(shop: BuildContext, rendered: Sequence[Rendered], *, pdf: bool = False) -> OutputContext:
    """What outputs are made of."""
    own = {one.language: one for one in rendered}
    made = OutputContext(shop=shop, every=_every(shop.materials.edition), rendered=own, pdf=pdf)
    uses = api.mentions(made.edition, made.pages_of("facts"))
    shop.materials.given[USES] = uses
    shop.fingerprints.known.update({f"{USES}/{key}": fingerprint(repr(place)) for key, place in uses.items()})
    return made


def _every(edition: Edition) -> tuple[Texts, ...]:
    return tuple(Texts(edition, language) for language in edition.report.languages)


def collect(made: OutputContext) -> dict[str, SiteFile]:
    """Every file of every wanted output by its path below the site."""
    wanted = [output for output in OUTPUTS if output.name in made.edition.report.outputs]
    tasks = [Task(output.name, key) for output in wanted for key in output.keys(made)]
    done, mistakes = made.shop.make(TASK_FUNCTIONS, tasks)
    assert not mistakes  # noqa: S101  no author writes what these are made from
    found = {}
    for task in tasks:
        one = done[task]
        for path in one.summary:
            found[path] = SiteFile(
                fingerprint(made.shop.store.code_fingerprint, one.fingerprint, path), partial(_taken, made.shop, one, path)
            )
    if "embeds" in made.edition.report.outputs:
        found.update(embed_pages(made))
    if PRINT in made.edition.report.outputs:
        found.update(print_editions(made))
    return found


def _taken(shop: BuildContext, made: Artifact, path: str) -> str | bytes:
    content: str | bytes = shop.take(TASK_FUNCTIONS, made)[path]
    return content


# --- outputs ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Output:
    """Files that belong together: the keys of its artifacts, and how one of them is made."""

    name: str
    keys: Callable[[OutputContext], Iterable[str]]
    files: Callable[[TaskInputs, Sequence[Texts], str], Iterator[tuple[str, str | bytes]]]

    def make(self, materials: TaskInputs, key: str) -> TaskResult:
        """The maker: all files of one key."""
        every = _every(materials.edition)
        materials.note("report", *(f"language/{texts.language.code}" for texts in every))
        made = dict(self.files(materials, every, key))
        return TaskResult(summary=tuple(made), payload=made)


def _once(_made: OutputContext) -> Iterator[str]:
    yield ""


def _languages(made: OutputContext) -> Iterator[str]:
    yield from (texts.language.code for texts in made.every)


def _package(materials: TaskInputs, every: Sequence[Texts], _key: str) -> Iterator[tuple[str, str | bytes]]:
    """The report as a Data Package, and the same with the tables of all charts as one zip."""
    package = dict(data_package.files(every))
    yield from package.items()
    packed: dict[str, str | bytes] = {path.removeprefix(f"{data_package.FOLDER}/"): text for path, text in package.items()}
    for texts in every:
        for key, chart in materials.edition.charts.items():
            packed[f"charts/{texts.language.code}/{key}.csv"] = chart_csv(tabulate(chart, materials.edition, texts))
    yield data_package.ZIP, data_package.pack(packed, addresses.slug(materials.edition.report.site_url))


def _api_keys(made: OutputContext) -> Iterator[str]:
    yield ""
    yield from (texts.language.code for texts in made.every)
    yield from (f"fact/{key}" for key in made.edition.facts)


def _api(materials: TaskInputs, every: Sequence[Texts], key: str) -> Iterator[tuple[str, str | bytes]]:
    """Facts as JSON: one file each, and one per language."""
    if key.startswith("fact/"):
        own = key.removeprefix("fact/")
        materials.note(f"{USES}/{own}")
        yield api.fact_file(materials.edition.facts[own], every, materials.given[USES][own])
    elif key:
        texts = next(one for one in every if one.language.code == key)
        yield addresses.in_language("facts.json", key), api.facts_of_language(texts)
    else:
        yield from api.files(every)


def _citation_keys(made: OutputContext) -> Iterator[str]:
    for texts in made.every:
        yield texts.language.code
        yield from (f"{texts.language.code}/{key}" for key in made.edition.facts)


def _citations(materials: TaskInputs, every: Sequence[Texts], key: str) -> Iterator[tuple[str, str | bytes]]:
    """The report and each fact for reference managers."""
    code, _, own = key.partition("/")
    texts = next(one for one in every if one.language.code == code)
    found = citations.fact_files(texts, materials.edition.facts[own]) if own else citations.files(texts)
    yield from ((addresses.in_language(path, code), text) for path, text in found)


def _feeds(_materials: TaskInputs, every: Sequence[Texts], key: str) -> Iterator[tuple[str, str | bytes]]:
    """What changed, for readers of feeds."""
    texts = next(one for one in every if one.language.code == key)
    yield from ((addresses.in_language(path, key), text) for path, text in feeds.files(texts))


OUTPUTS: tuple[Output, ...] = (
    Output("package", _once, _package),
    Output("api", _api_keys, _api),
    Output("citations", _citation_keys, _citations),
    Output("feeds", _languages, _feeds),
)
TASK_FUNCTIONS: TaskFunctions = {output.name: output.make for output in OUTPUTS}


def embed_pages(made: OutputContext) -> Products:
    """Each chart as a page for a frame."""
    yield embeds.STYLE, SiteFile(made.shop.store.code_fingerprint, embeds.style)
    homes = {key: pages[0] for key, pages in made.pages_of("charts").items()}
    for texts in made.every:
        for key, drawn in made.rendered[texts.language.code].drawn.items():
            home = homes.get(key, "index")
            own = fingerprint(made.shop.store.code_fingerprint, drawn.fingerprint, home)
            path = f"{addresses.embed(key, texts.language.code)}index.html"
            yield path, SiteFile(own, partial(_embed, made, texts, drawn, home))


def _embed(made: OutputContext, texts: Texts, drawn: Artifact, home: str) -> str:
    chart = made.edition.charts[drawn.task.key.partition("/")[2]]
    return embeds.page(chart, texts, drawings(made.shop, drawn), home)


# --- the print edition ------------------------------------------------------------------------


def _chapter(materials: TaskInputs, task: str) -> TaskResult:
    """A page as a chapter of the print edition."""
    texts, name = texts_of(materials, task)
    materials.note(f"page/{task}")
    title, text = materials.given[PRINT][task]
    return TaskResult(summary=None, payload=print_edition.make_chapter(texts, name, title, text()))


_PRINTERS: TaskFunctions = {PRINT: _chapter}


def print_editions(made: OutputContext) -> Products:
    """The report as one page per language; without pages that list everything, or offer what only a site has."""
    shop, code_fingerprint = made.shop, made.shop.store.code_fingerprint
    yield print_edition.STYLE, SiteFile(code_fingerprint, print_edition.style)
    printed = {
        code: [page for page in one.pages if not (page.uses.lists_all or page.uses.site_only)]
        for code, one in made.rendered.items()
    }
    shop.materials.given[PRINT] = {
        key_of(code, page.name): (page.title, made.rendered[code].markdown[page.name])
        for code, pages in printed.items()
        for page in pages
    }
    tasks = {code: [Task(PRINT, key_of(code, page.name)) for page in pages] for code, pages in printed.items()}
    found, mistakes = shop.make(_PRINTERS, [task for own in tasks.values() for task in own])
    assert not mistakes  # noqa: S101  no author writes what these are made from
    for texts in made.every:
        code = texts.language.code
        chapters = [found[task] for task in tasks[code]]
        charts = [drawn.fingerprint for drawn in made.rendered[code].drawn.values()]
        told = shop.fingerprints.combined(("sources/*", "report", f"language/{code}"))
        own = fingerprint(code_fingerprint, told, str(made.pdf), *(one.fingerprint for one in chapters), *charts)
        path = f"{addresses.in_language(addresses.PRINT, code)}index.html"
        yield path, SiteFile(own, partial(_document, made, texts, chapters))


def _document(made: OutputContext, texts: Texts, chapters: Sequence[Artifact]) -> str:
    shop, drawn = made.shop, made.rendered[texts.language.code].drawn
    taken = [shop.take(_PRINTERS, one) for one in chapters]

    def files(chart: str) -> tuple[str, str]:
        found = drawings(shop, drawn[chart])
        return found["wide"].standalone, found["narrow"].standalone

    return print_edition.make_document(texts, taken, files, pdf=made.pdf)


# --- sitemaps ---------------------------------------------------------------------------------


def sitemaps(made: OutputContext, paths: Sequence[str]) -> dict[str, str]:
    """One sitemap of everything, one per language, and their index; `paths` are the pages below each language."""
    report = made.edition.report
    codes = [language.code for language in report.languages]
    url, horizon = report.site_url, report.as_of.last.isoformat()
    paths = sorted({*paths, *([addresses.PRINT] if PRINT in report.outputs else ())})
    changed = dict.fromkeys(paths, horizon)
    first = made.rendered[codes[0]]
    for page in (*first.pages, *(one.summary[0] for one in first.facts.values())):
        changed[addresses.page(page.name)] = page.changed.isoformat() if page.changed else horizon
    if PRINT in report.outputs:
        changed[addresses.PRINT] = max(changed.values(), default=horizon)
    embedded = made.edition.charts if "embeds" in report.outputs else ()
    own = {code: [addresses.embed(key, code) for key in embedded] for code in codes}
    every = [one for code in codes for one in own[code]]
    found = {"sitemap.xml": page_html.sitemap(paths, codes=codes, site_url=url, lastmod=changed, more=every)}
    for code in codes:
        found[f"sitemap-{code}.xml"] = page_html.sitemap(
            paths, codes=codes, site_url=url, lastmod=changed, listed=[code], more=own[code]
        )
    found["sitemap-index.xml"] = page_html.sitemap_index([f"sitemap-{code}.xml" for code in codes], site_url=url)
    return found
