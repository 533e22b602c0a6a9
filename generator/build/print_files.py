"""The print edition: the report as one page per language, its chapters kept between builds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from ..exports import print_edition
from ..model import addresses
from ..pages.render_cache import RenderCache
from ..records.struct import replace
from ..store.hashing import fingerprint
from ..wording.texts import Texts
from .executors import for_long_tasks
from .output_context import PRINT, OutputContext
from .publish import SiteFile
from .site_tasks import resolve_key, task_key
from .tasks import PIECES, Artifact, Task, TaskFunctions, TaskInputs, TaskResult


def _chapter(task_inputs: TaskInputs, key: str) -> TaskResult:
    """The payload is a page as a chapter."""
    texts, name = resolve_key(task_inputs, key)
    task_inputs.record(f"page/{key}")
    title, markdown, language = task_inputs.parameters[PRINT][key]
    cache = RenderCache(accesses=task_inputs.accesses, known=task_inputs.pieces(PRINT, key))
    chapter = print_edition.make_chapter(texts, name, title, markdown(), cache.text)
    return TaskResult(summary=None, payload=replace(chapter, language=language), pieces=cache.texts)


_TASK_FUNCTIONS: TaskFunctions = {PRINT: _chapter}


def start_print_files(output_context: OutputContext) -> Callable[[], Iterator[tuple[str, SiteFile]]]:
    """Begin to make the chapters, of which each takes long; the function returned waits for them, and gives `print_files`."""
    finish = _start_chapters(output_context)
    return lambda: print_files(output_context, finish())


def print_files(output_context: OutputContext, chapters: Mapping[str, Sequence[Artifact]]) -> Iterator[tuple[str, SiteFile]]:
    """The style sheet and each language's page; without pages that list everything, or offer what only a site has."""
    context, code_fingerprint = output_context.context, output_context.context.store.code_fingerprint
    yield print_edition.STYLE, SiteFile(code_fingerprint, print_edition.style)
    for texts in output_context.every:
        code = texts.language.code
        charts = output_context.rendered[code].charts.values()
        made_of = fingerprint(
            code_fingerprint,
            context.fingerprints.combined(("sources/*", "report", f"language/{code}")),
            str(output_context.pdf),
            *(artifact.inputs_fingerprint for artifact in (*chapters[code], *charts)),
        )
        path = f"{addresses.in_language(addresses.PRINT, code)}index.html"
        yield path, SiteFile(made_of, partial(_document, output_context, texts, chapters[code]))


def _start_chapters(output_context: OutputContext) -> Callable[[], dict[str, list[Artifact]]]:
    """Begin to make the chapters of each language, in order."""
    context, rendered = output_context.context, output_context.rendered
    printed = {
        code: [page for page in language.pages if not (page.uses.lists_all or page.uses.site_only)]
        for code, language in rendered.items()
    }
    context.task_inputs.parameters[PRINT] = {
        task_key(code, page.name): (page.title, rendered[code].markdown[page.name], page.written_in)
        for code, pages in printed.items()
        for page in pages
    }
    tasks = {code: [Task(PRINT, task_key(code, page.name)) for page in pages] for code, pages in printed.items()}
    patient = replace(context, executor=for_long_tasks(context.executor))
    started = patient.start(_TASK_FUNCTIONS, [task for group in tasks.values() for task in group])

    def finish() -> dict[str, list[Artifact]]:
        artifacts, mistakes = started()
        assert not mistakes  # noqa: S101  no author writes what these are made from
        context.store.keep_only(f"{PRINT}-{PIECES}", [task.key for group in tasks.values() for task in group])
        return {code: [artifacts[task] for task in group] for code, group in tasks.items()}

    return finish


def _document(output_context: OutputContext, texts: Texts, chapters: Sequence[Artifact]) -> str:
    context, charts = output_context.context, output_context.rendered[texts.language.code].charts
    loaded = [context.load(_TASK_FUNCTIONS, artifact) for artifact in chapters]

    def sizes(chart: str) -> tuple[str, str]:
        by_width = charts[chart].summary
        return by_width["wide"], by_width["narrow"]

    return print_edition.make_document(texts, loaded, sizes, pdf=output_context.pdf)
