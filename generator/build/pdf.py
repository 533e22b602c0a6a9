"""Each language's print edition as a PDF, made by Chromium."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from ..diagnostics.finding import Diagnostic, DiagnosticError, Span
from ..engines import browser
from ..exports import print_edition
from ..model import addresses
from ..model.report import Edition
from ..store.hashing import fingerprint
from .errors import BuildError
from .folders import NEW
from .publish import SiteFile


def require_chromium() -> Path:
    """The path of a Chromium; BuildError where there is none."""
    try:
        return browser.find_chromium()
    except browser.NoBrowserError as error:
        raise BuildError([Diagnostic(rule="no-browser", span=Span("mkdocs.yml"))]) from error


def pdf_files(root: Path, chromium: Path, edition: Edition, others: Mapping[str, SiteFile]) -> dict[str, SiteFile]:
    """A PDF per language whose print edition is among the `others`, by its path below the site."""
    files = {}
    for language in edition.report.languages:
        path = f"{addresses.in_language(addresses.PRINT, language.code)}index.html"
        if path in others:
            made_of = fingerprint(others[path].fingerprint, others[print_edition.STYLE].fingerprint)
            make = partial(_make_pdf, chromium, root / NEW / path, edition, language.code)
            files[addresses.pdf(edition.report.site_url, language.code)] = SiteFile(made_of, make, after_others=True)
    return files


def _make_pdf(chromium: Path, page: Path, edition: Edition, code: str) -> bytes:
    """A page as a PDF; laid out twice, because only then are the page numbers for its contents known."""
    day, numbered = edition.report.as_of.last, page.with_name("numbered.html")
    try:
        numbers = browser.page_numbers(browser.print_pdf(chromium, page, day=day))
        html = print_edition.number_pages(page.read_text(encoding="utf-8"), numbers)
        numbered.write_text(html.replace(print_edition.LAZY, ""), encoding="utf-8")
        return browser.print_pdf(chromium, numbered, day=day)
    except browser.PrintError as error:
        finding = Diagnostic(rule="pdf-failed", span=Span("mkdocs.yml"), args={"language": code, "why": str(error)})
        raise DiagnosticError(finding) from error
    finally:
        numbered.unlink(missing_ok=True)
