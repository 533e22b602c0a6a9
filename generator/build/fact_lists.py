"""Files that list every fact: JSON and citations. Their rows are kept by groups of facts, and joined where one changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from ..exports import api
from ..exports.zip_parts import Part, part, uncompressed
from ..model import addresses
from ..store.hashing import fingerprint
from ..wording import citations
from ..wording.texts import Texts
from .entry_groups import entries_of, group_entries
from .output_context import OutputContext, texts_of
from .publish import SiteFile
from .site_tasks import resolve_key, task_key
from .tasks import Artifact, Task, TaskFunctions, TaskInputs, TaskResult

_ROWS, _CITED = "rows", "cited"
_SOURCES = "sources"


def _rows(task_inputs: TaskInputs, key: str) -> TaskResult:
    """The payload is a group of facts as rows of JSON: by language, and of the index under an empty name."""
    every = texts_of(task_inputs.edition)
    task_inputs.record("report", *(f"language/{texts.language.code}" for texts in every))
    facts = [task_inputs.edition.facts[fact] for fact in entries_of(task_inputs, key)]
    rows = {texts.language.code: part(api.language_rows(texts, facts)) for texts in every}
    return TaskResult(summary=None, payload={**rows, "": part(api.index_rows(every, facts))})


def _cited(task_inputs: TaskInputs, key: str) -> TaskResult:
    """The payload is a group of facts in every format of citations, the summary the ids of their sources.

    Of a group of sources, the payload is each of them in every format by its id.
    """
    texts, group = resolve_key(task_inputs, key)
    edition, keys = task_inputs.edition, entries_of(task_inputs, group)
    if group.startswith(f"{_SOURCES}/"):
        return TaskResult(summary=(), payload={one: citations.source_row(texts, edition.sources[one]) for one in keys})
    facts = [edition.facts[fact] for fact in keys]
    sources = tuple(dict.fromkeys(source.id for fact in facts for source in citations.originals(fact)))
    return TaskResult(summary=sources, payload=citations.rows(texts, facts))


_TASK_FUNCTIONS: TaskFunctions = {_ROWS: _rows, _CITED: _cited}


class FactRows:
    """The rows of all facts as JSON."""

    def __init__(self, output_context: OutputContext) -> None:
        self.output_context, self.context = output_context, output_context.context
        tasks = [Task(_ROWS, group) for group in group_entries(self.context, "facts")]
        artifacts, _ = self.context.make(_TASK_FUNCTIONS, tasks)
        self.artifacts = [artifacts[task] for task in tasks]

    @property
    def made_of(self) -> str:
        """A fingerprint of all files of rows."""
        store, codes = self.context.store, [f"language/{texts.language.code}" for texts in self.output_context.texts]
        shared = self.context.fingerprints.combined(("report", *codes))
        return fingerprint(store.code_fingerprint, shared, *(artifact.fingerprint for artifact in self.artifacts))

    def of_language(self, texts: Texts) -> list[Part]:
        """All facts in one language."""
        return api.facts_of_language(texts, self._load(texts.language.code))

    def index(self) -> list[Part]:
        """The index of facts."""
        return api.index(self.output_context.texts, self._load(""))

    def _load(self, name: str) -> Iterator[Part]:
        for artifact in self.artifacts:
            payload: Mapping[str, Part] = self.context.load(_TASK_FUNCTIONS, artifact)
            yield payload[name]

    def files(self) -> Iterator[tuple[str, SiteFile]]:
        """The index, and all facts in each language."""
        yield api.INDEX, SiteFile(self.made_of, lambda: text_of(self.index()))
        for texts in self.output_context.texts:
            path = addresses.in_language("facts.json", texts.language.code)
            yield path, SiteFile(self.made_of, partial(self._text, texts))

    def _text(self, texts: Texts) -> str:
        return text_of(self.of_language(texts))


def text_of(parts: Iterable[Part]) -> str:
    """The text of some parts."""
    return uncompressed(parts).decode()


def citation_files(output_context: OutputContext) -> Iterator[tuple[str, SiteFile]]:
    """The report and all its facts for reference managers, in every language."""
    context = output_context.context
    groups = {kind: group_entries(context, kind) for kind in ("facts", _SOURCES)}
    codes = [texts.language.code for texts in output_context.texts]
    tasks = [Task(_CITED, task_key(code, group)) for code in codes for kind in groups for group in groups[kind]]
    artifacts, _ = context.make(_TASK_FUNCTIONS, tasks)
    for texts in output_context.texts:
        code = texts.language.code
        facts, sources = (
            [artifacts[Task(_CITED, task_key(code, group))] for group in groups[kind]] for kind in ("facts", _SOURCES)
        )
        shared = context.fingerprints.combined(("report", f"language/{code}"))
        hashes = (artifact.fingerprint for artifact in (*facts, *sources))
        made_of = fingerprint(context.store.code_fingerprint, shared, *hashes)
        for extension in (*citations.FORMATS, citations.PLAIN):
            path = addresses.in_language(f"cite/facts.{extension}", code)
            yield path, SiteFile(made_of, partial(_all_cited, output_context, texts, extension, facts, sources))


def _all_cited(
    output_context: OutputContext, texts: Texts, extension: str, facts: Sequence[Artifact], sources: Sequence[Artifact]
) -> str:
    load = partial(output_context.context.load, _TASK_FUNCTIONS)
    known: dict[str, Mapping[str, str]] = {}
    for artifact in sources if extension != citations.PLAIN else ():
        known.update(load(artifact))
    named = dict.fromkeys(source for artifact in facts for source in artifact.summary)
    cited = [known[source] for source in named] if known else []
    return citations.all_facts(texts, extension, [load(artifact) for artifact in facts], cited)[1]
