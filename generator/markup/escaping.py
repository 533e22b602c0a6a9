"""How a plain text is written into other formats, so that it is shown as written and never read as markup.

HTML is escaped by `html.escape` and by the templates' own escaping. Here stands what they do not cover: texts that pass through
a site engine, texts in Markdown, and values in CSS.
"""

from __future__ import annotations

import re
from functools import lru_cache

# A site engine writes settings and front matter into its templates without escaping them, into HTML and JSON alike. So the
# characters that mean something there pass through it as characters of the last private use area, which no text needs.
_SPECIAL = "<>&\"'"
_FIRST = 0x10FF00
_PROTECT = {ord(char): chr(_FIRST + index) for index, char in enumerate(_SPECIAL)}
_RESERVED = {_FIRST + index: "\ufffd" for index in range(len(_SPECIAL))}
_ENTITIES = ("&lt;", "&gt;", "&amp;", "&quot;", "&#39;")
_RESTORE = {chr(_FIRST + index): entity for index, entity in enumerate(_ENTITIES)}
_PROTECTED = re.compile("[" + "".join(chr(_FIRST + index) for index in range(len(_SPECIAL))) + "]")
# In JSON within a page they may have been written as UTF-16 escapes (RFC 8259, chapter 7).
_IN_JSON = re.compile(r"\\udbff\\udf0([0-4])", re.IGNORECASE)

# What Python-Markdown and its extensions take for markup within a line, and at the beginning of one. An underscore within a
# word is none, so ids stay as they are.
_INLINE = re.compile(r"[\\`*\[\]{}|~^=_](?:(?<!_)|(?<![^\W_]_)|(?![^\W_]))")
_LINE_START = re.compile(r"\A(?:[#+:!-]|\d+(?=[.)]))")
_PLAIN = re.compile(
    r"[^\\`*\[\]{}|~^=_<#+:!\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029-]*"
)  # has nothing to escape, unless it begins with a digit
_TAG = re.compile(r"<[^>]*>")
_LINE_BREAK = re.compile(r"[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_LINE_BREAKS = re.compile(rf"\s*{_LINE_BREAK.pattern}\s*")

# Names of fonts as CSS writes them, and their size: https://www.w3.org/TR/css-fonts-4/#font-prop
_FONTS = re.compile(r"(?:[\w .,/%-]|\"[\w .-]*\"|'[\w .-]*')+")


def protect(text: str) -> str:
    """A text that a site engine may write anywhere in a page; `restore` makes HTML of it in what the engine wrote."""
    return text.translate(_RESERVED).translate(_PROTECT)


def restore(html: str) -> str:
    """A page as the engine wrote it, with each protected character as the entity of HTML."""
    if "\\udbff" in html or "\\uDBFF" in html:
        html = _IN_JSON.sub(lambda found: f"\\u{ord(_SPECIAL[int(found[1])]):04x}", html)
    return _PROTECTED.sub(lambda found: _RESTORE[found[0]], html)


def escape_markdown(html: str) -> str:
    """HTML within a line of Markdown, with the characters of its texts that Markdown would read as entities of HTML.

    Tags stay as they are; line breaks of a text become spaces, because they could begin a block.
    """
    return _escaped(str.__str__(html))  # whatever it is a kind of


@lru_cache(maxsize=8192)  # pages repeat addresses, names and values
def _escaped(html: str) -> str:
    if not html[:1].isdecimal() and _PLAIN.fullmatch(html):
        return html
    parts, at = [], 0
    for tag in _TAG.finditer(html):
        parts += [_escape_text(html[at : tag.start()]), tag[0]]
        at = tag.end()
    parts.append(_escape_text(html[at:]))
    return _LINE_START.sub(_entities, "".join(parts), count=1)


def _escape_text(text: str) -> str:
    return _INLINE.sub(_entities, _LINE_BREAKS.sub(" ", text) if _LINE_BREAK.search(text) else text) if text else ""


def _entities(found: re.Match[str]) -> str:
    first, rest = found[0][:1], found[0][1:]
    return f"&#{ord(first)};{rest}"


def is_font_list(text: str) -> bool:
    """Whether a text names fonts, perhaps with a size, and does nothing else in CSS."""
    return bool(_FONTS.fullmatch(text.strip()))


def font_list(text: str) -> str:
    """A text as a value of CSS that names fonts; where it is none, the browser's own font."""
    return text if is_font_list(text) else "serif"
