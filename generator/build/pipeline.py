"""Builds a site: read, settle, check, render, draw, run the engine, put together, publish.

What overlaps in time, unless `jobs` is 1 or the system cannot fork safely:
- The engine's process starts, and reads the configurations of the last build, while the project is read (`open_build`).
- The check runs in a child process until something is to be published (`BackgroundCheck`).
- Charts are drawn in child processes while pages are rendered (`start_charts`).
- The engine builds a language as soon as its pages are rendered (`Build.render_pages`), until `Build.run_engine` waits for it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from ..diagnostics.finding import Diagnostic, DiagnosticError, Span
from ..engines.processes import EnginePool
from ..store.inputs import InputsChangedError
from .background_check import BackgroundCheck
from .engine_cache import CorruptCacheError
from .errors import BuildError, require_engine
from .executors import Executor
from .open_executor import open_executor
from .plan import (
    BuildOptions,
    InputSnapshot,
    Progress,
    closing_line,
    note_build,
    take_snapshot,
)
from .site import start_charts
from .steps import Build

_ATTEMPTS = 3  # to make a site of files that nobody writes to meanwhile


def build_site(
    options: BuildOptions,
    snapshot: InputSnapshot | None = None,
    *,
    progress: Progress,
    executor: Executor | None = None,
    engine_pool: EnginePool | None = None,
    keep_alive: list[object] | None = None,
) -> str:
    """Build and publish the site, and return the last line for the reader; BuildError leaves the published site as it was.

    `snapshot` was taken just before, and `engine_pool` started, by the caller. What the build needed is added to `keep_alive`,
    for a caller that ends right after: freeing all of it would take longer than building an edit.
    """
    began = time.monotonic()
    with open_build(options, snapshot, progress, executor, engine_pool) as build:
        closing = run_until_settled(build, keep_alive)
    if not options.render_only:
        progress(f"published {options.root / 'site'} in {time.monotonic() - began:.1f} s")
    return closing


def run_until_settled(build: Build, keep_alive: list[object] | None = None) -> str:
    """Run the steps of a build, again from the start where its files changed meanwhile, or a cache turns out to be damaged."""
    for attempt in range(_ATTEMPTS):
        try:
            return run_steps(build, keep_alive)
        except CorruptCacheError:
            if attempt:
                raise
            build = build.without_caches()
        except InputsChangedError:
            build = build.again()
        except Exception as error:
            if not build.inputs_changed():  # else what failed may have been read half written
                if isinstance(error, BuildError):
                    build.engine_cache.save()
                if isinstance(error, DiagnosticError):
                    raise BuildError([error.diagnostic]) from error
                raise
            build = build.again()
    raise BuildError([Diagnostic(rule="inputs-changing", span=Span("data"), args={"count": str(_ATTEMPTS)})])


def run_steps(build: Build, keep_alive: list[object] | None = None) -> str:
    """The steps of a build in order; what they share stands in `build`."""
    project = build.read_and_settle()
    if keep_alive is not None:
        keep_alive += [build, project]
    stale_before = build.stale_before_check(project)
    with BackgroundCheck(project, build.executor, build.progress) as check:
        edition, stale = check.edition_to_render(stale_before)
        context = build.open_context(edition, stale)
        add_charts = start_charts(context)
        pages = build.render_pages(context, chart_mistakes=lambda: add_charts(())[1])
        rendered = build.add_charts_and_fact_pages(context, pages, add_charts)
        if build.options.render_only:
            build.require_same_inputs()
            return build.finish_rendering(context)
        contents = build.collect_contents(context, rendered)
        outputs = build.start_outputs(contents, rendered)
        build.run_engine()
        staged = build.stage_site(contents, outputs)
        check.require()
        build.require_same_inputs()
        build.check_site(contents, staged)
    build.publish_site(staged)
    try:
        build.save_caches(project, context)
    except OSError as error:  # the site is published
        build.progress(f"not kept  for the next build: {error.strerror or error}")
    return closing_line(build.options.root)


@contextmanager
def open_build(
    options: BuildOptions,
    snapshot: InputSnapshot | None,
    progress: Progress,
    executor: Executor | None,
    engine_pool: EnginePool | None,
) -> Iterator[Build]:
    """What a build works with; processes that are not given are started here and ended with it."""
    require_engine(options)
    note_build(options.root)
    with (
        nullcontext(engine_pool) if engine_pool else EnginePool(options.root, options.engine) as engine,
        nullcontext(executor) if executor else open_executor(options) as opened,
    ):
        snapshot = snapshot or take_snapshot(options)
        if snapshot.starts_engine_early:
            engine.start(1)
        yield Build(options, snapshot, progress, opened, engine)
