"""Stack: the parts of a whole as one bar, each named beside it; the bar stands upright where the names do not fit below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import fsum

from .label_spread import spread
from .legend import with_legend
from .resolved_spec import Item, ResolvedSpec
from .scene import Patch, Scene, Shape, line, rectangle, tag_row, text_block, text_height
from .text_layout import block_width, longest_word_width, wrap
from .theme import CONTEXT_COLOUR, Canvas, status_style

_THICKNESS, _UPRIGHT = 46.0, {"wide": 120.0, "narrow": 72.0}  # of the bar as it lies, and as it stands
_HEIGHTS = {"wide": 250.0, "narrow": 220.0}  # of an upright bar, if its labels need no more
_LEADER = {"lying": 24.0, "upright": 30.0}  # length of the lines from parts to labels
_LONGEST_NAME = {"lying": 170.0, "upright": 230.0}
_SIDE_GAP, _ROW_GAP = 18.0, 9.0  # between labels side by side, and below each other
_BRACKET = 7.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A part with its number in the table, its ends as shares of the bar, its certain end, its colour and its label."""

    row: int
    item: Item
    start: float
    certain: float
    end: float
    colour: str
    planned: bool  # though its status does not say so
    name: tuple[str, ...]

    @property
    def middle(self) -> float:
        """The middle of the part as a share of the bar."""
        return (self.start + self.end) / 2

    def width(self, size: float) -> float:
        """The width of the label."""
        return max(block_width(self.name, size), block_width((self.item.short,), size, bold=True))

    def height(self, size: float) -> float:
        """The height of the label: the name, and the value below it."""
        return text_height((*self.name, self.item.short), size)


def stack(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    """The parts in one bar, and the total above it, if the specification names one."""
    total = spec.item(spec.choice("total", ""), emphasis=True) if "total" in spec.chart.options else None
    size = canvas.text_size
    lying = _parts(spec, total, size, _LONGEST_NAME["lying"])
    needed = fsum(part.width(size) for part in lying) + _SIDE_GAP * (len(lying) - 1)
    if needed <= canvas.width and not canvas.narrow:
        shapes, bottom = _lying(lying, total, canvas)
        parts = lying
    else:
        parts = _parts(spec, total, size, canvas.width - _UPRIGHT[canvas.name] - _LEADER["upright"] - 8)
        shapes, bottom = _upright(parts, total, canvas)
    return with_legend(spec, [part.item for part in parts if not part.planned], canvas, shapes, bottom)


def _parts(spec: ResolvedSpec, total: Item | None, size: float, longest: float) -> list[_Part]:
    """The parts one after another as shares of the whole: of the total, or of their sum if that is more."""
    items = [spec.item(fact_id) for fact_id in spec.ids("parts")]
    highlighted, planned = spec.ids("highlight"), spec.ids("planned")
    whole = max(sum((_most(item) for item in items), Decimal(0)), _most(total) if total else Decimal(0)) or Decimal(1)
    parts, start = [], Decimal(0)
    for number, item in enumerate(items, start=0 if total is None else 1):
        low = item.value.low if item.value.low is not None else Decimal(0)
        end = start + _most(item)
        parts.append(
            _Part(
                row=number,
                item=item,
                start=float(start / whole),
                certain=float(min(start + max(low, Decimal(0)), end) / whole),
                end=float(end / whole),
                colour="c1" if item.fact in highlighted or not highlighted else CONTEXT_COLOUR,
                planned=item.fact in planned,
                name=wrap(item.label, size, max(longest, longest_word_width(item.label, size))),
            )
        )
        start = end
    return parts


def _most(item: Item) -> Decimal:
    """The amount that a part is drawn with: its upper bound, or the lower one where the upper is open."""
    bound = item.value.high if item.value.high is not None else item.value.low
    return max(bound or Decimal(0), Decimal(0))


def _lying(parts: Sequence[_Part], total: Item | None, canvas: Canvas) -> tuple[list[Shape], float]:
    """The bar from left to right with the labels below it, and where they end."""
    size, width = canvas.text_size, canvas.width - 2
    shapes, top = _heading(total, parts, canvas, width)
    bottom = top + _THICKNESS
    for part in parts:
        left, certain, right = (1 + width * share for share in (part.start, part.certain, part.end))
        shapes += _segment(part, (left, top, right, bottom), (left, top, certain, bottom))
    widths = [part.width(size) for part in parts]
    lefts = spread([1 + width * part.middle for part in parts], widths, 0.0, canvas.width, gap=_SIDE_GAP)
    below = bottom + _LEADER["lying"]
    end = below
    for part, left, label_width in zip(parts, lefts, widths, strict=True):
        x, centre = 1 + width * part.middle, left + label_width / 2
        shapes.append(line(((x, bottom + 2), (x, bottom + 8), (centre, below - 7), (centre, below - 3)), stroke="muted"))
        shapes += text_block(part.name, centre, below, size, anchor="middle")
        value_top = below + text_height(part.name, size)
        shapes += text_block([part.item.short], centre, value_top, size, anchor="middle", bold=True)
        end = max(end, below + part.height(size))
    return shapes, end


def _upright(parts: Sequence[_Part], total: Item | None, canvas: Canvas) -> tuple[list[Shape], float]:
    """The bar from top to bottom with the labels at its right, and where they end."""
    size, thickness = canvas.text_size, _UPRIGHT[canvas.name]
    heights = [part.height(size) for part in parts]
    length = max(_HEIGHTS[canvas.name], fsum(heights) + _ROW_GAP * (len(parts) - 1))
    shapes, top = _heading(total, parts, canvas, thickness)
    for part in parts:
        upper, certain, lower = (top + length * share for share in (part.start, part.certain, part.end))
        shapes += _segment(part, (1, upper, thickness, lower), (1, upper, thickness, certain))
    tops = spread([top + length * part.middle for part in parts], heights, top, top + length, gap=_ROW_GAP)
    left = thickness + _LEADER["upright"]
    for part, label_top, height in zip(parts, tops, heights, strict=True):
        y, middle = top + length * part.middle, label_top + height / 2
        ends = ((thickness + 2, y), (thickness + 8, y), (left - 10, middle), (left - 4, middle))
        shapes.append(line(ends, stroke="muted"))
        shapes += text_block(part.name, left, label_top, size)
        shapes += text_block([part.item.short], left, label_top + text_height(part.name, size), size, bold=True)
    return shapes, top + length


def _heading(total: Item | None, parts: Sequence[_Part], canvas: Canvas, length: float) -> tuple[list[Shape], float]:
    """The total in words with a bracket over the bar, and where the bar begins."""
    if total is None:
        return [], 1.0
    size = canvas.text_size
    lines = wrap(f"{total.label} {total.short}", size, canvas.width, bold=True)
    top = text_height(lines, size) + 4
    bracket = line(((1, top + _BRACKET), (1, top), (1 + length, top), (1 + length, top + _BRACKET)), stroke="muted", row=0)
    if parts and parts[0].row and parts[-1].end * length < length - 1:  # the parts do not make up the whole
        end = 1 + length
        bracket = line(((1, top + _BRACKET), (1, top), (end, top), (end, top + _BRACKET)), stroke="muted", row=0, dashes=(4, 3))
    return [*text_block(lines, 0, 0, size, bold=True), bracket], top + _BRACKET + 3


def _segment(part: _Part, outer: tuple[float, float, float, float], inner: tuple[float, float, float, float]) -> list[Patch]:
    """A part of the bar: empty inside a dashed outline up to its upper bound, and filled up to what is certain."""
    style = status_style("announced" if part.planned else part.item.look)
    fill = part.colour if style.solid else f"{part.colour}-soft"
    shapes = []
    if outer != inner:
        shapes.append(rectangle(*outer, fill="paper", stroke=part.colour, dashes=(3, 3)))
    if inner[2] - inner[0] > 0 and inner[3] - inner[1] > 0:
        shapes.append(rectangle(*inner, fill=fill, stroke=part.colour, hatch=style.hatch, dashes=style.dashes))
        shapes.append(rectangle(*outer, stroke="paper", stroke_width=1.6))
    return tag_row(part.row, shapes)
