"""Whether a page holds what it must: a row that skipped some of the work is no row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from html import unescape
from pathlib import Path

from bench.workload import LANGUAGES, Page

_SVG = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_SILENT = re.compile(r"<!--.*?-->|<script\b.*?</script>|<head\b.*?</head>", re.DOTALL)
_UNSEEN = re.compile(r"<(title|desc|metadata|style|defs)\b.*?</\1>", re.DOTALL)
_IMAGE = re.compile(r"<img\b[^>]*\bsrc=\"?([^\"\s>]+\.svg)")
_TAG = re.compile(r"<[^>]+>")
_TWICE = 2  # in the text and in the table


def problems(pages: Iterable[Page], file: Callable[[Page, str], Path]) -> Iterator[str]:
    """What is missing on these pages: each fact in text and table, the table, every label of the chart."""
    for page in pages:
        for language in LANGUAGES:
            path = file(page, language)
            where = f"{page.name} in {language}"
            if not path.is_file():
                yield f"{where}: no page"
                continue
            html = path.read_text(encoding="utf-8")
            yield from (f"{where}: {one}" for one in _missing(page, language, html, path))


def _missing(page: Page, language: str, html: str, path: Path) -> Iterator[str]:
    text = " ".join(unescape(_TAG.sub("", _SVG.sub("", _SILENT.sub("", html)))).split())
    for fact in page.facts:
        words = fact.shown(language)
        count = len(re.findall(rf"(?<![\d.,]){re.escape(words)}", text))  # no tail of a longer number
        if count < _TWICE:
            yield f"{fact.id} ({words}) stands there {count} times"
    if "<table" not in html:
        yield "no table"
    pictures = [*_SVG.findall(html), *_images(html, path)]
    drawn = "".join(unescape(_TAG.sub("", _UNSEEN.sub("", "".join(pictures)))).split()).casefold()
    for fact in page.facts:
        if "".join(fact.label[language].split()).casefold() not in drawn:  # a label may begin with a capital letter
            yield f"the chart has no label {fact.label[language]}"


def _images(html: str, path: Path) -> Iterator[str]:
    for source in _IMAGE.findall(html):
        image = (path.parent / source).resolve()
        if image.is_file():
            yield image.read_text(encoding="utf-8")
