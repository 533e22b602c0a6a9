"""Flows: a Sankey diagram of two columns, payers at the left and payees at the right; bands are as thick as the amounts.

Flows that go on from those who are paid have a middle column; on a narrow canvas, a diagram below the first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import fsum

from ..records.struct import Struct, replace
from .flow_bands import OPEN_GAP, Link, band, most
from .legend import with_legend
from .marks_flow_layers import draw_layers, layers_of, subject_of
from .resolved_spec import ResolvedSpec
from .scene import Scene, Shape, line, moved, rectangle, tag_row, text_block, text_height
from .text_layout import bind_to_digits, block_width, longest_word_width, wrap, wrap_name
from .theme import CONTEXT_COLOUR, SERIES_COLOURS, Canvas

_LARGEST = {"wide": 72.0, "narrow": 60.0}  # thickness of the largest band
_THINNEST = 1.0
_VALUE_SHARE, _BAND_SHARE = 0.24, 0.2  # of the canvas width: the most for values in lines, the least for the bands
_NODE_GAP = 9.0
_BETWEEN = 26.0  # two diagrams below each other


class _Slot(Struct, frozen=True, kw_only=True):
    """The place of one end of a link and its value: upper edge and height; and the upper edge of the band in it."""

    top: float
    height: float
    band_top: float


class _Column(Struct, frozen=True, kw_only=True):
    """The nodes of one side in order, their names in lines, and the value of every link in lines, empty for payees."""

    paying: bool
    nodes: Sequence[str]
    names: Mapping[str, tuple[str, ...]]
    values: Sequence[tuple[str, ...]]
    font_size: float

    def name_width(self) -> float:
        """The width of the longest name."""
        return max(block_width(lines, self.font_size, bold=True) for lines in self.names.values())

    def members(self, links: Sequence[Link], node: str) -> list[int]:
        """The indices of the links that end at a node of this side."""
        return [index for index, link in enumerate(links) if (link.source if self.paying else link.target) == node]


def flow_links(spec: ResolvedSpec) -> list[Link]:
    """The links of a specification, their values worded."""
    records = spec.records("links")
    told = any("planned" in record for record in records)
    found = []
    for record in records:
        item = spec.item(str(record["fact"]), spec.text_of(record, "label"))
        status = ("forecast" if record.get("planned") is True else "observed") if told else item.status
        source, target = (spec.texts.name(str(record[end])) for end in ("from", "to"))
        found.append(Link(source=source, target=target, item=item, drawn=replace(item, status=status)))
    return found


def flows(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    """The diagram; names and values stand outside the bands, names above their nodes where the canvas is narrow."""
    links = flow_links(spec)
    drawn = [link.drawn for link in links]
    largest = max(most(link.item) for link in links)
    if not (layer := layers_of(links)):
        payers = list(dict.fromkeys(link.source for link in links))
        colours = [SERIES_COLOURS[payers.index(link.source) % len(SERIES_COLOURS)] for link in links]
        return with_legend(spec, drawn, canvas, *_two_columns(links, range(len(links)), colours, canvas, largest))
    if not canvas.narrow:
        return with_legend(spec, drawn, canvas, *draw_layers(links, layer, canvas))
    subject = subject_of(links, layer)
    shapes, top = list[Shape](), 0.0
    for depth in (0, 1):
        rows = [row for row, link in enumerate(links) if layer[link.source] == depth]
        members = [links[row] for row in rows]
        colours = ["c1" if subject in (link.source, link.target) else CONTEXT_COLOUR for link in members]
        more, height = _two_columns(members, rows, colours, canvas, largest)
        shapes += moved(more, top)
        top += height + _BETWEEN
    return with_legend(spec, drawn, canvas, shapes, top - _BETWEEN)


def _two_columns(
    links: Sequence[Link], rows: Sequence[int], colours: Sequence[str], canvas: Canvas, largest: float
) -> tuple[list[Shape], float]:
    """Payers, their bands and payees; `rows` are the numbers of the links in the table. Also the height of all."""
    widths = [max(most(link.item) / largest * _LARGEST[canvas.name], _THINNEST) for link in links]
    payees = _column(links, canvas, paying=False)
    right_x = canvas.width - payees.name_width() - 14
    payers, left_x = _fit_payers(links, canvas, right_x)
    above = canvas.narrow
    height = max(_slots(links, widths, payers, above=above)[1], _slots(links, widths, payees)[1])
    left = _slots(links, widths, payers, above=above, height=height)[0]
    right = _slots(links, widths, payees, height=height)[0]
    shapes: list[Shape] = []
    for index, (link, start, end) in enumerate(zip(links, left, right, strict=True)):
        drawn = band(link.drawn, (left_x + 5, start.band_top), (right_x - 5, end.band_top), widths[index], colours[index])
        shapes += tag_row(rows[index], drawn)
        lines, size = payers.values[index], canvas.small_size
        top = start.top + (start.height - text_height(lines, size)) / 2
        shapes += text_block(lines, left_x - 7, top, size, anchor="end", colour="muted")
    shapes += _nodes(links, widths, payers, left, x=left_x, text_x=0.0, above=above)
    shapes += _nodes(links, widths, payees, right, x=right_x - 5, text_x=right_x + 9)
    return shapes, height


def _fit_payers(links: Sequence[Link], canvas: Canvas, right_x: float) -> tuple[_Column, float]:
    """The payers and the x at which bands begin: values on one line each, or broken where that leaves bands too short."""
    for limit in (canvas.width, canvas.width * _VALUE_SHARE):
        payers = _column(links, canvas, paying=True, limit=limit)
        value_width = max(block_width(lines, canvas.small_size) for lines in payers.values)
        name_width = payers.name_width()
        left_x = max(name_width, value_width + 7) if canvas.narrow else name_width + value_width + 22
        if right_x - left_x >= canvas.width * _BAND_SHARE:
            break
    return payers, left_x


def _column(links: Sequence[Link], canvas: Canvas, *, paying: bool, limit: float = 0.0) -> _Column:
    """One side; the values stand with the payers, in lines within a limit in pixels."""
    size, share = (canvas.small_size, 0.28) if canvas.narrow else (canvas.text_size, 0.2)
    nodes = list(dict.fromkeys(link.source for link in links)) if paying else _order_payees(links)
    values = [bind_to_digits(link.item.short) if paying else "" for link in links]
    small = canvas.small_size
    return _Column(
        paying=paying,
        nodes=nodes,
        names={node: wrap_name(node, size, canvas.width * share, bold=True) for node in nodes},
        values=[wrap(text, small, max(limit, longest_word_width(text, small))) if text else () for text in values],
        font_size=size,
    )


def _order_payees(links: Sequence[Link]) -> list[str]:
    """Payees by the mean position of their payers, so that few bands cross."""
    positions: dict[str, list[int]] = {}
    for index, link in enumerate(links):
        positions.setdefault(link.target, []).append(index)
    return sorted(positions, key=lambda node: sum(positions[node]) / len(positions[node]))


def _slots(
    links: Sequence[Link], widths: Sequence[float], column: _Column, *, above: bool = False, height: float = 0.0
) -> tuple[list[_Slot], float]:
    """A slot for the end of every link, grouped by node, and the height of all.

    Names take room above their node, or beside it where not `above`. With a `height`, nodes are spread over it.
    """
    slots: dict[int, _Slot] = {}
    y, gap = 0.0, _NODE_GAP
    if height and len(column.nodes) > 1:
        gap += (height - _slots(links, widths, column, above=above)[1]) / (len(column.nodes) - 1)
    for node in column.nodes:
        members = column.members(links, node)
        bands = [widths[index] + (OPEN_GAP if links[index].item.value.high is None else 0) for index in members]
        words = [text_height(column.values[index], column.font_size) for index in members]
        heights = [max(band + 3, word) if word else band for band, word in zip(bands, words, strict=True)]
        name_height = text_height(column.names[node], column.font_size)
        spare = 0.0 if above else max(0.0, name_height - fsum(heights)) / 2
        y += name_height if above else 0.0
        for index, thickness, inner in zip(members, bands, heights, strict=True):
            before, after = spare * (index == members[0]), spare * (index == members[-1])
            slots[index] = _Slot(top=y, height=before + inner + after, band_top=y + before + (inner - thickness) / 2)
            y += before + inner + after
        y += gap
    return [slots[index] for index in range(len(links))], y - gap


def _nodes(
    links: Sequence[Link],
    widths: Sequence[float],
    column: _Column,
    slots: Sequence[_Slot],
    *,
    x: float,
    text_x: float,
    above: bool = False,
) -> Iterator[Shape]:
    """The name of every node, and a bar as high as each of its bands, joined by a line."""
    for node in column.nodes:
        members = column.members(links, node)
        first, last = slots[members[0]], slots[members[-1]]
        ends = ((x + 2.5, first.band_top), (x + 2.5, last.band_top + widths[members[-1]]))
        yield line(ends, stroke="muted", stroke_width=1)
        for index in members:
            top = slots[index].band_top
            yield rectangle(x, top, x + 5, top + widths[index], fill="muted")
        height = text_height(column.names[node], column.font_size)
        name_top = first.top - height if above else (first.top + last.top + last.height - height) / 2
        yield from text_block(column.names[node], text_x, name_top, column.font_size, bold=True)
