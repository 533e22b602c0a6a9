"""Tile map: a tile of equal size for each place, where the grid of the series puts it, in the colour of its value."""

from __future__ import annotations

from functools import partial

from ..records.struct import Struct, replace
from .colour_steps import ColourSteps, colour_steps, steps_key
from .legend import legend
from .panel import plot_series
from .resolved_spec import ResolvedSpec
from .scene import LINE_HEIGHT, XY, Patch, Scene, Shape, rectangle, text_block, text_height
from .series_rows import SeriesRow, series_rows
from .text_layout import longest_word_width, text_width, wrap
from .theme import Canvas

_LARGEST = {"wide": 120.0, "narrow": 112.0}  # side of a tile
_GAPS, _SIZES = {"wide": 4.0, "narrow": 2.0}, {"wide": 13.0, "narrow": 11.5}  # between tiles, and of their words
_MOST_LINES = 2  # of a name that may be broken anywhere


class Tile(Struct, frozen=True, kw_only=True):
    """A row with its column and row on the map, from one, and a shorter name for a small tile."""

    row: SeriesRow
    place: tuple[int, int]
    name: str
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
            found.append(Tile(row=cell, place=(int(place[0]), int(place[1])), name=cell.label, short="".join(shorter[:1])))
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
    room = side - _GAPS[canvas.name] - 4
    if not all(_is_whole(tile, room, canvas) for tile in placed) and all(tile.short for tile in placed):
        entries = [(partial(_symbol, tile, steps), tile.row.label) for tile in placed if tile.row.emphasis]
        named, height = legend(entries, canvas, top)
        shapes += named
        top += height + 6 if height else 0
        placed = [replace(tile, name=tile.short) for tile in placed]
    for tile in placed:
        x, y = (tile.place[0] - first[0]) * side, top + (tile.place[1] - first[1]) * side
        shapes += _tile(tile, steps, (x, y), side, canvas)
    return Scene(width=canvas.width, height=top + side * lines, shapes=tuple(shapes))


def _is_whole(tile: Tile, room: float, canvas: Canvas) -> bool:
    """Whether the name of a tile fits into it without a break within a word, and its value below."""
    size, bold = _SIZES[canvas.name], tile.row.emphasis
    lines = wrap(tile.name, size, room, bold=bold)
    narrow_enough = longest_word_width(tile.name, size, bold=bold) <= room if tile.name.isascii() else len(lines) <= _MOST_LINES
    return narrow_enough and all(text_width(text, size, bold=bold) <= room for text in lines)


def _symbol(tile: Tile, steps: ColourSteps, x: float, middle: float) -> list[Patch]:
    """A small tile as it looks on the map."""
    item = tile.row.cells[0]
    fill = steps.style(item.size)[0] if item is not None else "paper"
    return [rectangle(x + 4, middle - 6, x + 16, middle + 6, fill=fill, stroke="ink", stroke_width=2.0)]


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
    for text in (tile.name, tile.short):
        lines = wrap(text, size, room, bold=bold)
        whole = not text.isascii() or longest_word_width(text, size, bold=bold) <= room
        if text and whole and not name and text_height(lines, size) + value_height <= inner - 4:
            name = lines
    top, centre = y + (inner - text_height(name, size) - value_height) / 2, x + inner / 2
    labels = text_block(name, centre, top, size, bold=bold, colour=ink, anchor="middle")
    if value:
        labels += text_block([value], centre, top + text_height(name, size), size, colour=ink, anchor="middle")
    return [*labels]
