"""Gathers what the engine is told of one language: titles and order of its pages, and the theme's words."""

from __future__ import annotations

from ..engines.configuration import LanguageConfig
from ..model.report import Edition
from ..pages.error_reports import error_addresses
from ..wording.texts import Texts
from .site import RenderedLanguage

_OWN_SETTINGS = ("theme.language", "theme.search", "theme.as_of")


def language_config(edition: Edition, rendered: RenderedLanguage) -> LanguageConfig:
    """The configuration of one language's site."""
    language = next(one for one in edition.report.languages if one.code == rendered.language)
    texts, word = Texts(edition, language), language.word
    titles = {page.name: page.title for page in rendered.pages}
    folders = {name.rpartition("/")[0] for name in titles if "/" in name}
    return LanguageConfig(
        code=language.code,
        name=language.name,
        title=edition.report.title[language.code],
        description=edition.report.description[language.code],
        theme=word("theme.language"),
        search=word("theme.search"),
        pages=titles,
        folders={
            name: titles.get(name) or titles.get(f"{name}/index") or language.words.get(f"topic.{name}", "") for name in folders
        },
        as_of=word("theme.as_of").replace("{0}", texts.word_period(edition.report.as_of)),
        span=word("period.span"),
        words={
            key.removeprefix("theme."): text
            for key, text in language.words.items()
            if key.startswith("theme.") and key not in _OWN_SETTINGS
        },
        about=_about(edition, texts),
    )


def _about(edition: Edition, texts: Texts) -> dict[str, str]:
    """Who publishes the report, and the first way to reach them, if the report names one."""
    word = texts.language.word
    about = {"publisher": word("part_by").replace("{0}", texts.fill(edition.report.publisher))}
    for address in error_addresses(texts)[:1]:
        about |= {"contact": address, "contact_text": word("part_report_error")}
    return about
