"""The steps of a build, each a method of `Build`; pipeline runs them in order."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from ..checks.commit import current_commit
from ..checks.project_check import SettledProject, settle_project, stale_texts
from ..checks.site_manifest import NAME as MANIFEST
from ..checks.site_manifest import SiteManifest
from ..diagnostics.finding import Diagnostic, DiagnosticError
from ..engines.processes import EnginePool
from ..model.report import Edition
from ..reading.translations import LOCK_FILE, StalePassage
from ..settling.incremental import load_settled_state, save_settled_state, settled_state
from ..store.code_fingerprint import code_fingerprint
from ..store.inputs import InputsChangedError, hash_subset, read_inputs
from ..store.parse_cache import ParseCache
from .artifacts import ArtifactStore, BuildContext
from .background import BackgroundTask
from .context import FingerprintCache, create_context
from .engine_cache import EngineCache
from .engine_config import language_config
from .engine_source import EngineSource, published_assets
from .errors import BuildError, raise_engine_errors, raise_mistakes
from .executors import Executor, map_chunks
from .folders import CACHE, DOCS
from .image_jobs import start_images
from .known_stale import KnownStale
from .manifest import site_files
from .markdown_files import start_page_blocks
from .output_context import create_output_context
from .outputs import start_output_files
from .plan import (
    BuildOptions,
    InputSnapshot,
    Progress,
    build_fingerprint,
    note_engine_inputs,
    source_date,
    take_snapshot,
)
from .publish import SiteFile, StagedSite, add_file, make_next, publish, stage
from .site import Rendered, RenderedLanguage, add_fact_pages, render_languages
from .site_check import check_site, read_page
from .site_contents import SiteContents
from .site_tasks import forget_templates
from .versions import known_versions


class Build:
    """One build: its options, its processes and what earlier builds left, and a method for each step."""

    def __init__(
        self, options: BuildOptions, snapshot: InputSnapshot, progress: Progress, executor: Executor, engine_pool: EnginePool
    ) -> None:
        self.options, self.root, self.progress = options, options.root, progress
        self.executor, self.engine_pool = executor, engine_pool
        self.inputs, self.lists = snapshot.inputs, snapshot.lists
        self.chromium = _chromium() if options.pdf else None
        self.engine_cache = EngineCache(self.root, code_fingerprint(), engine_pool, self.files, jobs=options.at_once)
        if snapshot.starts_engine_early:
            self.engine_cache.prepare()
        self.settled_before = load_settled_state(self.root / CACHE, code_fingerprint())
        self.known_stale = KnownStale(self.root / CACHE, code_fingerprint(), self.files)
        self.engine_sources: dict[str, EngineSource] = {}  # by language
        self.read: frozenset[str] = frozenset()  # the files that data was read from
        self.next_tree: BackgroundTask[None] | None = None
        self.fingerprint_cache: FingerprintCache | None = None  # of the context that was opened

    @property
    def files(self) -> Mapping[str, str]:
        """The hash of each of the project's files by path."""
        return self.inputs.hashes

    def without_caches(self) -> Build:
        """The same build from nothing, where something that an earlier build left is damaged."""
        self._end_processes()
        shutil.rmtree(self.root / CACHE, ignore_errors=True)
        self.progress("damaged   what an earlier build kept; everything is made anew")
        return self._from_start()

    def again(self) -> Build:
        """The same build of the files as they are now."""
        self._end_processes()
        self.progress("changed   while the site was made; it is made again of the files as they are now")
        return self._from_start()

    def _end_processes(self) -> None:
        """End what was begun and is not awaited any more: it would go on writing to folders that are made anew."""
        self.executor.cancel_all()
        self.engine_pool.reset()
        self.lists.stop_verifying()

    def _from_start(self) -> Build:
        forget_templates()
        return Build(self.options, take_snapshot(self.options), self.progress, self.executor, self.engine_pool)

    def inputs_changed(self) -> bool:
        """Whether anything was written to the project's files since they were hashed, also if it was undone."""
        return not self.read <= self.files.keys() or read_inputs(self.root, self.inputs) != self.inputs

    def require_same_inputs(self) -> None:
        """InputsChangedError where the site may be made of anything else than of the files as they were hashed.

        Everything has been read when this is called. It comes before anything is saved or published that is known by the
        hashes of these files.
        """
        if self.inputs_changed():
            raise InputsChangedError

    def read_and_settle(self) -> SettledProject:
        """Read data/ and settle it; only what an edit changed where the build before left a settled state."""
        parse_cache = ParseCache(self.root / CACHE / "read", code_fingerprint())
        project = settle_project(
            self.root,
            evaluation_date=self.options.as_of,
            parse_cache=parse_cache,
            previous=self.settled_before,
            files=self.files,
        )
        self.read = project.draft.files_read
        return project

    def stale_before_check(self, project: SettledProject) -> tuple[StalePassage, ...] | None:
        """The texts that are older than their translation, which pages show; None where the check comes first and tells.

        It does where nothing is done beside it, and where nothing is published that could wait for it.
        """
        if self.options.render_only:
            return None
        if LOCK_FILE not in self.files:
            return ()
        known = self.known_stale.find(project.draft)
        return stale_texts(project) if known is None and not self.options.serial else known

    def open_context(self, edition: Edition, stale: Sequence[StalePassage]) -> BuildContext:
        """The context in which everything is made of the edition."""
        store = ArtifactStore(self.root / CACHE, code_fingerprint())
        context = create_context(
            self.root,
            edition,
            stale=stale,
            files=self.files,
            store=store,
            executor=self.executor,
            recorded=store.recorder.load(),
        )
        self.fingerprint_cache = FingerprintCache(context, self.files)
        return context

    def render_pages(
        self, context: BuildContext, *, chart_mistakes: Callable[[], Sequence[DiagnosticError]]
    ) -> list[RenderedLanguage]:
        """Render the pages of every language, and start the engine with each; mistakes in charts are reported with theirs."""
        pages: list[RenderedLanguage] = []
        mistakes: list[DiagnosticError] = []
        for language, language_mistakes in render_languages(context):
            mistakes += language_mistakes
            if language is not None and not mistakes:
                pages.append(language)
                self._write_source(context, language)
                if not (self.options.render_only or self.options.serial):
                    self.engine_cache.start([language])
        if mistakes:
            raise_mistakes([*chart_mistakes(), *mistakes])
        if self.options.serial and not self.options.render_only:
            self.engine_cache.start(pages)
            self.run_engine()
        return pages

    def _write_source(self, context: BuildContext, language: RenderedLanguage) -> None:
        """Write what the engine reads of a language."""
        report = context.task_inputs.edition.report
        source = self.engine_sources[language.language] = EngineSource(context, language.language)
        source.write_pages(language, published_assets(self.files))
        config = language_config(context.task_inputs.edition, language)
        self.engine_cache.configure([config], site_url=report.site_url, all_languages=report.languages)

    def add_charts_and_fact_pages(
        self,
        context: BuildContext,
        pages: Sequence[RenderedLanguage],
        add_charts: Callable[[Sequence[RenderedLanguage]], Rendered],
    ) -> list[RenderedLanguage]:
        """Wait for the charts, render the pages of facts, and write both for the engine."""
        rendered, mistakes = add_charts(pages)
        if not mistakes:
            rendered, mistakes = add_fact_pages(context, rendered)
        raise_mistakes(mistakes)
        for language in rendered:
            source, code = self.engine_sources[language.language], language.language
            source.write_charts(language)
            counts = f"{len(language.summaries)} pages, {len(language.charts)} charts ({source.written} files changed)"
            self.progress(f"rendered  {code}: {counts}")
        return rendered

    def finish_rendering(self, context: BuildContext) -> str:
        """End a build that only renders."""
        context.store.save(context.fingerprints.known)
        return f"rendered to {self.root / DOCS}; `mkdocs serve` shows it"

    def run_engine(self) -> None:
        """Wait until the engine has built everything it was started with."""
        results = []
        for report in self.engine_cache.finish():
            results.append(report.result)
            self.progress(f"built     {report.result.code}: {report.summary} in {report.result.seconds:.1f} s")
        raise_engine_errors(results, self.progress)

    def collect_contents(self, context: BuildContext, rendered: Sequence[RenderedLanguage]) -> SiteContents:
        """What the site is put together from."""
        output_context = create_output_context(context, rendered, pdf=self.options.pdf)
        return SiteContents(output_context=output_context, engine_cache=self.engine_cache, files=self.files)

    def start_outputs(
        self, contents: SiteContents, rendered: Sequence[RenderedLanguage]
    ) -> Callable[[], Mapping[str, SiteFile]]:
        """Make the files besides the pages: outputs, images and PDFs; the function returned waits for what takes longest."""
        images = start_images(contents.context, rendered, self.lists.trees, warn=self.warn, jobs=self.options.at_once)
        outputs = start_output_files(contents.output_context)

        def finish() -> Mapping[str, SiteFile]:
            files = {**outputs(), **images()}
            if self.chromium:
                from .pdf import pdf_files  # noqa: PLC0415  hardly ever asked for

                files.update(pdf_files(self.root, self.chromium, contents.edition, files))
            return files

        return finish

    def warn(self, finding: Diagnostic) -> None:
        """Tell of a finding that does not keep the site from being published."""
        self.progress(f"warning   {finding.sentence()}; {finding.help()}")

    def stage_site(self, contents: SiteContents, outputs: Callable[[], Mapping[str, SiteFile]]) -> StagedSite:
        """Put the whole site together next to the published one."""
        finish_blocks = start_page_blocks(contents)
        wanted = {**site_files(contents), **outputs()}
        finish_blocks()
        inspect = partial(read_page, contents, self.lists.trees.live)
        try:
            return stage(
                self.root, self.lists.trees, wanted, partial(map_chunks, self.executor), inspect=inspect, later=[MANIFEST]
            )
        except DiagnosticError as mistake:
            raise BuildError([mistake.diagnostic]) from mistake

    def check_site(self, contents: SiteContents, staged: StagedSite) -> None:
        """BuildError where the staged site must not be published."""
        if findings := check_site(contents, staged):
            raise BuildError(findings)

    def publish_site(self, staged: StagedSite) -> None:
        """Swap the staged site in, with its manifest."""
        manifest = SiteManifest(
            inputs=hash_subset(self.files, ""),
            versions=known_versions(self.root / CACHE, code_fingerprint(), self.options.engine),
            files=staged.digests,
            commit=current_commit(self.root),
            date=source_date(),
        )
        staged = add_file(staged, MANIFEST, manifest.text())
        published = publish(self.root, staged, made_of=build_fingerprint(self.options, self.files))
        if published is not None:
            self.next_tree = self.executor.submit(partial(make_next, self.root, published))

    def save_caches(self, project: SettledProject, context: BuildContext) -> None:
        """Save what the next build can use."""
        self.engine_cache.save()
        note_engine_inputs(self.options, self.files)
        if self.fingerprint_cache is not None:
            self.fingerprint_cache.save()
        context.store.save(context.fingerprints.known)
        if LOCK_FILE in self.files:
            self.known_stale.save(project.draft, context.task_inputs.stale)
        if not project.findings:
            state = settled_state(context.task_inputs.edition, self.files, self.options.as_of)
            save_settled_state(self.root / CACHE, code_fingerprint(), state, self.settled_before)
        if self.next_tree is not None:
            self.next_tree.result()


def _chromium() -> Path:
    from .pdf import require_chromium  # noqa: PLC0415  hardly ever asked for

    return require_chromium()
