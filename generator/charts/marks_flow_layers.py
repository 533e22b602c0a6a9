"""Layers of flows: payers at the left, those who are paid and pay on in the middle, payees at the right, with every amount."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import fsum

from ..records.struct import Struct
from .flow_bands import Link, band, most
from .scene import Shape, rectangle, tag_row, text_block, text_height
from .text_layout import bind_to_digits, block_width, wrap, wrap_name
from .theme import CONTEXT_COLOUR, Canvas

_LARGEST = {"wide": 84.0, "narrow": 64.0}  # thickness of the largest band
_THINNEST, _BAR, _GAP = 1.5, 6.0, 12.0
_NAME_SHARE = {"wide": 0.2, "narrow": 0.27}  # of the canvas width, for the names of one side


class _Node(Struct, kw_only=True):
    """A party with the links that it receives and pays, its height, and its place."""

    name: str
    layer: int
    received: list[int]
    paid: list[int]
    height: float
    top: float = 0.0


def layers_of(links: Sequence[Link]) -> Mapping[str, int]:
    """The layer of each party: 0 for those who are only payers, 1 for those they pay, 2 for whom these pay; else empty."""
    layer = {link.source: 0 for link in links if link.source not in {other.target for other in links}}
    for depth in (0, 1):
        layer |= {link.target: depth + 1 for link in links if layer.get(link.source) == depth}
    fits = all(layer.get(link.target, 0) == layer.get(link.source, 9) + 1 for link in links)
    return layer if fits and max(layer.values(), default=0) == 2 else {}  # noqa: PLR2004  layers


def subject_of(links: Sequence[Link], layer: Mapping[str, int]) -> str:
    """The party in the middle through which most money goes."""
    middle = [name for name, depth in layer.items() if depth == 1]
    return max(middle, key=lambda name: fsum(most(link.item) for link in links if name in (link.source, link.target)))


def draw_layers(links: Sequence[Link], layer: Mapping[str, int], canvas: Canvas) -> tuple[list[Shape], float]:
    """The parties in three columns, their bands, names and amounts, and the height of all."""
    size, small = canvas.text_size if not canvas.narrow else canvas.small_size, canvas.small_size
    largest = max(most(link.item) for link in links)
    widths = [max(most(link.item) / largest * _LARGEST[canvas.name], _THINNEST) for link in links]
    nodes = _nodes(links, layer, widths)
    broken, limit = wrap if canvas.narrow else wrap_name, canvas.width * _NAME_SHARE[canvas.name]
    names = {node.name: broken(node.name, size, limit, bold=True) for node in nodes}
    words = {node.name: _words(node, links) for node in nodes}
    sides = [[node for node in nodes if node.layer == column] for column in (0, 1, 2)]
    heights = {node.name: text_height(names[node.name], size) + text_height(words[node.name], small) for node in nodes}
    taken = [max(node.height, heights[node.name] if node.layer != 1 else node.height + size * 2) for node in nodes]
    by_name = dict(zip((node.name for node in nodes), taken, strict=True))
    total = max(fsum(by_name[node.name] + _GAP for node in side) - _GAP for side in sides)
    for side in sides:
        _place(side, by_name, total)
    label_widths = [
        max(max(block_width(names[node.name], size, bold=True), block_width(words[node.name], small)) for node in side)
        for side in sides
    ]
    xs = (label_widths[0] + 8, 0.0, canvas.width - label_widths[2] - 8 - _BAR)
    xs = (xs[0], (xs[0] + xs[2]) / 2, xs[2])
    ends = _ends(nodes, widths)
    subject = subject_of(links, layer)
    shapes: list[Shape] = []
    for index, link in enumerate(links):
        start, end = (xs[layer[link.source]] + _BAR, ends[index][0]), (xs[layer[link.target]], ends[index][1])
        colour = "c1" if subject in (link.source, link.target) else CONTEXT_COLOUR
        shapes += tag_row(index, band(link.drawn, start, end, widths[index], colour))
    for node in nodes:
        x, lines, said = xs[node.layer], names[node.name], words[node.name]
        shapes.append(rectangle(x, node.top, x + _BAR, node.top + node.height, fill="muted"))
        if node.layer == 1:
            below = node is sides[1][-1] and node is not sides[1][0]  # bands reach the last from above
            top, half = node.top - text_height(lines, size) - 2, block_width(lines, size, bold=True) / 2
            top = node.top + node.height + 2 if below else top
            shapes.append(rectangle(x - half, top, x + _BAR + half, top + text_height(lines, size) + 1, fill="paper"))
            shapes += text_block(lines, x + _BAR / 2, top, size, bold=True, anchor="middle")
            continue
        text_x, anchor = (x - 8, "end") if node.layer == 0 else (x + _BAR + 8, "start")
        top = node.top + (node.height - heights[node.name]) / 2
        shapes += text_block(lines, text_x, top, size, bold=True, anchor=anchor)
        shapes += text_block(said, text_x, top + text_height(lines, size), small, colour="muted", anchor=anchor)
    return shapes, total


def _nodes(links: Sequence[Link], layer: Mapping[str, int], widths: Sequence[float]) -> list[_Node]:
    """The parties in the order of the links."""
    nodes = []
    for name in dict.fromkeys(name for link in links for name in (link.source, link.target)):
        received = [index for index, link in enumerate(links) if link.target == name]
        paid = [index for index, link in enumerate(links) if link.source == name]
        height = max(fsum(widths[index] for index in members) for members in (received, paid))
        nodes.append(_Node(name=name, layer=layer[name], received=received, paid=paid, height=height))
    return nodes


def _words(node: _Node, links: Sequence[Link]) -> tuple[str, ...]:
    """The amounts of a party at the left or the right; in the middle they stand with the others."""
    members: Iterable[int] = () if node.layer == 1 else node.paid if node.layer == 0 else node.received
    return tuple(bind_to_digits(links[index].item.short) for index in members)


def _place(side: Sequence[_Node], taken: Mapping[str, float], total: float) -> None:
    """Spread the parties of a column over the height."""
    gap = (total - fsum(taken[node.name] for node in side)) / max(len(side), 1)
    y = gap / 2
    for node in side:
        room = taken[node.name]
        below = node is side[-1] and node is not side[0]  # where the name of the last of the middle stands
        node.top = y + (0 if below else room - node.height) if node.layer == 1 else y + (room - node.height) / 2
        y += room + gap


def _ends(nodes: Sequence[_Node], widths: Sequence[float]) -> dict[int, tuple[float, float]]:
    """The upper edges of each band where it begins and where it ends, bands in the order of the parties at their other end."""
    starts, stops = dict[int, float](), dict[int, float]()
    for node in nodes:
        for members, edges in ((node.paid, starts), (node.received, stops)):
            y = node.top + (node.height - fsum(widths[index] for index in members)) / 2
            for index in members:
                edges[index] = y
                y += widths[index]
    return {index: (starts[index], stops[index]) for index in starts}
