"""Executors run tasks: in this process, over child processes, or (dask_executor) on a cluster. The results are the same."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from functools import partial
from itertools import chain
from typing import Any, Protocol, TypeVar

from ..records.struct import replace
from .background import CAN_FORK, BackgroundTask
from .tasks import Batch, TaskInputs, TaskOutcome, run_batch, run_batches

Item = TypeVar("Item")
Result = TypeVar("Result")
_ENOUGH_ITEMS = 24  # to be worth another process
_ENOUGH_TASKS = 24  # to be worth another process
_ENOUGH_IN_BACKGROUND = 8  # the same where this process does something else meanwhile


class Executor(Protocol):
    """Runs batches of tasks, and other functions beside them."""

    jobs: int  # how many processes it may use

    def run_batches(
        self, task_inputs: TaskInputs, batches: Sequence[Batch], *, in_background: bool = False
    ) -> Iterator[list[TaskOutcome]]:
        """The outcomes of each batch, in any order; `in_background` says that the caller does something else meanwhile."""

    def submit(self, function: Callable[[], Result], *, patient: bool = False) -> BackgroundTask[Result]:
        """Run a function in the background where that is possible, else when its result is asked for.

        One that is `patient` lets all others go first.
        """


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

    def submit(self, function: Callable[[], Result], *, patient: bool = False) -> BackgroundTask[Result]:  # noqa: ARG002
        """Run it when its result is asked for."""
        return BackgroundTask(function, fork=False)


class ProcessExecutor:
    """Runs tasks in forked children of this process; where it must not or cannot fork, in a pool of spawned processes."""

    def __init__(self, jobs: int, *, min_tasks: int = _ENOUGH_TASKS, threads: bool = False) -> None:
        """`min_tasks` are worth more than one process. `threads` says that this process has some: it must not be forked."""
        self.jobs, self.min_tasks = jobs, min_tasks
        self.fork = CAN_FORK and not threads and jobs > 1
        self.long_tasks = False  # whether a single task is worth a child
        self._submitted: list[BackgroundTask[Any]] = []

    def run_batches(
        self, task_inputs: TaskInputs, batches: Sequence[Batch], *, in_background: bool = False
    ) -> Iterator[list[TaskOutcome]]:
        """Batches over the processes; in the background they take up to half of them, and this process has no part in it.

        Else there is a child, also while the engine is at work: processes take batches one by one, as far as each gets.
        Few tasks are run by this process when it asks for their outcomes, as a child would have to load for itself what they
        need. So are many in the background for which no processor is free: this process then has nothing else to do. And so
        are those for which children have every processor: one more would only copy this process's memory. Many long tasks are
        not left to the background, as this process has less to do meanwhile; for few, a patient child makes room.
        """
        count = sum(len(tasks) for _, tasks in batches)
        in_background = in_background and not (self.long_tasks and count >= self.min_tasks)
        of_child = 1 if self.long_tasks else min(_ENOUGH_IN_BACKGROUND, self.min_tasks)
        enough = of_child if in_background and self.fork else self.min_tasks
        if self.jobs == 1 or not count or count < enough:
            return SerialExecutor().run_batches(task_inputs, batches)
        if not self.fork:
            return self._run_in_pool(task_inputs, batches)
        free = self.jobs - 1 - sum(task.running for task in self._submitted if not (self.long_tasks and task.patient))
        if free < (1 if in_background and (count >= self.min_tasks or self.long_tasks) else 0):
            return SerialExecutor().run_batches(task_inputs, batches)
        if not in_background:
            return self._share(task_inputs, batches, max(1, free))
        children = max(1, min(free, self.jobs // 2))
        dealt = [batches[start::children] for start in range(children)]
        return self._results([self.submit(partial(run_batches, task_inputs, share)) for share in dealt if share])

    def _share(self, task_inputs: TaskInputs, batches: Sequence[Batch], children: int) -> Iterator[list[TaskOutcome]]:
        """Batches that children and this process take from a queue, in their order; what a killed child took is run here."""
        queue = _Queue(len(batches))
        run_next = partial(_run_from_queue, task_inputs, batches, queue)
        try:
            started = [self.submit(run_next) for _ in range(children)]
            done = run_next()
            for task in started:
                done.update(task.result())
                self._submitted.remove(task)
        finally:
            queue.close()
        for number, batch in enumerate(batches):
            yield done[number] if number in done else run_batch(task_inputs, batch)

    def submit(self, function: Callable[[], Result], *, patient: bool = False) -> BackgroundTask[Result]:
        """Run a function in a forked child."""
        task = BackgroundTask(function, fork=self.fork, patient=patient)
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
        """Over spawned processes, to each of which the inputs are sent once; what they make is stored here."""
        import multiprocessing  # noqa: PLC0415  most builds need neither
        from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415

        context = multiprocessing.get_context("spawn")
        task_inputs = replace(task_inputs, keep=None)
        with ProcessPoolExecutor(self.jobs, mp_context=context, initializer=_set_inputs, initargs=(task_inputs,)) as pool:
            yield from pool.map(_run_pooled, batches)


def sharing_memory(executor: Executor) -> Executor:
    """What runs tasks that read more than their inputs: this process, with children where these are forked off it."""
    return executor if isinstance(executor, ProcessExecutor) and executor.fork else SerialExecutor()


def for_long_tasks(executor: Executor) -> Executor:
    """The same executor for tasks of which each is worth a child."""
    if not isinstance(executor, ProcessExecutor):
        return executor
    found = copy(executor)  # with the same children
    found.long_tasks = True
    return found


class _Queue:
    """The numbers from 0 up to a count, each given once to one of the processes that share it: a pipe that holds them all."""

    _BYTES = 4

    def __init__(self, count: int) -> None:
        self._reader, writer = os.pipe()
        os.write(writer, b"".join(number.to_bytes(self._BYTES, "big") for number in range(count)))
        os.close(writer)

    def __iter__(self) -> Iterator[int]:
        """The next numbers, until there are none left; the system gives the bytes of one read to one reader."""
        while taken := os.read(self._reader, self._BYTES):
            yield int.from_bytes(taken, "big")

    def close(self) -> None:
        """Close it in this process."""
        os.close(self._reader)


def _run_from_queue(task_inputs: TaskInputs, batches: Sequence[Batch], queue: _Queue) -> dict[int, list[TaskOutcome]]:
    return {number: run_batch(task_inputs, batches[number]) for number in queue}


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
