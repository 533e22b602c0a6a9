"""What a chart says, in words: its subject, its extremes, its trend, and what in it is uncertain."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from ..model.report import LEVELS
from .glyphs import ABOUT, AT_LEAST, AT_MOST, RANGE, traits
from .marks_areas import plots
from .marks_graphs import links
from .resolved_spec import Item, ResolvedSpec
from .tallies import tally
from .theme import LOOKS

_FEW = 4


def describe(brief: ResolvedSpec) -> str:
    """Title, then what is to be seen."""
    return entitled(brief, body(brief))


def entitled(brief: ResolvedSpec, told: str) -> str:
    """The title before what is told."""
    return brief.sentences([brief.word("alt.title", title=brief.texts.fill(brief.chart.title)), told])


def body(brief: ResolvedSpec) -> str:
    """What is to be seen, without the title."""
    return brief.sentences(DESCRIPTIONS[brief.chart.mark](brief))


def _bars(brief: ResolvedSpec) -> list[str]:
    items = brief.items()
    return [*_compared(brief, items), *_uncertain(brief, items)]


def _stack(brief: ResolvedSpec) -> list[str]:
    parts = [brief.item(fact_id) for fact_id in brief.ids("parts")]
    total = [brief.item(brief.choice("total", ""))] if "total" in brief.chart.options else []
    whole = [brief.word("alt.total", name=item.label, value=item.long) for item in total]
    return [*whole, *_compared(brief, parts), *_uncertain(brief, [*total, *parts])]


def _pairs(brief: ResolvedSpec) -> list[str]:
    lines = [brief.word("alt.pairs", first=brief.phrase("from_label"), second=brief.phrase("to_label"))]
    items = []
    for row in brief.records("rows"):
        name = brief.text_of(row, "label")
        first, second = (brief.item(str(row[end]), name) for end in ("from", "to"))
        lines.append(brief.word("alt.pair", name=name, first=first.long, second=second.long))
        items += [first, second]
    return lines + _uncertain(brief, items)


def _ranges(brief: ResolvedSpec) -> list[str]:
    series = brief.series()
    column = brief.columns(series)[0]
    items = [item for row in series.rows if (item := brief.cell(series, column, row)) is not None]
    given = [item for item in items if not item.emphasis]
    lines = (
        [brief.word("alt.ranges", start=given[0].label, first=given[0].long, end=given[-1].label, second=given[-1].long)]
        if given
        else []
    )
    lines += [brief.word("alt.outcome", when=item.label, value=item.long) for item in items if item.emphasis]
    return lines + _uncertain(brief, given)


def _trend(brief: ResolvedSpec) -> list[str]:
    series = brief.series()
    lines = []
    every: list[Item] = []
    for column in brief.columns(series):
        items = [item for row in series.rows if (item := brief.cell(series, column, row)) is not None]
        if not items:
            continue
        every += items
        label = series.columns[column].label
        name = brief.texts.fill(label) if label else column
        first, last = items[0], items[-1]
        if first is last:
            lines.append(brief.word("alt.single", name=name, when=first.label, value=first.long))
            continue
        way = "rose" if last.size > first.size else "fell" if last.size < first.size else "held"
        lines.append(brief.word(f"alt.{way}", name=name, start=first.label, first=first.long, end=last.label, second=last.long))
        peak = max(items, key=lambda item: item.size)
        if peak not in (first, last):
            lines.append(brief.word("alt.peak", name=name, when=peak.label, value=peak.long))
    return lines + _uncertain(brief, every)


def _areas(brief: ResolvedSpec) -> list[str]:
    found = plots(brief)
    lines = [brief.word("alt.entry", name=plot.label, value=plot.measures(brief)) for plot in found]
    items = [replace(item, label=plot.label) for plot in found for item in plot.items]
    return [brief.word("alt.areas"), *lines, *_uncertain(brief, items)]


def _organisation(brief: ResolvedSpec) -> list[str]:
    root = brief.text_of(brief.record("root"), "label")
    return [
        brief.word("alt.tree", name=root, names=brief.joined([brief.text_of(node, "label") for node in brief.records("nodes")]))
    ]


def _flows(brief: ResolvedSpec) -> list[str]:
    found = sorted(links(brief), key=lambda link: link.item.size, reverse=True)
    lines = [brief.word("alt.flow", first=link.source, second=link.target, value=link.item.long) for link in found]
    items = [replace(link.item, label=brief.word("alt.way", first=link.source, second=link.target)) for link in found]
    return [brief.word("alt.flows"), *lines, *_uncertain(brief, items)]


def _timeline(brief: ResolvedSpec) -> list[str]:
    return [
        brief.word("alt.dated", when=brief.texts.word_period(event.date), what=brief.texts.fill(event.title))
        for event in brief.events()
    ]


def _matrix(brief: ResolvedSpec) -> list[str]:
    """Cells from the gravest on."""
    word = brief.texts.language.word
    lines = []
    places = sorted(((impact, likelihood) for impact in LEVELS for likelihood in LEVELS), key=_grave, reverse=True)
    for impact, likelihood in places:
        titles = [
            brief.texts.fill(risk.title)
            for risk in brief.edition.risks.values()
            if (risk.impact, risk.likelihood) == (impact, likelihood)
        ]
        if titles:
            lines.append(
                brief.word(
                    "alt.cell",
                    likelihood=word(f"level.{likelihood}"),
                    impact=word(f"level.{impact}"),
                    names=brief.joined(titles),
                )
            )
    return lines


def _grave(place: tuple[str, str]) -> tuple[int, int]:
    impact, likelihood = (LEVELS.index(level) for level in place)
    return impact + likelihood, impact


def _counts(brief: ResolvedSpec) -> list[str]:
    found = tally(brief)
    lines = [found.item(brief, row) for row in found.rows]
    most = [
        brief.word("alt.most", name=column_word, value=found.row_words[found.rows.index(row)], count=brief.number(count))
        for column, column_word in zip(found.columns, found.column_words, strict=True)
        if len(found.columns) > 1
        for row, count in [max(((row, found.counts.get((row, column), 0)) for row in found.rows), key=lambda pair: pair[1])]
    ]
    return [*(brief.word("alt.entry", name=item.label, value=item.long) for item in lines), *most]


def _compared(brief: ResolvedSpec, items: list[Item]) -> list[str]:
    """A few values one by one; of more, what is compared, the largest and the smallest."""
    if len(items) <= _FEW:
        return [brief.word("alt.entry", name=item.label, value=item.long) for item in items]
    ranked = sorted(items, key=lambda item: item.size, reverse=True)
    lines = [brief.word("alt.compares", names=brief.joined([item.label for item in items]))]
    for key, extreme in (("alt.largest", ranked[0]), ("alt.smallest", ranked[-1])):
        names = [item.label for item in ranked if item.long == extreme.long]
        lines.append(brief.word(key, name=brief.joined(names), value=extreme.long))
    return lines


def _uncertain(brief: ResolvedSpec, items: list[Item]) -> list[str]:
    """Which values are ranges, open or round, and which are not observed; all at once where it holds for all."""
    groups = [
        (brief.word(trait), [item for item in items if trait in traits(item.value)])
        for trait in (RANGE, ABOUT, AT_LEAST, AT_MOST)
    ]
    groups += [
        (brief.status(status), [item for item in items if item.status == status]) for status in LOOKS if status != "observed"
    ]
    lines = []
    for kind, members in groups:
        names = list(dict.fromkeys(item.label for item in members))
        if members and len(members) == len(items):
            lines.append(brief.word("alt.all", kind=kind))
        elif members:
            lines.append(brief.word("alt.group", kind=kind, names=brief.joined(names)))
    return lines


DESCRIPTIONS: Mapping[str, Callable[[ResolvedSpec], list[str]]] = {
    "bars": _bars,
    "pairs": _pairs,
    "ranges": _ranges,
    "trend": _trend,
    "loglog": _trend,
    "stack": _stack,
    "areas": _areas,
    "organisation": _organisation,
    "flows": _flows,
    "timeline": _timeline,
    "matrix": _matrix,
    "counts": _counts,
}
