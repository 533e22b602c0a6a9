"""The pages of a site as Markdown, each beside its page; only those whose page or values changed are made again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from ..exports import markdown_twins
from ..model import addresses
from ..pages.page import Page
from ..records.struct import replace
from ..wording.texts import Texts
from .artifacts import BuildContext
from .executors import in_process_executor, with_long_tasks
from .publish import SiteFile
from .site import RenderedLanguage
from .site_contents import SiteContents
from .site_tasks import TASK_FUNCTIONS, resolve_key, split_key, task_key
from .tasks import Artifact, Task, TaskFunctions, TaskInputs, TaskResult

_BLOCKS = "blocks"  # of Markdown


def markdown_files(contents: SiteContents) -> Iterator[tuple[str, SiteFile]]:
    """Every page and every page of a fact in every language, where the report asks for them."""
    if markdown_twins.OUTPUT not in contents.edition.report.outputs:
        return
    for texts in contents.output_context.texts:
        rendered = contents.output_context.rendered[texts.language.code]
        for name in rendered.summaries:
            yield _path(name, texts), _page_file(contents, texts, rendered, name)
        shared = contents.context.fingerprints.combined(("report", f"language/{texts.language.code}"))
        made_with = contents.fingerprint(shared)
        for artifact in rendered.facts.values():
            file = SiteFile(made_with + artifact.fingerprint, partial(_fact, contents, texts, artifact))
            yield _path(artifact.summary.name, texts), file


def _path(name: str, texts: Texts) -> str:
    return addresses.in_language(addresses.page(name) + markdown_twins.FILE, texts.language.code)


def _page_file(contents: SiteContents, texts: Texts, rendered: RenderedLanguage, name: str) -> SiteFile:
    summary, code = rendered.summaries[name], texts.language.code
    uses = summary.page.uses
    read = {f"facts/{key}": None for key in uses.facts} | {f"claims/{key}": None for key in uses.claims}
    made_of = contents.fingerprint(
        contents.engine_cache[code].fingerprint_of(name),
        summary.fingerprint,
        contents.context.fingerprints.combined((*read, "report", f"language/{code}")),
    )
    return SiteFile(made_of, partial(_page, contents, texts, summary.page))


def _page(contents: SiteContents, texts: Texts, page: Page) -> str:
    task = Task(_BLOCKS, task_key(texts.language.code, page.name))
    artifacts, _ = _context(contents, [task]).make(_functions(contents), [task], complete=False)
    blocks, _ = contents.context.load(_functions(contents), artifacts[task])
    return markdown_twins.page_markdown(texts, page, blocks)


def start_page_blocks(contents: SiteContents) -> Callable[[], object]:
    """Begin to convert every page that changed, so that the next build has what this one makes of their fragments."""
    if markdown_twins.OUTPUT not in contents.edition.report.outputs:
        return lambda: None
    rendered = contents.output_context.rendered.items()
    tasks = [Task(_BLOCKS, task_key(code, name)) for code, one in rendered for name in one.summaries]
    context = _context(contents, tasks)
    return replace(context, executor=with_long_tasks(context.executor)).start(_functions(contents), tasks)


def _context(contents: SiteContents, tasks: Sequence[Task]) -> BuildContext:
    executor = in_process_executor(contents.context.executor)  # they read what the engine made
    context = replace(contents.context, executor=executor)
    for task in tasks:
        code, name = split_key(task.key)
        context.fingerprints.known[f"{_BLOCKS}/{task.key}"] = contents.engine_cache[code].fingerprint_of(name)
    return context


def _functions(contents: SiteContents) -> TaskFunctions:
    return {_BLOCKS: partial(_page_blocks, contents)}


def _page_blocks(contents: SiteContents, task_inputs: TaskInputs, key: str) -> TaskResult:
    """The payload is a page as blocks of Markdown, and the blocks of its fragments: those that stay are not converted again."""
    texts, name = resolve_key(task_inputs, key)
    task_inputs.record(f"{_BLOCKS}/{key}")
    store = contents.context.store
    before = store.index(_BLOCKS).get(key)
    known = store.payload(before) if before else None
    html, taken_out = contents.engine_cache[texts.language.code].html_and_blocks(name)
    page = contents.output_context.rendered[texts.language.code].summaries[name].page
    made = markdown_twins.page_blocks(texts, page, html, taken_out, known[1] if isinstance(known, tuple) else {})
    return TaskResult(summary=None, payload=made)


def _fact(contents: SiteContents, texts: Texts, artifact: Artifact) -> str:
    page, _ = contents.context.load(TASK_FUNCTIONS, artifact)
    return markdown_twins.fact_markdown(texts, page, page.markdown)
