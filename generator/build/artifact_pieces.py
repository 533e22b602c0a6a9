"""The texts that artifacts are made of (`pieces`): only those are made again for which something read is different.

Two artifacts hold them: the texts, which the process stores that made them, and the fingerprints of all that was read for them.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ..model.dependencies import COLUMN, KEYS, KINDS, Fingerprints
from ..pages.render_cache import CachedText, names_of
from ..records.struct import replace
from .tasks import PIECES, Artifact, KeptPieces, Task

if TYPE_CHECKING:
    from .artifacts import ArtifactStore

_READ = "read"
_OF_PIECES = frozenset(
    (*KINDS, KEYS, COLUMN, "file", "latest", "page", "uses")
)  # kinds of dependencies on which not all pieces depend


def kinds_of_pieces(kind: str) -> tuple[str, str]:
    """The kinds of the two artifacts for those of a kind: of the texts, and of what was read."""
    return f"{kind}-{PIECES}", f"{kind}-{_READ}"


def task_of_pieces(task: Task) -> Task:
    """The task whose artifact holds the texts."""
    return Task(kinds_of_pieces(task.kind)[0], task.key)


def _task_of_read(task: Task) -> Task:
    return Task(kinds_of_pieces(task.kind)[1], task.key)


def pieces_and_read(
    fingerprints: Fingerprints, task: Task, dependencies: tuple[str, ...], pieces: Mapping[Hashable, CachedText] | KeptPieces
) -> Iterator[tuple[Artifact, object]]:
    """Both artifacts of a task that was run, each with its payload unless that is stored already."""
    always = tuple(name for name in dependencies if name.partition("/")[0] not in _OF_PIECES)
    texts = Artifact(
        task=task_of_pieces(task),
        dependencies=always,
        inputs_fingerprint=fingerprints.combined(always),
        fingerprint="",
        summary=None,
    )
    if isinstance(pieces, KeptPieces):
        names = pieces.names
        yield replace(texts, blob=pieces.blob), None
    else:
        names = names_of(pieces)
        yield texts, pieces
    yield replace(texts, task=_task_of_read(task), dependencies=()), {name: fingerprints.of(name) for name in names}


def valid_pieces(store: ArtifactStore, fingerprints: Fingerprints, task: Task) -> Mapping[Hashable, CachedText]:
    """Those of a task's texts for which nothing was read that is different now."""
    texts, read = (store.index(one.kind).get(one.key) for one in (task_of_pieces(task), _task_of_read(task)))
    if texts is None or read is None or fingerprints.combined(texts.dependencies) != texts.inputs_fingerprint:
        return {}
    before: Any = store.payload(read)
    pieces: Any = store.payload(texts)
    if before is None or pieces is None:
        return {}
    changed = {name for name, found in before.items() if fingerprints.of(name) != found}
    return {key: piece for key, piece in pieces.items() if changed.isdisjoint(piece.names)}
