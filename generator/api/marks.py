"""A mark is a `Mark`: its keys, its needs of a series, and three functions of a specification in one language.

Lengths are CSS pixels from the top left corner; colours are keys of COLOURS (`ink`, `muted`, `c1` …). Amounts are Decimals:
those of an Item in the base unit of their dimension, so that items of one dimension share a scale. A function that raises an
error keeps the report from being published.

    LOLLIPOP = Mark(
        options={"rows": Option(kind="rows", required=True, members={"fact": Option(kind="fact", required=True)})},
        draw=lambda spec, canvas: Scene(width=canvas.width, height=100, shapes=tuple(shapes_of(spec.items(), canvas))),
        describe=lambda spec: [f"{item.label}: {item.long}" for item in spec.items()],
        tabulate=lambda spec: Table((spec.word("item"), spec.word("value")), rows_of(spec.items())),
    )
"""

from __future__ import annotations

from ..charts.installed_marks import Mark
from ..charts.needs import Needs
from ..charts.options import Option
from ..charts.resolved_spec import Item, ResolvedSpec
from ..charts.scene import Label, Patch, Scene, Shape, circle, line, polygon, rectangle, tag_row
from ..charts.table_cells import Cell, Table
from ..charts.text_layout import text_width, wrap
from ..charts.theme import COLOURS, Canvas

__all__ = [
    "COLOURS",
    "Canvas",
    "Cell",
    "Item",
    "Label",
    "Mark",
    "Needs",
    "Option",
    "Patch",
    "ResolvedSpec",
    "Scene",
    "Shape",
    "Table",
    "circle",
    "line",
    "polygon",
    "rectangle",
    "tag_row",
    "text_width",
    "wrap",
]
