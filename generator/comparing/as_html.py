"""Changes as one HTML page that needs nothing else: no script, no other file, no address; charts are images within it."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from html import escape
from importlib import resources

from ..diagnostics.finding import tool_message
from .charts import Picture
from .sections import Item, Line, Section
from .word_marks import COME, GONE, Marked

_TAGS = {GONE: "del", COME: "ins"}
_WEB = ("https://", "http://")

Pictures = Callable[[str, str], tuple[Picture, Picture]]  # of a chart and a language: before and after


def as_html(
    head: Sequence[str], sections: Sequence[Section], locales: Mapping[str, str], language: str, pictures: Pictures
) -> str:
    """The page; `locales` has the locale of each language of the report by its code."""
    page = _Page(locales, language, pictures)
    title, *counted = (escape(line) for line in head)
    style = (resources.files(__package__) / "page.css").read_text(encoding="utf-8")
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    contents = "".join(f'<li><a href="#{one.key}">{escape(one.title)}</a> ({len(one.items)})</li>' for one in sections)
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="referrer" content="no-referrer">\n'
        f'<meta name="color-scheme" content="light dark">\n<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n'
        f"<main>\n<h1>{title}</h1>\n{''.join(f'<p>{line}</p>' for line in counted)}\n"
        + (f"<nav><ul>{contents}</ul></nav>\n" if contents else "")
        + "".join(page.section(one) for one in sections)
        + "</main>\n</body>\n</html>\n"
    )


class _Page:
    def __init__(self, locales: Mapping[str, str], language: str, pictures: Pictures) -> None:
        self.locales, self.language, self.pictures = locales, language, pictures

    def section(self, section: Section) -> str:
        items = "".join(self.item(item) for item in section.items)
        title = f'<h2 id="{section.key}-title">{escape(section.title)} ({len(section.items)})</h2>'
        return f'<section id="{section.key}" aria-labelledby="{section.key}-title">\n{title}\n<ul>{items}</ul>\n</section>\n'

    def item(self, item: Item) -> str:
        what = f' <span class="what">{escape(item.what)}</span>' if item.what else ""
        name = f" {escape(item.name)}" if item.name else ""
        lines = "".join(f"<li>{self.line(line)}</li>" for line in item.lines)
        below = f"<ul>{lines}</ul>" if lines else ""
        return f"<li><b>{escape(item.id)}</b>{name}{what}{below}{self.charts(item.chart) if item.chart else ''}</li>\n"

    def line(self, line: Line) -> str:
        label = f'<span class="label">{escape(line.label)}</span> ' if line.label else ""
        text = _shown(line.parts)
        if line.url.startswith(_WEB):
            text = f'<a href="{escape(line.url)}" rel="noreferrer">{text}</a>'
        locale = self.locales.get(line.language, "")
        return f'{label}<span lang="{escape(locale)}">{text}</span>' if locale else f"{label}<span>{text}</span>"

    def charts(self, chart: str) -> str:
        """The pictures of a chart in each language, before and after."""
        found = ""
        for code, locale in self.locales.items():
            before, after = self.pictures(chart, code)
            if before.svg != after.svg:
                shown = "".join(
                    self.picture(picture, tool_message(key, self.language), code)
                    for key, picture in (("diff-before", before), ("diff-after", after))
                    if picture.svg
                )
                found += f'<div class="charts" lang="{escape(locale)}">{shown}</div>'
        return found

    def picture(self, picture: Picture, words: str, code: str) -> str:
        data = b64encode(picture.svg.encode()).decode()
        caption = f'<figcaption lang="{escape(self.language)}">{escape(words)} ({escape(code)})</figcaption>'
        return f'<figure>{caption}<img alt="{escape(picture.alt)}" src="data:image/svg+xml;base64,{data}"></figure>'


def _shown(parts: Sequence[Marked]) -> str:
    if [one.mark for one in parts] == [GONE, COME]:
        return f"<del>{escape(parts[0].text)}</del> → <ins>{escape(parts[1].text)}</ins>"
    return "".join(f"<{_TAGS[mark]}>{escape(text)}</{_TAGS[mark]}>" if mark in _TAGS else escape(text) for text, mark in parts)
