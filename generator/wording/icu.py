"""ICU with CLDR's locale data: numbers, numbers in words and dates of a locale. No other module calls ICU.

Skeletons: https://unicode-org.github.io/icu/userguide/format_parse/numbers/skeletons.html
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache, lru_cache

from icu4py.messageformat import MessageFormat


@lru_cache(maxsize=4096)
def message_format(pattern: str, locale: str) -> MessageFormat:
    """An ICU message format (https://unicode-org.github.io/icu/userguide/format_parse/messages/) in a locale."""
    return MessageFormat(pattern, locale)


@cache
def decimal_sign(locale: str) -> str:
    """The decimal sign of a locale."""
    return format_number(locale, Decimal("1.5"), "@@")[1:2]


@cache
def minor_digits(currency: str) -> int:
    """How many digits the minor unit of a currency (ISO 4217) has: two for cents, none for the yen."""
    text = format_number("und", Decimal(1), f"currency/{currency} unit-width-iso-code")
    return len(text.rpartition(decimal_sign("und"))[2]) if decimal_sign("und") in text else 0


def format_number(locale: str, number: Decimal, skeleton: str) -> str:
    """A number by an ICU number skeleton."""
    return message_format(f"{{n, number, ::{skeleton}}}", locale).format({"n": number})


@cache
def _digits(locale: str) -> dict[int, str]:
    """The digits of a locale's numbers by the code points of 0 to 9."""
    return {ord(str(number)): format_number(locale, Decimal(number), "precision-integer") for number in range(10)}


def localize_digits(text: str, locale: str) -> str:
    """A text with its digits 0 to 9 as the numbers of a locale are written."""
    return text.translate(_digits(locale))


def spell(locale: str, number: int, rule: str = "") -> str:
    """A whole number in words; `rule` names a rule set of CLDR, such as %spellout-cardinal-feminine."""
    return message_format(f"{{n, spellout,{rule}}}" if rule else "{n, spellout}", locale).format({"n": number})


def format_date(locale: str, day: date, skeleton: str) -> str:
    """A date by an ICU date skeleton."""
    return message_format(f"{{d, date, ::{skeleton}}}", locale).format({"d": day})
