"""Pairs: two facts per row, such as before and after, as points on one line."""

from __future__ import annotations

from collections.abc import Mapping

from ..model.units import NUMBER
from ..model.values import Point
from .drawn_values import true_minus
from .marks_dumbbell import Change, draw_changes, draw_gaps
from .resolved_spec import Item, ResolvedSpec
from .scene import Scene
from .theme import Canvas


def pairs(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    """Rows with a point for each of two facts, whose names stand above the first row; or with the gaps between them."""
    rows = [
        Change(
            number=number,
            label=spec.text_of(record, "label"),
            emphasis=record.get("emphasis") is True,
            ends=(spec.item(str(record["from"])), spec.item(str(record["to"]))),
            names=(spec.text_of(record, "from_label"), spec.text_of(record, "to_label")),
            gap=_gap(spec, record),
            brief_gap=spec.item(str(record["gap"])).short if "gap_text" in record else "",
            group=spec.text_of(record, "group"),
            apart=record.get("apart") is True,
        )
        for number, record in enumerate(spec.records("rows"))
    ]
    names = (spec.phrase("from_label"), spec.phrase("to_label"))
    draw = draw_gaps if any(row.gap for row in rows) else draw_changes
    return draw(spec, canvas, rows, names)


def _gap(spec: ResolvedSpec, record: Mapping[str, object]) -> str:
    """The gap of a row in its own words, or its number; empty where the row has none."""
    if "gap" not in record:
        return ""
    return spec.text_of(record, "gap_text") or _number(spec, spec.item(str(record["gap"])))


def _number(spec: ResolvedSpec, gap: Item) -> str:
    """The number of a gap without its unit, which both ends have."""
    return true_minus(spec.texts.word_value(Point(number=(gap.size / gap.unit.size).normalize()), NUMBER, "short"))
