"""Pages, anchors and addresses that are new, gone or touched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace

from ..charts.alt_text import describe
from ..charts.tables import tabulate
from ..diagnostics.finding import DiagnosticError
from ..model import addresses
from ..model.report import Chart, Edition
from ..pages.renderer import PageRenderer
from ..pages.templates import Templates
from ..reading.outline import anchors_of
from ..store.inputs import read_inputs
from ..wording.texts import Texts
from .changes import AddressChanges
from .states import State
from .values import former_ids

# Kinds of entries that have an anchor on a page of their kind; see `pages/view_models.py`.
_ANCHORED = {
    "claims": ("fact-check", "claim"),
    "events": ("timeline", "event"),
    "terms": ("glossary", "term"),
    "sources": ("sources", "source"),
}
_SITE = ("mkdocs.yml", "docs/", "templates/overrides/")  # what a site has besides data/ and pages


def compare_addresses(before: State, after: State) -> AddressChanges:
    """Pages, their anchors and the pages of facts, below a language's folder."""
    old, new = _addresses(before), _addresses(after)
    renamed = {was for now, was in former_ids(before.edition, after.edition).items() if was not in ("", now)}
    retired = {(one.kind, key) for key, one in after.edition.retired.items()}
    lost, kept = list[str](), list[str]()
    for address, (kind, key) in old.items():
        if address not in new:
            is_kept = (kind == "facts" and key in renamed) or (kind, key) in retired
            (kept if is_kept else lost).append(address)
    return AddressChanges(
        gained=tuple(address for address in new if address not in old),
        lost=tuple(lost),
        kept=tuple(kept),
        touched=_touched(before, after),
        files=tuple(_files(before.root, after.root)),
    )


def _addresses(state: State) -> dict[str, tuple[str, str]]:
    """Every address by the kind and id of what stands there."""
    edition = state.edition
    found = {f"{page}/": ("pages", page) for page in edition.report.pages}
    found |= {addresses.fact(key): ("facts", key) for key in edition.facts if edition.has_fact_pages}
    found |= {address: ("anchors", page) for page, address in _anchors(state)}
    for kind, (page, prefix) in _ANCHORED.items():
        if page in edition.report.pages:
            entries: Mapping[str, object] = getattr(edition, kind)
            found |= {f"{page}/#{prefix}-{key}": (kind, key) for key in entries}
    return found


def _anchors(state: State) -> Iterator[tuple[str, str]]:
    """The page and address of every anchor; with the languages that have it, where others lack it."""
    codes = dict[tuple[str, str], list[str]]()
    for outline in state.checked.outlines:
        for anchor in sorted(anchors_of(outline)):
            codes.setdefault((outline.page, anchor), []).append(outline.language)
    for (page, anchor), having in codes.items():
        every = len(having) == len(state.edition.report.languages)
        yield page, f"{page}/#{anchor}" if every else f"{page}/#{anchor} ({', '.join(having)})"


def _touched(before: State, after: State) -> dict[str, tuple[str, ...]]:
    """The pages that both states have and that read otherwise, with the languages in which they do."""
    old, new = dict(_rendered(before)), dict(_rendered(after))
    found = dict[str, list[str]]()
    for (page, code), text in new.items():
        if (page, code) in old and old[page, code] != text:
            found.setdefault(page, []).append(code)
    return {page: tuple(codes) for page, codes in found.items()}


def _rendered(state: State) -> Iterator[tuple[tuple[str, str], str]]:
    """The Markdown of every page and language; a page that cannot be rendered, which is a finding, is empty."""
    templates = Templates(state.root, state.checked.stale)
    for language in state.edition.report.languages:
        renderer = PageRenderer(templates, Texts(state.edition, language), _describe)
        for page in state.edition.report.pages:
            try:
                yield (page, language.code), renderer.render(page).markdown
            except (DiagnosticError, OSError):
                yield (page, language.code), ""


def _describe(chart: Chart, texts: Texts) -> SimpleNamespace:
    """What a page says of a chart besides its picture."""
    edition: Edition = texts.edition
    return SimpleNamespace(alt=describe(chart, edition, texts), table=tabulate(chart, edition, texts))


def _files(before: Path, after: Path) -> Iterator[str]:
    """Files of the site's look that differ, are new or gone."""
    old, new = (_hashes(root) for root in (before, after))
    yield from sorted(name for name in {**old, **new} if old.get(name) != new.get(name))


def same_files(before: Path, after: Path) -> bool:
    """Whether nothing that the site is made of differs."""
    return before == after or read_inputs(before).hashes == read_inputs(after).hashes


def _hashes(root: Path) -> dict[str, str]:
    return {name: found for name, found in read_inputs(root).hashes.items() if name.startswith(_SITE)}
