"""The site of a report while somebody edits it: each file as it would be published; what somebody looks at is made first.

After an edit the pages that are open in a browser come first. The rest follows in small steps, between which something else may
be asked for. site/ is not touched.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from pathlib import Path

from ..checks.project_check import CheckResult, SettledProject, check_settled, settle_project
from ..checks.shown_edition import shown_edition
from ..diagnostics.finding import Diagnostic, DiagnosticError
from ..engines.processes import EnginePool
from ..records.struct import replace
from ..settling.incremental import SettledState, settled_state
from ..store.code_fingerprint import code_fingerprint
from ..store.generated_folders import folder_numbers, remove_links
from ..store.inputs import Inputs, hash_subset, read_inputs
from ..store.parse_cache import ParseCache
from .artifacts import ArtifactStore
from .context import FingerprintCache
from .engine_cache import LanguageRecord
from .errors import BuildError, raise_engine_errors
from .executors import Executor, ProcessExecutor
from .folders import CACHE
from .live_engine import LiveEngine
from .live_revision import NOT_FOUND_FILE, CheckedFiles, KnownWork, PartialRevision, Revision, RevisionMaker
from .live_view import LiveChecker
from .manifest import site_files
from .plan import BuildOptions, Progress
from .publish import SiteFile
from .site_state import SiteState
from .site_tasks import forget_templates

__all__ = ["NOT_FOUND_FILE", "LiveSite"]
_STEP_SIZE = 8  # pages or charts that are made between two looks at what else is asked for
_QUIET = 0.5  # seconds without an edit before the whole site is checked
_MANY_TASKS = 64  # worth a pool of processes
_DATA_ERRORS = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


class LiveSite:
    """The site as it is now. One thread makes it; any may read `state` and `contents`."""

    def __init__(self, options: BuildOptions, engine_pool: EnginePool, progress: Progress) -> None:
        self.options, self.root, self.engine_pool, self.progress = options, options.root, engine_pool, progress
        self.executor: Executor = ProcessExecutor(options.at_once)
        remove_links(self.root)
        self.parse_cache = ParseCache(self.root / CACHE / "read", code_fingerprint())
        self.store = ArtifactStore(self.root / CACHE, code_fingerprint())
        self.state = SiteState()
        self.contents: dict[str, tuple[str, bytes]] = {}  # what was asked for: path -> fingerprint and content
        self.findings: tuple[Diagnostic, ...] = ()
        self.shows_present = True  # whether what is shown is of the files as they were read last
        self._inputs = Inputs()
        self._revision: Revision | None = None
        self._fingerprints: FingerprintCache | None = None  # of the last revision of which anything was confirmed
        self._settled: SettledState | None = None
        self._records: Mapping[str, LanguageRecord] = {}
        self._engine = LiveEngine(self.root, progress)
        self._last: CheckedFiles | None = None  # of the last revision that was checked
        self._checker = LiveChecker(self.root)
        self._steps: Iterator[float] = iter(())
        self._warm = False
        self._folders: Mapping[Path, int] = {}  # those in which the site is made; see `folder_numbers`

    def anew(self) -> LiveSite:
        """The same site before anything was made of it, for when its folders were deleted or written to by others.

        What was made last can be seen until there is something newer.
        """
        other = LiveSite(self.options, self.engine_pool, self.progress)
        other.state, other.contents, other.findings = self.state.only_made(self.contents), self.contents, self.findings
        return other

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """Why the present state of the project cannot be shown."""
        return tuple(finding for finding in self.findings if finding.severity == "error")

    @property
    def files(self) -> Mapping[str, str]:
        """The hash of each of the project's files by path."""
        return self._inputs.hashes

    def changed_inputs(self) -> list[str]:
        """Read the state of the project's files; gives the paths of those that were written to since the last time."""
        now = read_inputs(self.root, self._inputs)
        if not (changed := now.changed_since(self._inputs)):
            return []
        self._inputs = now
        if self._revision is not None:  # what was made last may be of either state
            self._revision.forget_unconfirmed()
        if any(path.startswith("templates/") for path in changed):
            forget_templates()
        return changed

    @property
    def _is_current(self) -> bool:
        """Whether nothing was written to the project's files since they were read."""
        return read_inputs(self.root, self._inputs) == self._inputs

    def is_intact(self) -> bool:
        """Whether the folders in which the site is made are the same ones as before, and hold what the engine reads."""
        now = folder_numbers(self.root)
        if any(now.get(path) != number for path, number in self._folders.items()):
            return False
        engine_failed = any(finding.rule == "engine-failed" for finding in self.findings)
        return not engine_failed or self._engine.sources.are_there()

    def update(self, open_paths: Collection[str]) -> None:
        """Make the open pages of the files as they were read; `findings` say what is wrong with those.

        With errors, what can be shown is made all the same; where that is nothing, everything stays as it was.
        """
        day, cache = self.options.as_of, self.parse_cache
        project = settle_project(self.root, evaluation_date=day, parse_cache=cache, previous=self._settled, files=self.files)
        self._steps, going_on = iter(()), self._steps
        if self._show_first(project, open_paths):
            self._steps = self._check_and_go_on(project, open_paths)
        else:
            self._check(project, open_paths, going_on)

    def _check_and_go_on(self, project: SettledProject, open_paths: Collection[str]) -> Iterator[float]:
        self._check(project, open_paths, iter(()))
        yield 0

    def _check(self, project: SettledProject, open_paths: Collection[str], going_on: Iterator[float]) -> None:
        """Check the project and show it as a whole; where nothing of it can be shown, go on with what was being made."""
        day, checked = self.options.as_of, check_settled(project)
        self.findings = checked.findings
        if checked.edition is not None and checked.settled_cleanly:
            is_of_files = checked.draft.files_read <= self.files.keys() and self._is_current
            self._settled = settled_state(checked.edition, self.files, day, pack=False) if is_of_files else None
        if checked.edition is not None and not self.state.site_url:
            self.state = SiteState(site_url=checked.edition.report.site_url)  # where to wait for the first good state
        shown = None if self._revision is None else self._revision.context.task_inputs.edition
        edition = shown_edition(self.root, checked, self.parse_cache, evaluation_date=day, last=shown)
        take_over = partial(self._show_whole, replace(checked, edition=edition), list(open_paths))
        self.shows_present = edition is not None and self._collect_errors(take_over)
        if not self.shows_present and checked.errors:
            self._steps = going_on  # the state that is shown goes on being made

    def do_step(self) -> float | None:
        """Make some of the rest; gives how many seconds to wait for a request before the next step, None when all is done."""
        pauses: list[float] = []
        self._collect_errors(lambda: pauses.extend(islice(self._steps, 1)))
        self._confirm()
        return pauses[0] if pauses else None

    def _confirm(self) -> bool:
        """Whether all that was made is of the files as they are: then it is kept for builds."""
        if (made := self._revision) is None or made.files is not self.files or not self._is_current:
            return False
        made.confirm()
        self._fingerprints = self._fingerprints if self.errors else made.fingerprints
        return not self.errors

    def content(self, path: str) -> bytes | None:
        """A file as it is now; None where there is none, or where it cannot be made (`findings` say why)."""
        if self._revision is None:  # what can still be seen is of an earlier state: what that was made of may be gone
            return self.contents[path][1] if path in self.contents else None
        if isinstance(self._revision, PartialRevision) and not self._tries(partial(self._make_pages, self._revision, [path])):
            self.do_step()  # the check tells why
        if not isinstance(self._revision, PartialRevision) and self._revision.engine_pages(path):
            self._collect_errors(partial(self._make_pages, self._revision, [path]))
        while self.state.file(path) is None and not self.state.complete and self.do_step() is not None:
            pass
        if self.state.file(path) is None and not self.state.outputs:
            self._collect_errors(partial(self._add_outputs, self._revision))
        file = self.state.file(path)
        return None if file is None else self._make(path, file)

    def _make(self, path: str, file: SiteFile) -> bytes:
        known = self.contents.get(path)
        if known is None or known[0] != file.fingerprint:
            content = file.make()
            known = self.contents[path] = (file.fingerprint, content.encode() if isinstance(content, str) else content)
        return known[1]

    def _collect_errors(self, function: Callable[[], None]) -> bool:
        """Call a function; the errors it raises are added to the findings, and nothing more is made. Whether it raised none."""
        try:
            function()
        except (BuildError, DiagnosticError) as error:
            for one in error.findings if isinstance(error, BuildError) else (error.diagnostic,):
                self.findings = self.findings if one in self.findings else (*self.findings, one)
        except _DATA_ERRORS:
            if not self.errors:
                raise
        else:
            return True
        self._steps = iter(())
        return False

    @staticmethod
    def _tries(function: Callable[[], None]) -> bool:
        """Call a function with data that is not checked yet; whether it raised nothing. If so, the check says what is wrong."""
        try:
            function()
        except (BuildError, DiagnosticError, *_DATA_ERRORS):
            return False
        return True

    def _show_first(self, project: SettledProject, open_paths: Collection[str]) -> bool:
        """Show the open pages of an edit of numbers before it is checked; False where it changed more than that."""
        edition, last = project.settled.edition, self._last
        if edition is None or last is None or self.errors or not last.has_same_texts(self.files, project):
            return False
        revision = self._maker.make_partial(edition, self.files)
        take_over = partial(self._take_over, revision, list(open_paths))
        self.shows_present = self._engine.is_ready(revision) and self._tries(take_over)
        return self.shows_present

    def _show_whole(self, checked: CheckResult, open_paths: Sequence[str]) -> None:
        """Show a state of the project that was checked."""
        revision = self._maker.make(checked, self.files)
        self._engine.get_ready(revision)
        self._take_over(revision, list(open_paths))
        self._steps = self._remaining_steps(revision)
        self.executor = ProcessExecutor(self.options.at_once, min_tasks=_MANY_TASKS, threads=True)
        self._last = CheckedFiles(self.files, checked.draft)

    def _take_over(self, revision: Revision, open_paths: Sequence[str]) -> None:
        """Show a new state of the project, its open pages first."""
        shown = self.state
        known = self.state.files if self._revision is not None else {}  # the makers of an earlier site read what may be gone
        others = {path: file for path, file in known.items() if not path.endswith(".html")}
        self.state = SiteState(
            site_url=revision.context.task_inputs.edition.report.site_url,
            files={**others, **revision.static_files()},
            assets=hash_subset(self.files, "docs/"),
        )
        try:
            self._make_pages(revision, open_paths)
        except Exception:
            self.state = shown
            revision.forget_unconfirmed()
            raise
        self._revision = revision
        self._folders = folder_numbers(self.root)
        self._records = {code: language.record for code, language in revision.engine_cache.languages.items()}

    @property
    def _maker(self) -> RevisionMaker:
        known = KnownWork(revision=self._revision, fingerprints=self._fingerprints, records=self._records)
        return RevisionMaker(
            root=self.root, store=self.store, executor=self.executor, engine_pool=self.engine_pool, known=known
        )

    def _make_pages(self, revision: Revision, paths: Sequence[str]) -> None:
        """Make some pages now, and show them."""
        made = self._engine.make_pages(revision, paths)
        for path, file in made.items():
            self._make(path, file)
        self.state = replace(self.state, files={**self.state.files, **made})

    def _remaining_steps(self, revision: Revision) -> Iterator[float]:
        """Make everything else in steps, what may be looked at next first; yields how long to wait before the next one."""
        revision.render_fact_pages()
        yield 0
        charts = list(revision.context.task_inputs.edition.charts)
        for code in revision.rendered:
            for start in range(0, len(charts), _STEP_SIZE):
                revision.draw({code: charts[start : start + _STEP_SIZE]})
                yield 0
        self._engine.sources.write_all(revision)
        self._folders = folder_numbers(self.root)
        yield 0
        self.state = replace(self.state, files=site_files(revision.contents), complete=True)
        yield 0
        raise_engine_errors(revision.engine_cache.build_pages(dict.fromkeys(revision.rendered, ())), self.progress)
        yield 0  # now the engine is ready for the first edit
        if not self._warm:
            self._warm = True
            revision.warm_up()
        for code in revision.rendered:
            missing = revision.engine_cache[code].missing()
            for start in range(0, len(missing), _STEP_SIZE):
                yield 0
                self._engine.build_pages(revision, [(code, name) for name in missing[start : start + _STEP_SIZE]])
        self.state = replace(self.state, files=site_files(revision.contents))  # search indexes hold what these pages say
        yield _QUIET
        if not self.errors:  # else it cannot be published anyway
            self._add_outputs(revision)
            for _ in self._checker.check(revision.contents, self.state):
                yield 0
        yield 0
        self.parse_cache.save()
        if self._confirm():
            revision.engine_cache.save_complete()
            self.store.save()

    def _add_outputs(self, revision: Revision) -> None:
        self.state = replace(self.state, outputs=revision.outputs())
