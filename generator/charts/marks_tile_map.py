"""Tile map: a tile of equal size for each place, where the grid of the series puts it, in the colour of its value."""

from __future__ import annotations

from dataclasses import dataclass

from .colour_steps import ColourSteps, colour_steps, steps_key
from .panel import plot_series
from .resolved_spec import ResolvedSpec
from .scene import XY, Scene, Shape, rectangle, text_block, text_height
from .series_rows import SeriesRow, series_rows
from .text_layout import block_width, text_width, wrap
from .theme import Canvas

_LARGEST = {"wide": 104.0, "narrow": 112.0}  # side of a tile
_GAP = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A row with its column and row on the map, from one."""

    row: SeriesRow
    place: tuple[int, int]


def tiles(spec: ResolvedSpec) -> list[Tile]:
    """The rows of a series that have a place in the grid."""
    across, down = spec.ids("grid")
    placed = {row.key: (row.plain.get(across, ""), row.plain.get(down, "")) for row in spec.rows()}
    return [
        Tile(row=row, place=(int(placed[row.key][0]), int(placed[row.key][1])))
        for row in series_rows(spec)
        if all(text.isdecimal() for text in placed[row.key])
    ]


def tile_map(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    """The key to the colours, and below it the tiles with name and value as far as they fit."""
    items = [item for _, item in plot_series(spec)[0].points]
    steps, placed = colour_steps(items), tiles(spec)
    key, top = steps_key(spec, steps, canvas)
    first = min(tile.place[0] for tile in placed), min(tile.place[1] for tile in placed)
    columns, lines = (max(tile.place[side] for tile in placed) - first[side] + 1 for side in (0, 1))
    side = min((canvas.width - 2) / columns, _LARGEST[canvas.name])
    shapes: list[Shape] = [*key]
    for tile in placed:
        x, y = (tile.place[0] - first[0]) * side, top + (tile.place[1] - first[1]) * side
        shapes += _tile(tile.row, steps, (x, y), side, canvas)
    return Scene(width=canvas.width, height=top + side * lines, shapes=tuple(shapes))


def _tile(row: SeriesRow, steps: ColourSteps, corner: XY, side: float, canvas: Canvas) -> list[Shape]:
    """A square with its name and value where both fit, else the value alone where that does."""
    size, room = canvas.small_size, side - _GAP - 6
    (x, y), item = corner, row.cells[0]
    centre = x + (side - _GAP) / 2
    if item is None:
        return [rectangle(x, y, x + side - _GAP, y + side - _GAP, fill="paper", stroke="grid")]
    fill, ink = steps.style(item.size)
    stroke, width = ("ink", 2.0) if row.emphasis else ("grid", 0.6)  # seen in forced colours, where pale fills are not
    square = rectangle(x, y, x + side - _GAP, y + side - _GAP, fill=fill, stroke=stroke, stroke_width=width, row=row.number)
    name = wrap(row.label, size, room, bold=True)
    height = text_height(name, size) + size * 1.32
    value_fits = text_width(item.short, size) <= room
    if block_width(name, size, bold=True) > room or height > room or not value_fits:
        name, height = (), size * 1.32
    top = y + (side - _GAP - height) / 2
    labels = text_block(name, centre, top, size, bold=True, colour=ink, anchor="middle")
    if value_fits:
        labels += text_block([item.short], centre, top + text_height(name, size), size, colour=ink, anchor="middle")
    return [square, *labels]
