"""The check of a settled project, which runs in the background while pages are rendered."""

from __future__ import annotations

from functools import partial
from types import TracebackType
from typing import Self

from ..checks.project_check import SettledProject, check_settled
from ..diagnostics.finding import Diagnostic
from ..model.report import Edition
from ..reading.translations import StalePassage
from .errors import BuildError, has_errors
from .executors import Executor
from .plan import Progress

_Outcome = tuple[tuple[Diagnostic, ...], tuple[StalePassage, ...]]


class BackgroundCheck:
    """Started at once, awaited by `require` at the latest before something is published.

    As a context manager it also reports what it found when something else failed meanwhile: what is wrong with the data
    explains what went wrong with the pages.
    """

    def __init__(self, project: SettledProject, executor: Executor, progress: Progress) -> None:
        self.project, self._progress = project, progress
        self._task = executor.submit(partial(_check, project), low_priority=True)
        self._reported = False

    def edition_to_render(self, known: tuple[StalePassage, ...] | None) -> tuple[Edition, tuple[StalePassage, ...]]:
        """The edition, and the texts that are older than the same text in another language.

        Where these are `known`, the edition is given while the check runs, if reading and settling found no error. Else
        both are known only when it is done.
        """
        edition = self.project.settled.edition
        if edition is None or has_errors(self.project.findings) or known is None or not self._task.started:
            return self.require()
        return edition, known

    def require(self) -> tuple[Edition, tuple[StalePassage, ...]]:
        """Wait for the check; BuildError where it found errors."""
        findings, stale = self._task.result()
        edition = self.project.settled.edition
        if edition is None or has_errors(findings):
            raise BuildError(findings)
        if not self._reported:
            self._reported = True
            self._progress(
                f"checked   {len(edition.facts)} facts, {len(edition.claims)} claims, {len(edition.checks)} relations,"
                f" {len(edition.sources)} sources"
            )
        return edition, stale

    def __enter__(self) -> Self:
        """Running already."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Where something failed, its errors come first."""
        if isinstance(error, Exception):
            self.require()


def _check(project: SettledProject) -> _Outcome:
    """Check a project, and save what was parsed for it."""
    checked = check_settled(project)
    project.parse_cache.save()
    return checked.findings, checked.stale
