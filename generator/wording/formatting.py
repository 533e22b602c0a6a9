"""Values, units and dates become words of a language, by ICU's locale data and the patterns of words.yml and units.yml.

The only home of ICU. Nothing here knows a language: what differs between them is CLDR data or a word of the report.
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

LONG, SHORT, TICK = "long", "short", "tick"
# What differs between languages in writing numbers, dates and texts; each is a key of data/words.yml.
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
_DAY, _MONTH = "{d, date, ::yMMMMd}", "{d, date, ::yMMMM}"


_NO_UNIT = Unit(id="", dimension={})


@lru_cache(maxsize=4096)
def _format(pattern: str, locale: str) -> MessageFormat:
    return MessageFormat(pattern, locale)


@cache
def _fraction_sign(locale: str) -> str:
    """What parts a fraction from its whole."""
    return format_number(locale, Decimal("1.5"), "@@")[1:2]


def format_number(locale: str, number: Decimal, skeleton: str) -> str:
    """A number by one of ICU's skeletons, for readers of numbers."""
    return _format(f"{{n, number, ::{skeleton}}}", locale).format({"n": number})


def spell(locale: str, number: int, rule: str = "") -> str:
    """A whole number as words; `rule` names one of CLDR's rule sets, as in %spellout-cardinal-feminine."""
    return _format(f"{{n, spellout,{rule}}}" if rule else "{n, spellout}", locale).format({"n": number})


def format_date(locale: str, day: date, skeleton: str) -> str:
    """A date by one of ICU's skeletons, for readers of dates."""
    return _format(f"{{d, date, ::{skeleton}}}", locale).format({"d": day})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Written:
    """One end of a value: its number, and the whole with its unit."""

    number: str
    whole: str


@dataclass(frozen=True, slots=True)
class ValueFormatter:
    """How one language writes values and dates."""

    language: Language

    # --- dates ---------------------------------------------------------------------------------

    def period(self, period: Period) -> str:
        """A date or period in words."""
        match period.form:
            case Form.DAY:
                return _format(_DAY, self.language.locale).format({"d": period.first})
            case Form.MONTH:
                return _format(_MONTH, self.language.locale).format({"d": period.first})
            case Form.SPAN:
                assert period.start is not None and period.end is not None  # noqa: S101, PT018  a span has both
                return self._pattern("period.span", self.period(period.start), self.period(period.end))
            case Form.QUARTER | Form.HALF:
                return self._pattern(f"period.{period.form}{period.part}", str(period.first.year))
            case _:
                return self._pattern(f"period.{period.form}", str(period.first.year))

    # --- values --------------------------------------------------------------------------------

    def value(self, value: Value | Period, unit: Unit, *, form: str = LONG, digits: int = 0, bare: bool = False) -> str:
        """A value with its unit; `digits` rounds to so many significant ones, `bare` leaves out "about" and "at least"."""
        if isinstance(value, Period):
            return self.period(value)
        if digits:
            value = values.apply_rounding(value, digits)
        text = self._core(value, unit, form)
        if bare:
            return text
        if isinstance(value, Interval):
            if value.high is None:
                text = self._pattern("value.more_than" if value.low_strict else "value.at_least", text)
            elif value.low is None:
                text = self._pattern("value.less_than" if value.high_strict else "value.at_most", text)
        return self._pattern("value.about", text) if value.about else text

    def growth(self, value: Value, unit: Unit, *, digits: int = 0) -> str:
        """A change as words: up 22%, down 3%."""
        middle = values.midpoint(value)
        if not middle:
            return self._pattern("growth.flat", "")
        size = value if middle > 0 else values.negate(value)
        return self._pattern("growth.up" if middle > 0 else "growth.down", self.value(size, unit, digits=digits))

    def number(self, number: Decimal) -> str:
        """A number without a unit, large ones in the language's own thousands or myriads."""
        return self._written(number, _NO_UNIT, None, Decimal(1), LONG).whole

    def integer(self, number: int) -> str:
        """A plain whole number."""
        return self._number(Decimal(number), "precision-integer")

    def _core(self, value: Value, unit: Unit, form: str) -> str:
        rung, factor = _rung(value, unit)
        if isinstance(value, Point):
            return self._written(value.number, unit, rung, factor, form).whole
        ends = [end for end in (value.low, value.high) if end is not None]
        written = [self._written(end, unit, rung, factor, form) for end in ends]
        if len(written) == 1:
            return written[0].whole
        if _one_scaled(written[0], written[1]) and written[0].whole == written[0].number:
            return self._core(value, replace(unit, compact=False), form)
        return self._range(written[0], written[1])

    def _range(self, low: _Written, high: _Written) -> str:
        """Both ends, with what they share written once: the unit always, the scale where the language does so."""
        before, after = _around(low), _around(high)
        if before is None or after is None or before[0] != after[0]:
            return self._pattern("value.range", low.whole, high.whole)
        first, last = low.number, high.number
        if _one_scaled(low, high):
            return self._pattern("value.range", low.whole, high.whole)
        if self.language.word("value.range_shares") == "scale":
            scale = _tail(first)
            if scale and scale == _tail(last):
                first = first[: -len(scale)]
        return after[0] + self._pattern("value.range", first, last) + after[1]

    def _written(self, end: Decimal, unit: Unit, rung: ScaleStep | None, factor: Decimal, form: str) -> _Written:
        shown = end / factor
        precision = "@" + "#" * (min(values.significant_digits(end), 20) - 1)
        if unit.percent:
            text = self._spaced(self._number(shown, f"percent scale/100 {precision}"))
            return _Written(number=text, whole=text)
        compact = self._compact(shown, unit, precision, form)
        plain = self._number(shown, f"{compact} {precision}")
        whole = self._with_unit(shown, plain, unit, rung, skeleton=f"{compact} {precision}", form=form)
        return _Written(number=plain, whole=whole)

    def _with_unit(self, shown: Decimal, plain: str, unit: Unit, rung: ScaleStep | None, *, skeleton: str, form: str) -> str:
        patterns = {} if rung is None else (rung.short if form != LONG and rung.short else rung.pattern)
        own = patterns.get(self.language.code)
        if own is not None:
            return self._plural(own, shown, plain)
        width = "unit-width-full-name" if form == LONG else "unit-width-narrow" if form == TICK else "unit-width-short"
        if unit.currency:
            return self._number(shown, f"{skeleton} currency/{unit.currency} {width}")
        if rung is not None and rung.icu:
            return self._spaced(self._number(shown, f"{skeleton} unit/{rung.icu} {width}"))
        return plain

    def _plural(self, forms: dict[str, str] | object, shown: Decimal, plain: str) -> str:
        assert isinstance(forms, dict)  # noqa: S101  categories of a unit's pattern
        cases = " ".join(f"{category} {{{text.replace('{0}', '{s}')}}}" for category, text in forms.items())
        sign = plain[:1] if shown < 0 and all(_begins_with_sign(text) for text in forms.values()) else ""  # -$3, not $-3
        unsigned = plain.removeprefix(sign)
        return sign + _format(f"{{n, plural, {cases}}}", self.language.locale).format({"n": shown, "s": unsigned})

    def _compact(self, shown: Decimal, unit: Unit, precision: str, form: str) -> str:
        """Whether the language writes this size in its own thousands or myriads, and not with too long a fraction."""
        if not unit.compact or abs(shown) < Decimal(self._setting("value.compact_from", "1e6")):
            return ""
        kind = "compact-short" if form == TICK else "compact-long"
        text = self._number(shown, f"{kind} {precision}")
        fraction = sum(1 for _ in takewhile(str.isdigit, text.partition(_fraction_sign(self.language.locale))[2]))
        return kind if fraction <= int(self._setting("value.compact_fraction", "3")) else ""

    def _setting(self, key: str, default: str) -> str:
        return self.language.words.get(key, default)

    def _number(self, number: Decimal, skeleton: str) -> str:
        return _format(f"{{n, number, ::{skeleton.strip()}}}", self.language.locale).format({"n": number})

    def _spaced(self, text: str) -> str:
        """CLDR parts number and unit by a space where the language's print may not."""
        space = self._setting("value.unit_space", " ")
        return text if space == " " else text.replace("\u00a0", " ").replace(" ", space)

    def _pattern(self, key: str, *parts: str) -> str:
        text = self.language.word(key)
        for index, part in enumerate(parts):
            text = text.replace(f"{{{index}}}", part)
        return text


def _rung(value: Value, unit: Unit) -> tuple[ScaleStep | None, Decimal]:
    """The step of the unit's ladder for this size, judged by the larger end."""
    size = max((abs(end) for end in (value.low, value.high) if end is not None), default=Decimal(0))
    fitting = [rung for rung in unit.ladder if rung.factor <= size] or list(unit.ladder[:1])
    if not fitting:
        return None, Decimal(1)
    return fitting[-1], fitting[-1].factor


def _one_scaled(low: _Written, high: _Written) -> bool:
    """Whether only one end has a scale: 22–72 billion would be read as 22 billion."""
    return bool(_tail(low.number)) is not bool(_tail(high.number))


def _begins_with_sign(pattern: str) -> bool:
    """Whether a sign such as that of a currency stands before the number."""
    before = pattern.partition("{0}")[0]
    return bool(before) and not any(char.isalpha() for char in before)


def _around(written: _Written) -> tuple[str, str] | None:
    """What stands before and after the number in the whole."""
    before, found, after = written.whole.partition(written.number)
    return (before, after) if found else None


def _tail(text: str) -> str:
    """Everything after the last digit."""
    kept = text.rstrip()
    while kept and not kept[-1].isdigit():
        kept = kept[:-1]
    return text[len(kept) :]
