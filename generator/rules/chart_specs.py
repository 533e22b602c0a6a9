"""Rule: a chart spec has the keys that its mark needs and no others, and its quantities can be drawn together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from ..charts.installed_marks import mark_names, options_of
from ..charts.options import OPTIONS, Option
from ..charts.sources import chart_sources
from ..diagnostics.finding import Clause, Diagnostic, DiagnosticError, Span
from ..model import arithmetic, report, values
from ..model.periods import Period
from ..model.spelling import suggest
from ..model.units import Unit
from ..reading.located_values import Entry, Located, members_of
from ..records.struct import replace
from .context import RuleContext
from .fact_files import OverShards

_ENOUGH_CHARTS = 200  # to be worth processes of their own
_ONE_SCALE = ("bars", "pairs", "stack", "flows")  # marks that draw all quantities on one scale
_COUNT_KEYS = {  # what entries of a kind may be counted by
    "claims": ("verdict", "stance", "basis", "section", "entity"),
    "facts": ("status", "review", "topic", "entity"),
    "sources": ("read", "independent", "publisher", "language"),
}


def chart_specs_valid(context: RuleContext) -> Iterator[Diagnostic]:
    """Findings about keys; and where there are none, about the quantities that a spec names."""
    for chart in context.edition.charts.values():
        entry = context.draft.charts[chart.id]
        options = _options_of(chart.mark)
        if options is None:
            yield Diagnostic(
                rule="unknown-mark",
                span=entry.span_of("mark"),
                args={"found": chart.mark, "suggestion": suggest(chart.mark, mark_names())},
            )
            continue
        found = [*_in_keys(chart, entry, options), *_cited(context, chart, entry)]
        named = _facts_named(entry)
        yield from found or context.kept_for_facts("charts", chart.id, named, partial(_quantities, context, chart, entry))


def find_quantities_ahead(context: RuleContext, over_shards: OverShards) -> None:
    """Look at the quantities of all charts, each process at some that follow each other, whose facts are in few files."""
    charts, keeps = list(context.edition.charts.values()), context.fact_files.keeps
    if not keeps or len(charts) < _ENOUGH_CHARTS:
        return

    def find(shard: int, count: int) -> dict[str, tuple[Diagnostic, ...]]:
        some = charts[len(charts) * shard // count : len(charts) * (shard + 1) // count]
        entries = ((one, context.draft.charts[one.id], _options_of(one.mark)) for one in some)
        valid = ((one, entry) for one, entry, options in entries if options is not None and not _in_keys(one, entry, options))
        return {one.id: tuple(_quantities(context, one, entry)) for one, entry in valid}

    for found in over_shards(find):
        for key, findings in found.items():
            context.kept_for_facts("charts", key, _facts_named(context.draft.charts[key]), partial(tuple, findings))


def _in_keys(chart: report.Chart, entry: Entry, options: Mapping[str, Option]) -> list[Diagnostic]:
    return [*_keys(chart, entry, options), *_members(entry, options)]


def _facts_named(entry: Entry) -> Mapping[str, None]:
    return dict.fromkeys(str(located.value) for _, located in _named(entry))


def _options_of(mark: str) -> Mapping[str, Option] | None:
    """The keys that a mark takes; any for one that is installed and cannot be used, which has its own finding."""
    try:
        return options_of(mark)
    except DiagnosticError:
        return {key: replace(option, required=False) for options in OPTIONS.values() for key, option in options.items()}


def _keys(chart: report.Chart, entry: Entry, options: Mapping[str, Option]) -> Iterator[Diagnostic]:
    for key in chart.options:
        if key not in options:
            yield _unknown(key, entry.keys[key], options)
    for key, option in options.items():
        if option.required and key not in entry.keys and option.unless not in entry.keys:
            yield _missing(chart.id, key, entry.span)
    if chart.mark == "stack" and not {"parts", "rows"} & set(entry.keys):
        yield _missing(chart.id, "parts", entry.span)


def _members(entry: Entry, options: Mapping[str, Option]) -> Iterator[Diagnostic]:
    """Findings about the rows of a spec, whose keys depend on the mark."""
    rows, option = entry["rows"], options.get("rows")
    if rows is None or option is None or not isinstance(rows.value, tuple):
        return
    what = Clause("the", {"what": Clause("row")})
    for row in rows.value:
        if not isinstance(row, Entry):
            if "fact" not in option.members:
                expected = Clause("mapping", {"what": Clause("row")})
                yield Diagnostic(rule="wrong-shape", span=row.span, args={"expected": expected})
            continue
        for key, span in row.keys.items():
            if key not in option.members:
                yield _unknown(key, span, option.members)
        for key, member in option.members.items():
            if member.required and key not in row.keys:
                yield _missing(what, key, row.span)
        if option.one_of and not any(key in row.keys for key in option.one_of):
            yield _missing(what, option.one_of[0], row.span)


def _cited(context: RuleContext, chart: report.Chart, entry: Entry) -> Iterator[Diagnostic]:
    """Findings about sources that are to be cited first, from which nothing in the chart comes."""
    if not chart.cited_first:
        return
    known = [source.id for source in chart_sources(chart, context.edition)]
    for located in members_of(entry["cited_first"]):
        if (key := str(located.value)) not in known:
            yield Diagnostic(
                rule="unknown-id",
                span=located.span,
                args={"id": key, "kind": Clause("sources-of-chart"), "suggestion": suggest(key, known)},
            )


def _quantities(context: RuleContext, chart: report.Chart, entry: Entry) -> Iterator[Diagnostic]:
    drawn: list[tuple[Unit, Span]] = []
    for key, located, value, unit in _drawn(context.edition, entry):
        if value is None or unit is None or isinstance(value, Period):
            yield _bad(chart, located.span, "quantity", found=key)
            continue
        drawn.append((unit, located.span))
        if entry.get("scale") == "log" and any(bound is not None and bound <= 0 for bound in (value.low, value.high)):
            yield _bad(chart, located.span, "log-fact", found=key)
    if chart.mark in _ONE_SCALE:
        for unit, span in drawn:
            if unit.dimension != drawn[0][0].dimension:
                yield _bad(chart, span, "units", unit=unit.id, other=drawn[0][0].id)
                return
    if chart.mark == "stack":
        yield from [*_whole(context.edition, chart, entry), *_parts_named(entry)]
    if chart.mark == "counts":
        yield from _attributes(entry)


def _drawn(edition: report.Edition, entry: Entry) -> Iterator[tuple[str, Located, values.Value | Period | None, Unit | None]]:
    """Every fact and claim that a spec draws: its id, where it is named, its value and unit."""
    for kind, located in _named(entry):
        key = str(located.value)
        fact, claim = edition.facts.get(key), edition.claims.get(key)
        if kind == "claim" and claim is not None:
            yield key, located, claim.claimed, claim.unit
        elif kind == "fact" and fact is not None:
            yield key, located, fact.value, fact.unit


def _whole(edition: report.Edition, chart: report.Chart, entry: Entry) -> Iterator[Diagnostic]:
    """The parts of a stack do not exceed its total."""
    total, parts = entry["total"], entry["parts"]
    if total is None or parts is None or not isinstance(parts.value, tuple):
        return
    facts = [edition.facts[str(located.value)] for located in (total, *parts.value) if str(located.value) in edition.facts]
    quantities = [
        arithmetic.multiply(fact.value, values.Point(number=fact.unit.size))
        for fact in facts
        if not isinstance(fact.value, Period)
    ]
    lows = [part.low for part in quantities[1:] if part.low is not None]
    if quantities and quantities[0].high is not None and sum(lows) > quantities[0].high:
        yield _bad(chart, total.span, "parts", total=facts[0].id)


def _parts_named(entry: Entry) -> Iterator[Diagnostic]:
    """What a stack highlights or calls planned is one of its parts."""
    of_rows = (row["parts"] for row in members_of(entry["rows"]) if isinstance(row, Entry))
    known = [str(one.value) for parts in (entry["parts"], *of_rows) for one in members_of(parts)]
    for one in (*members_of(entry["highlight"]), *members_of(entry["planned"])):
        if one.value not in known:
            found = str(one.value)
            yield Diagnostic(rule="unknown-word", span=one.span, args={"found": found, "suggestion": suggest(found, known)})


def _attributes(entry: Entry) -> Iterator[Diagnostic]:
    known = _COUNT_KEYS[str(entry.get("of", "claims"))]
    for key in ("by", "split"):
        if (located := entry[key]) is not None and located.value not in known:
            found = str(located.value)
            yield Diagnostic(rule="unknown-word", span=located.span, args={"found": found, "suggestion": suggest(found, known)})


def _named(located: Located, key: str = "") -> Iterator[tuple[str, Located]]:
    """The kind (fact, claim) and id of everything that a spec draws."""
    if isinstance(located, Entry):
        ends = "name" if "fact" in located.keys else "fact"  # flows run between names, pairs between facts
        for name, child in located.fields.items():
            yield from _named(child, ends if name in ("from", "to") else name)
    elif isinstance(located.value, tuple):
        for child in located.value:
            yield from _named(child, key)
    elif key == "claim":
        yield "claim", located
    elif key in ("fact", "rows", "references", "expected", "parts", "total", "width", "height", "area", "plan", "part"):
        yield "fact", located


def _unknown(key: str, span: Span, known: Mapping[str, Option]) -> Diagnostic:
    return Diagnostic(rule="unknown-key", span=span, args={"key": key, "suggestion": suggest(key, known)})


def _missing(name: str | Clause, key: str, span: Span) -> Diagnostic:
    return Diagnostic(rule="missing-key", span=span, args={"id": name, "key": key, "hint": f"{key}: …"})


def _bad(chart: report.Chart, span: Span, variant: str, **args: str) -> Diagnostic:
    return Diagnostic(rule="bad-chart", variant=variant, span=span, args={"id": chart.id, **args})
