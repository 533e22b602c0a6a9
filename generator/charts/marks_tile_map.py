"""Tile map: a tile of equal size for each place, where the grid of the series puts it, in the colour of its value."""

from __future__ import annotations

from dataclasses import dataclass

from .colour_steps import ColourSteps, colour_steps, steps_key
from .panel import plot_series
from .resolved_spec import ResolvedSpec
from .scene import LINE_HEIGHT, XY, Scene, Shape, rectangle, text_block, text_height
from .series_rows import SeriesRow, series_rows
from .text_layout import longest_word_width, text_width, wrap
from .theme import Canvas

_LARGEST = {"wide": 120.0, "narrow": 112.0}  # side of a tile
_GAPS, _SIZES = {"wide": 4.0, "narrow": 2.0}, {"wide": 13.0, "narrow": 11.5}  # between tiles, and of their words


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A row with its column and row on the map, from one, and a shorter name for a small tile."""

    row: SeriesRow
    place: tuple[int, int]
    short: str = ""


def tiles(spec: ResolvedSpec) -> list[Tile]:
    """The rows of a series that have a place in the grid, with those that have no value."""
    across, down = spec.ids("grid")
    with_value = {row.key: row for row in series_rows(spec)}
    found = []
    for number, row in enumerate(spec.rows()):
        place = (row.plain.get(across, ""), row.plain.get(down, ""))
        empty = SeriesRow(number=number, key=row.key, label=spec.row_label(row), emphasis=False, cells=(None,))
        shorter = [row.words[key][spec.texts.language.code] for key in spec.ids("labels") if key in row.words]
        if all(text.isdecimal() for text in place):
            cell = with_value.get(row.key, empty)
            found.append(Tile(row=cell, place=(int(place[0]), int(place[1])), short="".join(shorter[:1])))
    return found


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
        shapes += _tile(tile, steps, (x, y), side, canvas)
    return Scene(width=canvas.width, height=top + side * lines, shapes=tuple(shapes))


def _tile(tile: Tile, steps: ColourSteps, corner: XY, side: float, canvas: Canvas) -> list[Shape]:
    """A square with its name and value where both fit, else with its short name or the value alone."""
    row, size, inner = tile.row, _SIZES[canvas.name], side - _GAPS[canvas.name]
    (x, y), item = corner, row.cells[0]
    ends = (x, y, x + inner, y + inner)
    if item is None:
        square = rectangle(*ends, fill="paper", stroke="c6", stroke_width=1, dashes=(3, 3))
        return [square, *_words(tile, "", (x, y, inner), canvas, "muted")]
    fill, ink = steps.style(item.size)
    stroke, width = ("ink", 2.0) if row.emphasis else ("grid", 0.6)  # seen in forced colours, where pale fills are not
    square = rectangle(*ends, fill=fill, stroke=stroke, stroke_width=width, row=row.number)
    value = item.short if text_width(item.short, size) <= inner - 4 else ""
    return [square, *_words(tile, value, (x, y, inner), canvas, ink)]


def _words(tile: Tile, value: str, place: tuple[float, float, float], canvas: Canvas, ink: str) -> list[Shape]:
    """The longest name that fits into a tile (left, top, side) above its value, both centred."""
    (x, y, inner), size = place, _SIZES[canvas.name]
    bold, room = tile.row.emphasis, inner - 4
    value_height = size * LINE_HEIGHT if value else 0.0
    name: tuple[str, ...] = ()
    for text in (tile.row.label, tile.short):
        lines = wrap(text, size, room, bold=bold)
        whole = not text.isascii() or longest_word_width(text, size, bold=bold) <= room
        if text and whole and not name and text_height(lines, size) + value_height <= inner - 4:
            name = lines
    top, centre = y + (inner - text_height(name, size) - value_height) / 2, x + inner / 2
    labels = text_block(name, centre, top, size, bold=bold, colour=ink, anchor="middle")
    if value:
        labels += text_block([value], centre, top + text_height(name, size), size, colour=ink, anchor="middle")
    return [*labels]
