"""Makes what is missing: every artifact is remembered with the print of all it was made of, and made anew when that changes.

An artifact is a kind and a key; its maker is a function of the materials and the key. Artifacts do not know each other, so
making many is choosing whose hands: this process, a pool of processes, or other machines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, Protocol, TypeVar

from ..diagnostics.finding import DiagnosticError
from ..model import dependencies
from ..model.report import Edition
from ..reading.translations import StalePassage
from ..store.blobs import BlobRef, BlobStore
from ..store.cache import Cache
from ..store.fast_pickle import FastPickle
from .background import CAN_FORK, BackgroundTask


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskInputs:
    """What makers work with. What they take from it besides the edition they have to `note`."""

    root: Path
    edition: Edition
    stale: tuple[StalePassage, ...] = ()  # texts that are older than their twins
    templates: str = ""  # the print of all templates
    latest: date | None = None  # when anything of the edition changed last
    given: dict[str, Mapping[str, Any]] = field(default_factory=dict)  # what one kind is told of the results of others, by key
    seen: set[str] = field(default_factory=set)

    def note(self, *names: str) -> None:
        """Say that something with these names was used."""
        self.seen.update(names)

    def tracked(self) -> TaskInputs:
        """The same for one artifact: with an edition that notes what is asked of it."""
        seen: set[str] = set()
        return replace(self, edition=dependencies.track_accesses(self.edition, seen), seen=seen)


@dataclass(frozen=True, slots=True)
class Deferred:
    """Something that is looked up when it is asked for, or when it goes to another process: then it goes as it is."""

    look_up: Callable[[], Any]

    def __call__(self) -> Any:  # noqa: ANN401  whatever it is
        """What it is."""
        return self.look_up()

    def __reduce__(self) -> tuple[type[Deferred], tuple[_Known]]:
        """What it is goes, not the way to it."""
        return Deferred, (_Known(self()),)


@dataclass(frozen=True, slots=True)
class _Known:
    value: Any

    def __call__(self) -> Any:  # noqa: ANN401  as above
        return self.value


@dataclass(frozen=True, slots=True)
class Task(FastPickle):
    """One artifact to make."""

    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class TaskResult:
    """What a maker gives: what later steps need to know, and the artifact itself."""

    summary: Any
    payload: Any = None


TaskFunction = Callable[[TaskInputs, str], TaskResult]
TaskFunctions = Mapping[str, TaskFunction]


@dataclass(frozen=True, slots=True, kw_only=True)
class Artifact(FastPickle):
    """An artifact that is up to date: the names and the print of what it was made of, and what later steps need of it."""

    task: Task
    names: tuple[str, ...]
    fingerprint: str
    summary: Any
    place: BlobRef | None = None  # where the artifact itself is kept
    fresh: bool = False  # made just now


Found = TypeVar("Found")
Thing = TypeVar("Thing")
_MANY = 64  # things: worth another process
_TWO = 2  # processors: the other one is the engine's by then
Batch = tuple[TaskFunctions, tuple[Task, ...]]
TaskOutcome = tuple[Task, TaskResult | DiagnosticError, tuple[str, ...]]


class Executor(Protocol):
    """Whoever makes things: gives the outcomes of all shares, in order."""

    jobs: int

    def work(
        self, materials: TaskInputs, shares: Sequence[Batch], *, in_background: bool = False
    ) -> Iterator[list[TaskOutcome]]:
        """Make every task of every share from the same materials; `aside` if whoever asks goes on with something else."""

    def submit(self, do: Callable[[], Found]) -> BackgroundTask[Found]:
        """Do something else of a build while it goes on, where that is possible."""


def run_batch(materials: TaskInputs, share: Batch) -> list[TaskOutcome]:
    """Make some artifacts, each under watch. An author's mistake is an outcome too: it comes back as the exception."""
    makers, tasks = share
    outcomes: list[TaskOutcome] = []
    for task in tasks:
        own = materials.tracked()
        try:
            result: TaskResult | DiagnosticError = makers[task.kind](own, task.key)
        except DiagnosticError as mistake:
            result = mistake
        outcomes.append((task, result, dependencies.accessed_names(own.seen)))
    return outcomes


class SerialExecutor:
    """Everything in this process."""

    jobs = 1

    def work(
        self,
        materials: TaskInputs,
        shares: Sequence[Batch],
        *,
        in_background: bool = False,  # noqa: ARG002
    ) -> Iterator[list[TaskOutcome]]:
        """One share after the other."""
        for share in shares:
            yield run_batch(materials, share)

    def submit(self, do: Callable[[], Found]) -> BackgroundTask[Found]:
        """When it is asked for."""
        return BackgroundTask(do, copy=False)


_MATERIALS: list[TaskInputs] = []  # of a pool's process


def _begin(materials: TaskInputs) -> None:
    _MATERIALS[:] = [materials]


def _pooled(share: Batch) -> list[TaskOutcome]:
    return run_batch(_MATERIALS[0], share)


class ProcessExecutor:
    """Processes on this machine: copies of this one where that can be, and new ones else."""

    def __init__(self, jobs: int, *, least: int = 24, threads: bool = False) -> None:
        """`least` tasks are worth more than one process. `threads` says that this one has some: then it must not be copied."""
        self.jobs, self.least = jobs, least
        self.copies = CAN_FORK and not threads and jobs > 1
        self._begun: list[BackgroundTask[Any]] = []

    def work(
        self, materials: TaskInputs, shares: Sequence[Batch], *, in_background: bool = False
    ) -> Iterator[list[TaskOutcome]]:
        """Shares over the processes; aside, they take up to half of them, and this one has no part in it.

        Many tasks for which no processor is free are done by this one when it asks for them: it will have nothing else to do.
        """
        count = sum(len(tasks) for _, tasks in shares)
        if self.jobs == 1 or not count or (count < self.least and not (in_background and self.copies)):
            return SerialExecutor().work(materials, shares)
        if not self.copies:
            return self._spread(materials, shares)
        free = self.jobs - 1 - sum(one.busy for one in self._begun)
        if in_background and free < 1 and count >= self.least:
            return SerialExecutor().work(materials, shares)
        own = 0 if in_background else 1
        many = own + (max(1, min(free, self.jobs // 2)) if in_background else max(0, free) if self.jobs > _TWO else 0)
        piles = [shares[start::many] for start in range(many)]
        copies = [self.submit(partial(_make_pile, materials, pile)) for pile in piles[own:] if pile]
        return chain(*(SerialExecutor().work(materials, pile) for pile in piles[:own]), self._results(copies))

    def submit(self, do: Callable[[], Found]) -> BackgroundTask[Found]:
        """In a copy of this process."""
        begun = BackgroundTask(do, copy=self.copies)
        self._begun.append(begun)
        return begun

    def leave(self) -> None:
        """Let everything be that is still being done."""
        for one in self._begun:
            one.leave()
        self._begun.clear()

    def _results(self, copies: Sequence[BackgroundTask[list[list[TaskOutcome]]]]) -> Iterator[list[TaskOutcome]]:
        for one in copies:
            outcomes = one.result()
            self._begun.remove(one)
            yield from outcomes

    def _spread(self, materials: TaskInputs, shares: Sequence[Batch]) -> Iterator[list[TaskOutcome]]:
        """Over new processes, each of which is sent the materials once."""
        import multiprocessing  # noqa: PLC0415  most builds need neither
        from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415

        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(self.jobs, mp_context=context, initializer=_begin, initargs=(materials,)) as pool:
            yield from pool.map(_pooled, shares)


def _make_pile(materials: TaskInputs, shares: Sequence[Batch]) -> list[list[TaskOutcome]]:
    return [run_batch(materials, share) for share in shares]


def map_batches(executor: Executor, do: Callable[[Sequence[Thing]], list[Found]], things: Sequence[Thing]) -> list[Found]:
    """Have something done with many things that do not depend on each other, where they are enough for several hands.

    Gives all that came of it, in any order.
    """
    many = executor.jobs if len(things) >= _MANY else 1
    begun = [executor.submit(partial(do, things[start::many])) for start in range(1, many)]
    return [*do(things[::many]), *chain.from_iterable(one.result() for one in begun)]


class ArtifactStore:
    """What is known of artifacts from one build to the next: a shelf per kind, and packs of what is kept of each."""

    def __init__(self, folder: Path, code_fingerprint: str) -> None:
        self.folder, self.code_fingerprint = folder, code_fingerprint
        self._cache = Cache(folder)
        self._shelves: dict[str, dict[str, Artifact]] = {}
        self._packs: dict[str, BlobStore] = {}
        self._changed: set[str] = set()

    def shelf(self, kind: str) -> dict[str, Artifact]:
        """All that is known of a kind."""
        if kind not in self._shelves:
            found = self._cache.load(f"{kind}.shelf", self.code_fingerprint)
            self._shelves[kind] = found if isinstance(found, dict) else {}
        return self._shelves[kind]

    def packs(self, kind: str) -> BlobStore:
        """Where what is kept of a kind stands."""
        if kind not in self._packs:
            self._packs[kind] = BlobStore(self.folder / kind, self.code_fingerprint)
        return self._packs[kind]

    def learn(self, made: Artifact, payload: object) -> Artifact:
        """Remember an artifact, and forget what it was before; the same with the place where it is kept."""
        kind = made.task.kind
        kept = made if payload is None else replace(made, place=self.packs(kind).put(payload))
        self.shelf(kind)[made.task.key] = kept
        self._changed.add(kind)
        return kept

    def payload(self, made: Artifact) -> object | None:
        """An artifact itself, as it was kept."""
        return None if made.place is None else self.packs(made.task.kind).get(made.place)

    def forget_others(self, kind: str, keys: Iterable[str]) -> None:
        """Drop what is no longer wanted of a kind."""
        shelf, kept = self.shelf(kind), set(keys)
        for key in [key for key in shelf if key not in kept]:
            del shelf[key]
            self._changed.add(kind)

    def save(self) -> None:
        """Write what changed. What was forgotten goes only now: until here, somebody may still show it."""
        for kind in sorted(self._changed):
            shelf, packs = self.shelf(kind), self.packs(kind)
            moved = packs.compact([made.place for made in shelf.values() if made.place])
            for key, made in shelf.items() if moved else ():
                shelf[key] = replace(made, place=moved.get(made.place)) if made.place else made
            self._cache.save(f"{kind}.shelf", self.code_fingerprint, shelf)
            packs.remove_unreferenced([made.place for made in shelf.values() if made.place])
        self._changed.clear()


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildContext:
    """Materials, what is remembered, what everything's print is now, and whose hands do the work."""

    materials: TaskInputs
    fingerprints: dependencies.Fingerprints
    store: ArtifactStore
    executor: Executor

    def make(
        self, makers: TaskFunctions, tasks: Sequence[Task], *, whole: bool = True
    ) -> tuple[dict[Task, Artifact], list[DiagnosticError]]:
        """Every artifact up to date, and the mistakes that kept some from being made; where these are the whole, others go."""
        return self.begin(makers, tasks, whole=whole, in_background=False)()

    def begin(
        self, makers: TaskFunctions, tasks: Sequence[Task], *, whole: bool = True, in_background: bool = True
    ) -> Callable[[], tuple[dict[Task, Artifact], list[DiagnosticError]]]:
        """Have that begun while something else is done; what is given back waits for it."""
        found: dict[Task, Artifact] = {}
        missing: list[Task] = []
        for task in tasks:
            known = self.store.shelf(task.kind).get(task.key)
            if known is not None and self.fingerprints.combined(known.names) == known.fingerprint:
                found[task] = known
            else:
                missing.append(task)
        shares = self.executor.work(self.materials, self._shares(makers, missing), in_background=in_background)
        return partial(self._gather, tasks, found, shares, whole=whole)

    def _gather(
        self, tasks: Sequence[Task], found: dict[Task, Artifact], shares: Iterator[list[TaskOutcome]], *, whole: bool
    ) -> tuple[dict[Task, Artifact], list[DiagnosticError]]:
        mistakes: list[DiagnosticError] = []
        for outcomes in shares:
            for task, result, names in outcomes:
                if isinstance(result, DiagnosticError):
                    mistakes.append(result)
                elif isinstance(result, TaskResult):
                    made = Artifact(
                        task=task, names=names, fingerprint=self.fingerprints.combined(names), summary=result.summary
                    )
                    found[task] = replace(self.store.learn(made, result.payload), fresh=True)
        for kind in {task.kind for task in tasks} if whole else ():
            self.store.forget_others(kind, (task.key for task in tasks if task.kind == kind))
        return {task: found[task] for task in tasks if task in found}, mistakes

    def take(self, makers: TaskFunctions, made: Artifact) -> Any:  # noqa: ANN401  each kind has its own
        """An artifact itself: as it was kept, or made again where that is gone."""
        kept = self.store.payload(made)
        if kept is None:
            ((_, result, names),) = run_batch(self.materials, (makers, (made.task,)))
            if isinstance(result, DiagnosticError):
                raise result
            kept = result.payload
            self.store.learn(replace(made, names=names, fingerprint=self.fingerprints.combined(names), place=None), kept)
        return kept

    def _shares(self, makers: TaskFunctions, tasks: Sequence[Task]) -> list[Batch]:
        """Several shares per hand, dealt in turn, so that no hand is left with all the long ones."""
        count = min(len(tasks), self.executor.jobs * 4 if self.executor.jobs > 1 else 1)
        return [(makers, tuple(tasks[start::count])) for start in range(count)]
