"""The files of dated editions, which a site has below `v/` as they were frozen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path

from ..diagnostics.finding import Diagnostic, DiagnosticError, Span
from ..engines import dated_page
from ..model import addresses
from ..model.publication import DatedEdition
from ..model.report import Edition
from ..reading.edition_archives import FOLDER, SUFFIX, EditionArchiveError, read_files
from ..store.hashing import fingerprint
from .publish import SiteFile, constant_file


def edition_files(root: Path, edition: Edition) -> Iterator[tuple[str, SiteFile]]:
    """Every file of every dated edition, and the page that lists them, by their paths below the site."""
    dated = [one for one in edition.report.editions if one.files]
    for one in dated:
        read = cache(partial(_read, root, one))
        folder = addresses.edition(one.date)
        for path, digest in one.files.items():
            yield folder + path, SiteFile(fingerprint(digest), partial(_content, read, path))
    if dated:
        language = edition.report.default
        page = dated_page.list_page(
            [one.date for one in dated],
            title=edition.report.title[language.code],
            heading=language.word("part_editions"),
            language=language.code,
        )
        yield f"{addresses.EDITIONS}index.html", constant_file(page)


def _content(read: Callable[[], Mapping[str, bytes]], path: str) -> bytes:
    return read()[path]


def _read(root: Path, edition: DatedEdition) -> Mapping[str, bytes]:
    file = f"{FOLDER}/{edition.date}{SUFFIX}"
    try:
        return dict(read_files((root / file).read_bytes(), edition))
    except (EditionArchiveError, OSError) as error:
        raise DiagnosticError(Diagnostic(rule="bad-edition", span=Span(file), args={"why": str(error)})) from error
