"""Names of languages and currencies, and the locales of languages, from CLDR's data. No other module calls Babel."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.numbers import get_currency_name, get_currency_symbol, list_currencies


@cache
def language_name(code: str, locale: str, default: str) -> str:
    """A language by its code as another language calls it, or `default` where CLDR does not know it."""
    try:
        name = Locale.parse(code, sep="-").get_display_name(Locale.parse(locale, sep="-"))
    except (UnknownLocaleError, ValueError):
        return default
    return name or default


def currencies() -> tuple[str, ...]:
    """The codes of all currencies (ISO 4217) that CLDR knows, in order; also of those that are history."""
    return tuple(sorted(list_currencies()))


def names_currency(words: str, currency: str, locales: Iterable[str]) -> bool:
    """Whether words are the symbol of a currency (ISO 4217), or its name or the end of that, in one of some locales."""
    wanted = words.casefold()
    for code in locales:
        try:
            locale = Locale.parse(code, sep="-")
            names = {get_currency_name(currency, count=count, locale=locale).casefold() for count in (None, 1, 2)}
            symbol = get_currency_symbol(currency, locale=locale)
        except (UnknownLocaleError, ValueError):
            continue
        if wanted == symbol.casefold() or (len(wanted) > 1 and any(name.endswith(wanted) for name in names)):
            return True
    return False


def own_name(code: str) -> str:
    """A language by its code as it calls itself, without its region; the code where CLDR does not know it."""
    try:
        known = Locale.parse(code, sep="-")
        name = Locale(known.language, script=known.script).get_display_name(known)
    except (UnknownLocaleError, ValueError):
        return code
    return name or code


def usual_locale(code: str) -> str:
    """The locale that is meant by the code of a language: with the region where most of its readers live, if it names none."""
    try:
        known = Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return code
    likely = get_global("likely_subtags")
    script = f"_{known.script}" if known.script else ""
    found = likely.get(f"{known.language}{script}") or likely.get(known.language, "")
    region = known.territory or found.rpartition("_")[2]
    return "-".join(part for part in (known.language, known.script, region) if part)


def is_locale(text: str) -> bool:
    """Whether CLDR has data for a locale such as de-DE, with a region that exists."""
    try:
        known = Locale.parse(text, sep="-")
    except (UnknownLocaleError, ValueError):
        return False
    # Names of regions in a language hold the same codes and some of groups of countries, but take long to load.
    return not known.territory or known.territory in get_global("territory_languages") or known.territory in known.territories


@cache
def currency_codes() -> frozenset[str]:
    """The codes of all currencies (ISO 4217)."""
    return frozenset(list_currencies())


@cache
def reads_from_right(code: str) -> bool:
    """Whether a language or locale is written from right to left."""
    try:
        return Locale.parse(code, sep="-").text_direction == "rtl"
    except (UnknownLocaleError, ValueError):
        return False


def html_language(code: str) -> str:
    """The attributes of an HTML element whose text is in a language: `lang`, and `dir` where that is not from left to right."""
    return f'lang="{code}" dir="rtl"' if reads_from_right(code) else f'lang="{code}"'


def html_language_within(code: str, around: str) -> str:
    """The same attributes for an element that stands within a text in another language, which may run the other way."""
    direction = "" if reads_from_right(code) or not reads_from_right(around) else ' dir="ltr"'
    return html_language(code) + direction
