"""Cross tabulation: how many claims, facts or sources of a report there are for each value of one or two attributes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal

from ..model.code_lists import BASES, READ_LEVELS, STANCES, STATUSES, VERDICTS
from ..model.dependencies import column
from ..model.report import Name
from ..model.units import Unit
from ..model.values import Point
from ..records.struct import Struct
from .chart_texts import sentence_case
from .resolved_spec import Item, ResolvedSpec

_ORDERS = {"verdict": VERDICTS, "status": STATUSES, "stance": STANCES, "basis": BASES, "read": READ_LEVELS}
_COUNT = Unit(id="count", dimension={})
_WORD_GROUPS = {"section": "topic"}  # where the words of an attribute's values are kept under another name


class CrossTab(Struct, frozen=True, kw_only=True):
    """Counts by row and column; pairs without entries are left out. A table by one attribute has a single column, ""."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    row_words: tuple[str, ...]
    column_words: tuple[str, ...]
    counts: Counter[tuple[str, str]]
    members: Mapping[tuple[str, str], tuple[str, ...]]  # the ids of the entries, in their order

    def item(self, spec: ResolvedSpec, row: str) -> Item:
        """The sum of a row as an item to draw."""
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
    """Count what the specification names (`of`) by one attribute (`by`), split by a second one (`split`) if it names one."""
    kind, by, split = spec.choice("of", "claims"), spec.choice("by", "verdict"), spec.choice("split", "")
    entries: Mapping[str, object] = getattr(spec.edition, kind)
    splits = column(entries, split) if split else {}
    members: dict[tuple[str, str], tuple[str, ...]] = {}
    for key, found in column(entries, by).items():
        cell = (_key(found), _key(splits[key]) if split else "")
        members[cell] = (*members.get(cell, ()), key)
    rows = _sorted(spec, by, (row for row, _ in members))
    columns = _sorted(spec, split, (column for _, column in members))
    return CrossTab(
        rows=rows,
        columns=columns,
        row_words=tuple(sentence_case(_word(spec, by, row), spec.texts) for row in rows),
        column_words=tuple(_word(spec, split, column) for column in columns),
        counts=Counter({cell: len(ids) for cell, ids in members.items()}),
        members=members,
    )


def _key(value: object) -> str:
    if isinstance(value, Name):
        return value.id
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value or "")


def _sorted(spec: ResolvedSpec, attribute: str, keys: Iterable[str]) -> tuple[str, ...]:
    """The keys, each once, in the order of the attribute's vocabulary, others as they come."""
    order = spec.edition.report.sections if attribute in ("section", "topic") else _ORDERS.get(attribute, ())
    seen = dict.fromkeys(keys)
    return tuple([key for key in order if key in seen] + [key for key in seen if key not in order])


def _word(spec: ResolvedSpec, attribute: str, key: str) -> str:
    """The value of an attribute in words."""
    if key in spec.edition.names:
        return spec.texts.name(key)
    return spec.texts.language.word(f"{_WORD_GROUPS.get(attribute, attribute)}.{key}") if key else ""
