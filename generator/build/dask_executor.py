"""Executor that runs tasks on the workers of a Dask cluster; a lost worker's tasks go to the others. The only home of Dask.

The edition is sent to every worker once, pickled: workers pass on to each other what they have, and one of a hundred thousand
facts takes longer to be pickled again than a worker waits for another one. Batches of tasks follow, in waves: their outcomes
wait in the workers' memory until they are asked for. Workers read templates from the project's folder, at the same path as
here, and run the same code: a batch is refused where either differs, because the site would differ, too.
"""

from __future__ import annotations

import gc
import logging
import threading
import traceback
import uuid
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Self, TypeVar, cast

from distributed import Client, Future, KilledWorker
from distributed import TimeoutError as LateError
from distributed.client import FutureCancelledError

from ..model.report import Edition
from ..reading.translations import StalePassage
from ..records.struct import Struct
from ..store import inputs
from ..store.code_fingerprint import code_fingerprint
from ..store.hashing import content_hash
from ..store.objects import Pickled
from .background import BackgroundTask
from .tasks import Batch, TaskInputs, TaskOutcome, run_batch

Result = TypeVar("Result")

_SECONDS = 5  # to reach the scheduler, and between checks whether workers are left
_WAVE = 8  # batches for each worker that are submitted together; the next ones follow when half of that is left


class ClusterError(Exception):
    """The cluster cannot be used; the text says why."""


class _InputsWithoutEdition(Struct, frozen=True, kw_only=True):
    """Task inputs without the edition, which the workers have already."""

    root: Path
    code_fingerprint: str
    edition_hash: str
    templates: str
    stale: tuple[StalePassage, ...]
    latest: date | None
    parameters: Mapping[str, Mapping[str, Any]]


class _SentEdition(Struct, frozen=True, kw_only=True):
    """An edition that every worker has as a pickle, and the hash of that."""

    edition: Edition
    content_hash: str
    future: Future


class _SentInputs(Struct, frozen=True):
    """The futures of what every batch is run with."""

    edition: Future
    others: Future


class DaskExecutor:
    """The workers of a cluster."""

    def __init__(self, address: str) -> None:
        logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters is raised
        try:
            self._client = Client(address, timeout=_SECONDS, set_as_default=False)
        except (OSError, ValueError, LateError) as error:
            cluster_error = _cluster_error(error)
            # the client that could not connect is finalized now, not by whichever thread runs the garbage collector later
            traceback.clear_frames(error.__traceback__)
            gc.collect()
            raise cluster_error from error
        self._edition: _SentEdition | None = None
        try:
            self._client.wait_for_workers(1, timeout=_SECONDS)
        except LateError as error:
            self.close()
            msg = "the scheduler has no workers"
            raise ClusterError(msg) from error
        self.jobs = self._count()

    def run_batches(
        self,
        task_inputs: TaskInputs,
        batches: Sequence[Batch],
        *,
        in_background: bool = False,  # noqa: ARG002
    ) -> Iterator[list[TaskOutcome]]:
        """Batches over the workers; those of a lost worker are run by another one."""
        if not batches:
            return iter(())
        sent = self._send_inputs(task_inputs)
        return self._outcomes(task_inputs, batches, sent, deque(self._submit(sent, batches[: self.jobs * _WAVE])))

    def submit(self, function: Callable[[], Result], *, low_priority: bool = False) -> BackgroundTask[Result]:  # noqa: ARG002
        """Run it when its result is asked for: a process that is connected to a cluster has threads, and must not be forked."""
        return BackgroundTask(function, fork=False)

    def cancel_all(self) -> None:
        """Workers write nothing: what they make is stored by whoever waits for it."""

    def _send_inputs(self, task_inputs: TaskInputs) -> _SentInputs:
        """What the batches are run with. The cluster holds it only as long as somebody here refers to its futures."""
        try:
            edition = self._send_edition(task_inputs.edition)
            others = _InputsWithoutEdition(
                root=task_inputs.root,
                code_fingerprint=code_fingerprint(),
                edition_hash=edition.content_hash,
                templates=task_inputs.templates,
                stale=task_inputs.stale,
                latest=task_inputs.latest,
                parameters=task_inputs.parameters,
            )
            return _SentInputs(edition.future, self._client.scatter(others, broadcast=True, hash=False))
        except (OSError, LateError, KilledWorker, FutureCancelledError) as error:
            raise _cluster_error(error) from error

    def _submit(self, sent: _SentInputs, batches: Sequence[Batch]) -> list[Future]:
        """The futures of batches. Their keys make them one group, which the scheduler hands out as workers become free.

        Without a group it would prefer workers that hold the inputs, and it soon drops all copies of these but one.
        """
        group = f"batches-{uuid.uuid4()}"
        keys = [(group, number) for number in range(len(batches))]
        try:
            return list(self._client.map(_run_on_worker, batches, key=keys, pickled=sent.edition, others=sent.others))
        except (OSError, LateError, KilledWorker, FutureCancelledError) as error:
            raise _cluster_error(error) from error

    def _outcomes(
        self, task_inputs: TaskInputs, batches: Sequence[Batch], sent: _SentInputs, futures: deque[Future]
    ) -> Iterator[list[TaskOutcome]]:
        """The outcomes of batches in order; `futures` are those of the first ones. Inputs are sent again once for each worker.

        They are lost where the only worker is that has a copy left.
        """
        done = losses = 0
        while done < len(batches):
            if len(futures) <= self.jobs * _WAVE // 2:
                begun = done + len(futures)
                futures += self._submit(sent, batches[begun : begun + self.jobs * _WAVE])
            try:
                outcomes = self._wait(futures[0])
            except FutureCancelledError as error:
                losses += 1
                if losses > self.jobs or not self._count():
                    raise _cluster_error(error) from error
                self._edition = None
                sent = self._send_inputs(task_inputs)
                futures.clear()
            except (OSError, LateError, KilledWorker) as error:
                raise _cluster_error(error) from error
            else:
                futures.popleft()  # the cluster holds what a batch gave as long as somebody here refers to it
                done += 1
                yield outcomes

    def close(self) -> None:
        """Disconnect from the cluster."""
        self._client.close(timeout=_SECONDS)

    def __enter__(self) -> Self:
        """Connected already."""
        return self

    def __exit__(self, *_: object) -> None:
        """Disconnect."""
        self.close()

    def _count(self) -> int:
        return len(self._client.scheduler_info(n_workers=-1)["workers"])

    def _send_edition(self, edition: Edition) -> _SentEdition:
        if self._edition is None or self._edition.edition is not edition:
            pickled = Pickled.of(edition)
            future = self._client.scatter(pickled, broadcast=True, hash=False)
            self._edition = _SentEdition(edition=edition, content_hash=content_hash(pickled.content), future=future)
        return self._edition

    def _wait(self, future: Future) -> list[TaskOutcome]:
        """A batch's outcomes; ClusterError where no worker is left to run it."""
        while True:
            try:
                found: list[TaskOutcome] = future.result(timeout=_SECONDS)
            except LateError:
                if not self._count():
                    msg = "its workers are gone"
                    raise ClusterError(msg) from None
            else:
                return found


def _cluster_error(error: BaseException) -> ClusterError:
    return ClusterError(" ".join(str(error).split()) or type(error).__name__)


_LOCK = threading.Lock()  # a worker's threads share one figure, one set of templates and one edition
_EDITIONS: dict[str, Edition] = {}  # the one that this worker's batches are about, by its hash


def edition_of(pickled: Pickled, edition_hash: str) -> Edition:
    """The edition that was sent with this hash: restored for the first batch, and held until another one is asked for."""
    if edition_hash not in _EDITIONS:
        _EDITIONS.clear()
        _EDITIONS[edition_hash] = cast("Edition", pickled.restore())
    return _EDITIONS[edition_hash]


def _run_on_worker(batch: Batch, *, pickled: Pickled, others: _InputsWithoutEdition) -> list[TaskOutcome]:
    if code_fingerprint() != others.code_fingerprint:
        msg = "a worker has another version of this package, or other packages"
        raise ClusterError(msg)
    if not sees_templates(others.root, others.templates):
        msg = f"a worker finds other templates in {others.root}"
        raise ClusterError(msg)
    with _LOCK:
        task_inputs = TaskInputs(
            root=others.root,
            edition=edition_of(pickled, others.edition_hash),
            stale=others.stale,
            templates=others.templates,
            latest=others.latest,
            parameters=dict(others.parameters),
        )
        return run_batch(task_inputs, batch)


_SEEN: dict[Path, str] = {}  # the fingerprint of the templates that were expected below a root and found there last


def sees_templates(root: Path, expected: str) -> bool:
    """Whether this worker sees the expected templates; looked at again as long as it does not: a shared disk may be late."""
    if _SEEN.get(root) != expected and inputs.hash_subset(inputs.hash_inputs(root), "templates/") == expected:
        _SEEN[root] = expected
    return _SEEN.get(root) == expected
