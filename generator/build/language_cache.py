"""What the engine made of one language, kept from build to build; decides which pages go through the engine again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from ..engines.processes import EngineResult
from ..engines.registry import Engine
from ..markup import fragments
from ..markup.escaping import restore
from ..model import addresses
from ..records.struct import Struct, field, replace
from ..store.cache import Cache
from ..store.hashing import content_hash, fingerprint
from ..store.objects import value_hash
from .folders import CACHE, DOCS, OUT
from .publish import SiteFile
from .site import RenderedLanguage
from .site_trees import files_below

NOT_FOUND_PAGE = "404"  # the theme's page for addresses that do not exist
_MOST_TAKEN_OUT = 32  # pages whose fragments stay in memory: a page is finished, searched and written as Markdown
SearchEntries = list[Mapping[str, str]]


class CorruptCacheError(Exception):
    """Something in build/ is not what was written there."""


class LanguageRecord(Struct, kw_only=True):
    """What the engine has made of a language; saved from one build to the next."""

    shared_fingerprint: str = ""  # of all that every page depends on
    settings_fingerprint: str = ""  # the part of it that does not depend on what pages are called and how they are ordered
    pages: dict[str, str] = field(default_factory=dict)  # page -> fingerprint of its Markdown
    search_entries: dict[str, SearchEntries] = field(default_factory=dict)  # page -> its entries
    search_setup: Mapping[str, Any] = field(default_factory=dict)  # of the theme's search
    theme: dict[str, str] = field(default_factory=dict)  # the theme's own files: path -> content hash


class LanguageKey(Struct, frozen=True, kw_only=True):
    """What every page of a language depends on."""

    code: str
    code_fingerprint: str  # of the generator
    shared_fingerprint: str
    settings_fingerprint: str


class LanguageCache:
    """The pages of one language: which of them the engine has to build, and what it made of them."""

    def __init__(self, root: Path, key: LanguageKey, engine: Engine, known: LanguageRecord | None = None) -> None:
        """`known` is the record of an earlier build in the same process; without one, what was saved is loaded."""
        self.root, self.key, self.code, self.engine = root, key, key.code, engine
        self.records, self.pages = Cache(root / CACHE), Cache(root / CACHE / "html" / key.code)
        loaded = known or self.records.load(f"engine-{key.code}", key.code_fingerprint)
        self.record = loaded if isinstance(loaded, LanguageRecord) else LanguageRecord()
        self.site_fingerprint = key.shared_fingerprint  # of the configuration and of which files there are
        self.rendered: RenderedLanguage | None = None
        self.texts: dict[str, str] = {}  # page -> fingerprint of the Markdown that the engine reads
        self.changed = False  # whether the record has to be saved
        self._taken_out: dict[str, Sequence[str]] = {}  # the fragments of pages by the page's fingerprint
        self._unconfirmed: set[str] = set()  # pages stored since the last `confirm`
        self._theme_confirmed = True
        self.wanted: tuple[str, ...] | None = ()  # the pages that have to be built; None: all, and the theme's own files

    def plan(self, rendered: RenderedLanguage) -> None:
        """Find out which pages have to be built."""
        self.rendered, apart = rendered, self.engine.leaves_fragments
        self.texts = {
            name: summary.fingerprint_without_fragments if apart else summary.fingerprint
            for name, summary in rendered.summaries.items()
        }
        if rendered.has_fact_pages:
            self.texts[addresses.SHELL_PAGE] = ""
        stored = self.pages.names()
        self.wanted = tuple(
            name
            for name, text in self.texts.items()
            if self.record.pages.get(name) != text or self._page_key(name, text) not in stored
        )
        outdated = self.record.shared_fingerprint != self.key.shared_fingerprint or not self.has_theme()
        if outdated or (self.wanted and not self.engine.some_pages):
            self.wanted = None

    def has_theme(self) -> bool:
        """Whether the theme's own files are still where the engine wrote them."""
        folder = self.root / OUT / self.code
        return bool(self.record.theme) and all((folder / path).is_file() for path in self.record.theme)

    def has(self, name: str) -> bool:
        """Whether a page is built as it is to be."""
        known = name == NOT_FOUND_PAGE or self.record.pages.get(name) == self.texts[name]
        return known and self.pages.has(self._current_key(name))

    def missing(self) -> list[str]:
        """The pages that are still to be built."""
        return [name for name in (*self.texts, NOT_FOUND_PAGE) if not self.has(name)]

    def store_result(self, result: EngineResult) -> str:
        """Store what the engine made of the wanted pages; says what that was in words."""
        whole, earlier = self.wanted is None, self.record.shared_fingerprint
        names = tuple(self.texts) if self.wanted is None else self.wanted
        summary = f"{len(names)} pages"
        if whole and earlier and earlier != self.key.shared_fingerprint:
            summary += ", because titles, order, theme or settings changed"
        if not result.ok:
            return summary
        self.changed = True
        if whole:
            self._theme_confirmed = False
            self.record = LanguageRecord(
                shared_fingerprint=self.key.shared_fingerprint,
                settings_fingerprint=self.key.settings_fingerprint,
                search_setup=result.search["setup"],
                theme=dict(self._theme_hashes()),
            )
        before = {self._page_key(name, text) for name, text in self.record.pages.items()}
        self.store_pages(result, (*names, NOT_FOUND_PAGE) if whole else names)
        self._remove_others(before, whole=whole)
        return summary

    def store_pages(self, result: EngineResult, names: Sequence[str]) -> None:
        """Store pages that were just built, and their search entries."""
        folder = self.root / OUT / self.code
        self._unconfirmed.update(names)
        for name in names:
            if name == NOT_FOUND_PAGE:
                if (folder / f"{NOT_FOUND_PAGE}.html").is_file():
                    self.pages.put_file(self._current_key(NOT_FOUND_PAGE), folder / f"{NOT_FOUND_PAGE}.html")
                continue
            url = addresses.page(name)
            self.pages.put_file(self._current_key(name), folder / url / "index.html")
            self.record.pages[name] = self.texts[name]
            self.record.search_entries[name] = result.search["pages"].get(url, [])

    def confirm(self) -> None:
        """Say that every page stored so far is of the files that its fingerprint names."""
        self._unconfirmed.clear()
        self._theme_confirmed = True

    def forget_unconfirmed(self) -> None:
        """Forget the pages stored since the last `confirm`: files changed, and they may be of either state."""
        for name in self._unconfirmed:
            self.record.pages.pop(name, None)
        self.pages.drop(self.fingerprint_of(name) for name in self._unconfirmed)
        self._unconfirmed.clear()
        if not self._theme_confirmed:
            self.record.settings_fingerprint = ""

    def _remove_others(self, before: set[str], *, whole: bool) -> None:
        """Forget pages that are no longer wanted."""
        record = self.record
        record.pages = {name: text for name, text in record.pages.items() if name in self.texts}
        record.search_entries = {name: entries for name, entries in record.search_entries.items() if name in record.pages}
        current = {self._page_key(name, text) for name, text in record.pages.items()}
        if whole:
            self.pages.retain({*current, self._current_key(NOT_FOUND_PAGE)})
        else:
            self.pages.drop(before - current)

    def _theme_hashes(self) -> Iterator[tuple[str, str]]:
        """The theme's own files: all that the engine wrote and that is no page, no index, and none of the project's."""
        folder, index = self.root / OUT / self.code, self.engine.index.partition("/")[0]
        sources = {path for path, _ in files_below(self.root / DOCS / self.code)}
        for path, _ in sorted(files_below(folder)):
            if not path.endswith(".html") and not path.startswith(("sitemap.xml", index)) and path not in sources:
                yield path, content_hash((folder / path).read_bytes())

    def keep_theme_only(self) -> None:
        """Forget every page where titles or order changed; the theme's own files stay as they are."""
        if self.record.shared_fingerprint != self.key.shared_fingerprint:
            entries = dict(self.record.search_entries)
            self.record = replace(self.record, shared_fingerprint=self.key.shared_fingerprint, pages={}, search_entries=entries)

    def save_complete(self) -> None:
        """Save the record where every page is built, and forget all other pages."""
        if not self.missing():
            self.record.pages = dict(self.texts)
            self.record.search_entries = {name: self.record.search_entries.get(name, []) for name in self.texts}
            self.pages.retain(self._current_key(name) for name in (*self.texts, NOT_FOUND_PAGE))
            self.save()

    def save(self) -> None:
        """Save the record, once it is certain that nothing changed while the engine was at work."""
        self.changed = False
        self.records.save(f"engine-{self.code}", self.key.code_fingerprint, self.record)

    def _page_key(self, name: str, text: str) -> str:
        return fingerprint(self.key.shared_fingerprint, name, text)

    def _current_key(self, name: str) -> str:
        return self._page_key(name, self.texts.get(name, ""))

    def fingerprint_of(self, name: str) -> str:
        """A fingerprint of all that a page's HTML is made of, its fragments included."""
        summary = self.rendered.summaries.get(name) if self.rendered else None
        return fingerprint(self._current_key(name), summary.fingerprint if summary else "")

    def html(self, name: str) -> str:
        """A page as the engine made it, with its fragments; CorruptCacheError where it is gone or damaged."""
        return fragments.put_back(self._engine_html(name), self._fragments(name))

    def html_in_parts(self, name: str, stays_out: Callable[[str], bool]) -> tuple[str, Sequence[str]]:
        """The same with the tokens of some fragments, and all fragments; see `markup.fragments`."""
        taken_out = self._fragments(name)
        return fragments.put_back_some(self._engine_html(name), taken_out, stays_out), taken_out

    def html_and_blocks(self, name: str) -> tuple[str, Sequence[str]]:
        """A page with the tokens of the blocks among its fragments, and all fragments; see `markup.fragments`."""
        taken_out = self._fragments(name)
        return fragments.put_back_links(self._engine_html(name), taken_out), taken_out

    def _engine_html(self, name: str) -> str:
        content = self.pages.get(self._current_key(name))
        if content is None:
            raise CorruptCacheError(name)
        return restore(content.decode())

    def _fragments(self, name: str) -> Sequence[str]:
        """What was taken out of a page before the engine read it."""
        if self.rendered is None or name not in self.rendered.markdown or not self.engine.leaves_fragments:
            return ()
        key = self.rendered.summaries[name].fingerprint
        if key not in self._taken_out:
            if len(self._taken_out) == _MOST_TAKEN_OUT:
                self._taken_out.clear()
            self._taken_out[key] = fragments.take_out(self.rendered.markdown[name]())[1]
        return self._taken_out[key]

    def search_entries(self, name: str, *, with_fragments: bool = True) -> SearchEntries:
        """The search entries of a page, with the words of its fragments or without."""
        entries = self.record.search_entries.get(name, ()) if name != addresses.SHELL_PAGE else ()
        taken_out = self._fragments(name) if entries and with_fragments else ()
        return [{**entry, "text": fragments.put_back_words(entry["text"], taken_out)} for entry in entries]

    def search_fingerprint(self, name: str) -> str:
        """A fingerprint of all that `search_entries` returns what it does from."""
        made_of = self.record.search_entries.get(name, ())
        return fingerprint(value_hash(made_of), self.fingerprint_of(name))

    def theme_files(self) -> Iterator[tuple[str, SiteFile]]:
        """The theme's own files, as this language has them."""
        for path, digest in self.record.theme.items():
            source = self.root / OUT / self.code / path
            yield addresses.in_language(path, self.code), SiteFile(digest, partial(_read_unchanged, source, digest))


def _read_unchanged(source: Path, expected: str) -> bytes:
    """The content of a file; CorruptCacheError where its hash is another one."""
    try:
        content = source.read_bytes()
    except OSError as error:
        raise CorruptCacheError(source.name) from error
    if content_hash(content) != expected:
        raise CorruptCacheError(source.name)
    return content
