"""Settles chart specs: every fact, series, name and event that a spec names is looked up."""

from __future__ import annotations

from collections.abc import Mapping

from ..diagnostics.finding import Clause
from ..model import report
from ..model.languages import Phrase
from ..model.operands import OperandLookup
from ..model.series import Series
from ..model.spelling import suggest
from ..reading.located_values import Entry, Located, members_of, text_of
from .judgments import settle_conditions
from .resolver import Resolver

_OWN_KEYS = frozenset(
    ("mark", "title", "finding", "measure", "holds_while", "note", "cited_first", "section", "plausible", "draft")
)


def settle_charts(
    resolver: Resolver,
    facts: Mapping[str, report.Fact],
    series: Mapping[str, Series],
    lookup: OperandLookup,
) -> dict[str, report.Chart]:
    """Every chart spec without a mistake; mistakes are reported."""
    charts: dict[str, report.Chart] = {}
    for key, entry in resolver.draft.charts.items():
        before = len(resolver.sink)
        title, finding, measure, note = (resolver.phrase(entry, name) for name in ("title", "finding", "measure", "note"))
        if entry["title"] is None and entry["finding"] is None:
            resolver.report("missing-key", entry.span, id=key, key="title", hint="finding: {…}")
        resolver.section(entry, "sections", "pages")
        used: list[str] = []
        options = {
            name: _option(resolver, located, used, entry, name)
            for name, located in entry.fields.items()
            if name not in _OWN_KEYS
        }
        used_series = tuple(name for name in (text_of(entry, "series"), text_of(entry, "then")) if name in series)
        _check_columns(resolver, entry, used_series, series)
        conditions = settle_conditions(resolver, entry, lookup)
        cited_first = resolver.references("sources", entry["cited_first"])
        shown = finding or title
        if shown is None or len(resolver.sink) > before or any(key not in facts for key in used):
            continue
        charts[key] = report.Chart(
            id=key,
            topic=text_of(entry, "section") or resolver.draft.topic(entry),
            mark=text_of(entry, "mark"),
            title=shown,
            measure=measure,
            holds_while=tuple(condition for condition, _ in conditions),
            rests_on=tuple(dict.fromkeys(fact for _, read in conditions for fact in read)),
            note=note,
            cited_first=cited_first,
            options=options,
            facts=tuple(dict.fromkeys(used)),
            series=used_series,
            span=entry.span,
        )
    return charts


_ENTRY_KINDS = {
    "series": "series",
    "then": "series",
    "fact": "facts",
    "from": "facts",
    "to": "facts",
    "total": "facts",
    "width": "facts",
    "height": "facts",
    "area": "facts",
    "plan": "facts",
    "part": "facts",
    "gap": "facts",
    "change": "facts",
    "claim": "claims",
    "name": "names",
    "parts": "facts",
    "event": "events",
    "events": "events",
    "rows": "facts",
    "references": "facts",
    "expected": "facts",
}


def _option(resolver: Resolver, located: Located, used: list[str], entry: Entry, key: str) -> object:
    """A value of a spec without places: ids are looked up (those of facts are added to `used`), records become dicts."""
    if isinstance(located, Entry):
        ends = "name" if key == "links" else ""  # flows run between names, pairs between facts
        return {
            name: _option(resolver, child, used, entry, ends if ends and name in ("from", "to") else name)
            for name, child in located.fields.items()
        }
    if isinstance(located.value, tuple):
        return tuple(_option(resolver, item, used, entry, key) for item in located.value)
    if isinstance(located.value, Phrase):
        return resolver.located_phrase(located, entry)
    kind = _ENTRY_KINDS.get(key, "")
    if kind and (found := resolver.reference(kind, located)) and kind == "facts":
        used.append(found)
    return located.value


def _check_columns(resolver: Resolver, entry: Entry, named: tuple[str, ...], series: Mapping[str, Series]) -> None:
    for name in named:
        whole = entry["share_of"]
        for column in (*members_of(entry["columns"]), *([whole] if whole is not None else [])):
            if column.value not in series[name].columns:
                known = list(series[name].columns)
                resolver.report(
                    "unknown-id",
                    column.span,
                    id=str(column.value),
                    kind=Clause("columns-of", {"name": name}),
                    suggestion=suggest(str(column.value), known),
                )
