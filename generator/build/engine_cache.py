"""Has the engine build the pages that are out of date (see language_cache), and gives finished pages.

While titles, order, theme and settings stay the same, only pages whose text changed go through the engine. Where anything else
changed the whole language does, and the reason is reported.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from ..engines.configuration import BUILD, LanguageConfig, LanguageName, configuration_path, write_configurations
from ..engines.processes import EnginePool, EngineRequest, EngineResult
from ..records.struct import Struct
from ..store.hashing import content_hash, fingerprint
from ..store.inputs import InputsChangedError, hash_subset
from .engine_theme import write_theme
from .folders import OUT
from .language_cache import NOT_FOUND_PAGE, CorruptCacheError, LanguageCache, LanguageKey, LanguageRecord
from .publish import SiteFile
from .site import RenderedLanguage

__all__ = ["NOT_FOUND_PAGE", "CorruptCacheError", "EngineCache", "EngineReport", "LanguageRecord"]
_FEW_PAGES = 12  # for these, a second process would cost more than it saves
_ONE_ENGINE = 2  # jobs: one process makes the pages of all languages, as the other one has charts and outputs to make meanwhile
_MANY_PAGES = 200  # of one language: worth several processes


class EngineReport(Struct, frozen=True, kw_only=True):
    """What the engine did for one language: its result, and how many pages it built and why in words."""

    result: EngineResult
    summary: str


class EngineCache:
    """The pages of every language. `files` are the hashes of the project's files by path."""

    def __init__(
        self,
        root: Path,
        code_fingerprint: str,
        engine_pool: EnginePool,
        files: Mapping[str, str],
        *,
        jobs: int,
        known: Mapping[str, LanguageRecord] | None = None,
    ) -> None:
        """`known` are the records of an earlier build in the same process, by language."""
        self.root, self.code_fingerprint, self.files, self.jobs = root, code_fingerprint, files, jobs
        self.engine_pool, self.engine = engine_pool, engine_pool.engine
        self.known = known or {}
        self.languages: dict[str, LanguageCache] = {}

    def __getitem__(self, code: str) -> LanguageCache:
        """The pages of a language that was configured."""
        return self.languages[code]

    def configure(
        self, configs: Sequence[LanguageConfig], *, site_url: str, all_languages: Sequence[LanguageName] | None = None
    ) -> None:
        """Write each language's configuration, and load what is known of it; `all_languages` if `configs` are only some."""
        write_theme(self.root, self.files)
        write_configurations(self.root, configs, site_url=site_url, engine=self.engine, all_languages=all_languages)
        for config in configs:
            key = LanguageKey(
                code=config.code,
                code_fingerprint=self.code_fingerprint,
                shared_fingerprint=self._shared_fingerprint(config.code),
                settings_fingerprint=self._settings_fingerprint(),
            )
            self.languages[config.code] = LanguageCache(self.root, key, self.engine, self.known.get(config.code))

    def _settings_fingerprint(self) -> str:
        """A fingerprint of what all pages depend on besides each other's titles and order."""
        settings = hash_subset(self.files, "mkdocs.yml", "templates/overrides/")
        return fingerprint(self.code_fingerprint, self.engine.name, settings)

    def _shared_fingerprint(self, code: str) -> str:
        """A fingerprint of what every page of a language depends on."""
        configuration = content_hash(configuration_path(self.root, code).read_bytes())
        shared = fingerprint(self._settings_fingerprint(), *(path for path in self.files if path.startswith("docs/")))
        return fingerprint(shared, configuration)

    def prepare(self) -> None:
        """Have the engine read the configurations that the last build wrote: in most builds they are still the right ones.

        Before a first build there are none; then it loads what every report's pages need.
        """
        if not self.engine.some_pages:
            return
        with suppress(InputsChangedError, OSError):  # then it is written, or reported, with the pages
            write_theme(self.root, self.files)
        codes = [path.name.split(".")[1] for path in sorted((self.root / BUILD).glob("mkdocs.*.yml"))]
        requests = [EngineRequest(code=code, site_fingerprint=self._shared_fingerprint(code)) for code in codes]
        if requests:
            self.engine_pool.prepare(requests)
        else:
            self.engine_pool.warm_up()

    def start(self, rendered: Sequence[RenderedLanguage]) -> None:
        """Have the engine build all that is missing, while this process does other things."""
        for language in rendered:
            self.languages[language.language].plan(language)
        self._submit([self.languages[language.language] for language in rendered])

    def finish(self) -> list[EngineReport]:
        """Wait for the engine, and store what it made."""
        results = _by_language(self.engine_pool.results())
        again = [code for code, result in results.items() if not result.ok and self.languages[code].wanted is not None]
        for code in again:  # what is wrong for some of the pages may be right for all of them
            self.languages[code].wanted = None
        if again:
            self.engine_pool.reset()
            self._submit([self.languages[code] for code in again])
            results.update(_by_language(self.engine_pool.results()))
        return [
            EngineReport(result=result, summary=self.languages[code].store_result(result)) for code, result in results.items()
        ]

    def save(self) -> None:
        """Save what is known of every language of which pages were built."""
        for language in self.languages.values():
            if language.changed:
                language.save()

    def _submit(self, languages: Sequence[LanguageCache]) -> None:
        requests: list[EngineRequest] = []
        for language in languages:
            if language.wanted is None:
                requests += self._whole_language(language)
            elif language.wanted:
                pages = tuple(f"{name}.md" for name in language.wanted)
                requests.append(EngineRequest(code=language.code, pages=pages, site_fingerprint=language.site_fingerprint))
        some = all(request.pages is not None for request in requests)
        few = some and sum(len(request.pages or ()) for request in requests) <= _FEW_PAGES
        self.engine_pool.submit(requests, parallel=not few and self.jobs > _ONE_ENGINE)

    def _whole_language(self, language: LanguageCache) -> Iterator[EngineRequest]:
        """One request to the engine, or several to as many processes where there are enough pages and processors."""
        code, site_fingerprint = language.code, language.site_fingerprint
        spare = self.jobs // max(1, len(self.languages))
        shards = spare if len(language.texts) >= _MANY_PAGES and spare > 1 and self.engine.some_pages else 1
        if shards == 1:
            yield EngineRequest(code=code, site_fingerprint=site_fingerprint)
            return
        shutil.rmtree(self.root / OUT / code, ignore_errors=True)
        names = [f"{name}.md" for name in language.texts]
        for number in range(shards):
            pages = tuple(names[number::shards])
            yield EngineRequest(code=code, pages=pages, static=number == 0, shard=number, site_fingerprint=site_fingerprint)

    def plan_pages(self, rendered: Sequence[RenderedLanguage], charts: Iterable[str]) -> bool:
        """Get ready to `build_pages` one by one; False where whole languages have to be built first."""
        linkable_files = tuple(charts)
        for one in rendered:
            language = self.languages[one.language]
            language.plan(one)
            language.site_fingerprint = fingerprint(language.key.shared_fingerprint, *linkable_files)
        for language in self.languages.values():
            if language.record.settings_fingerprint != language.key.settings_fingerprint or not language.has_theme():
                return False
            language.keep_theme_only()
        return True

    def build_pages(self, wanted: Mapping[str, Sequence[str]]) -> list[EngineResult]:
        """Have some pages built now, by language, and store them."""
        self.engine_pool.submit(
            [
                EngineRequest(
                    code=code,
                    pages=tuple(f"{name}.md" for name in names if name != NOT_FOUND_PAGE),
                    static=NOT_FOUND_PAGE in names,
                    site_fingerprint=self.languages[code].site_fingerprint,
                )
                for code, names in wanted.items()
            ]
        )
        results = list(self.engine_pool.results())
        for result in results:
            if result.ok:
                self.languages[result.code].store_pages(result, wanted[result.code])
        return results

    def save_complete(self) -> None:
        """Save what is known of languages of which every page is built."""
        for language in self.languages.values():
            language.save_complete()

    def confirm(self) -> None:
        """See `LanguageCache.confirm`."""
        for language in self.languages.values():
            language.confirm()

    def forget_unconfirmed(self) -> None:
        """See `LanguageCache.forget_unconfirmed`."""
        for language in self.languages.values():
            language.forget_unconfirmed()

    def theme_files(self) -> Iterator[tuple[str, SiteFile]]:
        """The theme's own files in every language."""
        for language in self.languages.values():
            yield from language.theme_files()


def _by_language(results: Iterable[EngineResult]) -> dict[str, EngineResult]:
    """One result per language: those of the processes that share a language are merged."""
    merged: dict[str, EngineResult] = {}
    for result in results:
        first = merged.get(result.code)
        if first is None:
            merged[result.code] = result
            continue
        pages = {**first.search.get("pages", {}), **result.search.get("pages", {})}
        merged[result.code] = EngineResult(
            code=result.code,
            ok=first.ok and result.ok,
            warnings=first.warnings + result.warnings,
            output=first.output + result.output,
            seconds=max(first.seconds, result.seconds),
            search={"pages": pages, "setup": result.search.get("setup", {})},
        )
    return merged
