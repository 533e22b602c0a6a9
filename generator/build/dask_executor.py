"""Hands on other machines: makes artifacts on a Dask cluster, whose workers take over from each other. The only home of Dask.

The report as data goes to every worker once; shares of artifacts follow. Workers read templates from the project's folder, at
the same path as here, and run the same code: a share is refused where either differs, because its bytes would differ too.
"""

from __future__ import annotations

import gc
import logging
import threading
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

from distributed import Client, Future, KilledWorker
from distributed import TimeoutError as LateError
from distributed.client import FutureCancelledError

from ..model.report import Edition
from ..reading.translations import StalePassage
from ..store import inputs
from .artifacts import Batch, Found, TaskInputs, TaskOutcome, run_batch
from .background import BackgroundTask

_SECONDS = 5  # to reach the scheduler, and between looks at who is left


class ClusterError(Exception):
    """The cluster cannot be used; the text says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Order:
    """Materials without the edition, which the workers have already."""

    root: Path
    code_fingerprint: str
    templates: str
    stale: tuple[StalePassage, ...]
    latest: date | None
    given: Mapping[str, Mapping[str, Any]]


class DaskExecutor:
    """The workers of a cluster."""

    def __init__(self, address: str) -> None:
        logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters is raised
        try:
            self._client = Client(address, timeout=_SECONDS, set_as_default=False)
        except (OSError, ValueError, LateError) as error:
            told = _told(error)
            # the client that did not come to be is closed here and now, not by whichever thread collects it later
            traceback.clear_frames(error.__traceback__)
            gc.collect()
            raise told from error
        self._edition: tuple[Edition, Future] | None = None
        try:
            self._client.wait_for_workers(1, timeout=_SECONDS)
        except LateError as error:
            self.close()
            msg = "the scheduler has no workers"
            raise ClusterError(msg) from error
        self.jobs = self._count()

    def work(
        self,
        materials: TaskInputs,
        shares: Sequence[Batch],
        *,
        in_background: bool = False,  # noqa: ARG002
    ) -> Iterator[list[TaskOutcome]]:
        """Shares over the workers; what a lost worker had is done by another one."""
        return self._answers(*self._submitted(materials, shares)) if shares else iter(())

    def submit(self, do: Callable[[], Found]) -> BackgroundTask[Found]:
        """When it is asked for: a process that speaks with a cluster has threads, and cannot be copied."""
        return BackgroundTask(do, copy=False)

    def _submitted(self, materials: TaskInputs, shares: Sequence[Batch]) -> tuple[list[Future], list[Future]]:
        """The shares, and what they are made from: the cluster has that only as long as somebody here holds it."""
        try:
            edition = self._scattered(materials.edition)
            options = _Order(
                root=materials.root,
                code_fingerprint=inputs.code_fingerprint(),
                templates=materials.templates,
                stale=materials.stale,
                latest=materials.latest,
                given=materials.given,
            )
            told = self._client.scatter(options, broadcast=True, hash=False)
            return [self._client.submit(_make, edition, told, share, pure=False) for share in shares], [edition, told]
        except (OSError, LateError, KilledWorker, FutureCancelledError) as error:
            raise _told(error) from error

    def _answers(self, futures: Sequence[Future], held: list[Future]) -> Iterator[list[TaskOutcome]]:
        try:
            for future in futures:
                yield self._waited(future)
            held.clear()
        except (OSError, LateError, KilledWorker, FutureCancelledError) as error:
            raise _told(error) from error

    def close(self) -> None:
        """Leave the cluster."""
        self._client.close(timeout=_SECONDS)

    def __enter__(self) -> Self:
        """Reached already."""
        return self

    def __exit__(self, *_: object) -> None:
        """Leave it."""
        self.close()

    def _count(self) -> int:
        return len(self._client.scheduler_info(n_workers=-1)["workers"])

    def _scattered(self, edition: Edition) -> Future:
        if self._edition is None or self._edition[0] is not edition:
            self._edition = (edition, self._client.scatter(edition, broadcast=True, hash=False))
        return self._edition[1]

    def _waited(self, future: Future) -> list[TaskOutcome]:
        """A share's outcomes, as long as somebody is there to make them."""
        while True:
            try:
                found: list[TaskOutcome] = future.result(timeout=_SECONDS)
            except LateError:
                if not self._count():
                    msg = "its workers are gone"
                    raise ClusterError(msg) from None
            else:
                return found


def _told(error: BaseException) -> ClusterError:
    return ClusterError(" ".join(str(error).split()) or type(error).__name__)


# --- on a worker ------------------------------------------------------------------------------

_TURN = threading.Lock()  # a worker's threads share one figure and one set of templates


def _make(edition: Edition, options: _Order, share: Batch) -> list[TaskOutcome]:
    if inputs.code_fingerprint() != options.code_fingerprint:
        msg = "a worker has another version of this package, or other packages"
        raise ClusterError(msg)
    if _templates(options.root, options.templates) != options.templates:
        msg = f"a worker finds other templates in {options.root}"
        raise ClusterError(msg)
    materials = TaskInputs(
        root=options.root,
        edition=edition,
        stale=options.stale,
        templates=options.templates,
        latest=options.latest,
        given=dict(options.given),
    )
    with _TURN:
        return run_batch(materials, share)


@lru_cache(maxsize=2)
def _templates(root: Path, _asked: str) -> str:
    """The print of the templates that this worker sees, looked up once for each print that is asked for."""
    return inputs.hash_subset(inputs.hash_inputs(root), "templates/")
