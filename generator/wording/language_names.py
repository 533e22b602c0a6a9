"""Names of languages and currencies in some language, from CLDR's data. No other module calls Babel."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.numbers import get_currency_name, get_currency_symbol


@cache
def language_name(code: str, locale: str, default: str) -> str:
    """A language by its code as another language calls it, or `default` where CLDR does not know it."""
    try:
        name = Locale.parse(code, sep="-").get_display_name(Locale.parse(locale, sep="-"))
    except (UnknownLocaleError, ValueError):
        return default
    return name or default


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
