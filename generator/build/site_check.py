"""The last check before a site is published: no link leads nowhere, and every language shows the same numbers."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from typing import Protocol, cast

from ..checks import number_parity
from ..checks.number_parity import Number, NumberReader, ShownQuantity, Words
from ..diagnostics.finding import Diagnostic, Span
from ..engines import links
from ..markup.document import Document
from ..model import addresses
from ..records.struct import Struct, replace
from ..store.cache import Cache
from ..store.hashing import fingerprint
from ..store.objects import Pickled
from .site_contents import SiteContents
from .site_trees import Tree

_READ = "read-pages"  # below the folder of what is kept
_NUMBERS = "read-numbers"
_LONG = 100_000  # characters of a page that lists everything: worth comparing with the published one
_RECENT = 64  # pages of which what is known is kept restored
_BUCKETS = 32  # of the pages below one folder, such as those of facts: an edit changes few of them


class PageReading(Struct, frozen=True):
    """What `check_site` has to know of a page: its links; of a page of the report, the quantities in its article."""

    links: links.PageLinks
    quantities: Sequence[ShownQuantity]


# Of a page, by its fingerprint: as it is now, and as it was published before. They are restored where they are needed, as those
# of thousands of pages took a fifth of the memory.
Readings = Mapping[str, Pickled]


class SiteView(Protocol):
    """A whole site as it would be published, and how it differs from the one before. Files are path -> fingerprint."""

    @property
    def files(self) -> Mapping[str, str]:
        """Every file."""

    @property
    def changed(self) -> Collection[str]:
        """The files that are new or different."""

    @property
    def removed(self) -> Collection[str]:
        """The files that are gone."""

    @property
    def before(self) -> Mapping[str, str]:
        """Every file of the site before."""

    @property
    def inspected(self) -> Mapping[str, object]:
        """What `read_page` returned for files that were written just now."""

    def read(self, path: str) -> str:
        """The HTML of a page."""


def check_site(contents: SiteContents, site: SiteView) -> list[Diagnostic]:
    """What is wrong with a site: broken links, and languages whose pages show other numbers."""
    return SiteCheck(contents, site).findings()


class SiteCheck:
    """The check of a site. It takes longest to read pages, which can be done one by one before it."""

    def __init__(self, contents: SiteContents, site: SiteView) -> None:
        self.contents, self._pages = contents, _ReadPages(contents, site)

    def read_pages(self) -> Iterator[str]:
        """Read the changed pages one after the other; yields the path of each."""
        for path in self._pages.changed_pages():
            self._pages.reading(path)
            yield path

    def findings(self) -> list[Diagnostic]:
        """See `check_site`; what was not read yet is read now."""
        becomes_edition = any(not one.files for one in self.contents.edition.report.editions)  # whose links are led on
        broken = () if becomes_edition else _broken_links(self._pages)
        findings = [*broken, *_different_numbers(self.contents, self._pages)]
        if not findings:  # else the next build has to check these pages again
            self._pages.save()
        return findings


def read_page(contents: SiteContents, published: Tree, path: str, content: str | bytes) -> Pickled | None:
    """What `check_site` has to know of a file that is a page: a `PageReading`."""
    if not _is_checked(path) or not isinstance(content, str):
        return None
    if len(content) >= _LONG and (made_of := published.fingerprints.get(path)):
        known = _load_bucket(contents, _bucket_name(path)).get(path, {}).get(made_of)
        if known and links.has_same_links((published.folder / path).read_text(encoding="utf-8"), content):
            reading = _restore(known)
            quantities = _quantities(contents, path, Document(content)) if reading.quantities else ()
            return Pickled.of(replace(reading, quantities=quantities)) if quantities else known
    return Pickled.of(_read(contents, path, content))


def _restore(reading: Pickled) -> PageReading:
    return cast("PageReading", reading.restore())


def _load_bucket(contents: SiteContents, name: str) -> dict[str, Readings]:
    store = contents.context.store
    loaded = Cache(store.folder / _READ).load(name, store.code_fingerprint)
    return loaded if isinstance(loaded, dict) else {}


def _read(contents: SiteContents, path: str, html: str) -> PageReading:
    site_url = contents.edition.report.site_url
    if path in contents.fact_files:
        frame = contents.frame(path.partition("/")[0])
        return PageReading(links.read_links(path, html, site_url=site_url, frame=frame), ())
    document = Document(html)
    found = links.read_links(path, html, site_url=site_url, document=document)
    return PageReading(found, _quantities(contents, path, document))


def _quantities(contents: SiteContents, path: str, document: Document) -> tuple[ShownQuantity, ...]:
    return tuple(number_parity.shown_quantities(document)) if path in contents.page_files else ()


def _is_checked(path: str) -> bool:
    """Whether a file is a page whose links are looked at: dated editions stay as they were when theirs were."""
    return path.endswith(".html") and not path.startswith(addresses.EDITIONS)


def _broken_links(pages: _ReadPages) -> Iterator[Diagnostic]:
    """Broken links of the pages whose links changed; of all pages where a file or an anchor was removed.

    The other links were checked before they were published.
    """
    site = pages.site
    changed = pages.changed_pages()
    before = {path: pages.published(path) for path in changed}
    lost = bool(site.removed) or any(_lost_anchors(before[path], pages[path]) for path in changed if path in site.before)
    unlike = [path for path in changed if (known := before[path]) is None or known.targets != pages[path].targets]
    for link in links.broken_links(pages, site.files, pages if lost else unlike):
        yield Diagnostic(rule="broken-link", span=Span(f"site/{link.page}"), args={"page": link.page, "link": link.link})
    for path in changed:
        for found in pages[path].active:
            yield Diagnostic(rule="active-markup", span=Span(f"site/{path}"), args={"found": found})


def _lost_anchors(before: links.PageLinks | None, now: links.PageLinks) -> bool:
    """Whether a page lacks an anchor that it had, or may have had."""
    return before is None or not before.anchors <= now.anchors


class _ReadPages(Mapping[str, links.PageLinks]):
    """The links and quantities of every page by its path: kept from build to build, read again where the page changed."""

    def __init__(self, contents: SiteContents, site: SiteView) -> None:
        self.contents, self.site = contents, site
        self.code_fingerprint = contents.context.store.code_fingerprint
        self.cache = Cache(contents.context.store.folder / _READ)
        self.buckets: dict[str, dict[str, Readings]] = {}
        self.changed: set[str] = set()
        self._recent = lru_cache(maxsize=_RECENT)(self._restored)  # many pages link the same ones

    def _bucket(self, path: str) -> dict[str, Readings]:
        name = _bucket_name(path)
        if name not in self.buckets:
            self.buckets[name] = _load_bucket(self.contents, name)
        return self.buckets[name]

    def changed_pages(self) -> list[str]:
        """The pages that are new or different."""
        return [path for path in self.site.changed if path in self]

    def published(self, path: str) -> links.PageLinks | None:
        """The links of a page as it was published; None where there was none, or what it had is not known."""
        known = self._bucket(path).get(path, {}).get(self.site.before.get(path, ""))
        return None if known is None else _restore(known).links

    def reading(self, path: str) -> PageReading:
        """A page as it will be published."""
        return self._recent(path)

    def _restored(self, path: str) -> PageReading:
        current, bucket = self.site.files[path], self._bucket(path)
        known = bucket.get(path, {})
        if current not in known:
            found = self.site.inspected.get(path)
            if not isinstance(found, Pickled):
                found = Pickled.of(_read(self.contents, path, self.site.read(path)))
            before = {key: one for key, one in known.items() if key == self.site.before.get(path)}
            bucket[path] = known = {**before, current: found}  # the next tree may have the one or the other
            self.changed.add(_bucket_name(path))
        return _restore(known[current])

    def __getitem__(self, path: str) -> links.PageLinks:
        """The links of a page."""
        return self.reading(path).links

    def __contains__(self, path: object) -> bool:
        """Whether it is a page of the site."""
        return isinstance(path, str) and _is_checked(path) and path in self.site.files

    def __iter__(self) -> Iterator[str]:
        """Every page."""
        return (path for path in self.site.files if _is_checked(path))

    def __len__(self) -> int:
        """The number of pages."""
        return sum(1 for _ in self)

    def save(self) -> None:
        """Save what was read, without pages that are gone."""
        for name in self.changed:
            kept = {path: found for path, found in self.buckets[name].items() if path in self.site.files}
            self.cache.save(name, self.code_fingerprint, kept)


@cache
def _bucket_name(path: str) -> str:
    folder, _, below = path.removesuffix("/index.html").rpartition("/")
    return fingerprint(folder, str(zlib.crc32(below.encode()) % _BUCKETS))


def _different_numbers(contents: SiteContents, pages: _ReadPages) -> Iterator[Diagnostic]:
    """Pages of the report that show other numbers in another language."""
    known = _KnownNumbers(contents)
    for name in contents.edition.report.pages:
        files = {code: addresses.file(name, code) for code in contents.codes_of(name)}
        if not any(file in pages.site.changed for file in files.values()):
            continue
        shown = {code: pages.reading(file).quantities for code, file in files.items() if file in pages.site.files}
        yield from number_parity.compare_pages(known.reader(name), name, shown)
    known.save()


class _KnownNumbers:
    """What the words of quantities were read as, by page; kept from build to build while units and languages stay the same."""

    def __init__(self, contents: SiteContents) -> None:
        languages = (f"language/{code}" for code in contents.codes)
        self.edition = contents.edition
        self.made_of = contents.fingerprint(contents.context.fingerprints.combined(("units/*", *languages)))
        self.cache, self.code = Cache(contents.context.store.folder), contents.context.store.code_fingerprint
        self.readers: dict[str, NumberReader] = {}

    @cached_property
    def known(self) -> Mapping[str, Mapping[Words, Number]]:
        """Of each page of the last build."""
        found = self.cache.load(_NUMBERS, self.code)
        return found[1] if isinstance(found, tuple) and found[0] == self.made_of else {}

    @cached_property
    def numbers(self) -> dict[Words, Number]:
        """Of all pages."""
        return {words: number for page in self.known.values() for words, number in page.items()}

    def reader(self, page: str) -> NumberReader:
        """What reads the numbers of a page; what any page shows is read once."""
        self.readers[page] = NumberReader(self.edition, self.numbers)
        return self.readers[page]

    def save(self) -> None:
        """Keep what was read, instead of what was known of the same pages."""
        read = {page: reader.read for page, reader in self.readers.items()}
        if any(self.known.get(page) != numbers for page, numbers in read.items()):
            kept = {page: self.known[page] for page in self.edition.report.pages if page in self.known}
            self.cache.save(_NUMBERS, self.code, (self.made_of, kept | read))
