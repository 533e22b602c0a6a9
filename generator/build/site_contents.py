"""What a site is put together from, as one value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..exports import search
from ..model.report import Edition
from ..store.hashing import fingerprint
from .artifacts import BuildContext
from .engine_cache import EngineCache
from .output_context import OutputContext


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteContents:
    """What a site is put together from: everything rendered, the engine's pages, and the project's files (path -> hash)."""

    output_context: OutputContext
    engine_cache: EngineCache
    files: Mapping[str, str]

    @property
    def edition(self) -> Edition:
        """The report as data."""
        return self.output_context.edition

    @property
    def context(self) -> BuildContext:
        """Loads artifacts, and makes those that are missing."""
        return self.output_context.context

    @property
    def codes(self) -> list[str]:
        """The languages' codes, the default one first."""
        return [language.code for language in self.edition.report.languages]

    @property
    def own_search(self) -> bool:
        """Whether the project brings the script that searches its facts."""
        return f"docs/{search.SCRIPT}" in self.files

    def fingerprint(self, *parts: str) -> str:
        """A fingerprint of these and of the generator's code."""
        return fingerprint(self.context.store.code_fingerprint, *parts)
