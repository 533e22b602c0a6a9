"""The wholes of a stack: each bar's label, its parts, and the total and the comparison that are written above it."""

from __future__ import annotations

from ..records.struct import Struct, replace
from .line_breaks import has_wide
from .resolved_spec import Item, ResolvedSpec
from .scene import Label, Shape, text_block, text_height
from .text_layout import block_width, text_width, wrap
from .theme import Canvas

_TOTAL_GAP = 6.0  # between the label of a bar, its total and a comparison


class Whole(Struct, frozen=True, kw_only=True):
    """A bar of its own among several: its label and its parts, whose first has this number in the table, and their total.

    A comparison says in brackets what the total comes to beside another.
    """

    label: str
    parts: tuple[Item, ...]
    first: int
    total: Item | None = None
    comparison: str = ""
    apart: bool = False  # from the bar before, with which it cannot be compared

    @property
    def heading(self) -> str:
        """The label with the total."""
        return f"{self.label} {self.total.short}" if self.total else self.label

    def written(self, canvas: Canvas, top: float) -> tuple[list[Shape], float]:
        """The label and, in bold beside or below it, the total; and where the bar begins."""
        size, total = canvas.text_size, self.total or (self.parts[0] if len(self.parts) == 1 else None)
        lines = wrap(self.label, size, canvas.width, bold=total is None)
        shapes, bottom = [*text_block(lines, 0, top, size, bold=total is None)], top + text_height(lines, size)
        if total is not None:
            after = block_width(lines[-1:], size) + _TOTAL_GAP
            beside = after + block_width((total.short,), size, bold=True) <= canvas.width
            x, y = (after, bottom - text_height(("",), size)) if beside else (0.0, bottom)
            [value] = text_block([total.short], x, y, size, bold=True)
            shapes.append(replace(value, follows=_TOTAL_GAP if beside else None))
            bottom += 0.0 if beside else text_height(("",), size)
            more, bottom = self._compared(canvas, x + block_width((total.short,), size, bold=True) + _TOTAL_GAP, bottom)
            shapes += more
        return [*shapes], bottom + 4

    def _compared(self, canvas: Canvas, x: float, bottom: float) -> tuple[list[Label], float]:
        """The comparison beside a total that ends before `x`, or below it; and where both end."""
        size, small = canvas.text_size, canvas.small_size
        if not self.comparison or x + text_width(self.comparison, small) <= canvas.width:
            top = bottom - text_height(("",), size) + size - small
            told = text_block([self.comparison] if self.comparison else [], x, top, small)
            gap = 0.0 if has_wide(self.comparison[:1]) else _TOTAL_GAP  # a bracket among ideographs has its own
            return [replace(label, follows=gap) for label in told], bottom
        lines = wrap(self.comparison, small, canvas.width)
        return text_block(lines, 0, bottom, small), bottom + text_height(lines, small)


def in_brackets(spec: ResolvedSpec, text: str) -> str:
    """A remark in the brackets of the language, if there is one."""
    return spec.noted("", text).strip()


def wholes(spec: ResolvedSpec) -> list[Whole]:
    """The bars of a specification that names several."""
    found, first = list[Whole](), 0
    for record in spec.records("rows"):
        facts = record.get("parts")
        parts = tuple(spec.item(str(fact)) for fact in facts) if isinstance(facts, tuple) else ()
        total = spec.item(str(record["total"])) if "total" in record else None
        found.append(
            Whole(
                label=spec.text_of(record, "label"),
                parts=parts,
                first=first,
                total=total,
                comparison=in_brackets(spec, spec.text_of(record, "comparison")),
                apart=record.get("apart") is True,
            )
        )
        first += len(parts)
    return found
