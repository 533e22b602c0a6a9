"""Executors run tasks: in this process, over child processes, or (dask_executor) on a cluster. The results are the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import Any, Protocol, TypeVar

from .background import CAN_FORK, BackgroundTask
from .tasks import Batch, TaskInputs, TaskOutcome, run_batch, run_batches

Item = TypeVar("Item")
Result = TypeVar("Result")
_ENOUGH_ITEMS = 64  # to be worth another process
_TWO_PROCESSORS = 2  # the second one is the engine's by then
_ENOUGH_TASKS = 24  # to be worth another process


class Executor(Protocol):
    """Runs batches of tasks, and other functions beside them."""

    jobs: int  # how many processes it may use

    def run_batches(
        self, task_inputs: TaskInputs, batches: Sequence[Batch], *, in_background: bool = False
    ) -> Iterator[list[TaskOutcome]]:
        """The outcomes of each batch, in any order; `in_background` says that the caller does something else meanwhile."""

    def submit(self, function: Callable[[], Result]) -> BackgroundTask[Result]:
        """Run a function in the background where that is possible, else when its result is asked for."""


class SerialExecutor:
    """Runs everything in this process, when the outcomes are asked for."""

    jobs = 1

    def run_batches(
        self,
        task_inputs: TaskInputs,
        batches: Sequence[Batch],
        *,
        in_background: bool = False,  # noqa: ARG002
    ) -> Iterator[list[TaskOutcome]]:
        """One batch after the other."""
        for batch in batches:
            yield run_batch(task_inputs, batch)

    def submit(self, function: Callable[[], Result]) -> BackgroundTask[Result]:
        """Run it when its result is asked for."""
        return BackgroundTask(function, fork=False)


class ProcessExecutor:
    """Runs tasks in forked children of this process; where it must not or cannot fork, in a pool of spawned processes."""

    def __init__(self, jobs: int, *, min_tasks: int = _ENOUGH_TASKS, threads: bool = False) -> None:
        """`min_tasks` are worth more than one process. `threads` says that this process has some: it must not be forked."""
        self.jobs, self.min_tasks = jobs, min_tasks
        self.fork = CAN_FORK and not threads and jobs > 1
        self._submitted: list[BackgroundTask[Any]] = []

    def run_batches(
        self, task_inputs: TaskInputs, batches: Sequence[Batch], *, in_background: bool = False
    ) -> Iterator[list[TaskOutcome]]:
        """Batches over the processes; in the background they take up to half of them, and this process has no part in it.

        Many tasks for which no processor is free are run by this process when it asks for their outcomes: it then has nothing
        else to do.
        """
        count = sum(len(tasks) for _, tasks in batches)
        if self.jobs == 1 or not count or (count < self.min_tasks and not (in_background and self.fork)):
            return SerialExecutor().run_batches(task_inputs, batches)
        if not self.fork:
            return self._run_in_pool(task_inputs, batches)
        free = self.jobs - 1 - sum(task.running for task in self._submitted)
        if in_background and free < 1 and count >= self.min_tasks:
            return SerialExecutor().run_batches(task_inputs, batches)
        if in_background:
            here, children = 0, max(1, min(free, self.jobs // 2))
        else:
            here, children = 1, max(0, free) if self.jobs > _TWO_PROCESSORS else 0
        dealt = [batches[start :: here + children] for start in range(here + children)]
        started = [self.submit(partial(run_batches, task_inputs, share)) for share in dealt[here:] if share]
        return chain(*(SerialExecutor().run_batches(task_inputs, share) for share in dealt[:here]), self._results(started))

    def submit(self, function: Callable[[], Result]) -> BackgroundTask[Result]:
        """Run a function in a forked child."""
        task = BackgroundTask(function, fork=self.fork)
        if task.started:
            self._submitted.append(task)
        return task

    def shutdown(self) -> None:
        """Kill every child that is still at work."""
        for task in self._submitted:
            task.cancel()
        self._submitted.clear()

    def _results(self, started: Sequence[BackgroundTask[list[list[TaskOutcome]]]]) -> Iterator[list[TaskOutcome]]:
        for task in started:
            outcomes = task.result()
            self._submitted.remove(task)
            yield from outcomes

    def _run_in_pool(self, task_inputs: TaskInputs, batches: Sequence[Batch]) -> Iterator[list[TaskOutcome]]:
        """Over spawned processes, to each of which the inputs are sent once."""
        import multiprocessing  # noqa: PLC0415  most builds need neither
        from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415

        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(self.jobs, mp_context=context, initializer=_set_inputs, initargs=(task_inputs,)) as pool:
            yield from pool.map(_run_pooled, batches)


_INPUTS: list[TaskInputs] = []  # of a pool's process


def _set_inputs(task_inputs: TaskInputs) -> None:
    _INPUTS[:] = [task_inputs]


def _run_pooled(batch: Batch) -> list[TaskOutcome]:
    return run_batch(_INPUTS[0], batch)


def map_chunks(executor: Executor, function: Callable[[Sequence[Item]], list[Result]], items: Sequence[Item]) -> list[Result]:
    """Call a function with all items, in as many chunks as there are processes where the items are enough for several.

    Gives the results of all chunks in any order.
    """
    chunks = executor.jobs if len(items) >= _ENOUGH_ITEMS else 1
    started = [executor.submit(partial(function, items[start::chunks])) for start in range(1, chunks)]
    return [*function(items[::chunks]), *chain.from_iterable(task.result() for task in started)]
