"""The print edition: the report as one page per language, its chapters kept between builds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from ..exports import print_edition
from ..model import addresses
from ..pages.render_cache import RenderCache
from ..records.struct import replace
from ..store.hashing import fingerprint
from ..store.objects import value_hash
from .executors import SerialExecutor, with_long_tasks
from .output_context import PRINT, OutputContext
from .publish import SiteFile
from .site_tasks import resolve_key, split_key, task_key
from .tasks import Artifact, Task, TaskFunctions, TaskInputs, TaskResult


def _chapter(task_inputs: TaskInputs, key: str) -> TaskResult:
    """The payload is a page as a chapter."""
    texts, name = resolve_key(task_inputs, key)
    task_inputs.record(f"page/{key}")
    title, markdown, language = task_inputs.parameters[PRINT][key]
    cache = RenderCache(accesses=task_inputs.accesses, known=task_inputs.pieces(PRINT, key))
    chapter = replace(print_edition.make_chapter(texts, name, title, markdown(), cache.text), language=language)
    return TaskResult(summary=chapter.fingerprint_without_texts, payload=chapter, pieces=cache.texts)


_TASK_FUNCTIONS: TaskFunctions = {PRINT: _chapter}
_FRAME, _FILLED = "frame", "filled"


class _Documents:
    """The documents of all languages: what is around their chapters, and these with their placeholders filled."""

    def __init__(self, output_context: OutputContext, chapters: Mapping[str, Sequence[Artifact]]) -> None:
        self.output_context, self.chapters = output_context, chapters
        # Few change, and they take less time than a child would.
        self.context = replace(output_context.context, executor=SerialExecutor())
        self.functions: TaskFunctions = {_FRAME: self._frame, _FILLED: self._filled}
        self._frames: dict[str, print_edition.Frame] = {}
        self._name_dependencies()
        tasks = {code: [Task(_FILLED, chapter.task.key) for chapter in of_language] for code, of_language in chapters.items()}
        frames, _ = self.context.make(self.functions, [Task(_FRAME, code) for code in chapters])
        self.frames = {task.key: frame for task, frame in frames.items()}
        self.context.fingerprints.known.update({f"{_FILLED}/{code}": one.fingerprint for code, one in self.frames.items()})
        filled, _ = self.context.make(self.functions, [task for group in tasks.values() for task in group])
        self.filled = {code: [filled[task] for task in group] for code, group in tasks.items()}

    def _name_dependencies(self) -> None:
        """A frame depends on all chapters but not on their texts; a chapter with nothing to fill on its frame and on itself."""
        known = self.context.fingerprints.known
        for code, chapters in self.chapters.items():
            sizes = [(key, chart.summary) for key, chart in self.output_context.rendered[code].charts.items()]
            without_texts = [chapter.summary for chapter in chapters]
            known[f"{_FRAME}/{code}"] = value_hash((sizes, without_texts, self.output_context.pdf))
            known.update({f"{PRINT}/{chapter.task.key}": chapter.inputs_fingerprint for chapter in chapters})

    def _load(self, chapter: Artifact) -> print_edition.Chapter:
        loaded: print_edition.Chapter = self.context.load(_TASK_FUNCTIONS, chapter)
        return loaded

    def _frame(self, task_inputs: TaskInputs, code: str) -> TaskResult:
        """The payload is the document of a language without its chapters."""
        texts, _ = resolve_key(task_inputs, code)
        task_inputs.record(f"{_FRAME}/{code}")
        charts = self.output_context.rendered[code].charts

        def sizes(chart: str) -> tuple[str, str]:
            by_width = charts[chart].summary
            return by_width["wide"], by_width["narrow"]

        chapters = [self._load(chapter) for chapter in self.chapters[code]]
        frame = print_edition.make_frame(texts, chapters, sizes, pdf=self.output_context.pdf)
        return TaskResult(summary=None, payload=frame)

    def _filled(self, task_inputs: TaskInputs, key: str) -> TaskResult:
        """The payload is a chapter as HTML."""
        code, _ = split_key(key)
        task_inputs.record(f"{_FILLED}/{code}", f"{PRINT}/{key}")
        chapter = next(one for one in self.chapters[code] if one.task.key == key)
        return TaskResult(summary=None, payload=self._frame_of(code).chapter(self._load(chapter)))

    def _frame_of(self, code: str) -> print_edition.Frame:
        if code not in self._frames:
            self._frames[code] = self.context.load(self.functions, self.frames[code])
        return self._frames[code]

    def file(self, code: str) -> SiteFile:
        """The document of a language."""
        made_of = (artifact.inputs_fingerprint for artifact in (self.frames[code], *self.filled[code]))
        return SiteFile(fingerprint(self.context.store.code_fingerprint, *made_of), partial(self._html, code))

    def _html(self, code: str) -> str:
        frame = self._frame_of(code)
        return "".join([frame.before, *(self.context.load(self.functions, one) for one in self.filled[code]), frame.after])


def start_print_files(output_context: OutputContext) -> Callable[[], Iterator[tuple[str, SiteFile]]]:
    """Begin to make the chapters, of which each takes long; the function returned waits for them, and gives `print_files`."""
    finish = _start_chapters(output_context)
    return lambda: print_files(output_context, finish())


def print_files(output_context: OutputContext, chapters: Mapping[str, Sequence[Artifact]]) -> Iterator[tuple[str, SiteFile]]:
    """The style sheet and each language's page; without pages that list everything, or offer what only a site has."""
    yield print_edition.STYLE, SiteFile(output_context.context.store.code_fingerprint, print_edition.style)
    documents = _Documents(output_context, chapters)
    for code in chapters:
        yield f"{addresses.in_language(addresses.PRINT, code)}index.html", documents.file(code)


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
    each_long = replace(context, executor=with_long_tasks(context.executor))
    started = each_long.start(_TASK_FUNCTIONS, [task for group in tasks.values() for task in group])

    def finish() -> dict[str, list[Artifact]]:
        artifacts, mistakes = started()
        assert not mistakes  # noqa: S101  no author writes what these are made from
        context.store.keep_only_pieces(PRINT, [task.key for group in tasks.values() for task in group])
        return {code: [artifacts[task] for task in group] for code, group in tasks.items()}

    return finish
