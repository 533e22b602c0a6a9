"""The outputs of a report besides its pages: downloads, and files for machines. Each output is one entry in OUTPUTS."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain

from ..diagnostics.finding import DiagnosticError
from ..engines import page_html
from ..exports import api, data_package, embeds, feeds
from ..model import addresses
from ..pages.render_cache import RenderCache
from ..reading.installed_outputs import INSTALLED_OUTPUTS
from ..records.struct import Struct
from ..store.hashing import fingerprint
from ..store.objects import value_hash
from ..wording import citations
from ..wording.texts import Texts
from .artifacts import BuildContext
from .entry_groups import entries_of, group_entries
from .errors import raise_mistakes
from .fact_lists import FactRows, citation_files
from .output_context import MENTIONS, PRINT, OutputContext, texts_of
from .print_files import start_print_files
from .publish import SiteFile, constant_file
from .site import load_chart
from .site_tasks import split_key
from .table_files import PACKAGE, WORKBOOK, Tables, package_files, workbook_files
from .tasks import Artifact, Task, TaskFunctions, TaskInputs, TaskResult

API, CITATIONS, FEEDS = "api", "citations", "feeds"
_IN_PIECES = (API, CITATIONS, FEEDS)
_FACTS = "facts"
_BETWEEN = "\0"  # paths and texts; in none of them
Files = Iterator[tuple[str, str | bytes]]  # path below the site, content
TextFiles = Iterator[tuple[str, str]]
SiteFiles = Iterator[tuple[str, SiteFile]]


def output_files(output_context: OutputContext) -> dict[str, SiteFile]:
    """Every file of every output that the report asks for, by its path below the site."""
    return start_output_files(output_context)()


def start_output_files(output_context: OutputContext) -> Callable[[], dict[str, SiteFile]]:
    """Make the outputs; the function returned waits for what takes longest, and gives all files."""
    context, outputs = output_context.context, output_context.edition.report.outputs
    print_files = start_print_files(output_context) if PRINT in outputs else None
    wanted = [output for output in every_output() if output.name in outputs]
    tasks = [Task(output.name, key) for output in wanted for key in output.keys(output_context)]
    functions: TaskFunctions = {output.name: output.make for output in wanted}
    artifacts, mistakes = context.make(functions, tasks)
    raise_mistakes(mistakes)
    for kind in _IN_PIECES:
        context.store.keep_only_pieces(kind, [task.key for task in tasks if task.kind == kind])
    by_output: dict[str, dict[str, SiteFile]] = {}
    for task in tasks:
        artifact = artifacts[task]
        for path, digest in artifact.summary.items():
            made_of = context.store.code_fingerprint + digest
            file = SiteFile(made_of, partial(_load_file, context, functions, artifact, path))
            by_output.setdefault(task.kind, {})[path] = file
    files = {path: file for each in by_output.values() for path, file in each.items()}
    files.update(_joined_files(output_context, by_output.get(PACKAGE, {})))
    if "embeds" in outputs:
        files.update(_embed_files(output_context))

    def finish() -> dict[str, SiteFile]:
        return {**files, **dict(print_files())} if print_files is not None else files

    return finish


def _joined_files(output_context: OutputContext, package: Mapping[str, SiteFile]) -> SiteFiles:
    """Files that are joined from rows; `package` are the files of the Data Package that are not."""
    outputs = output_context.edition.report.outputs
    if API in outputs or PACKAGE in outputs:
        fact_rows = FactRows(output_context)
    if API in outputs:
        yield from fact_rows.files()
    if CITATIONS in outputs:
        yield from citation_files(output_context)
    if PACKAGE in outputs or WORKBOOK in outputs:
        tables = Tables(output_context)
    if PACKAGE in outputs:
        yield from package_files(output_context, tables, fact_rows, package)
    if WORKBOOK in outputs:
        yield from workbook_files(output_context, tables)


def _load_file(context: BuildContext, functions: TaskFunctions, artifact: Artifact, path: str) -> str | bytes:
    content: str | bytes = context.load(functions, artifact)[path]
    return content


class Output(Struct, frozen=True):
    """An output: the keys of its artifacts, and the files of one of them."""

    name: str
    keys: Callable[[OutputContext], Iterable[str]]
    files: Callable[[TaskInputs, Sequence[Texts], str, RenderCache], Files]  # the last are texts kept from the build before

    def make(self, task_inputs: TaskInputs, key: str) -> TaskResult:
        """The task function: the payload is the files of one key by path, the summary the hash of each."""
        every = texts_of(task_inputs.edition)
        task_inputs.record("report", *(f"language/{texts.language.code}" for texts in every))
        cache = RenderCache(accesses=task_inputs.accesses, known=task_inputs.pieces(self.name, key))
        files = dict(self.files(task_inputs, every, key, cache))
        hashes = {path: value_hash(content) for path, content in files.items()}
        return TaskResult(summary=hashes, payload=files, pieces=cache.texts or None)


def _once(_output_context: OutputContext) -> Iterator[str]:
    yield ""


def _package(_task_inputs: TaskInputs, every: Sequence[Texts], _key: str, _cache: RenderCache) -> Files:
    """The files of the Data Package that do not list entries."""
    yield from data_package.frame_files(every)


def _api_keys(output_context: OutputContext) -> Iterator[str]:
    yield ""
    yield from group_entries(output_context.context, _FACTS)


def _api(task_inputs: TaskInputs, every: Sequence[Texts], key: str, cache: RenderCache) -> Files:
    """A group of facts as JSON, a file each; without a key, the schema of these files."""
    if not key:
        yield api.schema_file(every)
        return

    def make(fact: str) -> TextFiles:
        task_inputs.record(f"{MENTIONS}/{fact}")
        yield api.fact_file(task_inputs.edition.facts[fact], every, task_inputs.parameters[MENTIONS][fact])

    for fact in entries_of(task_inputs, key):
        yield from _kept_files(cache, fact, partial(make, fact))


def _citation_keys(output_context: OutputContext) -> Iterator[str]:
    groups = group_entries(output_context.context, _FACTS)
    for texts in output_context.texts:
        yield texts.language.code
        yield from (f"{texts.language.code}/{group}" for group in groups)


def _citations(task_inputs: TaskInputs, every: Sequence[Texts], key: str, cache: RenderCache) -> Files:
    """The report, or each of a group of facts, for reference managers."""
    code, group = split_key(key)
    texts = next(one for one in every if one.language.code == code)

    def make(fact: str) -> TextFiles:
        yield from citations.fact_files(texts, task_inputs.edition.facts[fact])

    facts = entries_of(task_inputs, group) if group else ()
    of_facts = chain.from_iterable(_kept_files(cache, fact, partial(make, fact)) for fact in facts)
    files = of_facts if group else citations.report_files(texts)
    yield from ((addresses.in_language(path, code), text) for path, text in files)


def _kept_files(cache: RenderCache, key: str, make: Callable[[], TextFiles]) -> TextFiles:
    """Some of an artifact's files as they were before, or made now: those of a fact within a group."""
    joined = cache.text(key, lambda: _BETWEEN.join(text for file in make() for text in file)).split(_BETWEEN)
    return zip(joined[::2], joined[1::2], strict=True)


def _feed_keys(output_context: OutputContext) -> Iterator[str]:
    edition = output_context.edition
    followed = [key for key, fact in edition.facts.items() if feeds.has_feed(edition, fact)]
    for texts in output_context.texts:
        yield texts.language.code
        yield from (f"{texts.language.code}/{key}" for key in followed)


def _feeds(task_inputs: TaskInputs, every: Sequence[Texts], key: str, cache: RenderCache) -> Files:
    """What changed, as feeds."""
    code, fact = split_key(key)
    texts = next(one for one in every if one.language.code == code)
    files = [feeds.fact_file(texts, task_inputs.edition.facts[fact])] if fact else feeds.files(texts, cache.text)
    yield from ((addresses.in_language(path, code), text) for path, text in files)


OUTPUTS: tuple[Output, ...] = (
    Output(PACKAGE, _once, _package),
    Output(API, _api_keys, _api),
    Output(CITATIONS, _citation_keys, _citations),
    Output(FEEDS, _feed_keys, _feeds),
)


def every_output() -> tuple[Output, ...]:
    """The outputs of the generator, and those of installed packages."""
    return (*OUTPUTS, *(Output(name, _once, partial(_installed, name)) for name in INSTALLED_OUTPUTS.installed))


def _installed(name: str, task_inputs: TaskInputs, every: Sequence[Texts], _key: str, _cache: RenderCache) -> Files:
    """The files of an output that an installed package brings, all below extra/ and its name."""
    make = INSTALLED_OUTPUTS.get(name)
    try:
        files = list(make(task_inputs.edition, {texts.language.code: texts for texts in every}))
    except Exception as error:
        raise DiagnosticError(INSTALLED_OUTPUTS.failure(name, error)) from error
    for path, content in files:
        if not (isinstance(path, str) and _ADDRESS.fullmatch(path) and isinstance(content, str | bytes)):
            raise DiagnosticError(INSTALLED_OUTPUTS.refusal(name, f"{path!r} is no address of a file with a text or bytes"))
        yield f"extra/{name}/{path}", content


_ADDRESS = re.compile(r"(?:[a-z0-9_][A-Za-z0-9._-]{0,99}/){0,7}[A-Za-z0-9_][A-Za-z0-9._-]{0,99}")


def _embed_files(output_context: OutputContext) -> SiteFiles:
    """Each chart as a page to be embedded in an iframe."""
    yield embeds.STYLE, SiteFile(output_context.context.store.code_fingerprint, embeds.style)
    homes = {key: pages[0] for key, pages in output_context.pages_of("charts").items()}
    for texts in output_context.texts:
        for key, artifact in output_context.rendered[texts.language.code].charts.items():
            home = homes.get(key, "index")
            made_of = fingerprint(
                output_context.context.store.code_fingerprint, artifact.inputs_fingerprint, artifact.fingerprint, home
            )
            path = f"{addresses.embed(key, texts.language.code)}index.html"
            yield path, SiteFile(made_of, partial(_embed, output_context, texts, artifact, home))


def _embed(output_context: OutputContext, texts: Texts, artifact: Artifact, home: str) -> str:
    chart = output_context.edition.charts[split_key(artifact.task.key)[1]]
    return embeds.page(chart, texts, load_chart(output_context.context, artifact), home)


def sitemaps(output_context: OutputContext, paths: Sequence[str]) -> SiteFiles:
    """One sitemap of everything, one per language, and their index; `paths` are the pages below each language."""
    report = output_context.edition.report
    codes = [language.code for language in report.languages]
    url, changed = report.site_url, _last_changes(output_context, paths)
    embedded = output_context.edition.charts.items() if "embeds" in report.outputs else ()
    embeds_of = {code: [addresses.embed(key, code) for key, chart in embedded if code in chart.title.texts] for code in codes}
    every = [address for code in codes for address in embeds_of[code]]
    translated = {addresses.page(name): languages for name, languages in output_context.untranslated().items()}
    listed = sorted(changed)
    sitemap = partial(page_html.sitemap, listed, codes=codes, site_url=url, lastmod=changed, translated=translated)
    described = repr((url, codes, [changed[path] for path in listed], sorted(translated.items())))
    made_of = fingerprint(output_context.context.store.code_fingerprint, described, *listed, *every)
    yield "sitemap.xml", SiteFile(made_of, partial(sitemap, more=every))
    for code in codes:
        yield f"sitemap-{code}.xml", SiteFile(made_of, partial(sitemap, listed=[code], more=embeds_of[code]))
    yield "sitemap-index.xml", constant_file(page_html.sitemap_index([f"sitemap-{code}.xml" for code in codes], site_url=url))


def _last_changes(output_context: OutputContext, paths: Sequence[str]) -> dict[str, str]:
    """When each page changed last, as ISO dates: the report's horizon where that is not known."""
    report, horizon = output_context.edition.report, output_context.edition.report.as_of.last.isoformat()
    first = output_context.rendered[report.default.code]
    changed = dict.fromkeys(paths, horizon)
    for page in (*first.pages, *(artifact.summary for artifact in first.facts.values())):
        changed[addresses.page(page.name)] = page.changed.isoformat() if page.changed else horizon
    if PRINT in report.outputs:
        changed[addresses.PRINT] = max(changed.values(), default=horizon)
    return changed
