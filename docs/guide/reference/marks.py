"""The gallery: every mark with its picture, its YAML, its keys and its data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import yaml

from generator.charts.needs import NEEDS, Needs
from generator.charts.options import OPTIONS
from generator.reading.schemas import key_help

from .writing import Writing, sections

CHARTS = "data/charts/marks.yml"
GROUPS: Mapping[str, Sequence[str]] = {
    "time": ("line", "trend", "area", "stacked_area", "small_multiples", "range_outcome", "ranges", "dated_bars", "timeline"),
    "categories": (
        *("bars", "grouped_bars", "diverging_bars", "pairs", "slope", "dumbbell", "bar_table", "tile_map", "counts"),
    ),
    "parts": ("stack", "stacked_bars", "waffle", "waterfall", "areas"),
    "spread": ("histogram", "heatmap", "scatter", "loglog"),
    "structure": ("organisation", "flows", "matrix"),
}


def marks_page(writing: Writing, guide: Path, marks: Sequence[str]) -> str:
    """What each mark of a group is good for, with its picture and what it is made of."""
    charts = yaml.safe_load((guide / CHARTS).read_text(encoding="utf-8"))
    return sections((f"`{mark}`", mark, _mark(writing, mark, charts[mark].get("series", ""))) for mark in marks)


def _mark(writing: Writing, mark: str, series: str) -> Iterator[str]:
    yield writing.prose(key_help("mark", mark, writing.code))
    yield f'{{{{ figure("{mark}") }}}}'
    yield f"{writing.word('as-written')}:"
    yield f'{{{{ listing("{CHARTS}", entry="{mark}") }}}}'
    if keys := OPTIONS[mark]:
        written = (
            f"[`{key}`](../reference/charts.md#chart-{key}){_star(writing, required=one.required)}" for key, one in keys.items()
        )
        yield f"{writing.word('keys-of-mark')}: {', '.join(written)}"
    else:
        yield writing.prose(writing.word("no-data"))
    if mark in NEEDS:
        yield f"{writing.word('needs')}: {writing.word('between').join(_needs(writing, NEEDS[mark]))}"
    if series:
        listing = f'{{{{ listing("data/series/{series}.csv") }}}}'
        yield f'<details markdown="1"><summary>{writing.word("data")}</summary>\n\n{listing}\n\n</details>'


def _star(writing: Writing, *, required: bool) -> str:
    return f" ({writing.word('required')})" if required else ""


def _needs(writing: Writing, needs: Needs) -> Iterator[str]:
    least, most = needs.columns
    columns = str(least) if least == most else f"{least}–{most}"
    yield writing.word("need-columns").format(writing.literal(columns))
    if needs.rows > 1:
        yield writing.word("need-rows").format(writing.literal(str(needs.rows)))
    flags = {
        "need-time": needs.over_time,
        "need-unit": needs.one_unit and most > 1,
        "need-complete": needs.complete,
        "need-parts": needs.parts,
        "need-positive": needs.positive,
        "need-each": bool(needs.rows_of),
    }
    yield from (writing.word(word) for word, holds in flags.items() if holds)
