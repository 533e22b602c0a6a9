"""Periods as tables write them, read into the notation of periods: 令和6年度, Q1 2024, 2024M03, Mar 2024, 2023000101."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from ..model import periods
from ..wording.icu import format_date
from .numbers import plain

_FIRST_YEAR, _LAST_YEAR = 1868, 2150  # of eras
_FIRST = 1500  # of years that no era is written with
_MONTHS = 12
_LENGTHS = {3: "Q", 6: "H"}  # months that a part of a year has
_SKELETONS = ("MMMM", "MMM", "LLLL")


def read_period(text: str, locales: tuple[str, ...] = ()) -> str:
    """The period that a cell means, as `periods.parse` takes it; ValueError for what is none or could be two."""
    written = re.sub(r"\s", "", plain(text)).lower()
    for era, year in _eras().items():
        if written.startswith(era):
            written = f"{year}{written.removeprefix(era)}"
            break
    written = _with_month_number(written, locales)
    for pattern, meaning in _forms():
        if match := pattern.fullmatch(written):
            groups = {
                name[0]: f"{int(found):02}" if name[0] in "mnd" else found for name, found in match.groupdict().items() if found
            }
            return _checked(_meant(meaning, groups))
    msg = f"not a period: {text}"
    raise ValueError(msg)


def is_period(text: str, locales: tuple[str, ...] = ()) -> bool:
    """Whether `read_period` reads a text."""
    try:
        read_period(text, locales)
    except ValueError:
        return False
    return True


def _checked(text: str) -> str:
    if not _FIRST <= periods.parse(text).first.year <= _LAST_YEAR:
        msg = f"a year that another calendar may count: {text}"
        raise ValueError(msg)
    return text


def _meant(meaning: str, groups: Mapping[str, str]) -> str:
    text = meaning.format_map(groups)
    if text.startswith("year to "):
        year, month = map(int, text.removeprefix("year to ").split("-"))
        return f"{year}" if month == _MONTHS else f"{year - 1}-{month + 1:02}/{year}-{month:02}"
    if ".." not in text:
        return text
    year, first, last = int(groups["y"]), int(groups["m"]), int(groups["n"])
    length = last - first + 1
    if length == 1:
        return f"{year}-{first:02}"
    if length == _MONTHS:
        return f"{year}"
    if length in _LENGTHS and (first - 1) % length == 0:
        return f"{year}-{_LENGTHS[length]}{(first - 1) // length + 1}"
    return text.replace("..", "/")


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name("periods.toml").read_text(encoding="utf-8"))


@cache
def _forms() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(form["pattern"]), form["period"]) for form in _table()["form"])


@cache
def _eras() -> Mapping[str, str]:
    """The years of calendars that count otherwise, by their text without blanks; "2024年" where the text ends so."""
    found: dict[str, str] = {}
    for locale in _table()["calendars"]:
        for year in range(_FIRST_YEAR, _LAST_YEAR):
            for day in (date(year, 1, 1), date(year, 12, 31)):
                written = re.sub(r"\s", "", plain(format_date(locale, day, "Gy"))).lower()
                number = re.search(r"[0-9]+", written)
                ending = written[number.end() :] if number else written[-1:]
                for text in {written, written if number else f"{written[:-2]}1{written[-1:]}"}:
                    found.setdefault(text, f"{year}{ending}")
    return dict(sorted(found.items(), key=lambda item: -len(item[0])))


def _with_month_number(text: str, locales: tuple[str, ...]) -> str:
    """A text such as march2024, mar-2024 or 2024mar with the number of the month: 2024-03."""
    match = re.fullmatch(r"(?P<y>[0-9]{4})[-.,]?(?P<name>[^0-9]+)|(?P<name2>[^0-9]+?)[-.,]?(?P<y2>[0-9]{4})", text)
    if match is None:
        return text
    year, name = match["y"] or match["y2"], (match["name"] or match["name2"]).strip(".,-")
    month = _month_names((*locales, _table()["names"])).get(name)
    return f"{year}-{month:02}" if month else text


@lru_cache(maxsize=16)
def _month_names(locales: tuple[str, ...]) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for locale in locales:
        for month in range(1, _MONTHS + 1):
            for skeleton in _SKELETONS:
                name = re.sub(r"\s", "", format_date(locale, date(2024, month, 1), skeleton)).lower().strip(".")
                if not re.search("[0-9]", name) and found.setdefault(name, month) != month:
                    found[name] = 0  # of two months
    return found
