"""Who belongs to whom and who pays whom: a tree of boxes, and bands between two columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .glyphs import AT_LEAST, AT_MOST, RANGE, key
from .legend import SIGN
from .resolved_spec import Item, ResolvedSpec
from .scene import XY, Patch, Scene, Shape, box, height_of, line, lines_of, ribbon, thread, told
from .theme import SERIES_INKS, Format, look
from .typeset import firm, longest_word, widest, wrap, wrap_name

_ABREAST = 5  # more boxes do not fit side by side
_PAD, _GAP, _STEM = 10.0, 14.0, 22.0
_HAIR = 1.0  # the least thickness that can be seen
_VALUE, _WAY = 0.24, 0.2  # shares of the width: a value in lines, and the way from payer to payee
_OPEN = 4.0  # room below a band that may be thicker by no one knows how much


def organisation(brief: ResolvedSpec, form: Format) -> Scene:
    """The root above its branches; where they would be cramped, the branches below each other."""
    root, nodes = brief.record("root"), brief.records("nodes")
    beside = not form.narrow and len(nodes) <= _ABREAST
    wide = (form.width - 2 - _GAP * (len(nodes) - 1)) / len(nodes) if beside else form.width - 2 - _STEM
    root_wide = min(form.width - 2, 380.0) if beside else form.width - 2
    root_left = (form.width - root_wide) / 2 if beside else 1.0
    shapes, bottom = _card(brief, root, form, "c1", left=root_left, top=1.0, wide=root_wide)
    if beside:
        tall = max(_card(brief, node, form, "c6", left=0, top=0, wide=wide)[1] for node in nodes)
        rail, top = bottom + _STEM / 2, bottom + _STEM
        lefts = [1 + number * (wide + _GAP) for number in range(len(nodes))]
        shapes.append(line(((form.width / 2, bottom), (form.width / 2, rail)), edge="muted"))
        shapes.append(line(((lefts[0] + wide / 2, rail), (lefts[-1] + wide / 2, rail)), edge="muted"))
        for node, left in zip(nodes, lefts, strict=True):
            shapes.append(line(((left + wide / 2, rail), (left + wide / 2, top)), edge="muted"))
            shapes += _card(brief, node, form, "c6", left=left, top=top, wide=wide, tall=tall)[0]
        return Scene(width=form.width, height=top + tall + 1, shapes=tuple(shapes))
    rail, y = 1 + _STEM / 2, bottom
    for node in nodes:
        found, end = _card(brief, node, form, "c6", left=1 + _STEM, top=y + _GAP, wide=wide)
        middle = (y + _GAP + end) / 2
        shapes += [line(((rail, middle), (1 + _STEM, middle)), edge="muted"), *found]
        y = end
    if nodes:
        shapes.append(line(((rail, bottom), (rail, middle)), edge="muted"))
    return Scene(width=form.width, height=y + 1, shapes=tuple(shapes))


def _card(
    brief: ResolvedSpec,
    node: Mapping[str, object],
    form: Format,
    ink: str,
    *,
    left: float,
    top: float,
    wide: float,
    tall: float = 0.0,
) -> tuple[list[Shape], float]:
    """A box with a name and a note, at least so tall; and its bottom."""
    limit = wide - 2 * _PAD
    name = wrap(brief.text_of(node, "label"), form.text, limit, bold=True)
    note = wrap(brief.text_of(node, "note"), form.small, limit) if "note" in node else ()
    words = height_of(name, form.text) + height_of(note, form.small)
    bottom = top + max(tall, 2 * _PAD + words)
    middle, y = left + wide / 2, (top + bottom - words) / 2 - 1
    shapes: list[Shape] = [box(left, top, left + wide, bottom, fill=f"{ink}-soft", edge=ink)]
    shapes += lines_of(name, middle, y, form.text, anchor="middle", bold=True)
    shapes += lines_of(note, middle, y + height_of(name, form.text), form.small, anchor="middle")
    return shapes, bottom


# --- flows ---------------------------------------------------------------------------------------


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
        return max(widest(lines, self.size, bold=True) for lines in self.names.values())

    def party(self, link: Link) -> str:
        """Whose end of a link stands on this side."""
        return link.source if self.paying else link.target


def links(brief: ResolvedSpec) -> list[Link]:
    """The links of a spec, worded."""
    return [
        Link(
            source=brief.texts.name(str(one["from"])),
            target=brief.texts.name(str(one["to"])),
            item=brief.item(str(one["fact"]), brief.text_of(one, "label")),
        )
        for one in brief.records("links")
    ]


def flows(brief: ResolvedSpec, form: Format) -> Scene:
    """Payers on the left, payees on the right, bands and their ends as thick as the amounts; all words outside the bands."""
    found = links(brief)
    largest = max(_most(link.item) for link in found)
    thick = [max(_most(link.item) / largest * (60.0 if form.narrow else 72.0), _HAIR) for link in found]
    payees = _side(found, form, paying=False)
    x1 = form.width - payees.named() - 14
    for limit in (form.width, form.width * _VALUE):  # values in one line each, if that leaves the bands a way to go
        payers = _side(found, form, paying=True, limit=limit)
        valued = max(widest(lines, form.small) for lines in payers.values)
        x0 = max(payers.named(), valued + 7) if form.narrow else payers.named() + valued + 22
        if x1 - x0 >= form.width * _WAY:
            break
    height = max(_slots(found, thick, payers, above=form.narrow)[1], _slots(found, thick, payees)[1])
    left, right = (
        _slots(found, thick, payers, above=form.narrow, height=height)[0],
        _slots(found, thick, payees, height=height)[0],
    )
    shapes: list[Shape] = []
    for number, (link, slot, end) in enumerate(zip(found, left, right, strict=True)):
        ink = SERIES_INKS[payers.order.index(link.source) % len(SERIES_INKS)]
        shapes += told(number, _band(link.item, (x0 + 5, slot.band), (x1 - 5, end.band), thick[number], ink))
        lines = payers.values[number]
        top = slot.top + (slot.tall - height_of(lines, form.small)) / 2
        shapes += lines_of(lines, x0 - 7, top, form.small, anchor="end", ink="muted")
    shapes += _nodes(found, thick, payers, left, x=x0, text_x=0.0, above=form.narrow)
    shapes += _nodes(found, thick, payees, right, x=x1 - 5, text_x=x1 + 9)
    found_key, more = key(brief, [link.item for link in found], form, height + 14, signs=_SIGNS)
    return Scene(width=form.width, height=height + 6 + (more + 8 if more else 0), shapes=(*shapes, *found_key))


def _side(found: list[Link], form: Format, *, paying: bool, limit: float = 0.0) -> _Side:
    """One column; the values stand with the payers, in lines within a limit."""
    size, share = (form.small, 0.28) if form.narrow else (form.text, 0.2)
    order = list(dict.fromkeys(link.source for link in found)) if paying else _ordered(found)
    said = [firm(link.item.short) for link in found]
    return _Side(
        paying=paying,
        order=order,
        names={name: wrap_name(name, size, form.width * share, bold=True) for name in order},
        values=[wrap(text, form.small, max(limit, longest_word(text, form.small))) if paying else () for text in said],
        size=size,
    )


def _band(item: Item, start: XY, end: XY, thickness: float, ink: str) -> Iterator[Patch]:
    """The certain part in its look, what may be added to it empty and dashed: so much, or below a lower bound no one knows."""
    look_ = look(item.status)
    low, high = item.value.low, item.value.high
    certain = thickness if high is None or low == high else thickness * float((low or 0) / high)
    if certain < thickness:
        lower = [(x, y + certain) for x, y in (start, end)]
        yield ribbon(lower[0], lower[1], thickness - certain, fill="paper", edge=ink, weight=1, dashes=(3, 3))
    if certain:
        fill = ink if look_.solid else f"{ink}-soft"
        yield ribbon(start, end, certain, fill=fill, edge=ink, weight=1, hatch=look_.hatch, dashes=look_.dashes)
    if high is None:
        yield thread(*((x, y + thickness + _OPEN - 1) for x, y in (start, end)), edge=ink, weight=1, dashes=(3, 3))


def _range_sign(x: float, middle: float) -> Iterator[Patch]:
    yield box(x, middle, x + SIGN, middle + 6, fill="paper", edge="muted", dashes=(3, 3))
    yield box(x, middle - 6, x + SIGN, middle, fill="c6-soft", edge="muted")


def _least_sign(x: float, middle: float) -> Iterator[Patch]:
    yield box(x, middle - 6, x + SIGN, middle + 2, fill="c6-soft", edge="muted")
    yield line(((x, middle + 5), (x + SIGN, middle + 5)), edge="muted", dashes=(3, 3))


def _most_sign(x: float, middle: float) -> Iterator[Patch]:
    yield box(x, middle - 6, x + SIGN, middle + 6, fill="paper", edge="muted", dashes=(3, 3))


_SIGNS = {RANGE: _range_sign, AT_LEAST: _least_sign, AT_MOST: _most_sign}


def _nodes(
    found: list[Link], thick: list[float], side: _Side, slots: list[_Slot], *, x: float, text_x: float, above: bool = False
) -> Iterator[Shape]:
    """A name for every party of one side, and a bar that is as long as its bands are thick, tied where it is parted."""
    for name in side.order:
        own = [number for number, link in enumerate(found) if side.party(link) == name]
        first, last = slots[own[0]], slots[own[-1]]
        yield line(((x + 2.5, first.band), (x + 2.5, last.band + thick[own[-1]])), edge="muted", weight=1)
        for number in own:
            yield box(x, slots[number].band, x + 5, slots[number].band + thick[number], fill="muted")
        tall = height_of(side.names[name], side.size)
        at = first.top - tall if above else (first.top + last.top + last.tall - tall) / 2
        yield from lines_of(side.names[name], text_x, at, side.size, bold=True)


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
        words = [height_of(side.values[number], side.size) for number in own]
        talls = [max(band + 3, word) if word else band for band, word in zip(bands, words, strict=True)]
        named = height_of(side.names[name], side.size)
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
