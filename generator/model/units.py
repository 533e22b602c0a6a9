"""Units of measurement: their dimension and size, and in which scales numbers are shown (thousand, million, myriad)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from ..records.struct import Struct, field


class ScaleStep(Struct, frozen=True, kw_only=True):
    """One scale in which numbers of a unit are shown: from `factor` on, a number is divided by it and formatted.

    The format is an ICU unit (`icu`) or a pattern per language and CLDR plural category; `short` is for narrow places.
    """

    factor: Decimal
    icu: str = ""
    pattern: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # language -> CLDR plural category -> "{0} people"
    short: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


class Unit(Struct, frozen=True, kw_only=True):
    """What a number counts. The dimension maps base dimensions to exponents; values of equal dimension can be added."""

    id: str
    dimension: Mapping[str, int]
    size: Decimal = Decimal(1)  # of one unit in the dimension's base
    currency: str = ""  # ISO 4217
    percent: bool = False
    compact: bool = True  # whether large numbers are shown in the language's own thousands or myriads (CLDR compact form)
    ladder: tuple[ScaleStep, ...] = ()


NUMBER = Unit(id="number", dimension={})  # of values whose unit is told elsewhere
SHARE = Unit(id="ratio", dimension={}, percent=True)  # of values that are worked out as parts of others
