"""A chart's specification with its facts, series and words looked up, for marks, tables and text alternatives."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from ..model.arithmetic import share_of
from ..model.languages import Phrase
from ..model.periods import Period, parse
from ..model.units import NUMBER, SHARE
from ..model.values import Interval, Point, Value, midpoint
from ..records.struct import Struct, field, replace
from .chart_texts import phrases_of, sentence_case
from .drawn_values import are_whole_numbers, in_base_unit, last_digit, quantity, to_multiple, true_minus, word_mark
from .items import Item
from .theme import CLAIMED

if TYPE_CHECKING:
    from ..model.report import Chart, Edition, Event
    from ..model.series import Row, Series
    from ..model.units import Unit
    from ..wording.texts import Texts

__all__ = ["Item", "ResolvedSpec"]


class ResolvedSpec(Struct, frozen=True):
    """A specification, the edition that it refers to, and one language."""

    chart: Chart
    edition: Edition
    texts: Texts
    stands_in: bool = False  # whether the texts are in another language than was asked for
    _items: dict[tuple[str, str, bool], Item] = field(default_factory=dict)
    _rows: list[Item] = field(default_factory=list)
    _counted: list[bool] = field(default_factory=list)  # whether the rows are named by numbers, once that is known

    @classmethod
    def of(cls, chart: Chart, edition: Edition, texts: Texts) -> ResolvedSpec:
        """A specification in a language; in the one that stands in for it where any text of the chart is missing.

        So a chart speaks one language: its alternative text and its table are sentences and columns of one.
        """
        phrases = phrases_of(chart, edition) if texts.language.in_progress else ()
        borrowed = next((phrase for phrase in phrases if texts.language.code in phrase.borrowed), None)
        return cls(chart, edition, texts) if borrowed is None else cls(chart, edition, texts.of(borrowed), stands_in=True)

    def word(self, key: str, **parts: str) -> str:
        """A word or pattern of the language for charts (`chart.<key>`), its {placeholders} replaced by `parts`."""
        return self.texts.language.word(f"chart.{key}").format(**parts)

    def status(self, key: str) -> str:
        """The word for an observation status, or for a claimed value."""
        return self.word(CLAIMED) if key == CLAIMED else self.texts.language.word(f"status.{key}")

    def joined(self, words: list[str]) -> str:
        """The words as a list in one text."""
        return self._chain("list", words)

    def noted(self, name: str, note: str) -> str:
        """A name with the note that stands below or beside it, if there is one."""
        return self.word("noted", name=name, note=note) if note else name

    def sentences(self, sentences: list[str]) -> str:
        """Sentences in one text, without empty ones."""
        return self._chain("sentences", [sentence for sentence in sentences if sentence])

    def _chain(self, key: str, words: list[str]) -> str:
        text = words[0] if words else ""
        for word in words[1:]:
            text = self.word(key, first=text, second=word)
        return text

    def choice(self, key: str, default: str) -> str:
        """An option that is a word."""
        value = self.chart.options.get(key, default)
        return value if isinstance(value, str) else default

    def flag(self, key: str, *, default: bool = False) -> bool:
        """An option that is true or false."""
        value = self.chart.options.get(key, default)
        return value if isinstance(value, bool) else default

    def phrase(self, key: str) -> str:
        """An option that is a text, with its placeholders replaced; empty where it is not set."""
        value = self.chart.options.get(key)
        text = self.texts.fill(value) if isinstance(value, Phrase) else ""
        return sentence_case(text, self.texts) if key.endswith("label") else text

    def ids(self, key: str) -> tuple[str, ...]:
        """An option that is a list of ids."""
        return tuple(member for member in self._listed(key) if isinstance(member, str))

    def records(self, key: str) -> tuple[Mapping[str, object], ...]:
        """An option that is a list of records; a bare id stands for {"fact": id}."""
        return tuple(
            {"fact": one} if isinstance(one, str) else one for one in self._listed(key) if isinstance(one, str | Mapping)
        )

    def record(self, key: str) -> Mapping[str, object]:
        """An option that is a record."""
        value = self.chart.options.get(key)
        return value if isinstance(value, Mapping) else {}

    def text_of(self, record: Mapping[str, object], key: str) -> str:
        """A text of a record, with its placeholders replaced; empty where it is not set."""
        value = record.get(key)
        text = self.texts.fill(value) if isinstance(value, Phrase) else ""
        return sentence_case(text, self.texts) if key.endswith("label") or key == "then" else text

    def _listed(self, key: str) -> tuple[object, ...]:
        value = self.chart.options.get(key, ())
        return tuple(value) if isinstance(value, tuple | list) else ()

    def item(self, fact_id: str, label: str = "", *, emphasis: bool = False) -> Item:
        """A fact as an item, under its short label or the given one; made once for picture, text alternative and table."""
        key = (fact_id, label, emphasis)
        if key not in self._items:
            fact = self.edition.facts[fact_id]
            self._items[key] = Item(
                label=label or sentence_case(self.texts.short_label(fact), self.texts),
                value=in_base_unit(quantity(fact), fact.unit),
                unit=fact.unit,
                short=self._short(quantity(fact), fact.unit, digits=fact.digits),
                long=self.texts.value(fact),
                status=fact.status,
                emphasis=emphasis,
                fact=fact_id,
                stated=quantity(fact),
                over=fact.period is not None and fact.period.last <= (fact.as_of or self.edition.report.as_of).last,
            )
        return self._items[key]

    def _short(self, value: Value, unit: Unit, *, digits: int = 0) -> str:
        """A value worded for a mark: rounded as the specification says, or to its digits where those are coarser or alone."""
        multiple = self.chart.options.get("rounded_to")
        if isinstance(multiple, Decimal) and last_digit(value, unit, digits) <= multiple:
            return true_minus(self.texts.word_value(*to_multiple(value, unit, multiple)))
        return word_mark(self.texts, value, unit, digits=digits)

    def claim(self, claim_id: str, label: str, *, emphasis: bool = False) -> Item:
        """The value that a claim asserts, as an item with a status of its own."""
        claim = self.edition.claims[claim_id]
        if claim.unit is None or claim.claimed is None or isinstance(claim.claimed, Period):
            msg = f"claim {claim_id} has no quantity to draw"
            raise TypeError(msg)
        return Item(
            label=label or self.word(CLAIMED),
            value=in_base_unit(claim.claimed, claim.unit),
            unit=claim.unit,
            short=self._short(claim.claimed, claim.unit),
            long=self.texts.claim_value(claim, "long"),
            status=CLAIMED,
            emphasis=emphasis,
            stated=claim.claimed,
        )

    def items(self) -> list[Item]:
        """The rows of a specification as items, in the order that it asks for; made once for picture, alternative and table."""
        if not self._rows:
            self._rows.extend(self._ordered_rows())
        return [*self._rows]

    def _ordered_rows(self) -> list[Item]:
        items, told = [], any("planned" in row for row in self.records("rows"))
        for row in self.records("rows"):
            label, emphasis = self.text_of(row, "label"), row.get("emphasis") is True
            if "claim" in row:
                items.append(self.claim(str(row["claim"]), label, emphasis=emphasis))
            else:
                plan, part = (self.item(str(row[key]), label) if key in row else None for key in ("plan", "part"))
                items.append(replace(self.item(str(row["fact"]), label, emphasis=emphasis), plan=plan, part=part))
            items[-1] = replace(
                items[-1],
                short=self.text_of(row, "value") or items[-1].short,
                note=self.text_of(row, "note"),
                comparison=self.text_of(row, "comparison"),
                group=self.text_of(row, "group"),
                drawn_as="estimated" if row.get("provisional") is True else _planned(row, told=told),
            )
        if self.choice("order", "given") == "value":
            groups = [item.group for item in items]
            items.sort(key=lambda item: (groups.index(item.group), -item.size))
        return items

    def events(self) -> list[Event]:
        """The events of a specification in order of time."""
        listed = [event for lane in self.records("lanes") for event in cast("tuple[str, ...]", lane["events"])]
        events = [self.edition.events[event_id] for event_id in listed or self.ids("events")]
        return sorted(events, key=lambda event: (event.date.first, event.date.last))

    def series(self) -> Series:
        """The series that a specification names."""
        return self.edition.series[self.choice("series", "")]

    def all_series(self) -> list[Series]:
        """The series that a specification names, and the one that follows it."""
        return [self.edition.series[name] for key in ("series", "then") if (name := self.choice(key, ""))]

    def columns(self, series: Series) -> tuple[str, ...]:
        """The ids of the columns to draw: those named, or all that hold quantities."""
        return self.ids("columns") or tuple(key for key, column in series.columns.items() if column.unit is not None)

    def column_label(self, series: Series, column_id: str) -> str:
        """The label of a column, or its id."""
        label = series.columns[column_id].label
        return sentence_case(self.texts.fill(label), self.texts) if label else column_id

    def cell(self, series: Series, column_id: str, row: Row) -> Item | None:
        """A cell of a series as an item under the label of its row; None where it holds no quantity."""
        column, value = series.columns[column_id], row.values.get(column_id)
        unit = column.unit
        if (whole := self.choice("share_of", "")) and value is not None:
            value, unit = share_of(value, row.values.get(whole)), SHARE
        if value is None or unit is None:
            return None
        return Item(
            label=self.row_label(row),
            value=in_base_unit(value, unit),
            unit=unit,
            short=self._short(value, unit),
            long=self.texts.word_value(value, unit, "long", digits=3 if whole else 0),
            status="observed" if row.actual else row.status or column.status or "observed",
            emphasis=row.actual,
            stated=value,
        )

    def row_label(self, row: Row) -> str:
        """The key of a series row in words: its translation (the columns `<key>:<language>`), a date or period, or a name."""
        if (translated := row.words.get(self.series().key)) is not None:
            return sentence_case(translated[self.texts.language.code], self.texts)
        if self._are_numbers():
            return self.texts.formatter.integer(int(Decimal(row.key)))
        try:
            return self.texts.word_period(row.period or parse(row.key))
        except ValueError:
            return self.texts.name(row.key) if row.key in self.edition.names else row.key

    def _are_numbers(self) -> bool:
        """Whether all rows are named by whole numbers, and not all by years: then 1000 is none either."""
        if not self._counted:
            self._counted.append(are_whole_numbers(row.key for row in self.series().rows) and not self.periods())
        return self._counted[0]

    def rows(self) -> tuple[Row, ...]:
        """The rows of the series: in order of time if all are dated, by their first value if the specification asks so."""
        series, periods = self.series(), self.periods()
        rows = tuple(row for _, row in sorted(zip(periods, series.rows, strict=True), key=_by_time)) if periods else series.rows
        if self.choice("order", "given") != "value":
            return rows
        column = self.columns(series)[0]
        sizes = {row.key: midpoint(row.values[column]) for row in rows if column in row.values}
        return tuple(sorted(rows, key=lambda row: sizes.get(row.key, Decimal("-Infinity")), reverse=True))

    def periods(self) -> tuple[Period, ...]:
        """The periods that the rows of the series are named by, as they stand there; none unless all are."""
        try:
            return tuple(row.period or parse(row.key) for row in self.series().rows)
        except ValueError:
            return ()

    def between(self, low: Decimal, high: Decimal, unit: Unit) -> str:
        """The range between two amounts in the base unit of their dimension."""
        ends = [(end / unit.size).normalize() if end else Decimal(0) for end in (low, high)]
        return true_minus(self.texts.word_value(Interval(low=ends[0], high=ends[1]), unit, "short"))

    def number(self, count: int) -> str:
        """A whole number in the language's digits and grouping."""
        return self.texts.formatter.integer(count)

    def tick(self, amount: Decimal, unit: Unit, *, bare: bool = False) -> str:
        """An amount in the base unit of its dimension, worded for an axis in `unit`; zero is zero in each.

        It has the scale step of rounded values. A `bare` one is without the unit, where that is the same for all amounts:
        what is a currency or is counted.
        """
        if not amount:
            return self.number(0)
        if isinstance(multiple := self.chart.options.get("rounded_to"), Decimal):
            _, unit = to_multiple(Point(number=amount), unit, multiple)
        shown = NUMBER if bare and unit.compact and not unit.percent else unit
        return true_minus(self.texts.word_value(Point(number=(amount / unit.size).normalize()), shown, "tick"))


def _planned(row: Mapping[str, object], *, told: bool) -> str:
    """The status that a row is drawn as, where any row is told to be planned."""
    return ("announced" if row.get("planned") is True else "observed") if told else ""


def _by_time(dated: tuple[Period, Row]) -> tuple[date, date]:
    return dated[0].first, dated[0].last
