"""Linear and logarithmic scales from quantities to pixels, and round numbers for their ticks; quantities are Decimals."""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from ..model.values import Value
from ..records.struct import Struct

_LEAST_TICKS, _SPARE = 3, Decimal("0.4")
_STEPS = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))


class Scale(Struct, frozen=True, kw_only=True):
    """A scale from the domain `low` to `high` to the pixels `start` to `end`."""

    low: Decimal
    high: Decimal
    start: float
    end: float
    log: bool = False

    def position(self, amount: Decimal) -> float:
        """The pixel position of an amount, which must be positive on a log scale."""
        if self.log:
            part = float((amount.log10() - self.low.log10()) / (self.high.log10() - self.low.log10()))
        else:
            part = float((amount - self.low) / (self.high - self.low))
        return self.start + part * (self.end - self.start)


def known_bounds(of: Iterable[Value]) -> list[Decimal]:
    """All lower and upper bounds of the values that are known."""
    return [end for value in of for end in (value.low, value.high) if end is not None]


def domain(amounts: Iterable[Decimal], *, zero: bool = True) -> tuple[Decimal, Decimal]:
    """The smallest and largest amount, or zero if that is less or more and `zero` is asked for; never the same."""
    listed = [*amounts, *([Decimal(0)] if zero else [])]
    low, high = min(listed), max(listed)
    if low == high:
        high = low + (abs(low) or Decimal(1))
    return low, high


def tick_step(low: Decimal, high: Decimal, about: int) -> Decimal:
    """A round distance of ticks (1, 2 or 5 times a power of ten) that divides the domain into about that many parts."""
    rough = (high - low) / max(about, 1)
    power = Decimal(1).scaleb(math.floor(rough.log10()))
    return next(factor * power for factor in _STEPS if factor * power >= rough)


def ticks(low: Decimal, high: Decimal, about: int) -> list[Decimal]:
    """Round amounts from the last one at or below `low` to the first one at or above `high`."""
    distance = tick_step(low, high, about)
    first = (low / distance).to_integral_value(ROUND_FLOOR)
    last = (high / distance).to_integral_value(ROUND_CEILING)
    return [_plain(distance * number) for number in range(int(first), int(last) + 1)]


def snug_ticks(low: Decimal, high: Decimal, about: int) -> tuple[list[Decimal], Decimal]:
    """Ticks for a linear scale, and where it ends: at the last tick, or before it where much of a step would be empty."""
    found = ticks(low, high, about)
    spare = found[-1] - high
    if len(found) > _LEAST_TICKS and spare > (found[1] - found[0]) * _SPARE:
        return found[:-1], high
    return found, found[-1]


def decades(low: Decimal, high: Decimal) -> list[Decimal]:
    """The powers of ten from at or below `low` to at or above `high`, both positive."""
    first = low.log10().to_integral_value(ROUND_FLOOR)
    last = high.log10().to_integral_value(ROUND_CEILING)
    return [Decimal(1).scaleb(number) for number in range(int(first), int(max(last, first + 1)) + 1)]


def _plain(amount: Decimal) -> Decimal:
    """The amount without trailing zeros, since every digit of a Decimal counts as precision."""
    return amount.normalize() if amount else Decimal(0)
