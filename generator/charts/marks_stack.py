"""Stack: the parts of a whole as one bar, each named below it; on a narrow canvas the bar stands, with the names beside it.

Several wholes are bars below each other on one scale.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from math import fsum

from ..records.struct import Struct, replace
from .hung_labels import HungLabel, hang_labels, write_labels
from .label_spread import spread
from .legend import with_legend
from .resolved_spec import Item, ResolvedSpec
from .scene import Bounds, Patch, Scene, Shape, line, tag_row, text_block, text_height
from .stack_wholes import Whole, in_brackets, wholes
from .stacking import clean_panel, ink_on, joined_rectangle
from .text_layout import longest_word_width, text_width, wrap
from .theme import CONTEXT_COLOUR, Canvas, StatusStyle, status_style

_THICKNESS, _SEVERAL = 46.0, 42.0  # of a bar as it lies, and as one of several
_UPRIGHT = {"wide": 120.0, "narrow": 72.0}  # as it stands
_HEIGHTS = {"wide": 250.0, "narrow": 220.0}  # of an upright bar, if its labels need no more
_LEADER = 30.0  # length of the lines from the parts of an upright bar to labels
_LONGEST_NAME = {"lying": 190.0, "upright": 230.0}
_ROW_GAP, _INDENT = 9.0, 6.0  # between labels below each other; from a line to its label
_COLUMN_GAP = 16.0  # between labels side by side
_BRACKET, _BESIDE = 7.0, 11.0  # the depth of a bracket, and what it takes beside a bar
_MOST_COVERED = 0.8  # of a hatched part by the label in it
_PALE = StatusStyle(dashes=(4, 3))  # of what is neither past nor planned, such as what is agreed but not yet owed
_RULE = 6.0  # from the room between bars to a rule in it
_SEAM = 1.6  # the width of a line between fully coloured parts
_MOST_LYING = 8  # parts of a bar that lies: the labels of more would hang too deep


class _Part(Struct, frozen=True, kw_only=True):
    """A part with its number in the table, its ends as shares of the bar, its certain end, its colour and its label."""

    row: int
    item: Item
    start: float
    certain: float
    end: float
    colour: str
    drawn_as: str  # a status of its own, though the fact has another; else empty
    name: tuple[str, ...]

    @property
    def middle(self) -> float:
        """The middle of the part as a share of the bar."""
        return (self.start + self.end) / 2

    @property
    def style(self) -> StatusStyle:
        """How it is drawn."""
        return _PALE if self.drawn_as == "pale" else status_style(self.drawn_as or self.item.look)

    def height(self, size: float) -> float:
        """The height of the label: the name, and the value below it."""
        return text_height((*self.name, self.item.short), size)


def stack(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    """The parts in one bar, and the total above it, if the specification names one; or several bars."""
    if several := wholes(spec):
        return _several(spec, several, canvas)
    total = spec.item(spec.choice("total", ""), emphasis=True) if "total" in spec.chart.options else None
    items = [spec.item(fact_id) for fact_id in spec.ids("parts")]
    size, first = canvas.text_size, 0 if total is None else 1
    compared = in_brackets(spec, spec.phrase("comparison"))
    head = Whole(label=total.label, parts=(), first=0, total=total, comparison=compared) if total else None
    whole = max(sum((_most(item) for item in items), Decimal(0)), _most(total) if total else Decimal(0))
    if not canvas.narrow and len(items) <= _MOST_LYING:
        parts = _parts(spec, items, whole, canvas.small_size, _LONGEST_NAME["lying"], first=first)
        shapes, bottom = _lying(parts, _heading(head, parts, canvas), canvas)
    else:
        longest = canvas.width - _UPRIGHT[canvas.name] - _LEADER - 8 - (_BESIDE if total else 0)
        parts = _parts(spec, items, whole, size, longest, first=first)
        shapes, bottom = _upright(parts, head, canvas)
    return with_legend(spec, [part.item for part in parts if not part.drawn_as], canvas, shapes, bottom)


def _several(spec: ResolvedSpec, several: Sequence[Whole], canvas: Canvas) -> Scene:
    """Bars below each other on one scale, each under its label."""
    size, shapes, top, drawn = canvas.small_size, list[Shape](), 0.0, list[_Part]()
    most = max((sum((_most(item) for item in whole.parts), Decimal(0)) for whole in several), default=Decimal(0))
    bars = [_parts(spec, whole.parts, most, size, _LONGEST_NAME["lying"], first=whole.first) for whole in several]
    hung = [
        label
        for parts in bars
        if len(parts) > 1 and not _beside(parts, canvas) and not _all_hang(parts, canvas)
        for label in _hung(parts, canvas, _SEVERAL)
    ]
    at_left = not all(label.fits_at_right(canvas.width) for label in hung)  # on one side of their lines below all bars
    for whole, parts in zip(several, bars, strict=True):
        if whole.apart and shapes:
            shapes.append(line(((0, top + _RULE), (canvas.width, top + _RULE)), stroke="grid"))
            top += 2 * _RULE
        head, named = whole.written(canvas, top), len(parts) > 1
        more, bottom = _lying(parts, head, canvas, _SEVERAL, named=named, beside=True, at_left=at_left)
        shapes += more
        drawn += parts
        top = bottom + 2 * _ROW_GAP
    return with_legend(spec, [part.item for part in drawn if not part.drawn_as], canvas, shapes, top - 2 * _ROW_GAP)


def _parts(
    spec: ResolvedSpec, items: Sequence[Item], whole: Decimal, size: float, longest: float, *, first: int
) -> list[_Part]:
    """The parts one after another as shares of the whole; the first has this number in the table."""
    highlighted = spec.ids("highlight")
    drawn_as = dict.fromkeys(spec.ids("planned"), "announced") | dict.fromkeys(spec.ids("pale"), "pale")
    parts, start, whole = list[_Part](), Decimal(0), whole or Decimal(1)
    for number, item in enumerate(items, start=first):
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
                drawn_as=drawn_as.get(item.fact or "", ""),
                name=wrap(item.label, size, max(longest, longest_word_width(item.label, size))),
            )
        )
        start = end
    return parts


def _most(item: Item) -> Decimal:
    """The amount that a part is drawn with: its upper bound, or the lower one where the upper is open."""
    bound = item.value.high if item.value.high is not None else item.value.low
    return max(bound or Decimal(0), Decimal(0))


def _lying(
    parts: Sequence[_Part],
    heading: tuple[Sequence[Shape], float],
    canvas: Canvas,
    thickness: float = _THICKNESS,
    *,
    named: bool = True,
    beside: bool = False,
    at_left: bool = False,
) -> tuple[list[Shape], float]:
    """A bar from left to right below a heading, which ends at a height; the labels stand in its parts or hang from them."""
    width, top = canvas.width - 2, heading[1]
    shapes, bottom = list(heading[0]), top + thickness
    for part in parts:
        left, certain, right = (1 + width * share for share in (part.start, part.certain, part.end))
        shapes += _segment(
            part, (left, top, right, bottom), (left, top, certain, bottom), "right" if part is not parts[-1] else ""
        )
    shapes += (
        line(((1 + width * share, top), (1 + width * share, bottom)), stroke="paper", stroke_width=_SEAM)
        for share in _seams(parts)
    )
    for part in parts if named else ():
        shapes += _inside(part, 1 + width * part.start, 1 + width * part.end, (top, thickness), canvas)
    if named and beside and (labels := _beside(parts, canvas, top)):
        return [*shapes, *labels], bottom
    if named and beside and _all_hang(parts, canvas):
        labels, end = write_labels(_hung(parts, canvas, thickness), bottom, canvas.width)
        return [*shapes, *labels], end
    hung = [replace(label, at_left=at_left) for label in _hung(parts, canvas, thickness)] if named else []
    labels, end = hang_labels(hung, bottom, canvas.width)
    return [*shapes, *labels], end


def _hung(parts: Sequence[_Part], canvas: Canvas, thickness: float) -> list[HungLabel]:
    """The labels of the parts that have no room for them."""
    width, size = canvas.width - 2, canvas.small_size  # as those inside
    hanging = [
        part for part in parts if not _inside(part, 1 + width * part.start, 1 + width * part.end, (0, thickness), canvas)
    ]
    return [HungLabel(name=part.name, value=part.item.short, x=1 + width * part.middle, size=size) for part in hanging]


def _beside(parts: Sequence[_Part], canvas: Canvas, top: float = 0.0) -> list[Shape]:
    """The label without room in its part, right of the bar; none if that is unclear or too narrow."""
    hung, size = _hung(parts, canvas, _SEVERAL), canvas.small_size
    last = [1 + (canvas.width - 2) * part.middle for part in parts[len(parts) - len(hung) :]]
    if len(hung) != 1 or last != [label.x for label in hung]:  # beside another label, whose it is would be unclear
        return []
    shapes, x = list[Shape](), 1 + (canvas.width - 2) * parts[-1].end + 2 * _INDENT
    for label in (replace(one, size=size) for one in hung):
        upper = top + (_SEVERAL - label.height) / 2
        shapes += text_block(label.name, x, upper, size)
        shapes += text_block([label.value], x, upper + text_height(label.name, size), size, bold=True)
        x += label.width + _COLUMN_GAP
        if label.height > _SEVERAL or x - _COLUMN_GAP > canvas.width:
            return []
    return shapes


def _all_hang(parts: Sequence[_Part], canvas: Canvas) -> bool:
    """Whether no part of a bar on a narrow canvas has room for its label: lines to all of them would be hard to follow."""
    return canvas.narrow and len(_hung(parts, canvas, _SEVERAL)) == len(parts) > 1


def _inside(part: _Part, left: float, right: float, upright: tuple[float, float], canvas: Canvas) -> list[Shape]:
    """The name and the value in a part that has room for both; `upright` are the upper edge of the bar and its thickness.

    In a hatched part they stand on its colour, and enough of the hatch is left beside them: else it would look filled.
    """
    size, (top, thickness) = canvas.small_size, upright
    empty = part.certain <= part.start
    hatched = bool(part.style.hatch) and not empty
    width = max(text_width(part.item.label, size), text_width(part.item.short, size, bold=True))
    height = 2 * text_height(("",), size)
    if hatched and width + 2 * _INDENT > (right - left) * _MOST_COVERED:
        return []
    if part.start < part.certain < part.end or width + 3 * _INDENT > right - left or height > thickness:
        return []
    x, upper = left + 1.5 * _INDENT, top + (thickness - height) / 2
    ink = ink_on(part.colour) if part.style.solid and not empty else "ink"
    back = [clean_panel(left + 1.2, top + 1, x + width + _INDENT, top + thickness - 1, part.colour)] if hatched else []
    return [
        *back,
        *text_block([part.item.label], x, upper, size, colour=ink),
        *text_block([part.item.short], x, upper + height / 2, size, colour=ink, bold=True),
    ]


def _upright(parts: Sequence[_Part], head: Whole | None, canvas: Canvas) -> tuple[list[Shape], float]:
    """The bar from top to bottom with the labels at its right, and where they end; a bracket along it is for the total."""
    size, start = canvas.text_size, _BESIDE if head else 0.0
    thickness = start + _UPRIGHT[canvas.name]
    heights = [part.height(size) for part in parts]
    length = max(_HEIGHTS[canvas.name], fsum(heights) + _ROW_GAP * (len(parts) - 1))
    shapes, top = head.written(canvas, 0) if head else ([], 1.0)
    if head:
        shapes += (replace(one, points=tuple((y, top + x) for x, y in one.points)) for one in _bracket(parts, 0, length))
    for part in parts:
        upper, certain, lower = (top + length * share for share in (part.start, part.certain, part.end))
        outer, inner = (start + 1, upper, thickness, lower), (start + 1, upper, thickness, certain)
        shapes += _segment(part, outer, inner, "bottom" if part is not parts[-1] else "")
    shapes += (
        line(((start + 1, top + length * share), (thickness, top + length * share)), stroke="paper", stroke_width=_SEAM)
        for share in _seams(parts)
    )
    lowest = top + length + heights[-1]  # where labels of small parts at the end leave the others beside theirs
    tops = spread([top + length * part.middle for part in parts], heights, top, lowest, gap=_ROW_GAP)
    left = thickness + _LEADER
    for part, label_top, height in zip(parts, tops, heights, strict=True):
        y, middle = top + length * part.middle, label_top + height / 2
        ends = ((thickness + 2, y), (thickness + 8, y), (left - 10, middle), (left - 4, middle))
        shapes.append(line(ends, stroke="muted"))
        shapes += text_block(part.name, left, label_top, size)
        shapes += text_block([part.item.short], left, label_top + text_height(part.name, size), size, bold=True)
    return shapes, max(top + length, *(label_top + height for label_top, height in zip(tops, heights, strict=True)))


def _heading(head: Whole | None, parts: Sequence[_Part], canvas: Canvas) -> tuple[list[Shape], float]:
    """The total in words with a bracket over a bar across the canvas, and where the bar begins."""
    if head is None:
        return [], 1.0
    shapes, top = head.written(canvas, 0)
    brackets = (replace(one, points=tuple((x, top + y) for x, y in one.points)) for one in _bracket(parts, 1, canvas.width - 2))
    return [*shapes, *brackets], top + _BRACKET + 3


def _bracket(parts: Sequence[_Part], start: float, length: float) -> Iterator[Patch]:
    """The bracket of the total along a bar that lies: dashed where no part is certain."""
    known = start + length * max((part.certain for part in parts if part.certain > part.start), default=0.0)
    end = start + length
    if known > end - 1:
        yield line(((start, _BRACKET), (start, 1), (end, 1), (end, _BRACKET)), stroke="muted", row=0)
        return
    yield line(((start, _BRACKET), (start, 1), (known, 1)), stroke="muted", row=0)
    yield line(((known, 1), (end, 1), (end, _BRACKET)), stroke="muted", row=0, dashes=(4, 3))


def _seams(parts: Sequence[_Part]) -> list[float]:
    """Where fully coloured parts meet, as shares of the bar: there lines in the colour of the background set them apart."""
    return [after.start for before, after in pairwise(parts) if before.style.solid and after.style.solid]


def _segment(part: _Part, outer: Bounds, inner: Bounds, joined: str) -> list[Patch]:
    """A part of the bar: empty inside a dashed outline up to its upper bound, and filled up to what is certain.

    Hatched and pale parts are set apart by their outlines. One that is joined to another on a side leaves that edge to it.
    """
    style = part.style
    inner = outer if part.drawn_as == "pale" else inner  # what is dashed and pale is not certain up to any amount
    fill = part.colour if style.solid else f"{part.colour}-soft"
    shapes = list[Patch]()
    if outer != inner:
        shapes += joined_rectangle(outer, joined, fill="paper", stroke=part.colour, dashes=(3, 3))
    if inner[2] - inner[0] > 0 and inner[3] - inner[1] > 0:
        shapes += joined_rectangle(
            inner, joined if outer == inner else "", fill=fill, stroke=part.colour, hatch=style.hatch, dashes=style.dashes
        )
    return tag_row(part.row, shapes)
