"""Flows: a Sankey diagram of two columns, payers and payees, with bands as thick as the amounts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .legend import SYMBOL_WIDTH, status_legend
from .resolved_spec import Item, ResolvedSpec
from .scene import XY, Patch, Scene, Shape, curve, curved_band, line, rectangle, tag_row, text_block, text_height
from .text_layout import bind_to_digits, block_width, longest_word_width, wrap, wrap_name
from .theme import SERIES_COLOURS, Canvas, status_style
from .value_marks import AT_LEAST, AT_MOST, RANGE

_HAIR = 1.0  # the least thickness that can be seen

_VALUE, _WAY = 0.24, 0.2  # shares of the width: a value in lines, and the way from payer to payee

_OPEN = 4.0  # room below a band that may be thicker by no one knows how much


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A payment from one name to another."""

    source: str
    target: str
    item: Item


@dataclass(frozen=True, slots=True, kw_only=True)
class _Slot:
    """Room for one end of a link and its words: its top and height; and where the band itself begins."""

    top: float
    tall: float
    band: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Side:
    """The parties of one column in order, with their names in lines, and the words of every link, if they stand here."""

    paying: bool
    order: list[str]
    names: Mapping[str, tuple[str, ...]]
    values: list[tuple[str, ...]]
    size: float

    def named(self) -> float:
        """The width of the longest name."""
        return max(block_width(lines, self.size, bold=True) for lines in self.names.values())

    def party(self, link: Link) -> str:
        """Whose end of a link stands on this side."""
        return link.source if self.paying else link.target


def links(spec: ResolvedSpec) -> list[Link]:
    """The links of a spec, worded."""
    return [
        Link(
            source=spec.texts.name(str(one["from"])),
            target=spec.texts.name(str(one["to"])),
            item=spec.item(str(one["fact"]), spec.text_of(one, "label")),
        )
        for one in spec.records("links")
    ]


def flows(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    """Payers on the left, payees on the right, bands and their ends as thick as the amounts; all words outside the bands."""
    found = links(spec)
    largest = max(_most(link.item) for link in found)
    thick = [max(_most(link.item) / largest * (60.0 if canvas.narrow else 72.0), _HAIR) for link in found]
    payees = _side(found, canvas, paying=False)
    x1 = canvas.width - payees.named() - 14
    for limit in (canvas.width, canvas.width * _VALUE):  # values in one line each, if that leaves the bands a way to go
        payers = _side(found, canvas, paying=True, limit=limit)
        valued = max(block_width(lines, canvas.small_size) for lines in payers.values)
        x0 = max(payers.named(), valued + 7) if canvas.narrow else payers.named() + valued + 22
        if x1 - x0 >= canvas.width * _WAY:
            break
    height = max(_slots(found, thick, payers, above=canvas.narrow)[1], _slots(found, thick, payees)[1])
    left, right = (
        _slots(found, thick, payers, above=canvas.narrow, height=height)[0],
        _slots(found, thick, payees, height=height)[0],
    )
    shapes: list[Shape] = []
    for number, (link, slot, end) in enumerate(zip(found, left, right, strict=True)):
        colour = SERIES_COLOURS[payers.order.index(link.source) % len(SERIES_COLOURS)]
        shapes += tag_row(number, _band(link.item, (x0 + 5, slot.band), (x1 - 5, end.band), thick[number], colour))
        lines = payers.values[number]
        top = slot.top + (slot.tall - text_height(lines, canvas.small_size)) / 2
        shapes += text_block(lines, x0 - 7, top, canvas.small_size, anchor="end", colour="muted")
    shapes += _nodes(found, thick, payers, left, x=x0, text_x=0.0, above=canvas.narrow)
    shapes += _nodes(found, thick, payees, right, x=x1 - 5, text_x=x1 + 9)
    found_key, more = status_legend(spec, [link.item for link in found], canvas, height + 14, symbols=_SIGNS)
    return Scene(width=canvas.width, height=height + 6 + (more + 8 if more else 0), shapes=(*shapes, *found_key))


def _side(found: list[Link], canvas: Canvas, *, paying: bool, limit: float = 0.0) -> _Side:
    """One column; the values stand with the payers, in lines within a limit."""
    size, share = (canvas.small_size, 0.28) if canvas.narrow else (canvas.text_size, 0.2)
    order = list(dict.fromkeys(link.source for link in found)) if paying else _ordered(found)
    said = [bind_to_digits(link.item.short) for link in found]
    return _Side(
        paying=paying,
        order=order,
        names={name: wrap_name(name, size, canvas.width * share, bold=True) for name in order},
        values=[
            wrap(text, canvas.small_size, max(limit, longest_word_width(text, canvas.small_size))) if paying else ()
            for text in said
        ],
        size=size,
    )


def _band(item: Item, start: XY, end: XY, thickness: float, colour: str) -> Iterator[Patch]:
    """The certain part in its look, what may be added to it empty and dashed: so much, or below a lower bound no one knows."""
    style = status_style(item.status)
    low, high = item.value.low, item.value.high
    certain = thickness if high is None or low == high else thickness * float((low or 0) / high)
    if certain < thickness:
        lower = [(x, y + certain) for x, y in (start, end)]
        yield curved_band(lower[0], lower[1], thickness - certain, fill="paper", stroke=colour, stroke_width=1, dashes=(3, 3))
    if certain:
        fill = colour if style.solid else f"{colour}-soft"
        yield curved_band(start, end, certain, fill=fill, stroke=colour, stroke_width=1, hatch=style.hatch, dashes=style.dashes)
    if high is None:
        yield curve(*((x, y + thickness + _OPEN - 1) for x, y in (start, end)), stroke=colour, stroke_width=1, dashes=(3, 3))


def _range_sign(x: float, middle: float) -> Iterator[Patch]:
    yield rectangle(x, middle, x + SYMBOL_WIDTH, middle + 6, fill="paper", stroke="muted", dashes=(3, 3))
    yield rectangle(x, middle - 6, x + SYMBOL_WIDTH, middle, fill="c6-soft", stroke="muted")


def _least_sign(x: float, middle: float) -> Iterator[Patch]:
    yield rectangle(x, middle - 6, x + SYMBOL_WIDTH, middle + 2, fill="c6-soft", stroke="muted")
    yield line(((x, middle + 5), (x + SYMBOL_WIDTH, middle + 5)), stroke="muted", dashes=(3, 3))


def _most_sign(x: float, middle: float) -> Iterator[Patch]:
    yield rectangle(x, middle - 6, x + SYMBOL_WIDTH, middle + 6, fill="paper", stroke="muted", dashes=(3, 3))


_SIGNS = {RANGE: _range_sign, AT_LEAST: _least_sign, AT_MOST: _most_sign}


def _nodes(
    found: list[Link], thick: list[float], side: _Side, slots: list[_Slot], *, x: float, text_x: float, above: bool = False
) -> Iterator[Shape]:
    """A name for every party of one side, and a bar that is as long as its bands are thick, tied where it is parted."""
    for name in side.order:
        own = [number for number, link in enumerate(found) if side.party(link) == name]
        first, last = slots[own[0]], slots[own[-1]]
        yield line(((x + 2.5, first.band), (x + 2.5, last.band + thick[own[-1]])), stroke="muted", stroke_width=1)
        for number in own:
            yield rectangle(x, slots[number].band, x + 5, slots[number].band + thick[number], fill="muted")
        tall = text_height(side.names[name], side.size)
        at = first.top - tall if above else (first.top + last.top + last.tall - tall) / 2
        yield from text_block(side.names[name], text_x, at, side.size, bold=True)


def _slots(
    found: list[Link], thick: list[float], side: _Side, *, above: bool = False, height: float = 0.0
) -> tuple[list[_Slot], float]:
    """A place for every end, grouped by party, with room for its words, down to this height; and the least height.

    The names are beside, or above in a narrow place.
    """
    slots: dict[int, _Slot] = {}
    y, between = 0.0, 9.0
    if height and len(side.order) > 1:
        between += (height - _slots(found, thick, side, above=above)[1]) / (len(side.order) - 1)
    for name in side.order:
        own = [number for number, link in enumerate(found) if side.party(link) == name]
        bands = [thick[number] + (_OPEN if found[number].item.value.high is None else 0) for number in own]
        words = [text_height(side.values[number], side.size) for number in own]
        talls = [max(band + 3, word) if word else band for band, word in zip(bands, words, strict=True)]
        named = text_height(side.names[name], side.size)
        spare = 0.0 if above else max(0.0, named - sum(talls)) / 2
        y += named if above else 0.0
        for number, band, tall in zip(own, bands, talls, strict=True):
            before, after = spare * (number == own[0]), spare * (number == own[-1])
            slots[number] = _Slot(top=y, tall=before + tall + after, band=y + before + (tall - band) / 2)
            y += before + tall + after
        y += between
    return [slots[number] for number in range(len(found))], y - between


def _ordered(found: list[Link]) -> list[str]:
    """Payees in the order of their payers, so that bands cross little."""
    places: dict[str, list[int]] = {}
    for number, link in enumerate(found):
        places.setdefault(link.target, []).append(number)
    return sorted(places, key=lambda name: sum(places[name]) / len(places[name]))


def _most(item: Item) -> float:
    end = item.value.high if item.value.high is not None else item.value.low
    return float(end or 0)
