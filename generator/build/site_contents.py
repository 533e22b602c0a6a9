"""What a site is put together from, as one value."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from ..engines.links import Frame, read_frame
from ..engines.shell import Shell
from ..exports import search
from ..model import addresses
from ..model.addresses import SHELL_PAGE
from ..model.report import Edition
from ..records.struct import Struct
from ..store.hashing import fingerprint
from .artifacts import BuildContext
from .engine_cache import EngineCache
from .output_context import OutputContext


class SiteContents(Struct, frozen=True, kw_only=True, dict=True):  # which keeps the computed properties
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

    @cached_property
    def _untranslated(self) -> Mapping[str, list[str]]:
        return self.output_context.untranslated()

    def codes_of(self, name: str) -> list[str]:
        """The codes of the languages that a page or a fact's page is written in, the default one first."""
        return self._untranslated.get(name, self.codes)

    @cached_property
    def page_files(self) -> frozenset[str]:
        """The files of the report's own pages in every language, below the site."""
        return frozenset(addresses.file(name, code) for name in self.edition.report.pages for code in self.codes_of(name))

    @cached_property
    def fact_files(self) -> frozenset[str]:
        """The files of the pages of facts in every language, below the site."""
        return frozenset(
            addresses.file(artifact.summary.name, code)
            for code, rendered in self.output_context.rendered.items()
            for artifact in rendered.facts.values()
        )

    @cached_property
    def _shells(self) -> dict[str, Shell]:
        return {}

    def shell(self, code: str) -> Shell:
        """The empty page of a language, of which the pages of its facts are made."""
        if code not in self._shells:
            html = self.engine_cache[code].html(SHELL_PAGE)
            html = search.use_report_search(html) if self.own_search else html
            self._shells[code] = Shell(html, site_url=self.edition.report.site_url)
        return self._shells[code]

    @cached_property
    def _shell_fingerprints(self) -> dict[tuple[str, tuple[str, ...]], str]:
        return {}

    def shell_fingerprint(self, code: str, linked: tuple[str, ...]) -> str:
        """A fingerprint of the empty page of a language with links to some languages: there are thousands made of it."""
        if (code, linked) not in self._shell_fingerprints:
            self._shell_fingerprints[code, linked] = self.fingerprint(
                self.engine_cache[code].fingerprint_of(SHELL_PAGE), *linked
            )
        return self._shell_fingerprints[code, linked]

    @cached_property
    def _frames(self) -> dict[str, Frame | None]:
        return {}

    def frame(self, code: str) -> Frame | None:
        """What stands around the article of each page of a fact in a language."""
        if code not in self._frames:
            self._frames[code] = read_frame(self.shell(code).html)
        return self._frames[code]

    @property
    def own_search(self) -> bool:
        """Whether the project brings the script that searches its facts."""
        return f"docs/{search.SCRIPT}" in self.files

    def fingerprint(self, *parts: str) -> str:
        """A fingerprint of these and of the generator's code."""
        return fingerprint(self.context.store.code_fingerprint, *parts)
