"""The files of the published site besides its outputs: pages, charts, search, and files of no language.

Each has a function that makes it and a fingerprint of all it is made of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from ..charts.svg_links import with_links
from ..engines import page_html
from ..engines.unchanged_parts import stays_as_it_is
from ..exports import search
from ..markup import fragments
from ..model import addresses
from ..model.report import Retired
from ..pages import fact_pages, open_graph
from ..pages.page import Page
from ..store.inputs import read_input
from ..wording.texts import Texts
from .dated_editions import edition_files
from .engine_cache import NOT_FOUND_PAGE, EngineCache
from .engine_source import published_assets
from .markdown_files import markdown_files
from .output_context import PRINT
from .outputs import sitemaps
from .publish import SiteFile, constant_file
from .search_files import search_files
from .site import CARDS, RenderedLanguage, cards_script, chart_svg, chart_table, load_chart
from .site_contents import SiteContents
from .site_tasks import TASK_FUNCTIONS
from .tasks import Artifact

_PAGE_OF = {"facts": addresses.fact, "pages": addresses.page}  # kinds whose entries have a page, and its address


def site_files(contents: SiteContents) -> dict[str, SiteFile]:
    """Every file besides outputs, by its path below the site."""
    files = dict(contents.engine_cache.theme_files())
    for rendered in contents.output_context.rendered.values():
        files.update(_asset_files(contents, rendered))
        files.update(_page_files(contents, rendered))
    files.update(markdown_files(contents))
    files.update(search_files(contents))
    files.update(_common_files(contents))
    files.update(edition_files(contents.context.task_inputs.root, contents.edition))
    return files


def _asset_files(contents: SiteContents, rendered: RenderedLanguage) -> Iterator[tuple[str, SiteFile]]:
    """The project's own files, and those of charts and cards."""
    code, context = rendered.language, contents.context
    yield from static_files(contents, code)
    for name, artifact in rendered.charts.items():
        made_of = contents.fingerprint(artifact.fingerprint)
        for kind, write in (("svg", chart_svg), ("csv", chart_table)):
            path = addresses.in_language(addresses.chart(name, kind), code)
            yield path, SiteFile(made_of, partial(write, context, artifact))
        if PRINT in contents.edition.report.outputs:  # shown by the print edition on narrow screens
            path = addresses.in_language(addresses.chart(name, "narrow.svg"), code)
            yield path, SiteFile(made_of, partial(chart_svg, context, artifact, width="narrow"))
    if rendered.facts:
        made_of = contents.fingerprint(*(artifact.fingerprint for artifact in rendered.facts.values()))
        yield addresses.in_language(CARDS, code), SiteFile(made_of, partial(cards_script, rendered))


def static_files(contents: SiteContents, code: str) -> Iterator[tuple[str, SiteFile]]:
    """The project's own files below docs/, as a language has them."""
    root = contents.context.task_inputs.root
    for path, digest in published_assets(contents.files).items():
        yield addresses.in_language(path, code), SiteFile(digest, partial(read_input, root, f"docs/{path}", digest))


def _page_files(contents: SiteContents, rendered: RenderedLanguage) -> Iterator[tuple[str, SiteFile]]:
    """Every page of a language, finished."""
    code = rendered.language
    for name in rendered.summaries:
        yield addresses.file(name, code), page_file(contents, rendered, name)
    for artifact in rendered.facts.values():
        yield addresses.file(artifact.summary.name, code), fact_page_file(contents, code, artifact)
    for old, new in fact_pages.renamed_addresses(contents.edition) if rendered.facts else ():
        made_of = contents.fingerprint(contents.context.fingerprints.combined(("report", f"language/{code}")), old, new)
        yield f"{addresses.in_language(old, code)}index.html", SiteFile(made_of, partial(_redirect, contents, code, old, new))
    for retired, old in _retired_pages(contents, rendered):
        yield f"{addresses.in_language(old, code)}index.html", constant_file(_retired(contents, rendered, retired))


def page_file(contents: SiteContents, rendered: RenderedLanguage, name: str) -> SiteFile:
    """One page of a language, finished; its charts have to be drawn."""
    summary, drawn = rendered.summaries[name], _charts(contents, rendered, name)
    charts = (drawn[chart].fingerprint for chart in summary.charts if chart in drawn)
    engine_page = contents.engine_cache[rendered.language].fingerprint_of(name)
    made_of = contents.fingerprint(engine_page, summary.head, *contents.codes_of(name), *charts)
    return SiteFile(made_of, partial(_page, contents, rendered, name))


def _charts(contents: SiteContents, rendered: RenderedLanguage, name: str) -> Mapping[str, Artifact]:
    """The charts in the language that the content of a page is in."""
    return contents.output_context.rendered[rendered.summaries[name].page.content_language].charts


def _page(contents: SiteContents, rendered: RenderedLanguage, name: str) -> str:
    summary, code, drawn = rendered.summaries[name], rendered.language, _charts(contents, rendered, name)
    charts = {chart: _inline_chart(contents, drawn[chart], addresses.page(name)) for chart in summary.charts if chart in drawn}
    if summary.page.written_in or fragments.has_tokens(summary.head, *charts.values()):
        return _finish(contents, summary.page, contents.engine_cache[code].html(name), summary.head, charts)
    html, taken_out = contents.engine_cache[code].html_in_parts(name, stays_as_it_is)
    return fragments.put_back(_finish(contents, summary.page, html, summary.head, charts), taken_out)


def _inline_chart(contents: SiteContents, artifact: Artifact, page: str) -> str:
    drawings = load_chart(contents.context, artifact)
    folder = addresses.relative("", page).removeprefix("./")
    return with_links(drawings["wide"].svg + drawings["narrow"].svg, folder, here=page)


def fact_page_file(contents: SiteContents, code: str, artifact: Artifact) -> SiteFile:
    """The page of one fact."""
    around = contents.shell_fingerprint(code, tuple(contents.codes_of(artifact.summary.name)))
    return SiteFile(around + artifact.fingerprint, partial(_fact_page, contents, code, artifact))


def _fact_page(contents: SiteContents, code: str, artifact: Artifact) -> str:
    loaded: tuple[Page, str] = contents.context.load(TASK_FUNCTIONS, artifact)
    page, head = loaded
    return contents.shell(code).page(page, page.markdown, head=head, codes=_linked(contents, page))


def _linked(contents: SiteContents, page: Page) -> Sequence[str]:
    """The codes of the languages that a page links itself in."""
    codes = contents.codes_of(page.name)
    return codes if page.language in codes else ()


def _finish(contents: SiteContents, page: Page, html: str, head: str, charts: Mapping[str, str]) -> str:
    return page_html.finish_page(
        search.use_report_search(html) if contents.own_search else html,
        path=addresses.page(page.name),
        codes=_linked(contents, page),
        site_url=contents.edition.report.site_url,
        charts=charts,
        head=head,
        borrowed=(page.language, page.written_in) if page.written_in else None,
    )


def _redirect(contents: SiteContents, code: str, old: str, new: str) -> str:
    """The page at the address of a fact's earlier id."""
    report = contents.edition.report
    return page_html.add_content_security_policy(
        page_html.redirect_page(
            addresses.relative(new, old),
            title=report.title[code],
            language=code,
            canonical=addresses.absolute(report.site_url, new, code),
        )
    )


def _retired(contents: SiteContents, rendered: RenderedLanguage, retired: Retired) -> str:
    """The page at the address of something that was published and is no more."""
    report, code = contents.edition.report, rendered.language
    texts = Texts(contents.edition, report.language(code))
    old, label, reason = _PAGE_OF[retired.kind](retired.id), texts.fill(retired.label), texts.fill(retired.reason)
    link = (addresses.relative("", old), report.title[code])
    if retired.instead:
        fact = contents.edition.facts.get(retired.instead)
        words = texts.label(fact) if fact is not None else label
        link = (addresses.relative(_PAGE_OF[retired.kind](retired.instead), old), words)
    description = texts.titled(label, reason)  # two may share a reason
    head = open_graph.preview_head(texts, title=label, description=description, address=old)
    page = page_html.retired_page(title=report.title[code], label=label, reason=reason, link=link, language=code, head=head)
    linked = page_html.link_languages(page, path=old, codes=contents.codes, site_url=report.site_url)
    return page_html.add_content_security_policy(linked)


def _retired_pages(contents: SiteContents, rendered: RenderedLanguage) -> Iterator[tuple[Retired, str]]:
    """What was published and is no more, and had a page; and the address of that below each language."""
    for retired in contents.edition.retired.values() if rendered.facts else ():
        if retired.kind in _PAGE_OF:
            yield retired, _PAGE_OF[retired.kind](retired.id)


def _common_files(contents: SiteContents) -> Iterator[tuple[str, SiteFile]]:
    """The root page, the page for addresses that do not exist, and what robots read."""
    report, engine_cache, codes = contents.edition.report, contents.engine_cache, contents.codes
    entries = [
        page_html.LanguageEntry(
            code=language.code,
            name=language.name,
            title=report.title[language.code],
            description=report.description[language.code],
        )
        for language in report.languages
    ]
    root_page = page_html.root_page(entries, site_url=report.site_url, codes=contents.codes_of("index"))
    yield "index.html", constant_file(page_html.add_content_security_policy(root_page))
    made_of = contents.fingerprint(*(engine_cache[code].fingerprint_of(NOT_FOUND_PAGE) for code in codes))
    yield "404.html", SiteFile(made_of, partial(_not_found, engine_cache, codes))
    yield "robots.txt", constant_file(page_html.robots(report.site_url))
    yield ".nojekyll", constant_file("")
    first = contents.output_context.rendered[codes[0]]
    names = (*first.summaries, *(artifact.summary.name for artifact in first.facts.values()))
    pages = [*(addresses.page(name) for name in names), *(old for _, old in _retired_pages(contents, first))]
    yield from sitemaps(contents.output_context, sorted(pages))


def _not_found(engine_cache: EngineCache, codes: Sequence[str]) -> str:
    html = page_html.not_found({code: engine_cache[code].html(NOT_FOUND_PAGE) for code in codes})
    return page_html.add_content_security_policy(html)
