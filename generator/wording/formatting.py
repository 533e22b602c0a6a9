"""Formatting of values and units in a language, by ICU with CLDR's locale data and the patterns of the report.

No language is known here: what differs between languages is CLDR data, or a pattern of data/words.yml or data/units.yml.
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import takewhile

from ..model import values
from ..model.languages import Language
from ..model.periods import Period
from ..model.units import ScaleStep, Unit
from ..model.values import Point, Value
from ..records.struct import Struct, replace
from . import myriads
from .compact_forms import LONG_NOTATION, SHORT_NOTATION, compact_skeleton, fraction_digits
from .icu import message_format, minor_digits
from .period_formatting import PeriodFormatter, fill_pattern

LONG, SHORT, TICK = "long", "short", "tick"  # forms: for prose, for tables and marks, for axes


# Texts by the identity of all that they are made of, which the entry keeps alive: a report words each value on many pages.
_known: dict[tuple[int, int, int, str, int, bool], tuple[str, Language, Value, Unit]] = {}
_MOST_KNOWN = 32_768  # values are kept alive by it; a page asks for the same ones again and again


_NO_UNIT = Unit(id="", dimension={})
_MOST_DIGITS = 20
_DASHES = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d")  # what can be read as a minus sign


class _Formatted(Struct, frozen=True, kw_only=True):
    """An end of a value as text: the number with its scale, and the same with its unit.

    `affixes` are the texts before and after the number; None where the number is not part of the text.
    """

    number: str
    text: str
    affixes: tuple[str, str] | None
    in_steps: bool = False  # as 591兆4821億 is


class ValueFormatter(PeriodFormatter, frozen=True):
    """Formats values and dates in one language of a report."""

    def value(self, value: Value | Period, unit: Unit, *, form: str = LONG, digits: int = 0, bare: bool = False) -> str:
        """A value with its unit, in a form (LONG, SHORT or TICK).

        `digits` rounds to so many significant digits, 0 keeps all; `bare` leaves out words such as "about" and "at least".
        """
        if isinstance(value, Period):
            return self.period(value)
        key = (id(self.language), id(value), id(unit), form, digits, bare)
        known = _known.get(key)
        if known is None:
            if len(_known) >= _MOST_KNOWN:
                _known.clear()
            known = _known[key] = (self._value(value, unit, form, digits, bare=bare), self.language, value, unit)
        return known[0]

    def _value(self, value: Value, unit: Unit, form: str, digits: int, *, bare: bool) -> str:
        if digits:
            value = values.apply_rounding(value, digits)
        text = self._without_qualifier(value, unit, form)
        if bare:
            return text
        bound = values.bound_name(value)
        if value.about and bound and (both := self.language.words.get(f"value.about_{bound}", "")):
            return fill_pattern(both, text)
        text = self._pattern("value.about", text) if value.about else text
        return self._pattern(f"value.{bound}", text) if bound else text

    def number(self, number: Decimal) -> str:
        """A number without a unit, with the language's words for large powers of ten."""
        return self._format_bound(Point(number=number), _NO_UNIT, None, Decimal(1), LONG).text

    def integer(self, number: int) -> str:
        """A whole number in digits, grouped as the language does."""
        return self._number(Decimal(number), "precision-integer")

    def _without_qualifier(self, value: Value, unit: Unit, form: str) -> str:
        """A value without "about", "at least" and the like."""
        step, factor = _scale_step(value, unit)
        formatted = [self._format_bound(end, unit, step, factor, form) for end in values.ends(value)]
        if len(formatted) == 1:
            return formatted[0].text
        low, high = formatted
        if _only_one_scaled(low, high) and low.text == low.number:
            return self._without_qualifier(value, replace(unit, compact=False), form)
        return self._range(low, high, signed=value.low is not None and value.low.is_signed())

    def _range(self, low: _Formatted, high: _Formatted, *, signed: bool) -> str:
        """Both bounds, with their unit written once, and their scale too where the language does so."""
        dashed = signed and _is_dashed(self.language.word("value.range"))
        pattern = self.signed_range if dashed else self.language.word("value.range")
        if low.affixes is None or high.affixes is None or low.affixes[0] != high.affixes[0] or _only_one_scaled(low, high):
            return fill_pattern(pattern, low.text, high.text)
        first, last = low.number, high.number
        in_steps = low.in_steps or high.in_steps
        if self.language.word("value.range_shares") == "scale" and not (signed or in_steps):  # -2% to 3%, not -2 to 3%
            scale = _scale_word(first)
            if scale and scale == _scale_word(last):
                first = first[: -len(scale)]
        return high.affixes[0] + fill_pattern(pattern, first, last) + high.affixes[1]

    @property
    def signed_range(self) -> str:
        """The pattern of a range with a negative end, whose separator cannot be read as a minus sign.

        Where the language names none in value.range_signed, its word for a span of dates; else the three dots of mathematics.
        """
        words = self.language.words
        usual = words.get("value.range", "")
        for pattern in (words.get("value.range_signed", ""), usual, words.get("period.span", "")):
            if pattern and not _is_dashed(pattern):
                return pattern
        return "{0} … {1}"

    def _format_bound(self, end: Point, unit: Unit, step: ScaleStep | None, factor: Decimal, form: str) -> _Formatted:
        """A number at a scale step of its unit, with all its significant digits up to twenty, and its zeros as stated."""
        number = end.number / factor
        precision = _precision(end, 2 if unit.percent else -factor.adjusted())
        if unit.percent:
            text = self._spaced(self._number(number, f"percent scale/100 {precision}"))
            return _Formatted(number=text, text=text, affixes=("", ""))
        skeleton = self._compact(number, unit, end, precision, form)
        in_steps = "" if skeleton else self._in_steps(number, unit, form)
        pattern = self._unit_pattern(number, end, step, form)
        if pattern is not None:
            plain = in_steps or self._number(number, skeleton or precision, compact=unit.compact)
            pattern = self._joined(pattern) if skeleton.startswith("compact-long") else pattern
            return replace(_in_pattern(pattern, plain), in_steps=bool(in_steps))
        skeleton = skeleton or self._with_minor_units(number, precision, unit, form)
        plain = self._number(number, skeleton, compact=unit.compact)
        text = self._with_icu_unit(number, plain, unit, step, skeleton=skeleton, form=form)
        if in_steps:
            text, plain = text.replace(plain, in_steps, 1), in_steps
        before, found, after = text.partition(plain)
        if skeleton.startswith(LONG_NOTATION):
            after = self._after_scale(after)
        text = before + found + after
        return _Formatted(number=plain, text=text, affixes=(before, after) if found else None, in_steps=bool(in_steps))

    def _in_steps(self, number: Decimal, unit: Unit, form: str) -> str:
        """A number in steps of the locale, where compact notation would need too many digits behind its decimal sign."""
        is_large = unit.compact and form != TICK and abs(number) >= Decimal(self._setting("value.compact_from", "1e6"))
        return myriads.in_steps(number, self.language.locale) if is_large else ""

    def _after_scale(self, unit: str) -> str:
        """A unit as it stands after a word such as million, where the language joins both: "3 millions de mètres cubes".

        CLDR has no form of units for that. Before some letters another word may stand: "3 millions d’euros".
        """
        name, words = unit.lstrip(), self.language.words
        elided = name[:1].casefold() in words.get("value.after_scale_elides", "")
        pattern = words.get("value.after_scale_elided" if elided else "value.after_scale", "")
        return fill_pattern(pattern, name) if pattern and name[:1].isalpha() else unit

    def _joined(self, pattern: str) -> str:
        """A pattern of a unit with what joins it to a word such as million, where it has not that itself."""
        before, sign, after = pattern.partition("{0}")
        words = self.language.words
        joints = (words.get(key, "").partition("{0}")[0] for key in ("value.after_scale", "value.after_scale_elided"))
        is_joined = any(joint and after.startswith(joint) for joint in joints)
        return pattern if is_joined else before + sign + self._after_scale(after)

    def _with_icu_unit(
        self, number: Decimal, plain: str, unit: Unit, step: ScaleStep | None, *, skeleton: str, form: str
    ) -> str:
        """A number with its unit by CLDR, else `plain`, the number alone."""
        narrow = form == TICK and unit.currency  # of other units CLDR writes some without their space: 3 Mm³ is another unit
        width = "unit-width-full-name" if form == LONG else "unit-width-narrow" if narrow else "unit-width-short"
        if unit.currency:
            return self._number(number, f"{skeleton} currency/{unit.currency} {width}", compact=unit.compact)
        if step is not None and step.icu:
            return self._spaced(self._number(number, f"{skeleton} unit/{step.icu} {width}", compact=unit.compact))
        return plain

    def _unit_pattern(self, number: Decimal, end: Point, step: ScaleStep | None, form: str) -> str | None:
        """The report's pattern for the number's plural category (https://cldr.unicode.org/index/cldr-spec/plural-rules)."""
        patterns = {} if step is None else (step.short if form != LONG and step.short else step.pattern)
        forms = patterns.get(self.language.code)
        if forms is None:
            return None
        if end.zeros and number == number.to_integral_value():
            number += Decimal("0.5")  # 1.0 years: the category of numbers with a visible fraction
        # only the names of categories are in the message: what a pattern holds is no syntax of ICU
        cases = " ".join(f"{category} {{{category}}}" for category in forms)
        return forms[message_format(f"{{n, plural, {cases}}}", self.language.locale).format({"n": number})]

    def _compact(self, number: Decimal, unit: Unit, end: Point, precision: str, form: str) -> str:
        """The skeleton of compact notation; empty where the number is too small, or each way to write it too long."""
        if not unit.compact or abs(number) < Decimal(self._setting("value.compact_from", "1e6")):
            return ""
        notations = (SHORT_NOTATION, LONG_NOTATION) if form == TICK else (LONG_NOTATION,)
        precisions = (precision, _precision(replace(end, zeros=0), 0))
        most = int(self._setting("value.compact_fraction", "3"))
        return compact_skeleton(number, self.language.locale, notations, precisions, most)

    def _with_minor_units(self, number: Decimal, precision: str, unit: Unit, form: str) -> str:
        """The skeleton of an amount of money: one with a fraction has the digits that its currency has, as in $1.50."""
        digits = minor_digits(unit.currency) if unit.currency and form != TICK else 0
        shown = fraction_digits(self._number(number, precision), self.language.locale) if digits else 0
        return f".{'0' * digits}" if 0 < shown < digits else precision

    def _setting(self, key: str, default: str) -> str:
        return self.language.words.get(key, default)

    def _number(self, number: Decimal, skeleton: str, *, compact: bool = True) -> str:
        """A number; `compact` where large ones beside it are shown in the language's own thousands or myriads."""
        if compact and myriads.steps(self.language.locale):  # as compact notation groups: 1000億, 8000
            skeleton = f"{skeleton} group-min2"
        return message_format(f"{{n, number, ::{skeleton.strip()}}}", self.language.locale).format({"n": number})

    def _spaced(self, text: str) -> str:
        """A text with the language's own space, which may be none, where CLDR has one between number and unit."""
        space = self._setting("value.unit_space", " ")
        return text if space == " " else text.replace("\u00a0", " ").replace(" ", space)


def _precision(end: Point, shift: int) -> str:
    """The ICU skeleton for the digits of a number that is shown times so many powers of ten."""
    if not end.number:
        fraction = min(_MOST_DIGITS, max(0, -int(end.number.as_tuple().exponent) - shift)) if end.zeros else 0
        return f".{'0' * fraction}" if fraction else "precision-integer"
    digits = min(values.significant_digits(end.number), _MOST_DIGITS)
    least = digits if end.zeros else 1
    return "@" * least + "#" * (digits - least)


def _in_pattern(pattern: str, plain: str) -> _Formatted:
    """A number in a pattern of its unit. Its sign comes before the sign of a currency: -$3, not $-3."""
    before, _, after = pattern.partition("{0}")
    sign = "".join(takewhile(lambda char: not char.isalnum(), plain)) if _begins_with_sign(pattern) else ""
    if sign:
        return _Formatted(number=plain, text=sign + before + plain.removeprefix(sign) + after, affixes=None)
    return _Formatted(number=plain, text=before + plain + after, affixes=(before, after))


def _is_dashed(pattern: str) -> bool:
    """Whether an end of a range comes directly after a dash, which can be read as a minus sign."""
    return any(before.rstrip()[-1:] in _DASHES for before in re.split(r"\{[01]\}", pattern)[:-1] if before.strip())


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


def _scale_word(text: str) -> str:
    """The text after the last digit: a scale, or nothing."""
    stripped = text.rstrip()
    while stripped and not stripped[-1].isdecimal():
        stripped = stripped[:-1]
    return text[len(stripped) :]
