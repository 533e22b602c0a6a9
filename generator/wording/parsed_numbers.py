"""Numbers found in a text: as they are matched, and as they are given to whoever reads the text."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ..records.struct import Struct, replace

_STEP = 4  # powers of ten from one word to the next, where large numbers are counted in myriads
_MYRIAD = Decimal(10) ** _STEP


class ParsedNumber(Struct, frozen=True, kw_only=True):
    """A number in a text: its size (25% is 0.25), the characters, their offset in the normalised text.

    `sign` is -1 where a minus sign stands before it, and 0 where it may be meant to be below zero: (500), or a loss of 500.
    """

    number: Decimal
    text: str
    offset: int
    percent: bool = False
    sign: int = 1
    after: str = ""  # the next characters, which may hold a unit


class NumberMatch(Struct, frozen=True):
    """A number before its scale is applied; `scaled` tells whether one was written."""

    number: Decimal
    scale: Decimal
    start: int
    end: int
    percent: bool
    scaled: bool
    enclosed: bool = False  # whether brackets stand around it


def join_sections(matches: Iterator[NumberMatch]) -> Iterator[NumberMatch]:
    """Matches with those joined that make one section of a number in myriads: 3千5百万 is 3500 times ten thousand."""
    previous: NumberMatch | None = None
    for match in matches:
        if previous is not None and _is_section(previous, match):
            myriad = Decimal(1).scaleb(match.scale.adjusted() // _STEP * _STEP)
            number = previous.number * previous.scale + match.number * (match.scale / myriad)
            match = replace(match, number=number, scale=myriad, start=previous.start)  # noqa: PLW2901  both are one now
        elif previous is not None:
            yield previous
        previous = match
    if previous is not None:
        yield previous


def _is_section(first: NumberMatch, second: NumberMatch) -> bool:
    thousands = first.scaled and first.scale < _MYRIAD <= second.scale and first.end == second.start
    return thousands and second.number * second.scale / _MYRIAD < Decimal(1).scaleb(_STEP * 3) and not second.percent


def join_adjacent(matches: Iterator[NumberMatch], gap: int = 0) -> Iterator[NumberMatch]:
    """Matches with those joined that follow a larger scale after a gap of at most so many characters, as in 722億2000万."""
    previous: NumberMatch | None = None
    for match in matches:
        adjacent = previous is not None and previous.scaled and match.start - previous.end <= gap and not match.percent
        if previous is not None and adjacent and match.scale < previous.scale:
            number = previous.number + match.number * match.scale / previous.scale
            previous = NumberMatch(number, previous.scale, previous.start, match.end, percent=False, scaled=True)
            continue
        if previous is not None:
            yield previous
        previous = match
    if previous is not None:
        yield previous
