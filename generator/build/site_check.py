"""The last check before a site is published: no link leads nowhere, and every language shows the same numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Protocol

from ..checks import number_parity
from ..diagnostics.finding import Diagnostic, Span
from ..engines import links
from ..model import addresses
from ..store.cache import Cache
from ..store.hashing import fingerprint
from .site_contents import SiteContents

_LINKS = "links"


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
        """What `extract_links` returned for files that were written just now."""

    def read(self, path: str) -> str:
        """The HTML of a page."""


def check_site(contents: SiteContents, site: SiteView) -> list[Diagnostic]:
    """What is wrong with a site: broken links, and languages whose pages show other numbers."""
    if any(not one.files for one in contents.edition.report.editions):  # it becomes one, whose links are led on
        return [*_different_numbers(contents, site)]
    return [*_broken_links(contents, site), *_different_numbers(contents, site)]


def extract_links(site_url: str, path: str, content: str | bytes) -> links.PageLinks | None:
    """The links and anchors of a file that is a page; what `check_site` has to know of it."""
    return links.read_links(path, content, site_url=site_url) if _is_checked(path) and isinstance(content, str) else None


def _is_checked(path: str) -> bool:
    """Whether a file is a page whose links are looked at: dated editions stay as they were when theirs were."""
    return path.endswith(".html") and not path.startswith(addresses.EDITIONS)


def _broken_links(contents: SiteContents, site: SiteView) -> Iterator[Diagnostic]:
    """Broken links of the pages that changed; of all pages where a file or an anchor was removed.

    The other pages were checked before they were published.
    """
    index = _LinkIndex(contents, site)
    changed = [path for path in site.changed if _is_checked(path) and path in site.files]
    active = [(path, found) for path in changed for found in index[path].active]
    lost = bool(site.removed) or any(index.lost_anchors(path) for path in changed)
    broken = links.broken_links(index, site.files, index if lost else changed)
    if not (broken or active):  # else the next build has to check these pages again
        index.save()
    for link in broken:
        yield Diagnostic(rule="broken-link", span=Span(f"site/{link.page}"), args={"page": link.page, "link": link.link})
    for path, found in active:
        yield Diagnostic(rule="active-markup", span=Span(f"site/{path}"), args={"found": found})


class _LinkIndex(Mapping[str, links.PageLinks]):
    """The links and anchors of every page by its path: cached by folder, read again where the page changed."""

    def __init__(self, contents: SiteContents, site: SiteView) -> None:
        self.site, self.url = site, contents.edition.report.site_url
        self.code_fingerprint = contents.context.store.code_fingerprint
        self.cache = Cache(contents.context.store.folder / _LINKS)
        self.folders: dict[str, dict[str, tuple[str, links.PageLinks]]] = {}
        self.changed: set[str] = set()

    def _folder(self, path: str) -> dict[str, tuple[str, links.PageLinks]]:
        name = self._name(path)
        if name not in self.folders:
            loaded = self.cache.load(name, self.code_fingerprint)
            self.folders[name] = loaded if isinstance(loaded, dict) else {}
        return self.folders[name]

    @staticmethod
    def _name(path: str) -> str:
        return fingerprint("/".join(path.split("/")[:2]))

    def lost_anchors(self, path: str) -> bool:
        """Whether a page lacks an anchor that the published one has, or may have."""
        if path not in self.site.before:
            return False
        known = self._folder(path).get(path)
        return known is None or known[0] != self.site.before[path] or not known[1].anchors <= self[path].anchors

    def __getitem__(self, path: str) -> links.PageLinks:
        """The links of a page as it will be published."""
        current, folder = self.site.files[path], self._folder(path)
        if path not in folder or folder[path][0] != current:
            found = self.site.inspected.get(path)
            if not isinstance(found, links.PageLinks):
                found = links.read_links(path, self.site.read(path), site_url=self.url)
            folder[path] = (current, found)
            self.changed.add(self._name(path))
        return folder[path][1]

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
            kept = {path: found for path, found in self.folders[name].items() if path in self.site.files}
            self.cache.save(name, self.code_fingerprint, kept)


def _different_numbers(contents: SiteContents, site: SiteView) -> Iterator[Diagnostic]:
    """Pages of the report that show other numbers in another language."""
    for name in contents.edition.report.pages:
        files = {code: addresses.file(name, code) for code in contents.codes_of(name)}
        if not any(file in site.changed for file in files.values()):
            continue
        pages = {code: site.read(file) for code, file in files.items() if file in site.files}
        yield from number_parity.compare_pages(contents.edition, name, pages)
