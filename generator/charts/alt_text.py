"""The text alternative of a chart: its subject, extremes and trend, and which values are uncertain, as sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, cast

from ..model.code_lists import LEVELS
from ..records.struct import replace
from .alt_sentences import compared, uncertain
from .crosstab import cross_tabulate
from .installed_marks import describe_installed
from .marks_areas import area_rows
from .marks_flows import flow_links
from .organisation_changes import change_of
from .resolved_spec import Item, ResolvedSpec
from .series_alt_text import SERIES_DESCRIPTIONS
from .stack_wholes import Whole, wholes

if TYPE_CHECKING:
    from ..model.report import Chart, Edition
    from ..wording.texts import Texts


def describe(chart: Chart, edition: Edition, texts: Texts) -> str:
    """The text alternative of a chart in one language: its title, then what it shows."""
    spec = ResolvedSpec.of(chart, edition, texts)
    return with_title(spec, description(spec))


def with_title(spec: ResolvedSpec, text: str) -> str:
    """A description with the chart's title and what it measures before it."""
    heads = [spec.texts.fill(head) for head in (spec.chart.title, spec.chart.measure) if head is not None]
    return spec.sentences([*(spec.word("alt.title", title=head) for head in heads), text])


def description(spec: ResolvedSpec) -> str:
    """What the chart shows, without its title."""
    return spec.sentences(DESCRIPTIONS.get(spec.chart.mark, describe_installed)(spec))


def _bars(spec: ResolvedSpec) -> list[str]:
    items = [replace(item, label=spec.noted(item.label, item.note)) for item in spec.items()]
    planned = [
        spec.word("alt.pair", name=item.label, first=item.long, second=item.plan.long)
        for item in items
        if item.plan is not None
    ]
    bare = [item for item in items if item.plan is None]
    groups = dict.fromkeys(item.group for item in bare)
    several = [
        line
        for group in groups
        for line in (
            *([spec.word("alt.title", title=group)] if group else []),
            *compared(spec, [item for item in bare if item.group == group]),
        )
    ]
    parts = [replace(item.part, label=item.label) for item in items if item.part is not None]
    told = [spec.word("alt.title", title=spec.phrase("part_label")), *compared(spec, parts)] if parts else []
    return [*planned, *several, *told, *uncertain(spec, items)]


def _stack(spec: ResolvedSpec) -> list[str]:
    if several := wholes(spec):
        heads = [[_head_of(spec, whole), *compared(spec, [*whole.parts])] for whole in several]
        return [
            *(line for lines in heads for line in lines),
            *uncertain(spec, [one for whole in several for one in whole.parts]),
        ]
    parts = [spec.item(fact_id) for fact_id in spec.ids("parts")]
    total = [spec.item(spec.choice("total", ""))] if "total" in spec.chart.options else []
    whole = [spec.word("alt.total", name=item.label, value=item.long) for item in total]
    return [*whole, *compared(spec, parts), *uncertain(spec, [*total, *parts])]


def _head_of(spec: ResolvedSpec, whole: Whole) -> str:
    """One of several stacks by its label, and its total if that is named."""
    if whole.total is None:
        return spec.word("alt.title", title=whole.label)
    return spec.word("alt.entry", name=whole.label, value=whole.total.long)


def _pairs(spec: ResolvedSpec) -> list[str]:
    lines = [spec.word("alt.pairs", first=spec.phrase("from_label"), second=spec.phrase("to_label"))]
    items = []
    for row in spec.records("rows"):
        name = spec.noted(spec.text_of(row, "label"), spec.text_of(row, "group"))
        first, second = (spec.item(str(row[end]), name) for end in ("from", "to"))
        lines.append(spec.word("alt.pair", name=name, first=first.long, second=second.long))
        items += [first, second]
    return lines + uncertain(spec, items)


def _ranges(spec: ResolvedSpec) -> list[str]:
    every, lines, all_given = spec.all_series(), list[str](), list[Item]()
    for series, heading in zip(every, ("from_label", "to_label"), strict=False):
        column = spec.columns(series)[0]
        items = [item for row in series.rows if (item := spec.cell(series, column, row)) is not None]
        given = [item for item in items if not item.emphasis]
        lines += [spec.word("alt.title", title=spec.phrase(heading))] if len(every) > 1 else []
        if given:
            first, last = given[0], given[-1]
            lines.append(spec.word("alt.ranges", start=first.label, first=first.long, end=last.label, second=last.long))
        lines += [spec.word("alt.outcome", when=item.label, value=item.long) for item in items if item.emphasis]
        all_given += given
    return lines + uncertain(spec, all_given)


def _areas(spec: ResolvedSpec) -> list[str]:
    rows = area_rows(spec)
    lines = [spec.word("alt.entry", name=row.label, value=spec.joined(row.measures(spec))) for row in rows]
    items = [replace(item, label=row.label) for row in rows for item in row.items]
    return [spec.word("alt.areas"), *lines, *uncertain(spec, items)]


def _organisation(spec: ResolvedSpec) -> list[str]:
    root = spec.text_of(spec.record("root"), "label")
    nodes = (spec.record("root"), *spec.records("nodes"))
    changes = [(spec.text_of(node, "label"), change) for node in nodes if (change := change_of(spec, node))]
    return [
        *(spec.word("alt.entry", name=name, value=then) for name, then in changes),
        spec.word("alt.tree", name=root, names=spec.joined([spec.text_of(node, "label") for node in spec.records("nodes")])),
    ]


def _flows(spec: ResolvedSpec) -> list[str]:
    ranked = sorted(flow_links(spec), key=lambda link: link.item.size, reverse=True)
    lines = [spec.word("alt.flow", first=link.source, second=link.target, value=link.item.long) for link in ranked]
    items = [replace(link.item, label=spec.word("alt.way", first=link.source, second=link.target)) for link in ranked]
    return [spec.word("alt.flows"), *lines, *uncertain(spec, items)]


def _timeline(spec: ResolvedSpec) -> list[str]:
    """The events in order of time; of themes, one after the other."""
    told = {
        event.id: spec.word("alt.dated", when=spec.texts.word_period(event.date), what=spec.texts.fill(event.title))
        for event in spec.events()
    }
    lines = []
    for lane in spec.records("lanes"):
        keys = cast("tuple[str, ...]", lane["events"])
        lines += [spec.word("alt.title", title=spec.text_of(lane, "label")), *(told[key] for key in told if key in keys)]
    return lines or list(told.values())


def _matrix(spec: ResolvedSpec) -> list[str]:
    """The cells of the matrix that hold risks, the gravest first."""
    word = spec.texts.language.word
    lines = []
    places = sorted(((impact, likelihood) for impact in LEVELS for likelihood in LEVELS), key=_gravity, reverse=True)
    for impact, likelihood in places:
        titles = [
            spec.texts.fill(risk.title)
            for risk in spec.edition.risks.values()
            if (risk.impact, risk.likelihood) == (impact, likelihood)
        ]
        if titles:
            lines.append(
                spec.word(
                    "alt.cell",
                    likelihood=word(f"level.{likelihood}"),
                    impact=word(f"level.{impact}"),
                    names=spec.joined(titles),
                )
            )
    return lines


def _gravity(place: tuple[str, str]) -> tuple[int, int]:
    """How grave a cell is: by likelihood and impact together, then by impact."""
    impact, likelihood = (LEVELS.index(level) for level in place)
    return impact + likelihood, impact


def _counts(spec: ResolvedSpec) -> list[str]:
    counted = cross_tabulate(spec)
    lines = [counted.item(spec, row) for row in counted.rows]
    most = [
        spec.word("alt.most", name=column_word, value=counted.row_words[counted.rows.index(row)], count=spec.number(count))
        for column, column_word in zip(counted.columns, counted.column_words, strict=True)
        if len(counted.columns) > 1
        for row, count in [max(((row, counted.counts.get((row, column), 0)) for row in counted.rows), key=lambda pair: pair[1])]
    ]
    return [*(spec.word("alt.entry", name=item.label, value=item.long) for item in lines), *most]


DESCRIPTIONS: Mapping[str, Callable[[ResolvedSpec], list[str]]] = {
    "bars": _bars,
    "pairs": _pairs,
    "ranges": _ranges,
    "stack": _stack,
    "areas": _areas,
    "organisation": _organisation,
    "flows": _flows,
    "timeline": _timeline,
    "matrix": _matrix,
    "counts": _counts,
    **SERIES_DESCRIPTIONS,
}
