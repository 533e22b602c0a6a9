"""A rendered page, a record of what it refers to, and the type of the values that its templates read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any, TypeVar

from ..records.struct import Struct, field, field_names, replace

Result = TypeVar("Result")
AddedUses = tuple[Any, ...]  # a tuple of ids or a truth for each field of Uses; empty where nothing was added
ViewModel = SimpleNamespace  # named values without behaviour, already worded in one language


class Uses(Struct):
    """Ids of what a page refers to, in order of first use and with repetitions, collected while it is rendered."""

    facts: list[str] = field(default_factory=list)
    claims: list[str] = field(default_factory=list)
    events: list[str] = field(default_factory=list)
    charts: list[str] = field(default_factory=list)
    judgments: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)  # paths of the files that it shows
    overdue: bool = False  # refers to a fact that is past its review date
    lists_all: bool = False  # lists every fact, source or change of the report
    site_only: bool = False  # offers what only a website has: downloads, and the print edition

    def collect(self, make: Callable[[], Result]) -> tuple[Result, AddedUses]:
        """What a function returns, and what it added."""
        outer = [getattr(self, name) for name in _USES]
        for name, found in zip(_USES, outer, strict=True):
            setattr(self, name, [] if isinstance(found, list) else False)
        try:
            result = make()
        finally:
            inner = tuple([getattr(self, name) for name in _USES])
            for name, found in zip(_USES, outer, strict=True):
                setattr(self, name, found)
            self.add(inner)
        return result, tuple([tuple(found) if isinstance(found, list) else found for found in inner]) if any(inner) else ()

    def add(self, added: AddedUses) -> None:
        """Add what was added before."""
        for name, found in zip(_USES, added, strict=True):
            if found:
                setattr(self, name, True) if found is True else getattr(self, name).extend(found)

    def without_repetitions(self) -> Uses:
        """The same, each id where it is used first."""
        lists: dict[str, Any] = {
            name: list(dict.fromkeys(found)) for name in _USES if isinstance(found := getattr(self, name), list)
        }
        return replace(self, **lists)


_USES = field_names(Uses)


class Page(Struct, frozen=True, kw_only=True):
    """One page of one language as Markdown with front matter."""

    name: str  # below its language, with its folders: "index", "lakes/north"
    language: str  # code
    title: str
    description: str
    markdown: str
    uses: Uses
    changed: date | None = None  # the latest change of its own text or of a fact on it
    written_in: str = ""  # the code of the language that stands in, where the page is not translated

    @property
    def content_language(self) -> str:
        """The code of the language that its content is in."""
        return self.written_in or self.language
