"""Formatting of dates and periods in a language, by ICU with CLDR's locale data and the patterns of the report."""

from __future__ import annotations

import re
from datetime import date

from ..model import periods
from ..model.languages import Language
from ..model.periods import Form, Period
from ..records.struct import Struct
from .icu import localize_digits, message_format

_DAY_PATTERN, _MONTH_PATTERN = "{d, date, ::yMMMMd}", "{d, date, ::yMMMM}"

# Texts by the identity of what they are made of, which the entry keeps alive: a report shows its few dates again and again.
_known: dict[tuple[int, int], tuple[str, Language, Period]] = {}
_MOST_KNOWN = 32_768


class PeriodFormatter(Struct, frozen=True):
    """Formats dates and periods in one language of a report."""

    language: Language

    def period(self, period: Period) -> str:
        """A date or a period as text."""
        key = (id(self.language), id(period))
        known = _known.get(key)
        if known is None:
            if len(_known) >= _MOST_KNOWN:
                _known.clear()
            known = _known[key] = (self._period(period), self.language, period)
        return known[0]

    def _period(self, period: Period) -> str:
        match period.form:
            case Form.DAY:
                return message_format(_DAY_PATTERN, self.language.locale).format({"d": period.first})
            case Form.MONTH:
                return message_format(_MONTH_PATTERN, self.language.locale).format({"d": period.first})
            case Form.SPAN:
                assert period.start is not None and period.end is not None  # noqa: S101, PT018  a span has both
                return self._pattern("period.span", self.period(period.start), self.period(period.end))
            case Form.SEASON:
                return self._pattern("period.span", *(self.period(_month(day)) for day in (period.first, period.last)))
            case _:
                return self._part_of_time(period)

    def period_in(self, period: Period) -> str:
        """A date or a period as an adverbial of running text, as in "in the first half of 2025".

        As `period` has it, where the language has no words for that.
        """
        match period.form:
            case Form.DAY | Form.MONTH:
                parts, form = [self.period(period)], str(period.form)
            case Form.SPAN | Form.SEASON:
                ends = (period.start or _month(period.first), period.end or _month(period.last))
                parts, form = [self.period(end) for end in ends], Form.SPAN
            case Form.FISCAL_YEAR if period.first.month != 1:
                parts, form = [str(period.year)], "business_year"
            case Form.WEEK | Form.DECADE:
                parts, form = [str(period.year), str(period.part)], period.form
            case _:
                parts, form = [str(period.year)], f"{period.form}{period.part or ''}"
        pattern = self.language.words.get(f"period.in.{form}", "")
        return fill_pattern(pattern, *parts) if pattern else self.period(period)

    def _part_of_time(self, period: Period) -> str:
        """A period that patterns have words for."""
        match period.form:
            case Form.WEEK | Form.DECADE:
                return self._named(f"period.{period.form}", period)
            case Form.FISCAL_QUARTER | Form.FISCAL_HALF:
                return self._named(f"period.{period.form}{period.part}", period)
            case Form.FISCAL_YEAR if period.first.month != 1:
                return self._named("period.business_year", period)
            case _:
                return self._pattern(f"period.{period.form}{period.part or ''}", self._digits(period.year))

    def _named(self, key: str, period: Period) -> str:
        """A period by a pattern that a language may lack; then in the notation of data, as FY2025-Q1, which all can read."""
        pattern = self.language.words.get(key, "")
        return fill_pattern(pattern, self._digits(period.year), self._digits(period.part)) or period.text

    def _digits(self, number: int) -> str:
        """A number of a calendar, which is not grouped."""
        return localize_digits(str(number), self.language.locale)

    def _pattern(self, key: str, *parts: str) -> str:
        return fill_pattern(self.language.word(key), *parts)


def fill_pattern(pattern: str, *parts: str) -> str:
    """A pattern with its placeholders {0}, {1} replaced."""
    return re.sub(r"\{([01])\}", lambda match: parts[int(match[1])] if int(match[1]) < len(parts) else match[0], pattern)


def _month(day: date) -> Period:
    return periods.parse(f"{day:%Y-%m}")
