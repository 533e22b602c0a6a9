"""Rule: whatever of the published differs from an earlier edition, besides values of facts, is told in a check against it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ..diagnostics.finding import Diagnostic, Span
from ..model.languages import Phrase
from ..model.notation import written
from ..model.report import Edition, Fact
from ..model.series import Row, Series
from .context import RuleContext
from .history import same_value
from .vanished import present_id

_FACT = ("period", "entity", "status", "as_of", "unit", "review", "formula", "evidence", "rivals", "forecast", "items")
_FIELDS: Mapping[str, tuple[str, ...]] = {
    "claims": (
        "verdict", "claimed", "unit", "stance", "basis", "source", "at", "as_written", "entity", "period", "settled_by",
        "evidence",
    ),
    "events": ("date", "entity", "section", "evidence"),
    "sources": ("url", "date", "publisher", "title", "read", "independent", "accessed", "archived", "quote"),
    "judgments": ("page", "holds_while", "as_of"),
    "units": ("dimension", "size", "currency", "percent"),
    "charts": ("mark", "facts", "series"),
    "checks": ("test", "expect", "relation"),
    "risks": ("likelihood", "impact", "direction"),
}  # fmt: skip
_REPORT = ("site_url", "outputs")


def changes_are_told(context: RuleContext) -> Iterator[Diagnostic]:
    """Fields of facts without a new history entry, and fields of every other entry, that are not as they were published."""
    base = context.options.base
    if base is None:
        return
    yield from _facts(context, base)
    for kind, names in _FIELDS.items():
        before: Mapping[str, object] = getattr(base, kind)
        now: Mapping[str, object] = getattr(context.edition, kind)
        entries = getattr(context.draft, kind)
        for key, old in before.items():
            if key in now and key in entries:
                yield from _differences(kind, key, (old, now[key]), names, entries[key].span_of)
    yield from _options_of_charts(context, base)
    report = context.draft.report
    if report is not None:
        yield from _differences("report", "report", (base.report, context.edition.report), _REPORT, report.span_of)


def _facts(context: RuleContext, base: Edition) -> Iterator[Diagnostic]:
    for old in base.facts.values():
        fact = context.edition.facts.get(present_id(context.edition, old.id))
        if fact is None or len(fact.history) > len(old.history):  # whose new entry tells readers
            continue
        if not same_value(fact.value, fact.unit, old.value, old.unit):  # its history has to tell of it
            continue
        entry = context.draft.facts[fact.id]
        names = [name for name in _FACT if name != "evidence" or _is_stated(fact) or name in entry.keys]
        yield from _differences("facts", fact.id, (old, fact), names, entry.span_of)


def _is_stated(fact: Fact) -> bool:
    """Whether a fact has its own evidence; others inherit that of operands and rows, which are compared themselves."""
    return not fact.formula and fact.series is None


def _differences(
    kind: str, key: str, states: tuple[object, object], names: Sequence[str], span_of: Callable[[str], Span]
) -> Iterator[Diagnostic]:
    for name in names:
        before, after = (getattr(state, name) for state in states)
        was, now = written(before), written(after)
        if was != now:
            field = "sources" if kind == "events" and name == "evidence" else name
            if isinstance(before, tuple) and isinstance(after, tuple):
                was, now = _only(before, after) or was, _only(after, before) or now
            yield _changed(kind, key, Change(field, was, now), span_of(field))


def _only(items: tuple[object, ...], others: tuple[object, ...]) -> str:
    """What of a list another one does not have; "-" for nothing, and empty where both have the same in another order."""
    there, here = ([written(item) for item in one] for one in (others, items))
    if sorted(here) == sorted(there):
        return ""
    return ", ".join(item for item in here if item not in there) or "-"


class Change(NamedTuple):
    """A field with what it was and what it is now; an empty text where it is not there."""

    field: str
    before: str
    after: str


def _changed(kind: str, key: str, change: Change, span: Span) -> Diagnostic:
    args = {"id": key, "field": change.field, "old": change.before or "-", "new": change.after or "-"}
    variant = kind if kind in ("claims", "sources", "series") else "" if kind == "facts" else "other"
    return Diagnostic(rule="changed-since", variant=variant, severity="warning", span=span, args=args)


def _options_of_charts(context: RuleContext, base: Edition) -> Iterator[Diagnostic]:
    """Rows, columns and other options that a chart has no more, or has otherwise; its labels are wording."""
    for key, old in base.charts.items():
        chart = context.edition.charts.get(key)
        if chart is None or (chart.facts, chart.series, chart.mark) != (old.facts, old.series, old.mark):
            continue  # told already
        for name in {**old.options, **chart.options}:
            before, after = _without_words(old.options.get(name)), _without_words(chart.options.get(name))
            if before != after:
                span = context.draft.charts[key].span_of(name)
                yield _changed("charts", key, Change(name, _short(before, after), _short(after, before)), span)


def _without_words(option: object) -> object:
    """An option of a chart without its labels."""
    if isinstance(option, Mapping):
        return {key: _without_words(one) for key, one in option.items() if not isinstance(one, Phrase)}
    if isinstance(option, tuple | list):
        return [_without_words(one) for one in option]
    return "…" if isinstance(option, Phrase) else option


def _short(option: object, other: object) -> str:
    """What of an option the other one does not have, or all of it."""
    if isinstance(option, list) and isinstance(other, list):
        return ", ".join(written(one) for one in option if one not in other) or f"{len(option)}"
    return written(option)


def rows_are_kept(context: RuleContext) -> Iterator[Diagnostic]:
    """Columns, rows and cells of series that are gone, or hold other words, dates or sources than before."""
    base = context.options.base
    for old in base.series.values() if base is not None else ():
        series = context.edition.series.get(old.id)
        if series is None or f"data/series/{old.id}.csv" in context.draft.unreadable:
            continue
        span = context.draft.series[old.id].span_of("columns")
        for key, column in old.columns.items():
            if key not in series.columns:
                yield _changed("series", old.id, Change(key, key, ""), span)
            elif (was := written(column.unit)) != (now := written(series.columns[key].unit)):
                yield _changed("series", old.id, Change(f"{key}, unit", was, now), span)
        yield from _rows(context, old, series)


def _rows(context: RuleContext, old: Series, series: Series) -> Iterator[Diagnostic]:
    cells = context.draft.cells.get(series.id, ())
    places = {row[series.key].text: row[series.key].span for row in cells if series.key in row}
    now = {row.key: row for row in series.rows}
    for row in old.rows:
        span = places.get(row.key, Span(f"data/series/{series.id}.csv"))
        if row.key not in now:
            yield _changed("series", series.id, Change(row.key, written(row.values), ""), span)
            continue
        for column, was in _cells(row).items():
            after = _cells(now[row.key]).get(column, "")
            # a value that is another now is told by a rule of its own
            if was != after and not (after and column in row.values):
                yield _changed("series", series.id, Change(f"{row.key}, {column}", was, after), span)


def _cells(row: Row) -> dict[str, str]:
    """Everything that a row tells, by column."""
    told = {column: written(cell) for part in (row.values, row.words, row.plain) for column, cell in part.items()}
    return {**told, "sources": written(row.sources), "status": row.status}
