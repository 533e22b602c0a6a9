"""Sources and the places in them that prove something."""

from __future__ import annotations

from ..records.struct import Struct
from .languages import Phrase
from .periods import Period


class StoredCopy(Struct, frozen=True, kw_only=True):
    """A copy of a page as it was on a day, kept by an archive under an address that stays."""

    url: str
    on: Period


class Source(Struct, frozen=True, kw_only=True):
    """A publication: who published it, title, date and URL, and how much of it was read (READ_LEVELS).

    It is independent unless it is the text that the report checks, a copy of it, or of the same publisher: such a source
    cannot bear out its own claims. `accessed` is the day it was read, `quote` a short passage in its own words.
    """

    id: str
    publisher: str
    title: str
    title_from: str
    date: Period | None
    url: str
    language: str
    read: str
    independent: bool
    note: Phrase | None = None
    accessed: Period | None = None
    archived: StoredCopy | None = None
    quote: str = ""
    plausible: str = ""  # how the quote bears out values whose numbers it does not hold


class Evidence(Struct, frozen=True, kw_only=True):
    """A source, the place in it, and the source's own words there.

    `plausible` says how the quotation bears out a value whose number it does not hold; empty where it holds it.
    """

    source: Source
    at: Phrase | None
    quote: str = ""
    plausible: str = ""

    @property
    def shown_quote(self) -> str:
        """The words of the place, else those that stand for the whole source."""
        return self.quote or self.source.quote
