"""What a chart is about: its spec with every id looked up and every value worded, ready for marks, tables and alt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from ..model.languages import Phrase
from ..model.periods import Period, parse
from ..model.values import Point, Value, midpoint, multiply
from .theme import CLAIMED

if TYPE_CHECKING:
    from ..model.report import Chart, Edition, Event, Fact
    from ..model.series import Row, Series
    from ..model.units import Unit
    from ..wording.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One labelled quantity of a chart."""

    label: str
    value: Value  # in the base of its dimension, so that items of one dimension share a scale
    unit: Unit
    short: str  # worded for a mark
    long: str  # worded for prose and tables
    status: str
    emphasis: bool = False
    fact: str = ""

    @property
    def dimension(self) -> str:
        """What it may be compared with."""
        return " ".join(f"{name}^{power}" for name, power in sorted(self.unit.dimension.items()))

    @property
    def size(self) -> Decimal:
        """What it is sorted and compared by."""
        return midpoint(self.value)


@dataclass(frozen=True, slots=True)
class ResolvedSpec:
    """A chart spec and all that is needed to read it."""

    chart: Chart
    edition: Edition
    texts: Texts
    _worded: dict[tuple[str, str, bool], Item] = field(default_factory=dict)

    def word(self, key: str, **parts: str) -> str:
        """The language's word for a part of a chart, its `{holes}` filled."""
        return self.texts.language.word(f"chart.{key}").format(**parts)

    def status(self, key: str) -> str:
        """The word for a status."""
        return self.word(CLAIMED) if key == CLAIMED else self.texts.language.word(f"status.{key}")

    def joined(self, words: list[str]) -> str:
        """The words as a list in the language's manner."""
        return self._chained("list", words)

    def sentences(self, found: list[str]) -> str:
        """Sentences one after the other, empty ones left out."""
        return self._chained("sentences", [sentence for sentence in found if sentence])

    def _chained(self, key: str, words: list[str]) -> str:
        text = words[0] if words else ""
        for word in words[1:]:
            text = self.word(key, first=text, second=word)
        return text

    # --- the spec's own keys -----------------------------------------------------------------

    def choice(self, key: str, default: str) -> str:
        """A key that holds one word."""
        found = self.chart.options.get(key, default)
        return found if isinstance(found, str) else default

    def phrase(self, key: str) -> str:
        """A key that holds a text, filled."""
        found = self.chart.options.get(key)
        return self.texts.fill(found) if isinstance(found, Phrase) else ""

    def ids(self, key: str) -> tuple[str, ...]:
        """A key that holds ids."""
        return tuple(one for one in self._listed(key) if isinstance(one, str))

    def records(self, key: str) -> tuple[Mapping[str, object], ...]:
        """A key that holds records; a bare id stands for a record with that fact."""
        return tuple(
            {"fact": one} if isinstance(one, str) else one for one in self._listed(key) if isinstance(one, str | Mapping)
        )

    def record(self, key: str) -> Mapping[str, object]:
        """A key that holds one record."""
        found = self.chart.options.get(key)
        return found if isinstance(found, Mapping) else {}

    def text_of(self, record: Mapping[str, object], key: str) -> str:
        """A text of a record, filled; empty where there is none."""
        found = record.get(key)
        return self.texts.fill(found) if isinstance(found, Phrase) else ""

    def _listed(self, key: str) -> tuple[object, ...]:
        found = self.chart.options.get(key, ())
        return tuple(found) if isinstance(found, tuple | list) else ()

    # --- what the spec names -----------------------------------------------------------------

    def item(self, fact_id: str, label: str = "", *, emphasis: bool = False) -> Item:
        """A fact as an item, under its short label unless told another; the picture, its words and its table share it."""
        key = (fact_id, label, emphasis)
        if key not in self._worded:
            fact = self.edition.facts[fact_id]
            self._worded[key] = Item(
                label=label or self.texts.short_label(fact),
                value=_based(_quantity(fact), fact.unit),
                unit=fact.unit,
                short=self.texts.value(fact, "short"),
                long=self.texts.value(fact),
                status=fact.status,
                emphasis=emphasis,
                fact=fact_id,
            )
        return self._worded[key]

    def claim(self, claim_id: str, label: str, *, emphasis: bool = False) -> Item:
        """What somebody asserts as an item; it looks like no status of ours."""
        claim = self.edition.claims[claim_id]
        if claim.unit is None or claim.claimed is None or isinstance(claim.claimed, Period):
            msg = f"claim {claim_id} has no quantity to draw"
            raise TypeError(msg)
        return Item(
            label=label or self.word(CLAIMED),
            value=_based(claim.claimed, claim.unit),
            unit=claim.unit,
            short=self.texts.claim_value(claim, "short"),
            long=self.texts.claim_value(claim, "long"),
            status=CLAIMED,
            emphasis=emphasis,
        )

    def items(self) -> list[Item]:
        """The rows of a spec as items, in the order it asks for."""
        found = []
        for row in self.records("rows"):
            label, emphasis = self.text_of(row, "label"), row.get("emphasis") is True
            if "claim" in row:
                found.append(self.claim(str(row["claim"]), label, emphasis=emphasis))
            else:
                found.append(self.item(str(row["fact"]), label, emphasis=emphasis))
        if self.choice("order", "given") == "value":
            found.sort(key=lambda item: item.size, reverse=True)
        return found

    def events(self) -> list[Event]:
        """The events of a spec in order of time."""
        found = [self.edition.events[one] for one in self.ids("events")]
        return sorted(found, key=lambda event: (event.date.first, event.date.last))

    def series(self) -> Series:
        """The series a spec names."""
        return self.edition.series[self.choice("series", "")]

    def columns(self, series: Series) -> tuple[str, ...]:
        """The columns to draw: those named, or every one that holds quantities."""
        return self.ids("columns") or tuple(key for key, column in series.columns.items() if column.unit is not None)

    def cell(self, series: Series, column_id: str, row: Row) -> Item | None:
        """One cell of a series as an item under the name of its row."""
        column, value = series.columns[column_id], row.values.get(column_id)
        if value is None or column.unit is None:
            return None
        return Item(
            label=self.row_label(row),
            value=_based(value, column.unit),
            unit=column.unit,
            short=self.texts.word_value(value, column.unit, "short"),
            long=self.texts.word_value(value, column.unit, "long"),
            status="observed" if row.actual else row.status or column.status or "observed",
            emphasis=row.actual,
        )

    def row_label(self, row: Row) -> str:
        """The key of a series row, worded if it is a date or period."""
        try:
            return self.texts.word_period(parse(row.key))
        except ValueError:
            return row.key

    def number(self, count: int) -> str:
        """A plain count, worded."""
        return self.texts.formatter.integer(count)

    def tick(self, amount: Decimal, unit: Unit) -> str:
        """An amount in the base of its dimension, worded for an axis."""
        number = (amount / unit.size).normalize() if amount else Decimal(0)
        return self.texts.word_value(Point(number=number), unit, "tick")


def _quantity(fact: Fact) -> Value:
    if isinstance(fact.value, Period):
        msg = f"{fact.id} is a date and cannot be drawn as a quantity"
        raise TypeError(msg)
    return fact.value


def _based(value: Value, unit: Unit) -> Value:
    return value if unit.size == 1 else multiply(value, Point(number=unit.size))
