"""Who belongs to whom and who pays whom: a tree of boxes, and bands between two columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.charts.brief import Brief, Item
from generator.charts.glyphs import key
from generator.charts.scene import XY, Patch, Scene, Shape, box, height_of, line, lines_of, ribbon, told
from generator.charts.theme import SERIES_INKS, Format, look
from generator.charts.typeset import measure, widest, wrap

_ABREAST = 5  # more boxes do not fit side by side
_PAD, _GAP, _STEM = 10.0, 14.0, 22.0


def organisation(brief: Brief, form: Format) -> Scene:
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
    brief: Brief, node: Mapping[str, object], form: Format, ink: str, *, left: float, top: float, wide: float, tall: float = 0.0
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
    """Room for one end of a link: its top and height."""

    top: float
    tall: float


def links(brief: Brief) -> list[Link]:
    """The links of a spec, worded."""
    return [
        Link(
            source=brief.texts.name(str(one["from"])),
            target=brief.texts.name(str(one["to"])),
            item=brief.item(str(one["fact"]), brief.text_of(one, "label")),
        )
        for one in brief.records("links")
    ]


def flows(brief: Brief, form: Format) -> Scene:
    """Payers on the left, payees on the right, bands as thick as the amounts; names and values outside the bands."""
    found = links(brief)
    largest = max(_most(link.item) for link in found)
    thick = [max(_most(link.item) / largest * (60.0 if form.narrow else 72.0), 3.0) for link in found]
    sources, targets = list(dict.fromkeys(link.source for link in found)), _ordered(found)
    names = {
        name: wrap(name, form.text, form.width * (0.3 if form.narrow else 0.2), bold=True) for name in (*sources, *targets)
    }
    left_slots = _slots(found, thick, sources, names, form, by_source=True)
    right_slots = _slots(found, thick, targets, names, form, by_source=False)
    height = max(max(slot.top + slot.tall for slot in slots) for slots in (left_slots, right_slots))
    named_left, named_right = (max(widest(names[name], form.text, bold=True) for name in side) for side in (sources, targets))
    valued = max(measure(link.item.short, form.small) for link in found)
    x0 = max(named_left * (not form.narrow) + valued + (7 if form.narrow else 22), named_left if form.narrow else 0.0)
    x1 = form.width - named_right - 14
    shapes: list[Shape] = []
    for number, link in enumerate(found):
        ink = SERIES_INKS[sources.index(link.source) % len(SERIES_INKS)]
        start = (x0 + 5, left_slots[number].top + (left_slots[number].tall - thick[number]) / 2)
        end = (x1 - 5, right_slots[number].top + (right_slots[number].tall - thick[number]) / 2)
        shapes += told(number, _band(link.item, start, end, thick[number], ink))
        top = left_slots[number].top + left_slots[number].tall / 2 - form.small * 0.66
        shapes += lines_of([link.item.short], x0 - 7, top, form.small, anchor="end", ink="muted")
    shapes += _nodes(found, sources, left_slots, names, form, x=x0, text_x=0.0, by_source=True)
    shapes += _nodes(found, targets, right_slots, names, form, x=x1 - 5, text_x=x1 + 9, by_source=False)
    found_key, more = key(brief, [link.item for link in found], form, height + 14)
    return Scene(width=form.width, height=height + 6 + (more + 8 if more else 0), shapes=(*shapes, *found_key))


def _band(item: Item, start: XY, end: XY, thickness: float, ink: str) -> Iterator[Patch]:
    """The certain part in its look, what may be added to it empty and dashed."""
    look_ = look(item.status)
    low = float(item.value.low) if item.value.low is not None else 0.0
    most = _most(item)
    certain = thickness * low / most if most and item.value.high is not None else thickness * 0.8
    if item.value.low is not None and item.value.low == item.value.high:
        certain = thickness
    if certain < thickness:
        lower = [(x, y + certain) for x, y in (start, end)]
        yield ribbon(lower[0], lower[1], thickness - certain, fill="paper", edge=ink, weight=1, dashes=(3, 3))
    if certain:
        yield ribbon(start, end, certain, fill=f"{ink}-soft", edge=ink, weight=1, hatch=look_.hatch, dashes=look_.dashes)


def _nodes(
    found: list[Link], order: list[str], slots: list[_Slot], names: Mapping[str, tuple[str, ...]], form: Format,
    *, x: float, text_x: float, by_source: bool,
) -> Iterator[Shape]:  # fmt: skip
    """A bar and a name for every party of one side."""
    for name in order:
        own = [slot for link, slot in zip(found, slots, strict=True) if (link.source if by_source else link.target) == name]
        top, bottom = min(slot.top for slot in own), max(slot.top + slot.tall for slot in own)
        yield box(x, top + 1, x + 5, bottom - 1, fill="muted")
        tall = height_of(names[name], form.text)
        at = top - tall if by_source and form.narrow else (top + bottom - tall) / 2
        yield from lines_of(names[name], text_x, at, form.text, bold=True)


def _slots(
    found: list[Link],
    thick: list[float],
    order: list[str],
    names: Mapping[str, tuple[str, ...]],
    form: Format,
    *,
    by_source: bool,
) -> list[_Slot]:
    """A place for every end, grouped by party, none smaller than a line of text; payers' names go above in a narrow place."""
    slots: dict[int, _Slot] = {}
    y = 0.0
    for name in order:
        own = [number for number, link in enumerate(found) if (link.source if by_source else link.target) == name]
        least = form.small * 1.4 if by_source else 5.0
        talls = [max(thick[number] + 3, least) for number in own]
        above = by_source and form.narrow
        spare = 0.0 if above else max(0.0, height_of(names[name], form.text) - sum(talls)) / len(own)
        y += height_of(names[name], form.text) if above else 0.0
        for number, tall in zip(own, talls, strict=True):
            slots[number] = _Slot(top=y, tall=tall + spare)
            y += tall + spare
        y += 9
    return [slots[number] for number in range(len(found))]


def _ordered(found: list[Link]) -> list[str]:
    """Payees in the order of their payers, so that bands cross little."""
    places: dict[str, list[int]] = {}
    for number, link in enumerate(found):
        places.setdefault(link.target, []).append(number)
    return sorted(places, key=lambda name: sum(places[name]) / len(places[name]))


def _most(item: Item) -> float:
    end = item.value.high if item.value.high is not None else item.value.low
    return float(end or 0)
