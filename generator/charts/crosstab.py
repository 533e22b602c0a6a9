"""Counting the entries of a report by what is said of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ..model.code_lists import BASES, READ_LEVELS, STANCES, STATUSES, VERDICTS
from ..model.report import Name
from ..model.units import Unit
from ..model.values import Point
from .resolved_spec import Item, ResolvedSpec

_ORDERS = {"verdict": VERDICTS, "status": STATUSES, "stance": STANCES, "basis": BASES, "read": READ_LEVELS}
_COUNT = Unit(id="count", dimension={})
_WORDS = {"section": "topic"}  # attributes that are worded under another name


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossTab:
    """How many entries there are per row and column, and what those are called."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    row_words: tuple[str, ...]
    column_words: tuple[str, ...]
    counts: Mapping[tuple[str, str], int]

    def item(self, spec: ResolvedSpec, row: str) -> Item:
        """A row's sum as something to draw."""
        count = sum(self.counts.get((row, column), 0) for column in self.columns)
        return Item(
            label=self.row_words[self.rows.index(row)],
            value=Point(number=Decimal(count)),
            unit=_COUNT,
            short=spec.number(count),
            long=spec.number(count),
            status="observed",
        )


def cross_tabulate(spec: ResolvedSpec) -> CrossTab:
    """Count what the spec names, by one attribute and perhaps split by a second."""
    kind, by, split = spec.choice("of", "claims"), spec.choice("by", "verdict"), spec.choice("split", "")
    entries: Mapping[str, object] = getattr(spec.edition, kind)
    found = [(_key(entry, by), _key(entry, split) if split else "") for entry in entries.values()]
    rows = _sorted(spec, by, (row for row, _ in found))
    columns = _sorted(spec, split, (column for _, column in found))
    return CrossTab(
        rows=rows,
        columns=columns,
        row_words=tuple(_word(spec, by, row) for row in rows),
        column_words=tuple(_word(spec, split, column) for column in columns),
        counts=Counter(found),
    )


def _key(entry: object, attribute: str) -> str:
    found = getattr(entry, attribute)
    if isinstance(found, Name):
        return found.id
    if isinstance(found, bool):
        return "yes" if found else "no"
    return str(found or "")


def _sorted(spec: ResolvedSpec, attribute: str, found: Iterable[str]) -> tuple[str, ...]:
    """In the order the vocabulary has, else as they come."""
    order = spec.edition.report.sections if attribute in ("section", "topic") else _ORDERS.get(attribute, ())
    seen = dict.fromkeys(found)
    return tuple([key for key in order if key in seen] + [key for key in seen if key not in order])


def _word(spec: ResolvedSpec, attribute: str, key: str) -> str:
    if key in spec.edition.names:
        return spec.texts.name(key)
    return spec.texts.language.word(f"{_WORDS.get(attribute, attribute)}.{key}") if key else ""
