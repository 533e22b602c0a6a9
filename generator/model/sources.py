"""Sources and the places in them that prove something."""

from __future__ import annotations

from dataclasses import dataclass

from ..store.fast_pickle import FastPickle
from .languages import Phrase
from .periods import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(FastPickle):
    """A publication: who published it, title, date and URL, and how much of it was read (READ_LEVELS)."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence(FastPickle):
    """A source and the place in it."""

    source: Source
    at: Phrase | None
