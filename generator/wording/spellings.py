"""What writers of a language put beside numbers and CLDR does not have: abbreviations, words for percent, shares in words."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from ..records.struct import Struct, field

_ALL = "und"


class Spellings(Struct, frozen=True, kw_only=True):
    """What stands in the file spellings.toml for a language, with what stands there for all."""

    scales: Mapping[str, Decimal] = field(default_factory=dict)
    money: Mapping[str, Decimal] = field(default_factory=dict)
    percents: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    tenths: tuple[str, ...] = ()
    fraction: str = ""
    fractions: Mapping[str, Decimal] = field(default_factory=dict)


@cache
def spellings(locale: str) -> Spellings:
    """The spellings of the language of a locale."""
    table = tomllib.loads(Path(__file__).with_name("spellings.toml").read_text(encoding="utf-8"))
    own, common = table.get(locale.partition("-")[0], {}), table[_ALL]
    shares = {words: share.partition("/") for words, share in own.get("fractions", {}).items()}
    return Spellings(
        scales=_sizes({**common["scales"], **own.get("scales", {})}),
        money=_sizes({**common["money"], **own.get("money", {})}),
        percents=tuple(own.get("percents", ())),
        points=tuple(own.get("points", ())),
        tenths=tuple(own.get("tenths", ())),
        fraction=own.get("fraction", ""),
        fractions={words: Decimal(part) / Decimal(whole) for words, (part, _, whole) in shares.items()},
    )


def _sizes(written: Mapping[str, Any]) -> dict[str, Decimal]:
    return {word: Decimal(size) for word, size in written.items()}


@cache
def currency_signs() -> str:
    """All signs of currencies, as a set of a regular expression without its brackets."""
    return "".join(char for char in map(chr, range(0x10000)) if unicodedata.category(char) == "Sc").replace("\\", "")
