"""Tasks: one function call each that makes one artifact of the site from the edition; what a task read is recorded.

A task has a kind and a key. Its function gets the inputs and the key. Tasks do not know each other, so any executor may run
them in any order and place.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from ..diagnostics.finding import DiagnosticError
from ..model.dependencies import Accesses, accessed_names, track_accesses
from ..model.report import Edition
from ..pages.render_cache import CachedText
from ..reading.translations import StalePassage
from ..records.struct import Struct, field, replace
from ..store.blobs import BlobRef

PIECES = "pieces"


class TaskInputs(Struct, frozen=True, kw_only=True):
    """What task functions read. Reading the edition is recorded by itself; what else is read has to be given to `record`."""

    root: Path
    edition: Edition
    stale: tuple[StalePassage, ...] = ()  # texts that are older than the same text in another language
    templates: str = ""  # the fingerprint of all templates
    compiled: Path | None = None  # the folder of compiled templates; none keeps none
    latest: date | None = None  # the last change of anything in the edition
    parameters: dict[str, Mapping[str, Any]] = field(default_factory=dict)  # results of other kinds: kind -> key -> value
    accesses: Accesses = field(default_factory=Accesses)
    keep: Callable[[list[TaskOutcome]], list[TaskOutcome]] | None = None  # stores payloads where they were made

    def record(self, *names: str) -> None:
        """Record that something with these names was read; each has to have a fingerprint."""
        self.accesses.names.update(names)

    def pieces(self, kind: str, key: str) -> Mapping[Hashable, CachedText]:
        """The texts that an artifact was made of before, of which nothing has changed."""
        found: Mapping[Hashable, CachedText] = self.parameters.get(PIECES, {}).get(f"{kind}/{key}", {})
        return found

    def tracked(self) -> TaskInputs:
        """The same inputs for one task, with dependencies of its own."""
        accesses = Accesses()
        return replace(self, edition=track_accesses(self.edition, accesses), accesses=accesses)


class Deferred(Struct, frozen=True):
    """A value that is looked up when it is called for; pickled, it holds the value itself."""

    look_up: Callable[[], Any]

    def __call__(self) -> Any:  # noqa: ANN401  a value of any type
        """The value."""
        return self.look_up()

    def __reduce__(self) -> tuple[type[Deferred], tuple[_Known]]:
        """The value is pickled, not the function that looks it up."""
        return Deferred, (_Known(self()),)


class _Known(Struct, frozen=True):
    value: Any

    def __call__(self) -> Any:  # noqa: ANN401  as above
        return self.value


class Task(Struct, frozen=True):
    """One artifact to make: the kind says with which function, the key of what."""

    kind: str
    key: str


class KeptPieces(Struct, frozen=True):
    """Texts that an artifact is made of, which their own process has stored, and the names of what was read for them."""

    names: tuple[str, ...]
    blob: BlobRef


class TaskResult(Struct, frozen=True):
    """What a task function returns: a small summary that later steps need, and the artifact itself.

    `pieces` are texts that it is made of, by key: those of which nothing changes are given to the task when it runs again.
    """

    summary: Any
    payload: Any = None
    pieces: Mapping[Hashable, CachedText] | KeptPieces | None = None


class Artifact(Struct, frozen=True, kw_only=True):
    """What is stored of an artifact: what it depends on, its summary, and two fingerprints.

    `inputs_fingerprint` tells whether it has to be made again. What is made of it depends on `fingerprint`, that of its
    content: where an artifact was made again and came out the same, nothing that follows is.
    """

    task: Task
    dependencies: tuple[str, ...]
    inputs_fingerprint: str
    fingerprint: str
    summary: Any
    blob: BlobRef | None = None  # where the payload is stored


class KeptPayload(Struct, frozen=True):
    """A payload that its own process has stored, so that no other one has to hold it."""

    fingerprint: str  # of the summary and the payload
    blob: BlobRef | None


TaskFunction = Callable[[TaskInputs, str], TaskResult]
TaskFunctions = Mapping[str, TaskFunction]  # kind -> function
Batch = tuple[TaskFunctions, tuple[Task, ...]]
TaskOutcome = tuple[Task, TaskResult | DiagnosticError, tuple[str, ...]]  # the last are the dependencies


def run_batch(task_inputs: TaskInputs, batch: Batch) -> list[TaskOutcome]:
    """Run the tasks of a batch one after the other. An author's mistake is an outcome too: the exception that was raised."""
    functions, tasks = batch
    outcomes: list[TaskOutcome] = []
    for task in tasks:
        tracked = task_inputs.tracked()
        try:
            result: TaskResult | DiagnosticError = functions[task.kind](tracked, task.key)
        except DiagnosticError as mistake:
            result = mistake
        outcomes.append((task, result, accessed_names(tracked.accesses.names)))
    return task_inputs.keep(outcomes) if task_inputs.keep else outcomes
