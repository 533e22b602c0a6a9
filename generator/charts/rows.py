"""Charts made of rows: labels beside the marks, or above them where space is narrow, and values at the marks' ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from ..model.report import Unit
from .glyphs import ARROW, TORN
from .resolved_spec import Item, ResolvedSpec
from .scales import Scale, ticks
from .scene import LEADING, Label, Shape, height_of, line, lines_of
from .theme import Format
from .typeset import firm, longest_word, measure, widest, wrap

_COLUMN, _LEAST, _GAP = 0.34, 0.1, 10.0
_VALUE_SHARE = 0.46
_SHORTEST = 4.0
_TOLD = 3  # ticks, zero among them
_CLEAR = 4.0  # between a line and a word that it would otherwise touch
BESIDE = 7.0  # between a mark and its value


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """The place of one row: its label's lines, and the top and middle of its mark."""

    lines: tuple[str, ...]
    bold: bool
    top: float
    mark: float
    middle: float
    bottom: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """All rows, and where the plot beside their labels begins."""

    bands: tuple[Band, ...]
    left: float
    top: float
    bottom: float
    form: Format

    def labels(self) -> list[Label]:
        """The rows' labels: at the right of their column, or above the marks."""
        found: list[Label] = []
        size = self.form.text
        for band in self.bands:
            if self.form.narrow:
                found += lines_of(band.lines, 0, band.top, size, bold=band.bold)
            else:
                top = band.middle - height_of(band.lines, size) / 2
                found += lines_of(band.lines, self.left - 10, top, size, anchor="end", bold=band.bold)
        return found


def lay_rows(
    labels: Sequence[tuple[str, bool]],
    form: Format,
    *,
    top: float = 3.0,
    thickness: float = 22.0,
    values: Sequence[tuple[str, ...]] = (),
) -> Grid:
    """Places for rows with these labels (text, bold) and values (already in lines)."""
    size = form.text
    if form.narrow:
        left = 1.0
        limit = form.width
    else:
        natural = max((measure(text, size, bold=bold) for text, bold in labels), default=0.0)
        word = max((longest_word(text, size, bold=bold) for text, bold in labels), default=0.0)
        limit = max(min(natural, form.width * _COLUMN), min(word, form.width * 0.45)) + 1
        left = limit + 10
    bands = []
    y = top
    for number, (text, bold) in enumerate(labels):
        lines = wrap(text, size, limit, bold=bold)
        value_lines = values[number] if number < len(values) else ("",)
        mark = max(thickness, height_of(value_lines, size))
        above = height_of(lines, size) + 3 if form.narrow else 0.0
        tall = above + (mark if form.narrow else max(mark, height_of(lines, size)))
        middle = y + above + mark / 2 if form.narrow else y + tall / 2
        bands.append(Band(lines=lines, bold=bold, top=y, mark=middle - mark / 2, middle=middle, bottom=y + tall))
        y += tall + _GAP
    return Grid(bands=tuple(bands), left=left, top=top, bottom=y - _GAP, form=form)


def value_lines(item: Item, form: Format, *, bold: bool = False) -> tuple[str, ...]:
    """A value beside its mark, broken only where it would leave the mark no space, and never after a digit."""
    return wrap(firm(item.short), form.text, form.width * _VALUE_SHARE, bold=bold)


def fit(
    grid: Grid,
    low: Decimal,
    high: Decimal,
    items: Sequence[tuple[Item, float]],
    *,
    log: bool = False,
    left: float | None = None,
    past: Decimal | None = None,
) -> Scale:
    """The widest scale that leaves every mark the room its value needs at its right, beyond `past` if that is farther."""
    start = grid.left if left is None else left
    unit = Scale(low=low, high=high, start=0.0, end=1.0, log=log)
    end = grid.form.width - 1
    for item, room in items:
        far = item.value.high if item.value.high is not None else item.value.low
        part = unit.at(max(far, low, past or low)) if far is not None else 0.0
        beyond = ARROW if item.value.high is None else TORN
        if part > 0:
            end = min(end, start + (grid.form.width - 1 - start - room - beyond) / part)
    return Scale(low=low, high=high, start=start, end=max(end, start + grid.form.width * _LEAST), log=log)


def values_at(places: Sequence[tuple[tuple[str, ...], float, float, bool]], form: Format, *, left: bool = False) -> list[Label]:
    """Values at the right of their marks, or the left: lines, x, middle, bold."""
    found: list[Label] = []
    for lines, x, middle, bold in places:
        top = middle - height_of(lines, form.text) / 2
        at = x - BESIDE if left else x + BESIDE
        found += lines_of(lines, at, top, form.text, anchor="end" if left else "start", bold=bold)
    return found


def baselines(grid: Grid, x: float) -> list[Shape]:
    """The line that bars start from; cut where labels stand between the bars."""
    if grid.form.narrow:
        return [line(((x, band.mark - 1), (x, band.bottom + 3)), edge="muted", weight=1.4) for band in grid.bands]
    return [line(((x, grid.top - 3), (x, grid.bottom + 3)), edge="muted", weight=1.4)]


def axis(
    brief: ResolvedSpec,
    grid: Grid,
    scale: Scale,
    unit: Unit,
    amounts: Sequence[Decimal],
    *,
    note: str = "",
    words: Sequence[Label] = (),
) -> tuple[list[Shape], float]:
    """Vertical grid lines, open where words stand, with as many amounts below as fit side by side; and the height taken."""
    form = grid.form
    worded = {amount: brief.tick(amount, unit) for amount in amounts}
    strides = (amounts[::stride] for stride in range(1, len(amounts)))
    listed = next((some for some in strides if _apart([(scale.at(one), worded[one]) for one in some], form)), amounts[:1])
    shapes: list[Shape] = []
    top, end = (grid.bottom + 5, grid.bottom + 9) if form.narrow else (grid.top - 2, grid.bottom + 5)
    if form.narrow:
        shapes.append(line(((scale.start, top), (scale.end, top)), edge="muted", weight=1))
    for amount in listed:
        x = scale.at(amount)
        half = measure(worded[amount], form.small) / 2
        ink = "muted" if form.narrow else "grid"
        shapes += [line(((x, start), (x, stop)), edge=ink, weight=1) for start, stop in clear_of(words, x, top, end)]
        middle = min(max(x, half), form.width - half)
        shapes.append(
            Label(x=middle, y=end + 2 + form.small, text=worded[amount], size=form.small, ink="muted", anchor="middle")
        )
    height = end + 2 - grid.bottom + form.small * LEADING
    if note:
        left = 0.0 if form.narrow else scale.start
        lines = wrap(note, form.small, form.width - left)
        shapes += lines_of(lines, left, grid.bottom + height + 4, form.small, ink="muted")
        height += height_of(lines, form.small) + 4
    return shapes, height


def linear_amounts(low: Decimal, high: Decimal, form: Format) -> list[Decimal]:
    """The ticks of a linear scale."""
    return ticks(low, high, 3 if form.narrow else 5)


def inner_amounts(low: Decimal, high: Decimal, form: Format) -> list[Decimal]:
    """Ticks that do not pass the ends of a linear scale, as many as tell its measure."""
    for about in range(3 if form.narrow else 5, 11):
        found = [amount for amount in ticks(low, high, about) if low <= amount <= high]
        if len(found) >= _TOLD:
            break
    return found


def room_for(lines: tuple[str, ...], size: float, *, bold: bool = False) -> float:
    """What a value takes beside its mark."""
    return widest(lines, size, bold=bold) + BESIDE


def past(start: float, room: float, x: float) -> float:
    """Where a value of this width begins: past a vertical line that would run through it or touch it."""
    return max(x, start) if x < start + room + _CLEAR else start


def plumb(x: float, grid: Grid, labels: Sequence[Label], rows: tuple[int, int], ink: str) -> list[Shape]:
    """A dashed line from above one row down to the mark of another, open where words stand."""
    first, last = rows
    edges = [grid.top, *(band.bottom for band in grid.bands[:last]), grid.bands[last].middle]
    return [
        line(((x, top), (x, end)), edge=ink, weight=1.4, dashes=(4, 3))
        for top, end in clear_of(labels, x, edges[first], edges[-1])
    ]


def clear_of(labels: Sequence[Label], x: float, top: float, end: float) -> Iterator[tuple[float, float]]:
    """The stretches of a vertical line that run through no words, those left out that are too short to be seen as a line."""
    met = sorted((high - 3, low + 3) for left, high, right, low in (label.box for label in labels) if left - 3 < x < right + 3)
    for high, low in [*met, (end, end)]:
        if min(high, end) - top > _SHORTEST:
            yield top, min(high, end)
        top = max(top, low)


def _apart(labels: Sequence[tuple[float, str]], form: Format) -> bool:
    """Whether labels centred on these places, but kept inside, leave gaps between them."""
    spans = []
    for x, text in sorted(labels):
        half = measure(text, form.small) / 2
        middle = min(max(x, half), form.width - half)
        spans.append((middle - half, middle + half))
    return all(right + 8 < left for (_, right), (left, _) in pairwise(spans))
