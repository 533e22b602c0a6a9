"""Values as the unit of their fact or claim takes them."""

from __future__ import annotations

from decimal import Decimal

from ..model import values
from ..model.periods import Form, Period
from ..model.units import Unit
from ..model.values import Point, Value
from ..reading.located_values import Located
from .resolver import Resolver


def quantity_of(resolver: Resolver, located: Located | None, unit: Unit | None) -> Value | Period | None:
    """A value in a unit; None where there is none, or where one of value and unit is for dates and the other is not.

    Four digits alone are a year only in a unit for dates, else a number.
    """
    value = None if located is None else located.value
    if located is None or unit is None or not isinstance(value, Period | Point | values.Interval):
        return None
    takes_dates = "time_point" in unit.dimension
    if isinstance(value, Period) and value.form is Form.YEAR and not takes_dates:
        return Point(number=Decimal(value.text))
    if isinstance(value, Period) is not takes_dates:
        resolver.report("unit-mismatch", located.span, "date", unit=unit.id)
        return None
    return value
