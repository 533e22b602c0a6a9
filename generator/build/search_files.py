"""What a reader's search reads: the report's own documents, or the theme's index as it is.

Documents are kept page by page and fact by fact in groups, so that an edit makes only those of what it changed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain

from ..exports import search
from ..model import addresses
from ..records.struct import replace
from ..wording.texts import Texts
from .engine_cache import EngineCache
from .entry_groups import entries_of, group_entries
from .executors import in_process_executor
from .language_cache import LanguageCache
from .publish import SiteFile, constant_file
from .site_contents import SiteContents
from .site_tasks import resolve_key, task_key
from .tasks import Artifact, Task, TaskFunctions, TaskInputs, TaskResult

SEARCH = "search"
_PAGES, _FACTS = "page", "facts"
_LISTED: Mapping[str, Callable[[Texts], Iterable[search.Document]]] = {
    "claims": search.claim_documents,
    "terms": search.term_documents,
    "names": search.name_documents,
}


def _part(engine_cache: EngineCache, task_inputs: TaskInputs, key: str) -> TaskResult:
    """The payload is what readers find of one page, of a group of facts, or of all claims, terms or names, as JSON."""
    texts, part = resolve_key(task_inputs, key)
    kind, _, name = part.partition("/")
    if kind == _PAGES:
        task_inputs.record(f"{SEARCH}/{key}")
        code, with_fragments = texts.language.code, name != search.FACT_LIST
        documents = search.page_documents(engine_cache[code].search_entries(name, with_fragments=with_fragments))
    elif kind == _FACTS:
        facts = task_inputs.edition.facts
        documents = (search.fact_document(texts, facts[fact]) for fact in entries_of(task_inputs, part))
    else:
        documents = iter(_LISTED[kind](texts))
    return TaskResult(summary=None, payload=search.documents_json(documents))


def _functions(engine_cache: EngineCache) -> TaskFunctions:
    return {SEARCH: partial(_part, engine_cache)}


def search_files(contents: SiteContents) -> Iterator[tuple[str, SiteFile]]:
    """Every file of the search in every language."""
    if contents.own_search:
        parts = _parts(contents)
        for code in contents.codes:
            yield from _own_search(contents, code, parts[code])
        return
    for code in contents.codes:
        language = contents.engine_cache[code]
        made_of = contents.fingerprint(*(language.search_fingerprint(name) for name in language.texts))
        path = addresses.in_language(language.engine.index, code)
        yield path, SiteFile(contents.fingerprint(made_of, _setup_text(language)), partial(_theme_index, language))


def _setup_text(language: LanguageCache) -> str:
    return json.dumps(language.record.search_setup, default=str)


def _parts(contents: SiteContents) -> dict[str, list[Artifact]]:
    """By language: the documents of each page, then those of claims, terms and names, then of facts."""
    context, engine_cache = contents.context, contents.engine_cache
    pages = {task_key(code, f"{_PAGES}/{name}"): (code, name) for code in contents.codes for name in engine_cache[code].texts}
    known = {f"{SEARCH}/{key}": engine_cache[code].search_fingerprint(name) for key, (code, name) in pages.items()}
    context.fingerprints.known.update(known)
    shared = (*_LISTED, *group_entries(context, _FACTS))
    tasks = {
        code: [Task(SEARCH, key) for key, page in pages.items() if page[0] == code]
        + [Task(SEARCH, task_key(code, part)) for part in shared]
        for code in contents.codes
    }
    here = replace(context, executor=in_process_executor(context.executor))  # they read what the engine made
    artifacts, _ = here.make(_functions(engine_cache), [task for group in tasks.values() for task in group])
    return {code: [artifacts[task] for task in group] for code, group in tasks.items()}


def _own_search(contents: SiteContents, code: str, parts: Sequence[Artifact]) -> Iterator[tuple[str, SiteFile]]:
    """The report's documents for one language, and what the theme's script is left with."""
    language, engine = contents.engine_cache[code], contents.engine_cache.engine
    made_of = contents.fingerprint(_setup_text(language), *(artifact.fingerprint for artifact in parts))
    documents = partial(_documents, contents, parts)
    index_path = addresses.in_language(engine.index, code)
    script_path = addresses.in_language(search.index_script_path(engine), code)
    if engine.whole_index:
        whole = partial(_whole_index, language, documents)
        yield index_path, SiteFile(made_of, whole)
        yield script_path, SiteFile(made_of, partial(_as_script, whole))
    else:
        documents_path = addresses.in_language(search.DOCUMENTS, code)
        yield documents_path, SiteFile(made_of, partial(_documents_script, documents))
        nothing = search.theme_index(engine, language.record.search_setup, ())
        yield index_path, constant_file(nothing)
        yield script_path, constant_file(search.as_script(nothing))


def _theme_index(language: LanguageCache) -> str:
    entries = chain.from_iterable(language.search_entries(name) for name in language.texts)
    return search.theme_index(language.engine, language.record.search_setup, entries)


def _documents(contents: SiteContents, parts: Sequence[Artifact]) -> list[str]:
    """The documents of every part as JSON."""
    return [contents.context.load(_functions(contents.engine_cache), artifact) for artifact in parts]


def _documents_script(documents: Callable[[], list[str]]) -> str:
    return search.documents_script(documents())


def _whole_index(language: LanguageCache, documents: Callable[[], list[str]]) -> str:
    setup = {**language.record.search_setup, "list": addresses.page(search.FACT_LIST)}
    return search.theme_index(language.engine, setup, search.index_entries(documents()))


def _as_script(index: Callable[[], str]) -> str:
    return search.as_script(index())
