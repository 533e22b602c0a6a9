"""From quantities to pixels: linear and logarithmic scales, and round numbers for their ticks, all in Decimals."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from ..model.values import Value

_STEPS = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """A stretch of quantities laid on a stretch of pixels."""

    low: Decimal
    high: Decimal
    start: float
    end: float
    log: bool = False

    def position(self, amount: Decimal) -> float:
        """The pixel of an amount; on a log scale the amount must be positive."""
        if self.log:
            part = float((amount.log10() - self.low.log10()) / (self.high.log10() - self.low.log10()))
        else:
            part = float((amount - self.low) / (self.high - self.low))
        return self.start + part * (self.end - self.start)


def known_bounds(found: Iterable[Value]) -> list[Decimal]:
    """Every known end of the values."""
    return [end for value in found for end in (value.low, value.high) if end is not None]


def domain(amounts: Iterable[Decimal], *, zero: bool = True) -> tuple[Decimal, Decimal]:
    """The smallest and largest amount, zero among them if asked; never empty."""
    listed = [*amounts, *([Decimal(0)] if zero else [])]
    low, high = min(listed), max(listed)
    if low == high:
        high = low + (abs(low) or Decimal(1))
    return low, high


def tick_step(low: Decimal, high: Decimal, about: int) -> Decimal:
    """A round distance (1, 2 or 5 times a power of ten) that cuts the stretch into about so many parts."""
    rough = (high - low) / max(about, 1)
    power = Decimal(1).scaleb(math.floor(rough.log10()))
    return next(factor * power for factor in _STEPS if factor * power >= rough)


def ticks(low: Decimal, high: Decimal, about: int) -> list[Decimal]:
    """Round amounts from the last at or below `low` to the first at or above `high`."""
    distance = tick_step(low, high, about)
    first = (low / distance).to_integral_value(ROUND_FLOOR)
    last = (high / distance).to_integral_value(ROUND_CEILING)
    return [_plain(distance * number) for number in range(int(first), int(last) + 1)]


def decades(low: Decimal, high: Decimal) -> list[Decimal]:
    """Powers of ten around two positive amounts."""
    first = low.log10().to_integral_value(ROUND_FLOOR)
    last = high.log10().to_integral_value(ROUND_CEILING)
    return [Decimal(1).scaleb(number) for number in range(int(first), int(max(last, first + 1)) + 1)]


def _plain(amount: Decimal) -> Decimal:
    """The amount with no more digits than it needs, since digits as written count as precision."""
    return amount.normalize() if amount else Decimal(0)
