"""The text alternatives of marks that draw a series."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations

from .alt_sentences import compared, uncertain
from .drawn_values import signed
from .marks_dated_bars import dated_rows
from .marks_dumbbell import changes
from .marks_histogram import distribution
from .marks_range_outcome import ABOVE, BELOW, OPEN, WITHIN, judged_rows
from .marks_waterfall import waterfall_steps
from .panel import PlotSeries, plot_series
from .references import expected_values
from .resolved_spec import Item, ResolvedSpec

_CLEAR = 0.4  # Kendall's tau from which two columns are said to go together


def over_time(spec: ResolvedSpec) -> list[str]:
    """For each column its first and last value, and its peak."""
    lines: list[str] = []
    plotted = plot_series(spec)
    for series in plotted:
        items = [item for _, item in series.points]
        first, last, name = items[0], items[-1], series.name
        if first is last:
            lines.append(spec.word("alt.single", name=name, when=first.label, value=first.long))
            continue
        lines.append(_moved(spec, name, first, last))
        peak = max(items, key=lambda item: item.size)
        if peak not in (first, last):
            lines.append(spec.word("alt.peak", name=name, when=peak.label, value=peak.long))
    for one in expected_values(spec):
        when = spec.texts.word_period(one.period)
        lines.append(spec.word("alt.single", name=one.item.label, when=when, value=one.item.long))
    return lines + uncertain(spec, _items(plotted))


def by_column(spec: ResolvedSpec) -> list[str]:
    """Over time as above; over categories the extremes of each column, or all of its few values."""
    if spec.periods():
        return over_time(spec)
    plotted = plot_series(spec)
    if len(plotted) == 1:
        items = _items(plotted)
        return [*compared(spec, items), *uncertain(spec, items)]
    return [*(_extremes(spec, series) for series in plotted), *uncertain(spec, _items(plotted))]


def from_to(spec: ResolvedSpec) -> list[str]:
    """The two columns, and for each row both values."""
    first, second = (series.name for series in plot_series(spec))
    rows = changes(spec)
    lines = [
        spec.word("alt.pair", name=row.label, first=row.ends[0].long, second=row.ends[1].long)
        for row in sorted(rows, key=lambda row: not row.emphasis)
    ]
    return [spec.word("alt.pairs", first=first, second=second), *lines, *uncertain(spec, [i for row in rows for i in row.ends])]


def related(spec: ResolvedSpec) -> list[str]:
    """The axes of a scatter chart, whether its columns go together, and their extremes."""
    plotted, rows = plot_series(spec), changes(spec)
    first, second = (series.name for series in plotted)
    signs = [_sign(one.ends[0], other.ends[0]) * _sign(one.ends[1], other.ends[1]) for one, other in combinations(rows, 2)]
    tau = sum(signs) / max(len(signs), 1)
    key = "alt.together" if tau >= _CLEAR else "alt.opposed" if tau <= -_CLEAR else "alt.unrelated"
    lines = [spec.word(name, first=first, second=second) for name in ("alt.scatter", key)]
    return [*lines, *(_extremes(spec, series) for series in plotted), *uncertain(spec, _items(plotted))]


def spread_of(spec: ResolvedSpec) -> list[str]:
    """The fullest bin of a histogram, its ends and its median."""
    found = distribution(spec)
    most = max(found.bins, key=lambda one: one.count)
    name, count = plot_series(spec)[0].name, spec.number(most.count)
    return [
        spec.word("alt.bins", name=name, first=found.bins[0].text, last=found.bins[-1].text),
        spec.word("alt.most", name=name, value=most.text, count=count),
        spec.word("alt.entry", name=spec.word("median"), value=found.median_text),
    ]


def steps(spec: ResolvedSpec) -> list[str]:
    """From the first to the last total of a waterfall, and the changes between them."""
    found = waterfall_steps(spec)
    totals = [step for step in found if step.total]
    lines = [_moved(spec, spec.texts.fill(spec.series().label), totals[0].item, totals[-1].item)] if totals[1:] else []
    named = [(step.item.label, signed(step.item.long, rise=step.end > step.start)) for step in found if not step.total]
    lines += [spec.word("alt.entry", name=name, value=value) for name, value in named]
    return [*lines, *uncertain(spec, [step.item for step in found])]


def dated(spec: ResolvedSpec) -> list[str]:
    """Each value with its date and what is said of it."""
    rows = dated_rows(spec)
    return [spec.word("alt.entry", name=spec.joined([row.when, *row.texts]), value=row.item.long) for row in rows]


def hits(spec: ResolvedSpec) -> list[str]:
    """Which outcomes lie above, within and below their ranges, and which are open."""
    rows, names = judged_rows(spec), [series.name for series in plot_series(spec)]
    lines = [spec.word("alt.pairs", first=names[0], second=names[1])]
    results = (ABOVE, WITHIN, BELOW, OPEN)
    members = {result: [judged.row.label for judged in rows if judged.result == result] for result in results}
    groups = [(spec.word(result), names) for result, names in members.items() if names]
    return [*lines, *(spec.word("alt.group", kind=kind, names=spec.joined(names)) for kind, names in groups)]


def _items(plotted: Sequence[PlotSeries]) -> list[Item]:
    return [item for series in plotted for _, item in series.points]


def _moved(spec: ResolvedSpec, name: str, first: Item, last: Item) -> str:
    key = "alt.rose" if last.size > first.size else "alt.fell" if last.size < first.size else "alt.held"
    return spec.word(key, name=name, start=first.label, first=first.long, end=last.label, second=last.long)


def _extremes(spec: ResolvedSpec, series: PlotSeries) -> str:
    items = sorted((item for _, item in series.points), key=lambda item: item.size)
    least, most = items[0], items[-1]
    parts = {"largest": most.long, "smallest": least.long}
    return spec.word("alt.extremes", name=series.name, first=most.label, second=least.label, **parts)


def _sign(one: Item, other: Item) -> int:
    return (one.size > other.size) - (one.size < other.size)


SERIES_DESCRIPTIONS: Mapping[str, Callable[[ResolvedSpec], list[str]]] = {
    **dict.fromkeys(("trend", "loglog", "line", "area", "stacked_area", "small_multiples"), over_time),
    **dict.fromkeys(
        ("grouped_bars", "stacked_bars", "diverging_bars", "heatmap", "waffle", "tile_map", "bar_table"), by_column
    ),
    "slope": from_to,
    "dumbbell": from_to,
    "scatter": related,
    "histogram": spread_of,
    "waterfall": steps,
    "dated_bars": dated,
    "range_outcome": hits,
}
