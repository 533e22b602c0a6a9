"""Values as charts draw them: those of facts, in the base unit of their dimension, and worded for marks.

A label has true minus signs, three digits of an amount that is written as in $60.8 billion, and tenths of a per cent; the table
has all digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

from ..model.arithmetic import multiply
from ..model.periods import Period
from ..model.values import Interval, Point, Value, end_roundings, ends
from ..records.struct import replace

if TYPE_CHECKING:
    from ..model.report import Fact
    from ..model.units import Unit
    from ..wording.texts import Texts

_WHOLE = re.compile(r"[0-9]{1,15}(?:[eE]\+?[0-9]{1,2})?")
_DIGITS = 3  # of large amounts beside their marks
_ONE_PERCENT = Decimal("0.01")
_LARGE = Decimal(10) ** 6  # below it, an amount is counted rather than measured
_HYPHEN = re.compile(r"(?<![0-9A-Za-z\u2010-\u2015-])-(?=[^\w\s]?\d)")  # of a negative number, before its currency sign too

_FIRST_NUMBER = re.compile(r"([^\w\s(]?\d)")


def quantity(fact: Fact) -> Value:
    """The value of a fact that can be drawn; TypeError for a date."""
    if isinstance(fact.value, Period):
        msg = f"{fact.id} is a date and cannot be drawn as a quantity"
        raise TypeError(msg)
    return fact.value


def are_whole_numbers(keys: Iterable[str]) -> bool:
    """Whether all keys of rows are whole numbers, such as 1000 or 1e5."""
    return all(map(_WHOLE.fullmatch, keys))


def in_base_unit(value: Value, unit: Unit) -> Value:
    """A value in the base unit of its dimension, so that all of one dimension share a scale."""
    return value if unit.size == 1 else multiply(value, Point(number=unit.size))


def true_minus(text: str) -> str:
    """The text with minus signs (U+2212) in place of hyphens before numbers."""
    return _HYPHEN.sub("\u2212", text)


def to_multiple(value: Value, unit: Unit, multiple: Decimal) -> tuple[Value, Unit]:
    """A value with its ends rounded to a multiple of an amount of its unit, and the unit at the one scale step for all such.

    "At least" is rounded down, so that it stays true, and "up to", as other numbers, half away from zero.

    The step is the largest at which the multiple has at most three decimals: values of one chart are so in one precision.
    """
    steps = tuple(step for step in unit.ladder if step.factor <= multiple * 1000) or unit.ladder[:1]
    factor, fixed = (steps[-1].factor, replace(unit, ladder=steps[-1:])) if steps else (Decimal(1), unit)
    roundings = end_roundings(value)
    if isinstance(value, Point):
        number, zeros = _to_multiple(value.number, multiple, factor, roundings[0])
        return replace(value, number=number, zeros=zeros), fixed
    low, high = (
        None if end is None else _to_multiple(end, multiple, factor, rounding)
        for end, rounding in zip((value.low, value.high), roundings, strict=True)
    )
    if low and high and low[0] == high[0]:
        return Point(number=low[0], about=True, zeros=low[1]), fixed
    rounded = Interval(
        low=low[0] if low else None,
        high=high[0] if high else None,
        low_strict=value.low_strict,
        high_strict=value.high_strict,
        about=value.about,
        zeros=(low[1] if low else 0, high[1] if high else 0),
    )
    return rounded, fixed


def _to_multiple(number: Decimal, multiple: Decimal, factor: Decimal, rounding: str) -> tuple[Decimal, int]:
    """A number rounded to a multiple, with the digits that it is shown with, and how many end in zero."""
    found = (number / multiple).to_integral_value(rounding) * multiple / factor
    decimals = max(0, -int((multiple / factor).normalize().as_tuple().exponent))
    shown = found.quantize(Decimal(1).scaleb(-decimals))
    text = str(shown) if decimals else ""
    return shown.scaleb(factor.adjusted()), len(text) - len(text.rstrip("0"))


def signed(text: str, *, rise: bool) -> str:
    """The words of a change: of a rise with a plus sign before its first number, and before a currency sign there."""
    return _FIRST_NUMBER.sub(r"+\1", text, count=1) if rise else text


def last_digit(value: Value, unit: Unit, digits: int) -> Decimal:
    """What one is worth in the last of so many digits of a value, in the base unit; zero where no digits are named."""
    largest = max(abs(end.number) for end in ends(value)) * unit.size
    return Decimal(1).scaleb(largest.adjusted() - digits + 1) if digits else Decimal(0)


def word_mark(texts: Texts, value: Value, unit: Unit, *, digits: int = 0) -> str:
    """A value as the label of its mark; of `digits` significant ones, where so many are asked for."""
    largest = max(abs(end.number) for end in ends(value)) * unit.size
    if unit.percent:
        most = (largest * 100).adjusted() + 2 if largest >= _ONE_PERCENT else 0  # one behind the decimal sign
    else:
        most = _DIGITS if (unit.compact or len(unit.ladder) > 1) and largest >= _LARGE else 0
    return true_minus(texts.word_value(value, unit, "short", digits=min(filter(None, (digits, most)), default=0)))
