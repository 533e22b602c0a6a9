"""The units that come with the package: those of defaults/units.yml, and every currency of ISO 4217 by its code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TypedDict

import yaml

from ..model.dimensions import normalize_dimension
from ..model.languages import Language
from ..model.units import ScaleStep, Unit
from .default_words import lookup

_FILE = Path(__file__).parent.parent / "defaults" / "units.yml"
PERCENT = "percent"  # the unit of shares
_CURRENCY = re.compile("[A-Z]{3}")
_Patterns = Mapping[str, Mapping[str, str]]  # language -> CLDR plural category -> text with {0}
_Step = TypedDict("_Step", {"from": str, "icu": str, "pattern": _Patterns, "short": _Patterns}, total=False)


class _Written(TypedDict, total=False):
    """An entry of the file, as data/units.yml has it."""

    dimension: Mapping[str, str]
    size: str
    currency: str
    percent: str
    compact: str
    ladder: Sequence[_Step]


class DefaultUnits(Mapping[str, Unit]):
    """The units of the package that can be worded in all languages of a report, by id; made when they are looked up."""

    def __init__(self, languages: Sequence[Language]) -> None:
        """The languages of the report; each has the texts of the package's language that its words are looked up in."""
        self._texts = {one.code: lookup(one.locale) or lookup(one.code) for one in languages}
        self._made: dict[str, Unit] = {}

    def __getitem__(self, key: str) -> Unit:
        """The unit; KeyError where the package has none, or none with a text in every language."""
        if key not in self._made:
            written = _written().get(key)
            if written is not None and self._is_complete(written):
                self._made[key] = self._unit(key, written)
            elif written is None and _CURRENCY.fullmatch(key) and key in _currencies():
                self._made[key] = Unit(id=key, dimension=dict(normalize_dimension({key: 1})), currency=key)
            else:
                raise KeyError(key)
        return self._made[key]

    def __iter__(self) -> Iterator[str]:
        """The ids, those of the file first."""
        yield from (key for key, written in _written().items() if self._is_complete(written))
        yield from (key for key in _currencies() if key not in _written())

    def __len__(self) -> int:
        """How many there are."""
        return sum(1 for _ in self)

    def _is_complete(self, written: _Written) -> bool:
        """Whether every language has a text for every step that CLDR has no unit for."""
        steps = () if written.get("currency") else written.get("ladder", ())
        return all("icu" in step or all(text in step["pattern"] for text in self._texts.values()) for step in steps)

    def _unit(self, key: str, written: _Written) -> Unit:
        return Unit(
            id=key,
            dimension=dict(normalize_dimension({base: int(power) for base, power in written["dimension"].items()})),
            size=Decimal(written.get("size", "1")),
            currency=written.get("currency", ""),
            percent=written.get("percent") == "true",
            compact=written.get("compact") != "false",
            ladder=tuple(
                ScaleStep(
                    factor=Decimal(step["from"]),
                    icu=step.get("icu", ""),
                    pattern=self._patterns(step.get("pattern", {})),
                    short=self._patterns(step.get("short", {})),
                )
                for step in written.get("ladder", ())
            ),
        )

    def _patterns(self, written: _Patterns) -> _Patterns:
        return {code: written[text] for code, text in self._texts.items() if text in written}


@cache
def _written() -> Mapping[str, _Written]:
    with _FILE.open(encoding="utf-8") as file:
        found: dict[str, _Written] = yaml.load(file, Loader=yaml.CBaseLoader)  # noqa: S506  texts, mappings and lists only
    return found


@cache
def _currencies() -> tuple[str, ...]:
    from ..wording.language_names import currencies  # noqa: PLC0415  heavy, and not needed where a report has its own units

    return currencies()
