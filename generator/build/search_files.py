"""What a reader's search reads: the report's own documents, or the theme's index as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from ..exports import search
from ..model import addresses
from ..store.hashing import fingerprint
from ..wording.texts import Texts
from .engine_cache import EngineCache
from .publish import SiteFile, constant_file
from .site_contents import SiteContents
from .site_tasks import resolve_key, task_key
from .tasks import Artifact, Task, TaskFunctions, TaskInputs, TaskResult

SEARCH = "search"


def _topic_documents(task_inputs: TaskInputs, key: str) -> TaskResult:
    """The summary is what readers find of the facts of one topic."""
    texts, topic = resolve_key(task_inputs, key)
    task_inputs.record(f"topic/{topic}")
    facts = task_inputs.edition.facts
    return TaskResult(summary=[search.fact_document(texts, facts[key]) for key in task_inputs.parameters[SEARCH][topic]])


_TASK_FUNCTIONS: TaskFunctions = {SEARCH: _topic_documents}


def search_files(contents: SiteContents) -> Iterator[tuple[str, SiteFile]]:
    """Every file of the search in every language."""
    if contents.own_search:
        topics = _topics(contents)
        for texts in contents.output_context.every:
            yield from _own_search(contents, texts, topics[texts.language.code])
        return
    engine_cache = contents.engine_cache
    for code in contents.codes:
        made_of = contents.fingerprint(engine_cache.search_fingerprint(code))
        path = addresses.in_language(engine_cache.engine.index, code)
        yield path, SiteFile(made_of, partial(_theme_index, engine_cache, code))


def _topics(contents: SiteContents) -> dict[str, list[Artifact]]:
    """By language: the documents of the facts of each topic."""
    topics: dict[str, list[str]] = {}
    for fact in contents.edition.facts.values():
        topics.setdefault(fact.topic, []).append(fact.id)
    context = contents.context
    context.task_inputs.parameters[SEARCH] = topics
    context.fingerprints.known.update({f"topic/{topic}": fingerprint(*keys) for topic, keys in topics.items()})
    tasks = {code: [Task(SEARCH, task_key(code, topic)) for topic in topics] for code in contents.codes}
    artifacts, _ = context.make(_TASK_FUNCTIONS, [task for group in tasks.values() for task in group])
    return {code: [artifacts[task] for task in group] for code, group in tasks.items()}


def _own_search(contents: SiteContents, texts: Texts, facts: Sequence[Artifact]) -> Iterator[tuple[str, SiteFile]]:
    """The report's documents for one language, and what the theme's script is left with."""
    engine_cache, engine, code = contents.engine_cache, contents.engine_cache.engine, texts.language.code
    made_of = contents.fingerprint(
        engine_cache.search_fingerprint(code),
        contents.context.fingerprints.combined(("claims/*", "names/*", "terms/*", "report", f"language/{code}")),
        *(artifact.fingerprint for artifact in facts),
    )
    documents = partial(_documents, engine_cache, texts, facts)
    index_path = addresses.in_language(engine.index, code)
    script_path = addresses.in_language(search.index_script_path(engine), code)
    if engine.whole_index:
        whole = partial(_whole_index, engine_cache, code, documents)
        yield index_path, SiteFile(made_of, whole)
        yield script_path, SiteFile(made_of, partial(_as_script, whole))
    else:
        documents_path = addresses.in_language(search.DOCUMENTS, code)
        yield documents_path, SiteFile(made_of, partial(_documents_script, documents))
        nothing = search.theme_index(engine, engine_cache.search_entries(code)[0], ())
        yield index_path, constant_file(nothing)
        yield script_path, constant_file(search.as_script(nothing))


def _theme_index(engine_cache: EngineCache, code: str) -> str:
    return search.theme_index(engine_cache.engine, *engine_cache.search_entries(code))


def _documents(engine_cache: EngineCache, texts: Texts, facts: Sequence[Artifact]) -> Iterator[search.Document]:
    yield from search.page_documents(engine_cache.search_entries(texts.language.code)[1])
    yield from search.claim_documents(texts)
    yield from search.term_documents(texts)
    yield from search.name_documents(texts)
    for artifact in facts:
        yield from artifact.summary


def _documents_script(documents: Callable[[], Iterator[search.Document]]) -> str:
    return search.documents_script(documents())


def _whole_index(engine_cache: EngineCache, code: str, documents: Callable[[], Iterator[search.Document]]) -> str:
    setup = {**engine_cache.search_entries(code)[0], "list": addresses.page("facts")}
    return search.theme_index(engine_cache.engine, setup, search.index_entries(documents()))


def _as_script(index: Callable[[], str]) -> str:
    return search.as_script(index())
