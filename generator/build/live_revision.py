"""One state of a project that is being edited, and what was made of it so far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from pathlib import Path

from ..checks.project_check import CheckResult, SettledProject
from ..engines.processes import EnginePool
from ..model import addresses
from ..model.report import Edition
from ..reading.draft import Draft
from ..reading.translations import has_same_texts
from ..records.struct import Struct, replace
from ..store.code_fingerprint import code_fingerprint
from .artifacts import ArtifactStore, BuildContext
from .context import FingerprintCache, create_context
from .engine_cache import NOT_FOUND_PAGE, EngineCache, LanguageRecord
from .engine_config import language_config
from .errors import raise_mistakes
from .executors import Executor
from .image_jobs import OUTPUT as IMAGES
from .image_jobs import ImageJob, image_cache, image_jobs, rasterize_one
from .manifest import fact_page_file, page_file, static_files
from .output_context import create_output_context
from .outputs import output_files
from .publish import SiteFile
from .site import RenderedLanguage, add_fact_pages, render_pages, update_fact_pages, update_pages
from .site_contents import SiteContents
from .site_tasks import CHART, PAGE, TASK_FUNCTIONS, split_key, task_key
from .tasks import Artifact, Task

NOT_FOUND_FILE = "404.html"


class Revision(Struct):
    """A state of the project: its files (path -> hash), the edition's context, and what was rendered by language."""

    context: BuildContext
    fingerprints: FingerprintCache
    rendered: dict[str, RenderedLanguage]
    engine_cache: EngineCache
    files: Mapping[str, str]
    has_fact_pages: bool = False  # whether the pages of facts are up to date

    def confirm(self) -> None:
        """Say that all that was made so far is of these files: they are still what they were when they were read."""
        self.context.store.confirm()
        self.engine_cache.confirm()

    def forget_unconfirmed(self) -> None:
        """Forget what was made since the last `confirm`: files changed meanwhile, and it may be of either state."""
        self.context.store.forget_unconfirmed()
        self.engine_cache.forget_unconfirmed()

    @property
    def contents(self) -> SiteContents:
        """What the site can be put together from now."""
        output_context = create_output_context(self.context, list(self.rendered.values()))
        return SiteContents(output_context=output_context, engine_cache=self.engine_cache, files=self.files)

    @property
    def linkable_files(self) -> tuple[str, ...]:
        """The files that pages may link to besides each other."""
        return (*self.context.task_inputs.edition.charts, *(path for path in self.files if path.startswith("docs/")))

    def render_fact_pages(self) -> None:
        """Bring the pages of facts up to date."""
        if not self.has_fact_pages:
            rendered, mistakes = add_fact_pages(self.context, list(self.rendered.values()))
            raise_mistakes(mistakes)
            self.rendered, self.has_fact_pages = {language.language: language for language in rendered}, True

    def render(self, paths: Sequence[str]) -> None:
        """Bring what the pages at some paths are made of up to date, apart from charts and the engine."""
        if any(self.fact(path) for path in paths):
            self.render_fact_pages()

    def draw(self, wanted: Mapping[str, Sequence[str]], *, complete: bool = False) -> None:
        """Draw charts, by language; `complete` if these are all."""
        tasks = {(code, name): Task(CHART, task_key(code, name)) for code, names in wanted.items() for name in names}
        artifacts, mistakes = self.context.make(TASK_FUNCTIONS, list(tasks.values()), complete=complete)
        raise_mistakes(mistakes)
        for code, names in wanted.items():
            charts = {name: artifacts[tasks[code, name]] for name in names}
            language = self.rendered[code]
            self.rendered[code] = replace(language, charts=charts if complete else {**language.charts, **charts})

    def missing_charts(self, path: str) -> tuple[str, list[str]] | None:
        """The language of the content and the undrawn charts of the page at a path; None where it is no page of the report."""
        page = self.page(path)
        if page is None:
            return None
        summary = self.rendered[page[0]].summaries[page[1]]
        code, charts = summary.page.content_language, summary.charts
        known, drawn = self.context.task_inputs.edition.charts, self.rendered[code].charts
        return code, [chart for chart in charts if chart in known and chart not in drawn]

    def warm_up(self) -> None:
        """Draw a chart and render a page for nobody: what that loads into memory makes the first edit faster."""
        for code in self.rendered:
            for kind, names in ((CHART, self.context.task_inputs.edition.charts), (PAGE, self.rendered[code].summaries)):
                for name in islice(names, 1):
                    TASK_FUNCTIONS[kind](self.context.task_inputs.tracked(), task_key(code, name))

    def page(self, path: str) -> tuple[str, str] | None:
        """The language and name of the report's page at a path; only its own path leads to it."""
        code, name = _split_path(path)
        known = code in self.rendered and name in self.rendered[code].summaries
        return (code, name) if known and path == addresses.file(name, code) else None

    def fact(self, path: str) -> tuple[str, Artifact] | None:
        """The language and artifact of the fact whose own page is at a path."""
        code, name = _split_path(path)
        fact = name.rpartition("/")[2]
        known = code in self.rendered and fact in self.rendered[code].facts
        if not known or path != addresses.in_language(f"{addresses.fact(fact)}index.html", code):
            return None
        return code, self.rendered[code].facts[fact]

    def engine_pages(self, path: str) -> list[tuple[str, str]]:
        """The pages, as language and name, that the engine has to build for the file at a path."""
        if path == NOT_FOUND_FILE:
            return [(code, NOT_FOUND_PAGE) for code in self.rendered]
        if (page := self.page(path)) is not None:
            return [page]
        fact = self.fact(path)
        return [(fact[0], addresses.SHELL_PAGE)] if fact else []

    def page_files(self, paths: Sequence[str]) -> Iterator[tuple[str, SiteFile]]:
        """The pages among some paths, finished; their charts have to be drawn and the engine has to have built them."""
        contents = self.contents
        for path in paths:
            if (page := self.page(path)) is not None:
                yield path, page_file(contents, self.rendered[page[0]], page[1])
            elif (fact := self.fact(path)) is not None:
                yield path, fact_page_file(contents, *fact)

    def static_files(self) -> dict[str, SiteFile]:
        """The project's own files in every language."""
        contents = self.contents
        return {path: file for code in self.rendered for path, file in static_files(contents, code)}

    def outputs(self) -> dict[str, SiteFile]:
        """Every output and image."""
        cache = image_cache(self.context)
        images = {job.path: SiteFile(job.fingerprint, partial(rasterize_one, job, cache)) for job in self.image_jobs()}
        return {**output_files(self.contents.output_context), **images}

    def image_jobs(self) -> list[ImageJob]:
        """The images to rasterize, where the report asks for them."""
        if IMAGES not in self.context.task_inputs.edition.report.outputs:
            return []
        return [job for language in self.rendered.values() for job in image_jobs(self.context, language)]


class PartialRevision(Revision):
    """A state of which only those pages are rendered that somebody looks at.

    For titles and links to other pages it takes these as they were: the whole revision follows at once.
    """

    def render(self, paths: Sequence[str]) -> None:
        """See `Revision.render`: only these pages."""
        for path in paths:
            if (page := self.page(path)) is not None:
                code, name = page
                self.rendered[code] = update_pages(self.context, self.rendered[code], [name])
                self.engine_cache.plan_pages(list(self.rendered.values()), self.context.task_inputs.edition.charts)
            elif (fact := self.fact(path)) is not None:
                code, name = split_key(fact[1].task.key)
                self.rendered[code] = update_fact_pages(self.context, self.rendered[code], [name])


class CheckedFiles(Struct, frozen=True):
    """The files of a state that was checked (path -> hash), and what was read of them."""

    files: Mapping[str, str]
    draft: Draft

    def has_same_texts(self, files: Mapping[str, str], project: SettledProject) -> bool:
        """Whether a state was settled cleanly, and only fact files are different in it, but none of their texts."""
        changed = {path for path, _ in self.files.items() ^ files.items()}
        return not project.findings and all(has_same_texts(path, self.draft, project.draft) for path in changed)


class KnownWork(Struct, frozen=True, kw_only=True):
    """What earlier revisions leave: the last one, fingerprints of the last that was confirmed, and what the engine built."""

    revision: Revision | None
    fingerprints: FingerprintCache | None
    records: Mapping[str, LanguageRecord]


class RevisionMaker(Struct, frozen=True, kw_only=True):
    """Makes revisions of a project."""

    root: Path
    store: ArtifactStore
    executor: Executor
    engine_pool: EnginePool
    known: KnownWork

    def make(self, checked: CheckResult, files: Mapping[str, str]) -> Revision:
        """Render the pages of a state of the project, and configure the engine; BuildError where one cannot be rendered.

        In a state with errors, pages that cannot be rendered stay as they were: the errors say why.
        """
        edition, known = checked.edition, self.known
        assert edition is not None  # noqa: S101  else there is nothing to show
        before = known.revision.rendered if known.revision else {}
        last = {task_key(code, name): page for code, one in before.items() for name, page in one.artifacts.items()}
        context = create_context(
            self.root,
            edition,
            stale=checked.stale,
            files=files,
            store=self.store,
            executor=self.executor,
            last_pages=last if checked.errors else None,
        )
        fingerprints = FingerprintCache(context, files, known.fingerprints)
        rendered, mistakes = render_pages(context)
        fingerprints.update()
        raise_mistakes(mistakes)
        # pages of facts stay until somebody looks at one
        rendered = [replace(one, facts=before[one.language].facts) if one.language in before else one for one in rendered]
        engine_cache = self._engine_cache(edition, rendered, files)
        revision = Revision(context, fingerprints, {one.language: one for one in rendered}, engine_cache, files)
        if known.revision is None:
            revision.render_fact_pages()
        return revision

    def make_partial(self, edition: Edition, files: Mapping[str, str]) -> PartialRevision:
        """A state whose pages are those of the last revision until somebody looks at one."""
        last = self.known.revision
        assert last is not None  # noqa: S101  else there are no pages
        stale = last.context.task_inputs.stale
        context = create_context(self.root, edition, stale=stale, files=files, store=self.store, executor=self.executor)
        rendered = [replace(one, charts={}) for one in last.rendered.values()]
        return PartialRevision(
            context,
            FingerprintCache(context, files, self.known.fingerprints),
            {one.language: one for one in rendered},
            self._engine_cache(edition, rendered, files),
            files,
        )

    def _engine_cache(self, edition: Edition, rendered: Sequence[RenderedLanguage], files: Mapping[str, str]) -> EngineCache:
        jobs, records = self.executor.jobs, self.known.records
        cache = EngineCache(self.root, code_fingerprint(), self.engine_pool, files, jobs=jobs, known=records)
        cache.configure([language_config(edition, one) for one in rendered], site_url=edition.report.site_url)
        return cache


def _split_path(path: str) -> tuple[str, str]:
    code, _, rest = path.removesuffix("index.html").partition("/")
    return code, rest.rstrip("/") or "index"
