"""Texts of the package as Markdown of a page: code is set as code, and numbers are marked as literals of an example."""

from __future__ import annotations

import html
import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from generator.reading.default_words import default_words
from generator.reading.typed_numbers import find_typed_numbers
from generator.wording.author_patterns import AuthorPattern

# What in a sentence is code: what stands in backticks, braces or brackets, has a digit, an underscore or brackets; a path.
_CODE = re.compile(
    r"`(?P<quoted>[^`]+)`"
    r"|(?P<code>\{[^{}]*\}|\[[^\[\]]*\]"
    r"|(?<![\w/])(?:data|templates|docs|site|build|series|schema)/[\w./<>*-]*"
    r"|(?<![\w-])--[a-z][\w.-]*(?: \w+)?"
    r"|(?<!\w)[\w.+-]*\w_\w+(?:\([^()]*\))?"
    r"|(?<!\w)\w+\((?! )[^()]*\)"
    r"|(?<![\w.])[A-Za-z]*[<>~]?=?\d[\w.,:/%+-]*(?<![.,:]))",
    re.ASCII,
)
_NUMBER = re.compile(r"[A-Za-z]*[\d¼-¾][\w.,:/+%-]*", re.ASCII)
_ENTITIES = {ord(char): f"&#{ord(char)};" for char in "{}*[]`|~^\\"}


class Writing:
    """Writes the reference pages of one language."""

    def __init__(self, code: str) -> None:
        self.code = code
        path = Path(__file__).parent / f"{code}.toml"
        self.words: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        spelled = [default_words(one, one) or {} for one in ("ja", "en")]
        self.patterns = [AuthorPattern(words["lock.spelled"]) for words in spelled]

    def word(self, key: str) -> str:
        """A text of the reference itself."""
        return str(self.words[key])

    def page(self, name: str, body: str) -> str:
        """A whole page with its head; `name` is its folder and name."""
        folder, _, own = name.partition("/")
        texts = self.words["pages" if folder == "reference" else folder][own]
        head = f"---\ntitle: {_quoted(texts['title'])}\ndescription: {_quoted(texts['description'])}\n---\n"
        intro = self.prose(texts.get("intro") or self.words[f"{folder}-intro"])
        return f"{head}\n# {self.prose(texts['title'])} {{ #top }}\n\n{intro}\n\n{body.strip()}\n"

    def literal(self, text: str) -> str:
        """A number as a call that the number lock lets pass."""
        return f'{{{{ literal("{text}", reason="{self.word("reason")}") }}}}'

    def prose(self, text: str) -> str:
        """A sentence of the package as Markdown."""
        parts, at = [], 0
        for found in _CODE.finditer(text):
            parts += [self._plain(text[at : found.start()]), self.code_span(found["quoted"] or found["code"])]
            at = found.end()
        parts.append(self._plain(text[at:]))
        return "".join(parts)

    def _plain(self, text: str) -> str:
        parts, at = [], 0
        for found, start in find_typed_numbers(text, self.patterns):
            parts += [_marked(text[at:start]), self.literal(found)]
            at = start + len(found)
        return "".join([*parts, _marked(text[at:])])

    def code_span(self, text: str) -> str:
        """A text as code within a line."""
        return f"<code>{self._code(text)}</code>"

    def code_block(self, text: str) -> str:
        """A text as a block of code."""
        code = self._code(text.strip("\n"))
        return f'<div class="highlight"><pre><code>{code}\n</code></pre></div>'

    def _code(self, text: str) -> str:
        parts, at = [], 0
        spans = [(found.start(), found.end()) for found in _NUMBER.finditer(text)]
        spans += [(start, start + len(found)) for found, start in find_typed_numbers(text, self.patterns)]
        for start, end in _joined(spans):
            parts += [_entities(text[at:start]), self.literal(text[start:end])]
            at = end
        return "".join([*parts, _entities(text[at:])])


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, those that overlap as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _entities(text: str) -> str:
    return html.escape(text, quote=False).translate(_ENTITIES)


def _marked(text: str) -> str:
    """A text in which nothing is markup."""
    return html.escape(text, quote=False).translate({ord(char): f"&#{ord(char)};" for char in "*_[]`{}|"})


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def blocks(parts: Iterable[str]) -> str:
    """Blocks of Markdown with an empty line between."""
    return "\n\n".join(part for part in parts if part)


def sections(parts: Iterable[tuple[str, str, Iterator[str]]]) -> str:
    """Sections with a heading, its anchor and blocks."""
    return blocks(blocks([f"## {heading} {{ #{anchor} }}", *body]) for heading, anchor, body in parts)
