"""The style sheet of the print edition, the margins of its pages, and the estimated height of blocks that are laid out late."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from html import unescape

from ..charts.theme import COLOURS, CSS_PREFIX, WHITE
from ..markup.escaping import font_list
from ..markup.tree import Element
from ..model import addresses
from ..wording.texts import Texts
from .print_compact import SHEET
from .print_placeholders import TAG_OR_PLACEHOLDER

STYLE = f"{addresses.PRINT}print.css"
_COMMENT_OR_INDENT = re.compile(r"/\*.*?\*/|^\s+", re.DOTALL | re.MULTILINE)


def style() -> str:
    """The style sheet of the print editions of all languages, with the colours of charts for light and dark screens.

    The light one is white, as paper is.
    """
    light = {name: colour.light for name, colour in COLOURS.items()} | {"paper": WHITE}
    colours = "".join(f"{CSS_PREFIX}{name}:light-dark({light[name]},{colour.dark});" for name, colour in COLOURS.items())
    return f":root{{{colours}}}\n{_COMMENT_OR_INDENT.sub('', SHEET.read_text(encoding='utf-8'))}"


def language_style(texts: Texts, chapters: Sequence[tuple[str, str]]) -> str:
    """CSS of one language: its fonts, and the titles of report and chapter in the page margins.

    `chapters` are the id and the title (HTML) of each chapter in order; chapter titles equal to the report's are left out.
    """
    title, word = texts.edition.report.title[texts.language.code], texts.language.word
    running_titles = "".join(
        f"@page p{number}{{@top-right{{content:{_css_string('' if name == title else name)}}}}}#{chapter_id}{{page:p{number}}}"
        for number, (chapter_id, html) in enumerate(chapters, start=1)
        if (name := unescape(html))
    )
    return (
        f":root{{--text:{font_list(word('print.text'))};--sans:{font_list(word('print.sans'))};--figure:{_css_string(word('print.figure'))}}}"
        f"@page{{@top-left{{content:{_css_string(title)}}}}}{running_titles}"
        f"@page notes{{@top-right{{content:{_css_string(word('part_sources'))}}}}}"
    )


def lay_out_late(element: Element) -> None:
    """Have a screen lay out a block only when a reader comes to it (CSS content-visibility)."""
    element.attributes["style"] = estimated_height(element.html())
    element.attributes["class"] = f"{element.attributes.get('class', '')} later".strip()


def estimated_height(html: str) -> str:
    """The style that reserves room for a block that is laid out late: a height that is rather too large, in pixels.

    In a room that is too small, what is not laid out yet would lie over the block below.
    """
    # A wide letter is three bytes, and takes as much room as two or three narrow ones.
    size = len(TAG_OR_PLACEHOLDER.sub("", html).encode())
    return f"contain-intrinsic-size:auto {math.ceil((200 + size + 60 * html.count('<tr')) / 500) * 500}px"


def _css_string(text: str) -> str:
    """A text as a CSS string that is safe within HTML's style element."""
    return '"' + "".join(f"\\{ord(sign):x} " if sign in '"\\<>&' or not sign.isprintable() else sign for sign in text) + '"'
