"""Pairs: two facts per row, such as before and after, as points on one line."""

from __future__ import annotations

from .marks_dumbbell import Change, draw_changes
from .resolved_spec import ResolvedSpec
from .scene import Scene
from .theme import Canvas


def pairs(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    """Rows with a point for each of two facts; the names of both stand above the first row."""
    rows = [
        Change(
            number=number,
            label=spec.text_of(record, "label"),
            emphasis=record.get("emphasis") is True,
            ends=(spec.item(str(record["from"])), spec.item(str(record["to"]))),
            names=(spec.text_of(record, "from_label"), spec.text_of(record, "to_label")),
        )
        for number, record in enumerate(spec.records("rows"))
    ]
    names = (spec.phrase("from_label"), spec.phrase("to_label"))
    return draw_changes(spec, canvas, rows, names)
