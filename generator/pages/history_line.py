"""The values that a fact has had as points of a small line: over true time, from the lowest value to the highest."""

from __future__ import annotations

from ..model import report
from ..model.periods import Period
from ..model.values import Value, midpoint

WIDTH, HEIGHT, EDGE = 240, 48, 6
_FEWEST = 3  # values that show a course


def history_line(fact: report.Fact) -> tuple[tuple[float, float], ...]:
    """Points (x, y) from the earliest value to the present one in a box of WIDTH by HEIGHT; none for dates and few values."""
    now = fact.as_of or fact.period
    dated = [(change.as_of, change.value) for change in fact.history]
    if now is not None:
        dated.append((now, fact.value))
    found = sorted((when.first.toordinal(), _number(value)) for when, value in dated if not isinstance(value, Period))
    days, numbers = [day for day, _ in found], [number for _, number in found]
    if len(set(days)) < _FEWEST or len(set(numbers)) == 1:
        return ()
    pairs = zip(days, numbers, strict=True)
    return tuple((_placed(day, days, WIDTH), HEIGHT - _placed(number, numbers, HEIGHT)) for day, number in pairs)


def _number(value: Value) -> float:
    return float(midpoint(value))


def _placed(value: float, among: list[int] | list[float], length: int) -> float:
    low, high = min(among), max(among)
    return round(EDGE + (value - low) / (high - low) * (length - 2 * EDGE), 1)
