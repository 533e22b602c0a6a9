"""Values as a published table writes them: the inverse of `numbers`, for as much as a table can say."""

from __future__ import annotations

import re
from decimal import Decimal, Inexact, localcontext

from ..model import values
from ..model.values import Point, Value
from .description import TableDescription
from .numbers import CellError, NumberNotation, plain_signs, read_number

_DIGITS = 120  # of a quotient; a value has fewer
_BEHIND = re.compile(r"[^0-9]*$")


def write_number(value: Value, table: TableDescription, scale: Decimal | None, *, percent: bool | None, old: str = "") -> str:
    """A value in the notation of a table whose column has a scale, with the flags of the cell's `old` text.

    "" where the table cannot say it: a range, or a number that the scale does not divide.
    """
    notation = NumberNotation(
        decimal_char=table.decimal_char, group_char=table.group_char, missing_values=table.missing_values, flags=table.flags
    )
    sign, end = _sign_and_end(value)
    signed = percent and scale is None
    digits = _divided(end, Decimal("0.01") if signed else scale or Decimal(1)) if end is not None else ""
    written = sign + digits.replace(".", plain_signs(table.decimal_char)) + "%" * bool(signed)
    try:
        flags = read_number(old, notation, scale, percent=percent).flags if old else ()
        if flags and (behind := _BEHIND.search(old)):
            written += f" {behind[0].strip(' %)')}"
        read = read_number(written, notation, scale, percent=percent)
    except CellError:
        return ""
    return written if digits and read.flags == flags and read.text and values.parse(read.text) == value else ""


def _sign_and_end(value: Value) -> tuple[str, Point | None]:
    """The sign of a bound, and its number; None for a range."""
    if isinstance(value, Point):
        return "~" * value.about, value
    if value.about or (value.low is not None and value.high is not None):
        return "", None
    (end,) = values.ends(value)
    strict = value.low_strict or value.high_strict
    return f"{'<' if value.low is None else '>'}{'' if strict else '='}", end


def _divided(end: Point, scale: Decimal) -> str:
    """The digits of a number of which a scale makes another one, with as many zeros behind them; "" where it has no end."""
    with localcontext(prec=_DIGITS) as context:
        context.clear_flags()  # it is a copy of what was before
        quotient = (end.number / scale).normalize()
        if context.flags[Inexact]:
            return ""
        exponent = int(quotient.as_tuple().exponent)
        return f"{quotient.quantize(Decimal(1).scaleb(min(exponent, 0) - end.zeros)):f}"
