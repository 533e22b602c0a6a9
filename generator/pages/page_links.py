"""Relative links from one page to other pages of the same report."""

from __future__ import annotations

from ..model import report
from ..records.struct import Struct
from ..wording.language_names import language_name
from .page import ViewModel


class PageLinks(Struct, frozen=True):
    """Links from one page of a report; `page` is its name. Every page but index lies in a folder of its own.

    Languages are named as they are called in the language of the page, whose CLDR `locale` is given.
    """

    edition: report.Edition
    page: str
    locale: str

    def to(self, page: str, anchor: str = "") -> str:
        """A relative URL of a page of the same language, with an element in it or a query (?…); empty where there is none."""
        if page == self.page:
            return _place(anchor) or "./"
        return self._to_any(page, anchor) if page in self.edition.report.pages else ""

    def _to_any(self, page: str, anchor: str = "") -> str:
        target = "" if page == "index" else f"{page}/"
        return f"{self.language_folder}{target}{_place(anchor)}" or "./"

    @property
    def language_folder(self) -> str:
        """A relative URL of the folder of the page's language; empty for the first page."""
        return "" if self.page == "index" else "../" * (self.page.count("/") + 1)

    def to_fact(self, key: str) -> str:
        """A relative URL of a fact's own page, or of its place in the list of facts; empty without either."""
        if self.edition.has_fact_pages:
            return self._to_any(f"facts/{key}")
        return self.to("facts", f"fact-{key}") if self.edition.facts else ""

    def to_translation(self, code: str, page: str, anchor: str) -> ViewModel:
        """The same element of a page in another language: code and name of the language, url (empty without the page)."""
        target = "" if page == "index" else f"{page}/"
        own_name = next(language.name for language in self.edition.report.languages if language.code == code)
        name = language_name(code, self.locale, own_name)
        url = f"{self.language_folder}../{code}/{target}{'#' + anchor if anchor else ''}"
        known = page in self.edition.report.pages or page == self.page
        return ViewModel(code=code, name=name, url=url if known else "")


def _place(anchor: str) -> str:
    """What stands behind a page's address for an anchor or a query; empty for neither."""
    return f"#{anchor}" if anchor and not anchor.startswith("?") else anchor
