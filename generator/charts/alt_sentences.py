"""Sentences that the text alternatives of several marks share."""

from __future__ import annotations

from .resolved_spec import Item, ResolvedSpec
from .theme import STATUS_STYLES
from .value_marks import ABOUT, AT_LEAST, AT_MOST, RANGE, uncertainties

_MOST_LISTED = 4


def compared(spec: ResolvedSpec, items: list[Item]) -> list[str]:
    """Few values one by one; of more, the names, the largest and the smallest."""
    if len(items) <= _MOST_LISTED:
        return [spec.word("alt.entry", name=item.label, value=item.long) for item in items]
    ranked = sorted(items, key=lambda item: item.size, reverse=True)
    lines = [spec.word("alt.compares", names=spec.joined([item.label for item in items]))]
    for key, extreme in (("alt.largest", ranked[0]), ("alt.smallest", ranked[-1])):
        names = [item.label for item in ranked if item.long == extreme.long]
        lines.append(spec.word(key, name=spec.joined(names), value=extreme.long))
    return lines


def uncertain(spec: ResolvedSpec, items: list[Item]) -> list[str]:
    """Which values are ranges, open or approximate, and which are not observed; in short where it holds for all."""
    groups = [
        (spec.word(kind), [item for item in items if kind in uncertainties(item.value)])
        for kind in (RANGE, ABOUT, AT_LEAST, AT_MOST)
    ]
    groups += [
        (spec.status(status), [item for item in items if item.status == status])
        for status in STATUS_STYLES
        if status != "observed"
    ]
    lines = []
    for kind, members in groups:
        names = list(dict.fromkeys(item.label for item in members))
        if members and len(members) == len(items):
            lines.append(spec.word("alt.all", kind=kind))
        elif members:
            lines.append(spec.word("alt.group", kind=kind, names=spec.joined(names)))
    return lines
