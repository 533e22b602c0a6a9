"""Units: what numbers count, how large one is in its dimension, and at which sizes readers are told another one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from ..store.fast_pickle import FastPickle


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleStep(FastPickle):
    """One step of a unit's ladder: from this size on, the number is divided by `factor` and worded with `icu` or `pattern`."""

    factor: Decimal
    icu: str = ""
    pattern: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # language -> CLDR plural category -> "{0} people"
    short: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit(FastPickle):
    """What a number counts. `dimension` is a product of base dimensions with exponents; equal dimensions may be added."""

    id: str
    dimension: Mapping[str, int]
    size: Decimal = Decimal(1)  # of one unit in the dimension's base
    currency: str = ""  # ISO 4217
    percent: bool = False
    compact: bool = True  # large numbers in the language's own myriads or thousands
    ladder: tuple[ScaleStep, ...] = ()
