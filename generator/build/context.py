"""The context of one build: the inputs of its tasks, and fingerprints of everything that a task can read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from ..model.dependencies import KINDS, Fingerprints
from ..model.report import Edition
from ..reading.draft import FACTS_FOLDER
from ..reading.translations import StalePassage
from ..records.struct import replace
from ..settling.incremental import last_change
from ..store.cache import Cache
from ..store.hashing import fingerprint
from ..store.inputs import hash_subset
from .artifacts import ArtifactStore, BuildContext
from .executors import Executor
from .recorded_fingerprints import RecordedFingerprints, UnchangedDependencies
from .tasks import Artifact, TaskInputs

_SHARED = "data"
_READ_FACTS = ("facts", "checks", "units")  # the kinds whose entries facts decide; units of the package are those they name


def create_context(
    root: Path,
    edition: Edition,
    *,
    stale: Sequence[StalePassage],
    files: Mapping[str, str],
    store: ArtifactStore,
    executor: Executor,
    last_pages: Mapping[str, Artifact] | None = None,
    recorded: RecordedFingerprints | None = None,
) -> BuildContext:
    """The context in which the artifacts of an edition are made; `files` are the hashes of the project's files by path.

    `recorded` are fingerprints of the build before, for a context in which none is replaced by another one.
    """
    report, latest = edition.report, last_change(edition)
    not_parts = ("templates/pages/", "templates/overrides/")
    parts = [path for path in files if path.startswith("templates/") and not path.startswith(not_parts)]
    known = {
        **{f"file/{path}": digest for path, digest in files.items()},
        **{f"language/{language.code}": fingerprint(repr(language)) for language in report.languages},
        "parts": fingerprint(*(text for path in parts for text in (path, files[path]))),
        "report": fingerprint(repr(replace(report, languages=())), *(language.code for language in report.languages)),
        "stale": fingerprint(repr([one.identity for one in stale])),
        "latest": fingerprint(str(latest)),
    }
    templates = hash_subset(files, "templates/")
    task_inputs = TaskInputs(
        root=root,
        edition=edition,
        stale=tuple(stale),
        templates=templates,
        compiled=store.folder / "templates",
        latest=latest,
        keep=store.keep,
    )
    fingerprints = Fingerprints(edition, known)
    return BuildContext(
        task_inputs=task_inputs,
        fingerprints=fingerprints,
        store=store,
        executor=executor,
        last_pages=last_pages,
        unchanged=UnchangedDependencies(fingerprints, recorded) if recorded is not None else None,
    )


class FingerprintCache:
    """The fingerprints of an edition's entries from one build to the next, as long as their files stay the same.

    A fact that is stated in its file depends on that file and on all data besides facts; entries of most other kinds only on
    the latter. Those of derived facts, and of the other kinds in `_READ_FACTS`, are not kept: they may depend on any file.
    """

    def __init__(self, context: BuildContext, files: Mapping[str, str], previous: FingerprintCache | None = None) -> None:
        """`previous` is of an earlier build in the same process; without one, what was saved is loaded."""
        self.context, self.cache = context, Cache(context.store.folder)
        shared = hash_subset({path: digest for path, digest in files.items() if not path.startswith(FACTS_FOLDER)}, "data/")
        self.digests = {path: digest + shared for path, digest in files.items() if path.startswith(FACTS_FOLDER)}
        self.digests[_SHARED] = shared
        known = previous.known if previous else self.cache.load("fingerprints", context.store.code_fingerprint)
        self.known: dict[str, tuple[str, dict[str, str]]] = {}  # file -> its digest, name -> fingerprint
        if isinstance(known, dict):
            self.known = {path: entry for path, entry in known.items() if entry[0] == self.digests.get(path)}
        for _, fingerprints in self.known.values():
            context.fingerprints.known.update(fingerprints)

    def save(self) -> None:
        """Save what this build computed."""
        before = self.known
        self.update()
        if self.known != before:
            self.cache.save("fingerprints", self.context.store.code_fingerprint, self.known)

    def update(self) -> None:
        """Take over what this build computed."""
        known = {path: (digest, dict(fingerprints)) for path, (digest, fingerprints) in self.known.items()}
        facts = self.context.task_inputs.edition.facts
        for name in self.context.fingerprints.fresh:
            kind, _, key = name.partition("/")
            path = _SHARED
            if kind == "facts" and (fact := facts.get(key)):
                if fact.formula or fact.series:
                    continue  # it follows from other files, too
                path = fact.span.file
            elif kind in _READ_FACTS or kind not in KINDS:
                continue
            known.setdefault(path, (self.digests[path], {}))[1][name] = self.context.fingerprints.known[name]
        self.known = known
