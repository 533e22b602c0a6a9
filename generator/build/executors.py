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
from .tasks import Batch, TaskInputs, TaskOutcome, run_batch

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

    def submit(self, function: Callable[[], Result], *, low_priority: bool = False) -> BackgroundTask[Result]:
        """Run a function in the background where that is possible, else when its result is asked for.

        With `low_priority`, all others go first.
        """

    def cancel_all(self) -> None:
        """End all that was begun and is not awaited any more: from here on, none of it writes anything."""


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

    def submit(self, function: Callable[[], Result], *, low_priority: bool = False) -> BackgroundTask[Result]:  # noqa: ARG002
        """Run it when its result is asked for."""
        return BackgroundTask(function, fork=False)

    def cancel_all(self) -> None:
        """Nothing runs that nobody waits for."""


class ProcessExecutor:
    """Runs tasks in forked children of this process; where it must not or cannot fork, in a pool of spawned processes."""

    def __init__(self, jobs: int, *, min_tasks: int = _ENOUGH_TASKS, threads: bool = False) -> None:
        """`min_tasks` are worth more than one process. `threads` says that this process has some: it must not be forked."""
        self.jobs, self.min_tasks = jobs, min_tasks
        self.fork = CAN_FORK and not threads and jobs > 1
        self.long_tasks = False  # whether a single task is worth a child
        self._submitted: list[BackgroundTask[Any]] = []
        self._queues: list[_Queue] = []

    def run_batches(
        self, task_inputs: TaskInputs, batches: Sequence[Batch], *, in_background: bool = False
    ) -> Iterator[list[TaskOutcome]]:
        """Batches over the processes, which take them one by one, as far as each gets.

        In the background up to half of the processes begin at once; this one takes part from when it asks for the outcomes,
        unless there are only few short tasks, for which it would have to load what they need. Else there is a child, too, also
        while the engine is at work.
        Few tasks are run by this process when it asks for their outcomes, as a child would have to load for itself what they
        need. So are many in the background for which no processor is free: this process then has nothing else to do. And so
        are those for which children have every processor when they are asked for: one more would only copy this process's
        memory. Many long tasks are not left to the background, as this process has less to do meanwhile; for few, a child
        of low priority makes room.
        """
        count = sum(len(tasks) for _, tasks in batches)
        many, serial = count >= self.min_tasks, SerialExecutor()
        if self.jobs == 1 or not count:
            return serial.run_batches(task_inputs, batches)
        if in_background and self.fork and not (self.long_tasks and many):
            if self.long_tasks or count >= min(_ENOUGH_IN_BACKGROUND, self.min_tasks):
                return self._start_in_background(task_inputs, batches, helps=self.long_tasks or many)
        elif many:
            return self._share(task_inputs, batches) if self.fork else self._run_in_pool(task_inputs, batches)
        return serial.run_batches(task_inputs, batches)

    def _start_in_background(
        self, task_inputs: TaskInputs, batches: Sequence[Batch], *, helps: bool
    ) -> Iterator[list[TaskOutcome]]:
        """Batches that children begin at once; this process `helps` later, or only waits for them. See `run_batches`."""
        free = self._free()
        if free < (1 if helps else 0):
            return SerialExecutor().run_batches(task_inputs, batches)
        return _SharedBatches(self, task_inputs, batches, children=max(1, min(free, self.jobs // 2))).outcomes(helps=helps)

    def _free(self) -> int:
        """How many processors neither this process nor a child of it needs; below 0 where there are more of them."""
        return self.jobs - 1 - sum(task.running for task in self._submitted if not (self.long_tasks and task.low_priority))

    def _share(self, task_inputs: TaskInputs, batches: Sequence[Batch]) -> Iterator[list[TaskOutcome]]:
        """Batches that children and this process take from a queue, unless children have every processor.

        That is settled when the outcomes are asked for: what was put off may then find a processor free that had none before.
        """
        if (free := self._free()) < 0:
            yield from SerialExecutor().run_batches(task_inputs, batches)
        else:
            yield from _SharedBatches(self, task_inputs, batches, children=max(1, free)).outcomes(helps=True)

    def submit(self, function: Callable[[], Result], *, low_priority: bool = False) -> BackgroundTask[Result]:
        """Run a function in a forked child."""
        task = BackgroundTask(function, fork=self.fork, low_priority=low_priority)
        if task.started:
            self._submitted.append(task)
        return task

    def cancel_all(self) -> None:
        """Kill every child that is still at work, and close what it shares with this process."""
        for task in self._submitted:
            task.cancel()
        self._submitted.clear()
        for queue in self._queues:
            queue.close()
        self._queues.clear()

    def open_queue(self, count: int) -> _Queue:
        """A queue for children to share, which is closed at the latest by `cancel_all`."""
        self._queues.append(_Queue(count))
        return self._queues[-1]

    def end(self, tasks: Sequence[BackgroundTask[Any]], queue: _Queue) -> None:
        """Kill those of some children that are still at work, and close the queue that they shared."""
        for task in tasks:
            task.cancel()
            self._submitted.remove(task)
        queue.close()
        self._queues.remove(queue)

    def _run_in_pool(self, task_inputs: TaskInputs, batches: Sequence[Batch]) -> Iterator[list[TaskOutcome]]:
        """Over spawned processes, to each of which the inputs are sent once; what they make is stored here."""
        import multiprocessing  # noqa: PLC0415  most builds need neither
        from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415

        context = multiprocessing.get_context("spawn")
        task_inputs = replace(task_inputs, keep=None)
        with ProcessPoolExecutor(self.jobs, mp_context=context, initializer=_set_inputs, initargs=(task_inputs,)) as pool:
            yield from pool.map(_run_pooled, batches)


def in_process_executor(executor: Executor) -> Executor:
    """The executor for tasks that read objects of this process: the same where its children are forked, else a serial one."""
    return executor if isinstance(executor, ProcessExecutor) and executor.fork else SerialExecutor()


def with_long_tasks(executor: Executor) -> Executor:
    """The same executor for tasks of which each is worth a child."""
    if not isinstance(executor, ProcessExecutor):
        return executor
    found = copy(executor)  # with the same children
    found.long_tasks = True
    return found


class _SharedBatches:
    """Batches that children take from a queue, in their order, and this process with them; a killed child's are run here."""

    def __init__(self, executor: ProcessExecutor, task_inputs: TaskInputs, batches: Sequence[Batch], *, children: int) -> None:
        """Start the children at once."""
        self._executor, self._task_inputs, self._batches = executor, task_inputs, batches
        self._queue = executor.open_queue(len(batches))
        self._started = [executor.submit(self._run_next) for _ in range(children)]

    def outcomes(self, *, helps: bool) -> Iterator[list[TaskOutcome]]:
        """The outcomes of each batch in order; this process `helps` from when they are asked for, else it only waits."""
        try:
            done = self._run_next() if helps else {}
            for task in self._started:
                done.update(task.result())
        finally:
            self._executor.end(self._started, self._queue)
        for number, batch in enumerate(self._batches):
            yield done[number] if number in done else run_batch(self._task_inputs, batch)

    def _run_next(self) -> dict[int, list[TaskOutcome]]:
        return {number: run_batch(self._task_inputs, self._batches[number]) for number in self._queue}


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
