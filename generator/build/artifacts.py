"""Makes artifacts that are out of date: each is stored with a fingerprint of all that its task read."""

from __future__ import annotations

import math
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from ..diagnostics.finding import DiagnosticError
from ..model.dependencies import Fingerprints
from ..pages.render_cache import names_of
from ..records.struct import Struct, replace
from ..store.blobs import BlobRef, BlobStore
from ..store.delta_mappings import DeltaMappings
from ..store.objects import value_hash
from .artifact_pieces import kinds_of_pieces, pieces_and_read, task_of_pieces, valid_pieces
from .executors import Executor
from .recorded_fingerprints import FingerprintRecorder, UnchangedDependencies
from .tasks import (
    PIECES,
    Artifact,
    Batch,
    KeptPayload,
    KeptPieces,
    Task,
    TaskFunctions,
    TaskInputs,
    TaskOutcome,
    TaskResult,
    run_batch,
)

Made = tuple[
    dict[Task, Artifact], list[DiagnosticError]
]  # artifacts that are up to date; the mistakes that kept others from being made


_LARGEST_BATCH = 128  # tasks
_MOST_RECENT = 32_000_000  # bytes of payloads that are kept in memory until the store is saved


class ArtifactStore:
    """The artifacts of earlier builds: per kind an index (key -> Artifact) and blobs with their payloads."""

    def __init__(self, folder: Path, code_fingerprint: str) -> None:
        self.folder, self.code_fingerprint = folder, code_fingerprint
        self._index_files = DeltaMappings(folder, code_fingerprint)
        self._indexes: dict[str, dict[str, Artifact]] = {}
        self._blobs: dict[str, BlobStore] = {}
        self._recent: dict[BlobRef, object] = {}  # payloads that were stored or read just now: most are asked for again
        self._recent_bytes = 0
        self._process_id = os.getpid()
        self._changed: dict[str, set[str]] = defaultdict(set)  # the keys of each kind
        self._unconfirmed: set[Task] = set()
        self._up_to_date: dict[str, set[str]] = defaultdict(set)  # the keys of each kind that were found so, or made, here
        self.recorder = FingerprintRecorder(folder, code_fingerprint)

    def index(self, kind: str) -> dict[str, Artifact]:
        """Every known artifact of a kind by its key."""
        if kind not in self._indexes:
            self._indexes[kind] = self._index_files.load(f"{kind}.index")
        return self._indexes[kind]

    def blobs(self, kind: str) -> BlobStore:
        """Where the payloads of a kind are stored."""
        if kind not in self._blobs:
            self._blobs[kind] = BlobStore(self.folder / kind, self.code_fingerprint)
        return self._blobs[kind]

    def put(self, made: Sequence[tuple[Artifact, object]]) -> list[Artifact]:
        """Store artifacts, each with its payload unless that is None, instead of what was known of their tasks before."""
        stored = {artifact.task: artifact for artifact, _ in made}
        refs = self._put_payloads({one.task: payload for one, payload in made if payload is not None})
        stored.update({task: replace(stored[task], blob=ref) for task, ref in refs.items()})
        for task, artifact in stored.items():
            self.index(task.kind)[task.key] = artifact
            self._changed[task.kind].add(task.key)
            self._up_to_date[task.kind].add(task.key)
        self._unconfirmed.update(stored)
        return list(stored.values())

    def found_up_to_date(self, tasks: Iterable[Task]) -> None:
        """Say that the artifacts of some tasks are as they would be made now."""
        for task in tasks:
            self._up_to_date[task.kind].add(task.key)

    def keep(self, outcomes: list[TaskOutcome]) -> list[TaskOutcome]:
        """Store the payloads of some outcomes, in the process that made them: no other one has to receive and hold them."""
        done = {task: result for task, result, _ in outcomes if isinstance(result, TaskResult)}
        refs = self._put_payloads({task: result.payload for task, result in done.items() if result.payload is not None})
        pieces = {task: result.pieces for task, result in done.items() if isinstance(result.pieces, Mapping)}
        refs |= self._put_payloads({task_of_pieces(task): made for task, made in pieces.items()})
        kept = {
            task: replace(
                result,
                payload=KeptPayload(_content_fingerprint(result), refs.get(task)),
                pieces=KeptPieces(names_of(pieces[task]), refs[task_of_pieces(task)]) if task in pieces else None,
            )
            for task, result in done.items()
        }
        return [(task, kept.get(task, result), dependencies) for task, result, dependencies in outcomes]

    def _put_payloads(self, payloads: Mapping[Task, object]) -> dict[Task, BlobRef]:
        """Where each payload is stored now."""
        found: dict[Task, BlobRef] = {}
        for kind in dict.fromkeys(task.kind for task in payloads):
            of_kind = {task: payload for task, payload in payloads.items() if task.kind == kind}
            found.update(zip(of_kind, self.blobs(kind).put_all(list(of_kind.values())), strict=True))
        if os.getpid() == self._process_id:  # a child ends soon
            for task, ref in found.items():
                self._remember(task.kind, ref, payloads[task])
        return found

    def _remember(self, kind: str, ref: BlobRef, payload: object) -> None:
        if self._recent_bytes + ref.length <= _MOST_RECENT and not kind.endswith(PIECES):  # which are asked for once
            self._recent_bytes += ref.length
            self._recent[ref] = payload

    def confirm(self) -> None:
        """Say that everything stored so far is of the files that its fingerprints name."""
        self._unconfirmed.clear()

    def forget_unconfirmed(self) -> None:
        """Forget what was stored since the last `confirm`: files changed, and it may be of either state."""
        for task in self._unconfirmed:
            self.index(task.kind).pop(task.key, None)
            self._changed[task.kind].add(task.key)
        self._unconfirmed.clear()

    def payload(self, artifact: Artifact) -> object | None:
        """The stored payload of an artifact; None where it is gone or damaged."""
        if artifact.blob is None:
            return None
        payload = self._recent.get(artifact.blob)
        if payload is None and (payload := self.blobs(artifact.task.kind).get(artifact.blob)) is not None:
            self._remember(artifact.task.kind, artifact.blob, payload)
        return payload

    def keep_only(self, kind: str, keys: Iterable[str]) -> None:
        """Forget the artifacts of a kind that are no longer wanted."""
        index, kept = self.index(kind), set(keys)
        for key in [key for key in index if key not in kept]:
            del index[key]
            self._changed[kind].add(key)

    def keep_only_pieces(self, kind: str, keys: Sequence[str]) -> None:
        """Forget the texts that artifacts of a kind were made of where these are no longer wanted."""
        for one in kinds_of_pieces(kind):
            self.keep_only(one, keys)

    def save(self, fingerprints: Mapping[str, str] | None = None) -> None:
        """Write what changed. Payloads of forgotten artifacts go only here: until now, they may still be read.

        `fingerprints` are those of all dependencies, where each had the same one all the time.
        """
        self.recorder.forget()  # should this be interrupted, they are of other artifacts
        self._recent.clear()
        self._recent_bytes = 0
        for kind, changed in sorted(self._changed.items()):
            index, blobs = self.index(kind), self.blobs(kind)
            moved = blobs.compact([artifact.blob for artifact in index.values() if artifact.blob])
            for key, artifact in index.items() if moved else ():
                index[key] = replace(artifact, blob=moved.get(artifact.blob)) if artifact.blob else artifact
            self._index_files.save(f"{kind}.index", index, changed.union(index if moved else ()))
            blobs.remove_unreferenced([artifact.blob for artifact in index.values() if artifact.blob])
        self._changed.clear()
        if fingerprints is not None:
            kinds = [kind for kind, keys in self._up_to_date.items() if keys >= self.index(kind).keys()]
            self.recorder.save(kinds, fingerprints)


class BuildContext(Struct, frozen=True, kw_only=True):
    """What a build works with: the inputs of its tasks, their fingerprints, stored artifacts, and an executor.

    In the preview of a state with errors, a page that cannot be made stands as it is among the `last_pages` (by task key).
    """

    task_inputs: TaskInputs
    fingerprints: Fingerprints
    store: ArtifactStore
    executor: Executor
    last_pages: Mapping[str, Artifact] | None = None
    unchanged: UnchangedDependencies | None = None  # where the fingerprint of a name stays the same until the end

    def make(self, functions: TaskFunctions, tasks: Sequence[Task], *, complete: bool = True) -> Made:
        """Bring artifacts up to date; `complete` says that these are all of their kinds: others are forgotten."""
        return self.start(functions, tasks, complete=complete, in_background=False)()

    def start(
        self, functions: TaskFunctions, tasks: Sequence[Task], *, complete: bool = True, in_background: bool = True
    ) -> Callable[[], Made]:
        """Begin to bring artifacts up to date while the caller does something else; what is returned waits for them."""
        current: dict[Task, Artifact] = {}
        outdated: list[Task] = []
        for task in tasks:
            known = self.store.index(task.kind).get(task.key)
            if known is not None and self._is_up_to_date(known):
                current[task] = known
            else:
                outdated.append(task)
        self.store.found_up_to_date(current)
        pieces = {f"{task.kind}/{task.key}": valid_pieces(self.store, self.fingerprints, task) for task in outdated}
        self.task_inputs.parameters[PIECES] = {**self.task_inputs.parameters.get(PIECES, {}), **pieces}
        outcomes = self.executor.run_batches(self.task_inputs, self._batches(functions, outdated), in_background=in_background)
        return partial(self._store, tasks, current, outcomes, complete=complete)

    def _is_up_to_date(self, artifact: Artifact) -> bool:
        """Whether nothing that an artifact was made of is different now; what was recorded tells that faster for most."""
        names = artifact.dependencies
        if self.unchanged is not None and self.unchanged.are_all_of(artifact.task.kind, names):
            return True
        return self.fingerprints.combined(names) == artifact.inputs_fingerprint

    def _store(
        self, tasks: Sequence[Task], current: dict[Task, Artifact], batches: Iterator[list[TaskOutcome]], *, complete: bool
    ) -> Made:
        mistakes: list[DiagnosticError] = []
        for outcomes in batches:
            made: list[tuple[Artifact, object]] = []
            for task, result, dependencies in outcomes:
                if isinstance(result, DiagnosticError):
                    mistakes.append(result)
                    continue
                kept = isinstance(result.payload, KeptPayload)
                made.append((self._artifact(task, result, dependencies), None if kept else result.payload))
                if result.pieces:
                    made += pieces_and_read(self.fingerprints, task, dependencies, result.pieces)
            current.update((artifact.task, artifact) for artifact in self.store.put(made))
        begun = self.task_inputs.parameters[PIECES]  # others may have begun meanwhile
        done = {f"{task.kind}/{task.key}" for task in tasks}
        self.task_inputs.parameters[PIECES] = {key: pieces for key, pieces in begun.items() if key not in done}
        for kind in {task.kind for task in tasks} if complete else ():
            self.store.keep_only(kind, (task.key for task in tasks if task.kind == kind))
        return {task: current[task] for task in tasks if task in current}, mistakes

    def _artifact(self, task: Task, result: TaskResult, dependencies: tuple[str, ...]) -> Artifact:
        kept = result.payload if isinstance(result.payload, KeptPayload) else None
        return Artifact(
            task=task,
            dependencies=dependencies,
            inputs_fingerprint=self.fingerprints.combined(dependencies),
            fingerprint=kept.fingerprint if kept else _content_fingerprint(result),
            summary=result.summary,
            blob=kept.blob if kept else None,
        )

    def load(self, functions: TaskFunctions, artifact: Artifact) -> Any:  # noqa: ANN401  each kind has its own type
        """The payload of an artifact, made again where it is no longer stored."""
        payload = self.store.payload(artifact)
        if payload is None:
            ((task, result, dependencies),) = run_batch(replace(self.task_inputs, keep=None), (functions, (artifact.task,)))
            if isinstance(result, DiagnosticError):
                raise result
            payload = result.payload
            self.store.put([(replace(self._artifact(task, result, dependencies), summary=artifact.summary), payload)])
        return payload

    def _batches(self, functions: TaskFunctions, tasks: Sequence[Task]) -> list[Batch]:
        """Several batches per process, dealt in turn, so that no process is left with all the long tasks.

        What a batch gives is held until it is stored: a large report has more of them.
        """
        several = self.executor.jobs * 8 if self.executor.jobs > 1 else 1
        count = min(len(tasks), max(several, math.ceil(len(tasks) / _LARGEST_BATCH)))
        return [(functions, tuple(tasks[start::count])) for start in range(count)]


def _content_fingerprint(result: TaskResult) -> str:
    return value_hash((result.summary, result.payload))
