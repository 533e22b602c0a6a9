"""Units settled from data/units.yml, and those of the package as facts, claims, columns or formulas name them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from ..model.dimensions import normalize_dimension
from ..model.units import ScaleStep, Unit
from ..reading.draft import Draft
from ..reading.located_values import Entry, Located, bool_of, decimal_of, fields_of, members_of, text_of


class UnitsInUse(Mapping[str, Unit]):
    """All units of a report, and those of the package that were looked up so far."""

    def __init__(self, units: Mapping[str, Unit], more: Mapping[str, Unit]) -> None:
        """`more` are the units that become part of the mapping when they are looked up."""
        self.own, self._units, self._more = units, dict(units), more

    def __getitem__(self, key: str) -> Unit:
        """The unit, which is in use from now on; KeyError where there is none."""
        if key not in self._units:
            self._units[key] = self._more[key]
        return self._units[key]

    def __iter__(self) -> Iterator[str]:
        """The ids of the units so far."""
        return iter(self._units)

    def __len__(self) -> int:
        """How many there are so far."""
        return len(self._units)

    def in_order(self) -> dict[str, Unit]:
        """The units so far: first those of the report as it has them, then the others by id, whichever was looked up first."""
        return {**self.own, **{key: self._units[key] for key in sorted(self._units.keys() - self.own.keys())}}


def units_in_use(draft: Draft) -> UnitsInUse:
    """The units that a draft writes, and the mapping that adds those of the package."""
    return UnitsInUse({key: _unit(key, entry) for key, entry in draft.units.items()}, draft.default_units)


def _unit(key: str, entry: Entry) -> Unit:
    dimensions = {
        name: int(located.value)
        for name, located in fields_of(entry["dimension"]).items()
        if isinstance(located.value, Decimal)
    }
    rungs = tuple(
        ScaleStep(
            factor=decimal_of(rung["from"], Decimal(1)),
            icu=text_of(rung, "icu"),
            pattern=_patterns(rung["pattern"]),
            short=_patterns(rung["short"]),
        )
        for rung in members_of(entry["ladder"])
        if isinstance(rung, Entry)
    )
    return Unit(
        id=key,
        dimension=dict(normalize_dimension(dimensions)),
        size=decimal_of(entry["size"], Decimal(1)),
        currency=text_of(entry, "currency"),
        percent=bool_of(entry, "percent", default=False),
        compact=bool_of(entry, "compact", default=True),
        ladder=rungs,
    )


def _patterns(located: Located | None) -> dict[str, dict[str, str]]:
    return {
        code: {category: str(text.value) for category, text in fields_of(forms).items()}
        for code, forms in fields_of(located).items()
    }
