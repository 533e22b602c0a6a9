"""Which pages the engine has to build, and what it made of them: kept by all that a page's HTML depends on.

While titles, order, theme and settings stay the same, only pages whose text changed go through the engine. Where anything else
changed the whole language does, and the reason is told.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from ..engines.processes import (
    BUILD,
    EnginePool,
    LanguageConfig,
    LanguageName,
    Outcome,
    Request,
    configuration_path,
    write_configurations,
)
from ..model import addresses
from ..store.cache import Cache
from ..store.hashing import content_hash, fingerprint
from ..store.inputs import hash_subset
from .publish import OUT, SiteFile, files_below
from .site import Rendered

SHELL = addresses.SHELL.rstrip("/")
MISSING = "404"  # the theme's page for addresses that do not exist
_FEW = 12  # pages: for these, a second process would cost more than it saves
_MANY = 200  # pages of one language: worth several processes
Entries = list[Mapping[str, str]]


class CorruptCacheError(Exception):
    """Something in build/ is not what was written there."""


@dataclass(slots=True, kw_only=True)
class Record:
    """What the engine made of a language so far."""

    shared_fingerprint: str = ""  # of all that every page depends on
    pages: dict[str, str] = field(default_factory=dict)  # page -> print of its text
    entries: dict[str, Entries] = field(default_factory=dict)  # page -> what it says to readers who search
    setup: Mapping[str, Any] = field(default_factory=dict)  # of the theme's search
    theme: dict[str, str] = field(default_factory=dict)  # the theme's own files -> hash
    settings: str = ""  # the part of it that an editor's page texts have no part in


@dataclass(frozen=True, slots=True, kw_only=True)
class Set:
    """What was done for one language, and how it went."""

    outcome: Outcome
    told: str


@dataclass(slots=True)
class _Job:
    """One language: what has to be built, and why."""

    code: str
    shared_fingerprint: str
    record: Record
    settings: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)  # page -> print of its text
    wanted: tuple[str, ...] | None = ()  # None: everything
    shards: int = 1
    files: str = ""  # the print of which files pages may link to


class EngineCache:
    """Has the engine build what changed, and hands out finished pages."""

    def __init__(
        self,
        root: Path,
        code_fingerprint: str,
        engine_pool: EnginePool,
        files: Mapping[str, str],
        *,
        jobs: int,
        known: Mapping[str, Record] | None = None,
    ) -> None:
        """`known` is what another one knows already in this process, by language."""
        self.root, self.code_fingerprint, self.engine_pool, self.files, self.jobs_at_once = (
            root,
            code_fingerprint,
            engine_pool,
            files,
            jobs,
        )
        self.cache = Cache(root / BUILD / "cache")
        self.known = known or {}
        self.jobs: dict[str, _Job] = {}

    def configure(
        self, tongues: Sequence[LanguageConfig], *, site_url: str, spoken: Sequence[LanguageName] | None = None
    ) -> None:
        """Write each language's configuration and look up what is known of it; `spoken` if these are not all languages."""
        write_configurations(self.root, tongues, site_url=site_url, engine=self.engine_pool.engine, spoken=spoken)
        for language_config in tongues:
            found = self.known.get(language_config.code) or self.cache.load(
                f"engine-{language_config.code}", self.code_fingerprint
            )
            record = found if isinstance(found, Record) else Record()
            shared_fingerprint = self._shared_fingerprint_of(language_config.code)
            self.jobs[language_config.code] = _Job(
                language_config.code, shared_fingerprint, record, settings=self._settings(), files=shared_fingerprint
            )

    def _settings(self) -> str:
        """The print of what every language's pages depend on."""
        return fingerprint(
            self.code_fingerprint, self.engine_pool.engine.name, hash_subset(self.files, "mkdocs.yml", "templates/overrides/")
        )

    def _shared_fingerprint_of(self, code: str) -> str:
        text = content_hash(configuration_path(self.root, code).read_bytes())
        shared = fingerprint(self._settings(), *(path for path in self.files if path.startswith("docs/")))
        return fingerprint(shared, text)

    def prepare(self) -> None:
        """Have the engine read the settings that the last build left: in most builds they are still the right ones."""
        if not self.engine_pool.engine.some_pages:
            return
        codes = [path.name.split(".")[1] for path in sorted((self.root / BUILD).glob("mkdocs.*.yml"))]
        self.engine_pool.prepare([Request(code=code, settings_fingerprint=self._shared_fingerprint_of(code)) for code in codes])

    def begin(self, rendered: Sequence[Rendered]) -> None:
        """Ask the engine for all that is missing. It works while other things are done."""
        self.plan(rendered)
        self._ask([self.jobs[one.language] for one in rendered])

    def plan(self, rendered: Sequence[Rendered]) -> None:
        """Find out what is missing."""
        for one in rendered:
            job = self.jobs[one.language]
            job.texts = {name: sheet.fingerprint for name, sheet in one.sheets.items()}
            if one.tells:
                job.texts = {**job.texts, SHELL: ""}
            kept = self._html(one.language).names()
            job.wanted = tuple(
                name
                for name, text in job.texts.items()
                if job.record.pages.get(name) != text or _name(job, name, text) not in kept
            )
            if job.record.shared_fingerprint != job.shared_fingerprint or not self._theme_is_there(job):
                job.wanted = None
            if job.wanted and not self.engine_pool.engine.some_pages:
                job.wanted = None

    def _has(self, job: _Job, name: str, text: str) -> bool:
        return job.record.pages.get(name) == text and self._html(job.code).has(_name(job, name, text))

    def _html(self, code: str) -> Cache:
        return Cache(self.root / BUILD / "cache/html" / code)

    def _theme_is_there(self, job: _Job) -> bool:
        folder = self.root / OUT / job.code
        return bool(job.record.theme) and all((folder / path).is_file() for path in job.record.theme)

    def _ask(self, jobs: Sequence[_Job]) -> None:
        requests: list[Request] = []
        for job in jobs:
            if job.wanted is None:
                requests += self._whole(job)
            elif job.wanted:
                pages = tuple(f"{name}.md" for name in job.wanted)
                requests.append(Request(code=job.code, pages=pages, settings_fingerprint=job.files))
        few = all(one.pages is not None for one in requests) and sum(len(one.pages or ()) for one in requests) <= _FEW
        self.engine_pool.ask(requests, side_by_side=not few and self.jobs_at_once > 1)

    def _whole(self, job: _Job) -> Iterator[Request]:
        """A whole language: as the engine itself does it, or over several processes where there are enough of both."""
        spare = self.jobs_at_once // max(1, len(self.jobs))
        job.shards = spare if len(job.texts) >= _MANY and spare > 1 and self.engine_pool.engine.some_pages else 1
        if job.shards == 1:
            yield Request(code=job.code, settings_fingerprint=job.files)
            return
        shutil.rmtree(self.root / OUT / job.code, ignore_errors=True)
        names = [f"{name}.md" for name in job.texts]
        for number in range(job.shards):
            pages = tuple(names[number :: job.shards])
            yield Request(code=job.code, pages=pages, static=number == 0, shard=number, settings_fingerprint=job.files)

    def finish(self) -> list[Set]:
        """Wait for the engine and keep what it made."""
        done = self._gather(self.engine_pool.answers())
        again = [code for code, one in done.items() if not one.ok and self.jobs[code].wanted is not None]
        for code in again:  # what only looks wrong to a part of the pages is judged by all of them
            self.jobs[code].wanted = None
        if again:
            self.engine_pool.forget()
            self._ask([self.jobs[code] for code in again])
            done.update(self._gather(self.engine_pool.answers()))
        return [self._keep(self.jobs[code], outcome) for code, outcome in done.items()]

    def _gather(self, outcomes: Iterator[Outcome]) -> dict[str, Outcome]:
        """One outcome per language: the shards of one language together."""
        found: dict[str, Outcome] = {}
        for one in outcomes:
            first = found.get(one.code)
            if first is None:
                found[one.code] = one
                continue
            pages = {**first.search.get("pages", {}), **one.search.get("pages", {})}
            found[one.code] = Outcome(
                code=one.code,
                ok=first.ok and one.ok,
                warnings=first.warnings + one.warnings,
                output=first.output + one.output,
                seconds=max(first.seconds, one.seconds),
                search={"pages": pages, "setup": one.search.get("setup", {})},
            )
        return found

    def _keep(self, job: _Job, outcome: Outcome) -> Set:
        names = tuple(job.texts) if job.wanted is None else job.wanted
        told = f"{len(names)} pages"
        if job.wanted is None and job.record.shared_fingerprint and job.record.shared_fingerprint != job.shared_fingerprint:
            told += ", because titles, order, theme or settings changed"
        if not outcome.ok:
            return Set(outcome=outcome, told=told)
        if job.wanted is None:
            theme, setup = dict(self._theme(job)), outcome.search["setup"]
            job.record = Record(shared_fingerprint=job.shared_fingerprint, setup=setup, theme=theme, settings=job.settings)
        kept = {_name(job, name, text) for name, text in job.record.pages.items()}
        self._learn(job, outcome, (*names, MISSING) if job.wanted is None else names)
        self._forget_others(job, kept)
        self.cache.save(f"engine-{job.code}", self.code_fingerprint, job.record)
        return Set(outcome=outcome, told=told)

    def _learn(self, job: _Job, outcome: Outcome, names: Sequence[str]) -> None:
        """Keep the pages that were just built, and what they say to readers who search."""
        html, folder = self._html(job.code), self.root / OUT / job.code
        for name in names:
            if name == MISSING:
                if (folder / f"{MISSING}.html").is_file():
                    html.put_file(_name(job, MISSING, ""), folder / f"{MISSING}.html")
                continue
            url = addresses.page(name)
            html.put_file(_name(job, name, job.texts[name]), folder / url / "index.html")
            job.record.pages[name] = job.texts[name]
            job.record.entries[name] = outcome.search["pages"].get(url, [])

    def _forget_others(self, job: _Job, before: set[str]) -> None:
        now = {name: text for name, text in job.record.pages.items() if name in job.texts}
        job.record.pages = now
        job.record.entries = {name: found for name, found in job.record.entries.items() if name in now}
        html, wanted = self._html(job.code), {_name(job, name, text) for name, text in now.items()}
        if job.wanted is None:
            html.retain({*wanted, _name(job, MISSING, "")})
        else:
            html.drop(before - wanted)

    def _theme(self, job: _Job) -> Iterator[tuple[str, str]]:
        """The theme's own files: all that the engine wrote and that is no page, no index, and not one of ours."""
        folder = self.root / OUT / job.code
        index = self.engine_pool.engine.index.partition("/")[0]
        own = {path for path, _ in files_below(self.root / BUILD / "docs" / job.code)}
        for path, _ in sorted(files_below(folder)):
            if not path.endswith(".html") and not path.startswith(("sitemap.xml", index)) and path not in own:
                yield path, content_hash((folder / path).read_bytes())

    # --- only what is asked for ---------------------------------------------------------------

    def plan_few(self, rendered: Sequence[Rendered], charts: Iterable[str]) -> bool:
        """Get ready to `press` pages when they are asked for; False where whole languages have to be built first."""
        self.plan(rendered)
        for job in self.jobs.values():
            job.files = fingerprint(job.shared_fingerprint, *charts)
        for job in self.jobs.values():
            if job.record.settings != job.settings or not self._theme_is_there(job):
                return False
            if (
                job.record.shared_fingerprint != job.shared_fingerprint
            ):  # titles or order: every page, but the theme's own files stay
                job.record = replace(
                    job.record, shared_fingerprint=job.shared_fingerprint, pages={}, entries=dict(job.record.entries)
                )
        return True

    def missing(self, code: str) -> list[str]:
        """The pages of a language that are still to be built."""
        job = self.jobs[code]
        return [name for name in (*job.texts, MISSING) if not self.has(code, name)]

    def has(self, code: str, name: str) -> bool:
        """Whether a page is built as it is to be."""
        job = self.jobs[code]
        return self._html(code).has(_name(job, MISSING, "")) if name == MISSING else self._has(job, name, job.texts[name])

    def press(self, wanted: Mapping[str, Sequence[str]]) -> list[Outcome]:
        """Have some pages built now, by language, and keep them."""
        self.engine_pool.ask(
            [
                Request(
                    code=code,
                    pages=tuple(f"{name}.md" for name in names if name != MISSING),
                    static=MISSING in names,
                    settings_fingerprint=self.jobs[code].files,
                )
                for code, names in wanted.items()
            ]
        )
        outcomes = list(self.engine_pool.answers())
        for one in outcomes:
            if one.ok:
                self._learn(self.jobs[one.code], one, wanted[one.code])
        return outcomes

    def settle(self) -> None:
        """Forget pages that are no more, and keep what is known where it is known of every page."""
        for code, job in self.jobs.items():
            if not self.missing(code):
                job.record.pages = dict(job.texts)
                job.record.entries = {name: job.record.entries.get(name, []) for name in job.texts}
                names = (_name(job, name, text) for name, text in {**job.texts, MISSING: ""}.items())
                self._html(code).retain(names)
                self.cache.save(f"engine-{code}", self.code_fingerprint, job.record)

    # --- what was made --------------------------------------------------------------------------

    def fingerprint_of(self, code: str, name: str) -> str:
        """The print of all that a page's HTML was made of."""
        job = self.jobs[code]
        return _name(job, name, job.texts.get(name, ""))

    def html(self, code: str, name: str) -> str:
        """A page as the engine made it."""
        found = self._html(code).get(self.fingerprint_of(code, name))
        if found is None:
            raise CorruptCacheError(name)
        return found.decode()

    def entries(self, code: str) -> tuple[Mapping[str, Any], Entries]:
        """The set-up of the theme's search, and what all pages say to readers who search, in the order of the pages."""
        job = self.jobs[code]
        return job.record.setup, [entry for name in job.texts if name != SHELL for entry in job.record.entries.get(name, ())]

    def entries_print(self, code: str) -> str:
        """The print of what `entries` gives."""
        setup, found = self.entries(code)
        return fingerprint(json.dumps([setup, found], default=str))

    def theme_products(self) -> Iterator[tuple[str, SiteFile]]:
        """The theme's own files, in every language."""
        for code, job in self.jobs.items():
            for path, own in job.record.theme.items():
                source = self.root / OUT / code / path
                yield addresses.in_language(path, code), SiteFile(own, partial(_read, source, own))


def _name(job: _Job, name: str, text: str) -> str:
    return fingerprint(job.shared_fingerprint, name, text)


def _read(source: Path, own: str) -> bytes:
    try:
        content = source.read_bytes()
    except OSError as error:
        raise CorruptCacheError(source.name) from error
    if content_hash(content) != own:
        raise CorruptCacheError(source.name)
    return content
