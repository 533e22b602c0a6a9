"""Where the counts of a report's entries lead to: each entry to its place, and a cell to the list narrowed to its entries."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..model import addresses
from ..model.report import Edition
from ..wording.texts import Texts
from .crosstab import CrossTab
from .resolved_spec import ResolvedSpec
from .scene import Link

_LISTED_BY = frozenset({"verdict", "section", "entity", "stance"})  # attributes that the list of claims can be narrowed to


def _claim(edition: Edition, texts: Texts, key: str) -> Link | None:
    if "fact-check" not in edition.report.pages:
        return None
    return Link(address=addresses.claim(key), words=texts.fill(edition.claims[key].text, edition.claims[key]))


def _fact(edition: Edition, texts: Texts, key: str) -> Link | None:
    if not edition.has_fact_pages:
        return None
    return Link(address=addresses.fact(key), words=texts.label(edition.facts[key]))


def _source(edition: Edition, texts: Texts, key: str) -> Link | None:  # noqa: ARG001  as the others
    if "sources" not in edition.report.pages:
        return None
    return Link(address=addresses.source(key), words=edition.sources[key].title or edition.sources[key].publisher)


_PLACES: Mapping[str, Callable[[Edition, Texts, str], Link | None]] = {"claims": _claim, "facts": _fact, "sources": _source}


def entry_link(spec: ResolvedSpec, key: str) -> Link | None:
    """The link to an entry of the kind that is counted; None where the report has no place for it."""
    return _PLACES[spec.choice("of", "claims")](spec.edition, spec.texts, key)


def cell_link(spec: ResolvedSpec, counted: CrossTab, row: str, column: str) -> Link | None:
    """The link to the entries of a cell, where a list of the report can be narrowed to them."""
    by, split = spec.choice("by", "verdict"), spec.choice("split", "")
    listed = spec.choice("of", "claims") == "claims" and "fact-check" in spec.edition.report.pages
    if not listed or not {by, split} <= _LISTED_BY:
        return None
    named = [counted.row_words[counted.rows.index(row)], counted.column_words[counted.columns.index(column)]]
    count = spec.number(counted.counts.get((row, column), 0))
    return Link(
        address=addresses.claims_with(**{by: row, split: column}),
        words=spec.word("alt.entry", name=spec.joined(named), value=count),
    )
