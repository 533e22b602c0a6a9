"""A sequential scale of colours in steps of equal width between round amounts, and its key."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ..model.units import Unit
from ..records.struct import Struct
from .resolved_spec import Item, ResolvedSpec
from .scales import domain, ticks
from .scene import Label, Shape, rectangle
from .text_layout import text_width
from .theme import STEP_COLOURS, Canvas

_LIGHT_STEPS = 3  # on these, text is in the colour of ink; on the others, in that of the background
_BOX = 10.0  # height of a step in the key


class ColourSteps(Struct, frozen=True, kw_only=True):
    """The edges of the steps in rising order, one more than steps, and the unit in which they are worded."""

    edges: tuple[Decimal, ...]
    unit: Unit

    def step(self, amount: Decimal) -> int:
        """The number of the step that an amount falls into; an edge belongs to the step above it."""
        inner = self.edges[1:-1]
        return sum(amount >= edge for edge in inner)

    def colour(self, step: int) -> str:
        """The colour of a step; few steps are spread over all colours."""
        count = len(self.edges) - 1
        return STEP_COLOURS[round(step * (len(STEP_COLOURS) - 1) / max(count - 1, 1))]

    def style(self, amount: Decimal) -> tuple[str, str]:
        """The fill of an amount, and the colour of text on it."""
        fill = self.colour(self.step(amount))
        return fill, "ink" if STEP_COLOURS.index(fill) < _LIGHT_STEPS else "paper"


def colour_steps(items: Sequence[Item]) -> ColourSteps:
    """At most as many steps as there are colours, over all items."""
    low, high = domain([item.size for item in items], zero=False)
    about = len(STEP_COLOURS)
    while len(found := ticks(low, high, about)) > len(STEP_COLOURS) + 1 and about > 1:
        about -= 1
    return ColourSteps(edges=tuple(found), unit=items[0].unit)


def steps_key(spec: ResolvedSpec, steps: ColourSteps, canvas: Canvas) -> tuple[list[Shape], float]:
    """A row of boxes with the amounts between them, and the height that it takes."""
    size = canvas.small_size
    texts = [spec.tick(edge, steps.unit) for edge in steps.edges]
    width = max(max(text_width(text, size) for text in texts) + 10, 44.0)
    count = len(steps.edges) - 1
    left = text_width(texts[0], size) / 2
    width = min(width, (canvas.width - left - text_width(texts[-1], size) / 2) / count)
    shapes: list[Shape] = []
    for step in range(count):
        x = left + width * step
        shapes.append(rectangle(x, 0, x + width - 1, _BOX, fill=steps.colour(step), stroke="muted", stroke_width=0.5))
    shown = [number for number in range(count + 1) if _fits(texts, width, size) or number in (0, count)]
    for number in shown:
        x = left + width * number
        shapes.append(Label(x=x, y=_BOX + 3 + size, text=texts[number], size=size, colour="muted", anchor="middle"))
    return shapes, _BOX + size * 1.32 + 14


def _fits(texts: Sequence[str], width: float, size: float) -> bool:
    return max(text_width(text, size) for text in texts) + 4 <= width
