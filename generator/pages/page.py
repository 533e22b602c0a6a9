"""A rendered page, a record of what it refers to, and the type of the values that its templates read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from types import SimpleNamespace

ViewModel = SimpleNamespace  # named values without behaviour, already worded in one language


@dataclass(slots=True)
class Uses:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
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
