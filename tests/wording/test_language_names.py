"""Names of languages, the locales that their codes mean, and the way they are read."""

from __future__ import annotations

import pytest

from generator.model import periods
from generator.model.languages import Language
from generator.reading.default_words import default_words
from generator.wording.formatting import ValueFormatter
from generator.wording.language_names import html_language, is_locale, own_name, usual_locale
from generator.wording.parsing import parse_period

CODES = [  # code, its own name, its usual locale, the attributes of an element in it
    ("de", "Deutsch", "de-DE", 'lang="de"'),
    ("fr-FR", "français", "fr-FR", 'lang="fr-FR"'),
    ("pt-BR", "português", "pt-BR", 'lang="pt-BR"'),
    ("zh-Hans", "中文 (简体)", "zh-Hans-CN", 'lang="zh-Hans"'),
    ("zh-Hant", "中文 (繁體)", "zh-Hant-TW", 'lang="zh-Hant"'),
    ("ar", "العربية", "ar-EG", 'lang="ar" dir="rtl"'),
    ("he", "עברית", "he-IL", 'lang="he" dir="rtl"'),
    ("tlh", "tlh", "tlh", 'lang="tlh"'),  # CLDR does not know it
]


@pytest.mark.parametrize(("code", "name", "locale", "attributes"), CODES)
def test_what_is_known_of_a_language(code: str, name: str, locale: str, attributes: str) -> None:
    assert (own_name(code), usual_locale(code), html_language(code)) == (name, locale, attributes)


@pytest.mark.parametrize(
    ("text", "known"),
    [("de-DE", True), ("fr", True), ("zh-Hant-TW", True), ("en-GB", True), ("xx-YY", False), ("de-YY", False), ("xx", False)],
)
def test_locales_that_cldr_knows(text: str, known: bool) -> None:  # noqa: FBT001  a column of the table
    assert is_locale(text) == known


@pytest.mark.parametrize(("locale", "text"), [("ar-EG", "٢٠٢٥"), ("ar-AE", "2025"), ("de-DE", "2025")])
def test_years_are_written_in_the_digits_of_the_locale(locale: str, text: str) -> None:
    language = Language(code=locale[:2], name="", locale=locale, words=default_words(locale))
    assert ValueFormatter(language).period(periods.parse("2025")) == text
    assert parse_period(text, language) == periods.parse("2025")
