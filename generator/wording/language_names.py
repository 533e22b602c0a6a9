"""Names of languages in other languages, from CLDR's data. No other module calls Babel."""

from __future__ import annotations

from functools import cache

from babel import Locale, UnknownLocaleError


@cache
def language_name(code: str, locale: str, default: str) -> str:
    """A language by its code as another language calls it, or `default` where CLDR does not know it."""
    try:
        name = Locale.parse(code, sep="-").get_display_name(Locale.parse(locale, sep="-"))
    except (UnknownLocaleError, ValueError):
        return default
    return name or default
