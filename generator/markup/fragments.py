"""Finished HTML within a page's Markdown that a site engine need not see: taken out before, put back into what it made.

An engine reads a page again only where something else of it changed, and has less to read. Taken out are links to facts, claims
and events within a line, and tables and other blocks of HTML; not what the engine lists elsewhere, as it does headings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from html import escape

from .document import Document

# Two characters of the last private use area around a fragment's number (see `escaping` for those that `protect` uses).
_START, _END = "\U0010ff10", "\U0010ff11"
_ROW = "\U0010ff12"  # before the number of a row
_ROW_EDGES = {tag: re.compile(rf"<{tag}\b|</{tag}>") for tag in ("tr", "li")}
_TOKEN = re.compile(f"{_START}([0-9]+){_END}")
_TOKENS = re.compile(f"<div>{_START}([0-9]+){_END}</div>|{_START}([0-9]+){_END}")
_LINK = re.compile(r'<a class="fl-[^>]*>[^<]*(?:<wbr>[^<]*)*</a>')
_BLOCK = re.compile(r"<(div|table|section|figure|ul|ol|dl|form|aside|details|nav|p)\b")
_SEEN_BY_ENGINE = (re.compile(r"<h[1-6]\b"), re.compile(r"markdown\b"))  # sections of the search, and Markdown within HTML
_EDGE = re.compile(r"(?=<)(?!</?(?:a|abbr|b|button|cite|code|em|i|mark|q|small|span|strong|sub|sup|time|wbr)\b)")
_NOT_SEARCHED = "data-search-exclude"
_FENCE = re.compile(r" *(?:```|~~~)")
_FRONT_MATTER = re.compile(r"---\n.*?\n---\n", re.DOTALL)
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)\s*")  # of a heading


def take_out(markdown: str) -> tuple[str, list[str]]:
    """A page's Markdown with a token in place of each fragment, and the fragments in order; front matter stays as it is."""
    front_matter = _FRONT_MATTER.match(markdown)
    start = front_matter.end() if front_matter else 0
    lines = markdown[start:].replace(_START, "").replace(_END, "").split("\n")
    fragments: list[str] = []

    def token(fragment: str) -> str:
        fragments.append(fragment)
        return f"{_START}{len(fragments) - 1}{_END}"

    kept: list[str] = []
    at, fenced = 0, False
    while at < len(lines):
        line = lines[at]
        if _FENCE.match(line):
            fenced = not fenced
        elif not fenced and not (kept and kept[-1].strip()) and (end := _block_end(lines, at)):
            kept.append(f"<div>{token(chr(10).join(lines[at:end]))}</div>")
            at = end
            continue
        elif not fenced and not _is_heading(lines, at):
            line = _LINK.sub(lambda link: token(link[0]), line)
        kept.append(line)
        at += 1
    return markdown[:start] + "\n".join(kept), fragments


def _block_end(lines: Sequence[str], start: int) -> int:
    """The line behind a block of HTML that begins at a line and ends before an empty one; 0 where there is none."""
    opened = _BLOCK.match(lines[start])
    if opened is None:
        return 0
    end = next((at for at in range(start, len(lines)) if not lines[at].strip()), len(lines))
    block, tag = "\n".join(lines[start:end]), opened[1]
    if not block.endswith(f"</{tag}>") or any(seen.search(block) for seen in _SEEN_BY_ENGINE):
        return 0
    return end if len(re.findall(rf"<{tag}\b", block)) == block.count(f"</{tag}>") else 0


def _is_heading(lines: Sequence[str], at: int) -> bool:
    return lines[at].startswith("#") or (at + 1 < len(lines) and bool(_UNDERLINE.fullmatch(lines[at + 1])))


def put_back(html: str, fragments: Sequence[str]) -> str:
    """What was made of the Markdown, with the fragments in place of their tokens."""
    if _START not in html:
        return html
    return _TOKENS.sub(lambda token: _fragment(fragments, token[1] or token[2]), html)


def has_tokens(*texts: str) -> bool:
    """Whether any of some texts has what may be a token."""
    return any(_START in text for text in texts)


def put_back_some(html: str, fragments: Sequence[str], stays_out: Callable[[str], bool]) -> str:
    """The same but for some fragments, whose tokens stay."""
    if _START not in html:
        return html

    def put(token: re.Match[str]) -> str:
        fragment = _fragment(fragments, token[1] or token[2])
        return token[0] if stays_out(fragment) else fragment

    return _TOKENS.sub(put, html)


def put_back_links(html: str, fragments: Sequence[str]) -> str:
    """The same but for the fragments that are blocks: their tokens stay, each in a div (`block_number`)."""
    if _START not in html:
        return html
    return _TOKENS.sub(lambda token: token[0] if token[1] else _fragment(fragments, token[2]), html)


def block_number(text: str) -> int | None:
    """The number of the fragment that a text is the token of; None for other texts."""
    token = _TOKEN.fullmatch(text) if text.startswith(_START) else None
    return int(token[1]) if token and len(token[1]) < 9 else None  # noqa: PLR2004  no longer


def put_back_words(text: str, fragments: Sequence[str]) -> str:
    """A text of a search index, with the words of the fragments in place of their tokens, as HTML."""
    if _START not in text:
        return text
    return _TOKEN.sub(lambda token: " ".join(_words(_fragment(fragments, token[1]))), text)


def _fragment(fragments: Sequence[str], number: str) -> str:
    return fragments[int(number)] if len(number) < 9 and int(number) < len(fragments) else ""  # noqa: PLR2004  no longer


def _words(fragment: str) -> Iterator[str]:
    """The words of a fragment that are for searching."""
    if "<" not in fragment.removeprefix("<a ").removesuffix("</a>") and _NOT_SEARCHED not in fragment:
        yield fragment.partition(">")[2].removesuffix("</a>")
        return
    document = Document(_EDGE.sub(" ", fragment))  # what stands in two cells is not one word
    document.remove(f"[{_NOT_SEARCHED}], script, style")
    yield escape(document.text(), quote=False)


def take_out_rows(fragment: str) -> tuple[str, list[str]]:
    """A fragment with a token as the content of each row of its tables, or item of its lists; and these in order.

    Rows within rows stay in them; where a row or item is not closed, nothing is taken out.
    """
    kept, rows = list[str](), list[str]()
    tag, at, depth, begin = "tr" if "<tr" in fragment else "li", 0, 0, 0
    for edge in _ROW_EDGES[tag].finditer(fragment):
        if edge[0].startswith("</"):
            depth -= 1
            if not depth:
                kept += (fragment[at:begin], f"<{tag}>{'<td>' if tag == 'tr' else ''}{_ROW}{len(rows)}</{tag}>")
                at = edge.end()
                rows.append(fragment[begin:at])
        else:
            begin = begin if depth else edge.start()
            depth += 1
        if depth < 0:
            return fragment, []
    return (fragment, []) if depth or _ROW in fragment else ("".join(kept) + fragment[at:], rows)


def row_number(text: str) -> int | None:
    """The number of the row that a text is the token of; None for other texts."""
    return int(text[1:]) if text.startswith(_ROW) and text[1:].isdecimal() else None
