"""Values with dimensions: what may be added, and what products and quotients are measured in."""

from __future__ import annotations

from collections.abc import Mapping

from ..records.struct import Struct
from .values import Value

Dimension = tuple[tuple[str, int], ...]  # base dimensions with their exponents, sorted by name, none of them 0


class DimensionError(Exception):
    """Two values that differ in dimension, as in `3 m + 2 USD`."""

    def __init__(self, left: DimensionedValue, right: DimensionedValue) -> None:
        """Carry both."""
        super().__init__()
        self.left, self.right = left, right


class DimensionedValue(Struct, frozen=True):
    """A value in the base units of its dimension; None as dimension for a number typed into a formula, which fits any."""

    value: Value
    dimension: Dimension | None = ()


def normalize_dimension(exponents: Mapping[str, int]) -> Dimension:
    """A dimension in its one normal form."""
    return tuple(sorted((name, exponent) for name, exponent in exponents.items() if exponent))


def common_dimension(left: DimensionedValue, right: DimensionedValue) -> Dimension | None:
    """The dimension of both; DimensionError where they differ."""
    if left.dimension is None:
        return right.dimension
    if right.dimension is not None and left.dimension != right.dimension:
        raise DimensionError(left, right)
    return left.dimension


def product_dimension(left: DimensionedValue, right: DimensionedValue) -> Dimension:
    """The dimension of a product."""
    return _combined(left, right, 1)


def quotient_dimension(left: DimensionedValue, right: DimensionedValue) -> Dimension:
    """The dimension of a quotient."""
    return _combined(left, right, -1)


def _combined(left: DimensionedValue, right: DimensionedValue, sign: int) -> Dimension:
    exponents = dict(left.dimension or ())
    for name, exponent in right.dimension or ():
        exponents[name] = exponents.get(name, 0) + sign * exponent
    return normalize_dimension(exponents)


def describe_dimension(value: DimensionedValue) -> str:
    """A dimension in words for a message: `USD / time^2`."""
    above, below = (
        [_power(name, abs(exponent)) for name, exponent in value.dimension or () if exponent * sign > 0] for sign in (1, -1)
    )
    numerator = " * ".join(above) or ("1" if below else "a plain number")
    return " / ".join([numerator, *below])


def _power(name: str, exponent: int) -> str:
    return name if exponent == 1 else f"{name}^{exponent}"
