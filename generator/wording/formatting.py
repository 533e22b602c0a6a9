"""Formatting of values, units and dates in a language, by ICU with CLDR's locale data and the patterns of the report.

No other module calls ICU. No language is known here: what differs between languages is CLDR data, or a pattern of
data/words.yml or data/units.yml. Skeletons: https://unicode-org.github.io/icu/userguide/format_parse/numbers/skeletons.html
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from itertools import takewhile

from icu4py.messageformat import MessageFormat

from ..model import values
from ..model.languages import Language
from ..model.periods import Form, Period
from ..model.units import ScaleStep, Unit
from ..model.values import Interval, Point, Value

LONG, SHORT, TICK = "long", "short", "tick"  # forms: for prose, for tables and marks, for axes
# Keys of data/words.yml: how a language writes numbers and dates, where CLDR does not say.
PATTERN_KEYS = (
    "value.about",
    "value.at_least",
    "value.at_most",
    "value.more_than",
    "value.less_than",
    "value.range",
    "value.range_shares",
    "value.compact_from",
    "value.compact_fraction",
    "value.unit_space",
    "growth.up",
    "growth.down",
    "growth.flat",
    "period.year",
    "period.fiscal_year",
    "period.half1",
    "period.half2",
    "period.quarter1",
    "period.quarter2",
    "period.quarter3",
    "period.quarter4",
    "period.span",
)
_DAY_PATTERN, _MONTH_PATTERN = "{d, date, ::yMMMMd}", "{d, date, ::yMMMM}"


_NO_UNIT = Unit(id="", dimension={})


@lru_cache(maxsize=4096)
def _format(pattern: str, locale: str) -> MessageFormat:
    return MessageFormat(pattern, locale)


@cache
def _decimal_sign(locale: str) -> str:
    """The decimal sign of a locale."""
    return format_number(locale, Decimal("1.5"), "@@")[1:2]


def format_number(locale: str, number: Decimal, skeleton: str) -> str:
    """A number by an ICU number skeleton."""
    return _format(f"{{n, number, ::{skeleton}}}", locale).format({"n": number})


def spell(locale: str, number: int, rule: str = "") -> str:
    """A whole number in words; `rule` names a rule set of CLDR, such as %spellout-cardinal-feminine."""
    return _format(f"{{n, spellout,{rule}}}" if rule else "{n, spellout}", locale).format({"n": number})


def format_date(locale: str, day: date, skeleton: str) -> str:
    """A date by an ICU date skeleton."""
    return _format(f"{{d, date, ::{skeleton}}}", locale).format({"d": day})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Formatted:
    """A bound of a value as text: the number with its scale, and the same with its unit."""

    number: str
    text: str


@dataclass(frozen=True, slots=True)
class ValueFormatter:
    """Formats values and dates in one language of a report."""

    language: Language

    # --- dates ---------------------------------------------------------------------------------

    def period(self, period: Period) -> str:
        """A date or a period as text."""
        match period.form:
            case Form.DAY:
                return _format(_DAY_PATTERN, self.language.locale).format({"d": period.first})
            case Form.MONTH:
                return _format(_MONTH_PATTERN, self.language.locale).format({"d": period.first})
            case Form.SPAN:
                assert period.start is not None and period.end is not None  # noqa: S101, PT018  a span has both
                return self._pattern("period.span", self.period(period.start), self.period(period.end))
            case Form.QUARTER | Form.HALF:
                return self._pattern(f"period.{period.form}{period.part}", str(period.first.year))
            case _:
                return self._pattern(f"period.{period.form}", str(period.first.year))

    # --- values --------------------------------------------------------------------------------

    def value(self, value: Value | Period, unit: Unit, *, form: str = LONG, digits: int = 0, bare: bool = False) -> str:
        """A value with its unit, in a form (LONG, SHORT or TICK).

        `digits` rounds to so many significant digits, 0 keeps all; `bare` leaves out words such as "about" and "at least".
        """
        if isinstance(value, Period):
            return self.period(value)
        if digits:
            value = values.apply_rounding(value, digits)
        text = self._without_qualifier(value, unit, form)
        if bare:
            return text
        if isinstance(value, Interval):
            if value.high is None:
                text = self._pattern("value.more_than" if value.low_strict else "value.at_least", text)
            elif value.low is None:
                text = self._pattern("value.less_than" if value.high_strict else "value.at_most", text)
        return self._pattern("value.about", text) if value.about else text

    def growth(self, value: Value, unit: Unit, *, digits: int = 0) -> str:
        """A value that is a change, as in "up 22%" and "down 3%"."""
        middle = values.midpoint(value)
        if not middle:
            return self._pattern("growth.flat", "")
        size = value if middle > 0 else values.negate(value)
        return self._pattern("growth.up" if middle > 0 else "growth.down", self.value(size, unit, digits=digits))

    def number(self, number: Decimal) -> str:
        """A number without a unit, with the language's words for large powers of ten."""
        return self._format_bound(number, _NO_UNIT, None, Decimal(1), LONG).text

    def integer(self, number: int) -> str:
        """A whole number in digits, grouped as the language does."""
        return self._number(Decimal(number), "precision-integer")

    def _without_qualifier(self, value: Value, unit: Unit, form: str) -> str:
        """A value without "about", "at least" and the like."""
        step, factor = _scale_step(value, unit)
        if isinstance(value, Point):
            return self._format_bound(value.number, unit, step, factor, form).text
        bounds = [bound for bound in (value.low, value.high) if bound is not None]
        formatted = [self._format_bound(bound, unit, step, factor, form) for bound in bounds]
        if len(formatted) == 1:
            return formatted[0].text
        low, high = formatted
        if _only_one_scaled(low, high) and low.text == low.number:
            return self._without_qualifier(value, replace(unit, compact=False), form)
        return self._range(low, high)

    def _range(self, low: _Formatted, high: _Formatted) -> str:
        """Both bounds, with their unit written once, and their scale too where the language does so."""
        low_affixes, affixes = _affixes(low), _affixes(high)
        if low_affixes is None or affixes is None or low_affixes[0] != affixes[0] or _only_one_scaled(low, high):
            return self._pattern("value.range", low.text, high.text)
        first, last = low.number, high.number
        if self.language.word("value.range_shares") == "scale":
            scale = _scale_word(first)
            if scale and scale == _scale_word(last):
                first = first[: -len(scale)]
        return affixes[0] + self._pattern("value.range", first, last) + affixes[1]

    def _format_bound(self, bound: Decimal, unit: Unit, step: ScaleStep | None, factor: Decimal, form: str) -> _Formatted:
        """A number at a scale step of its unit, with all its significant digits up to twenty."""
        number = bound / factor
        precision = "@" + "#" * (min(values.significant_digits(bound), 20) - 1)
        if unit.percent:
            text = self._spaced(self._number(number, f"percent scale/100 {precision}"))
            return _Formatted(number=text, text=text)
        skeleton = f"{self._compact(number, unit, precision, form)} {precision}"
        plain = self._number(number, skeleton)
        text = self._with_unit(number, plain, unit, step, skeleton=skeleton, form=form)
        return _Formatted(number=plain, text=text)

    def _with_unit(self, number: Decimal, plain: str, unit: Unit, step: ScaleStep | None, *, skeleton: str, form: str) -> str:
        """A number with its unit: by the report's pattern, else by CLDR, else `plain`, the number alone."""
        patterns = {} if step is None else (step.short if form != LONG and step.short else step.pattern)
        pattern = patterns.get(self.language.code)
        if pattern is not None:
            return self._plural(pattern, number, plain)
        width = "unit-width-full-name" if form == LONG else "unit-width-narrow" if form == TICK else "unit-width-short"
        if unit.currency:
            return self._number(number, f"{skeleton} currency/{unit.currency} {width}")
        if step is not None and step.icu:
            return self._spaced(self._number(number, f"{skeleton} unit/{step.icu} {width}"))
        return plain

    def _plural(self, forms: dict[str, str] | object, number: Decimal, plain: str) -> str:
        """The pattern of the number's plural category (https://cldr.unicode.org/index/cldr-spec/plural-rules), filled."""
        assert isinstance(forms, dict)  # noqa: S101  categories of a unit's pattern
        cases = " ".join(f"{category} {{{text.replace('{0}', '{s}')}}}" for category, text in forms.items())
        minus = plain[:1] if number < 0 and all(_begins_with_sign(text) for text in forms.values()) else ""  # -$3, not $-3
        unsigned = plain.removeprefix(minus)
        return minus + _format(f"{{n, plural, {cases}}}", self.language.locale).format({"n": number, "s": unsigned})

    def _compact(self, number: Decimal, unit: Unit, precision: str, form: str) -> str:
        """The skeleton of compact notation; empty where the number is too small for it or gets too long a fraction."""
        if not unit.compact or abs(number) < Decimal(self._setting("value.compact_from", "1e6")):
            return ""
        notation = "compact-short" if form == TICK else "compact-long"
        text = self._number(number, f"{notation} {precision}")
        fraction = sum(1 for _ in takewhile(str.isdigit, text.partition(_decimal_sign(self.language.locale))[2]))
        return notation if fraction <= int(self._setting("value.compact_fraction", "3")) else ""

    def _setting(self, key: str, default: str) -> str:
        return self.language.words.get(key, default)

    def _number(self, number: Decimal, skeleton: str) -> str:
        return _format(f"{{n, number, ::{skeleton.strip()}}}", self.language.locale).format({"n": number})

    def _spaced(self, text: str) -> str:
        """A text with the language's own space, which may be none, where CLDR has one between number and unit."""
        space = self._setting("value.unit_space", " ")
        return text if space == " " else text.replace("\u00a0", " ").replace(" ", space)

    def _pattern(self, key: str, *parts: str) -> str:
        text = self.language.word(key)
        for index, part in enumerate(parts):
            text = text.replace(f"{{{index}}}", part)
        return text


def _scale_step(value: Value, unit: Unit) -> tuple[ScaleStep | None, Decimal]:
    """The scale step of the unit for the larger bound of a value, and its factor."""
    size = max((abs(bound) for bound in (value.low, value.high) if bound is not None), default=Decimal(0))
    fitting = [step for step in unit.ladder if step.factor <= size] or list(unit.ladder[:1])
    if not fitting:
        return None, Decimal(1)
    return fitting[-1], fitting[-1].factor


def _only_one_scaled(low: _Formatted, high: _Formatted) -> bool:
    """Whether only one bound has a scale: in 22–72 billion, 22 would be read as 22 billion."""
    return bool(_scale_word(low.number)) is not bool(_scale_word(high.number))


def _begins_with_sign(pattern: str) -> bool:
    """Whether a sign, such as that of a currency, comes before the number in a pattern."""
    before = pattern.partition("{0}")[0]
    return bool(before) and not any(char.isalpha() for char in before)


def _affixes(formatted: _Formatted) -> tuple[str, str] | None:
    """The texts before and after the number; None where the number is not part of the text."""
    before, found, after = formatted.text.partition(formatted.number)
    return (before, after) if found else None


def _scale_word(text: str) -> str:
    """The text after the last digit: a scale, or nothing."""
    stripped = text.rstrip()
    while stripped and not stripped[-1].isdigit():
        stripped = stripped[:-1]
    return text[len(stripped) :]
