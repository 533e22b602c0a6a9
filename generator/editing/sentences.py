"""The sentences of pages that say something of an entry: as they are published, with the place where they are written."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path

from ..diagnostics.finding import DiagnosticError, Span
from ..model.report import Edition
from ..pages.renderer import PageRenderer
from ..pages.templates import Templates
from ..reading.front_matter import read_front_matter
from ..reading.outline import Outline
from ..reading.paragraphs import Paragraph, paragraphs
from ..reading.tags import replace_tags
from ..reading.template_calls import Call, named_entries
from ..records.struct import Struct
from ..wording.texts import Texts

_END = re.compile(r"(?<=[。！？])|(?<=[.!?])\s+")
_MARKS = re.compile(r"<[^>]+>|\{[ \t]*#[\w-]+[^{}]*\}|\*\*")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_LEAD = re.compile(r"^(?:#+|[-*]|\d+\.)\s+")
_ONE_CALL = re.compile(r"\{\{-?\s*(\w+)\(.*\)\s*-?\}\}", re.DOTALL)
_INLINE = ("fact", "judgment", "fact_label")  # calls that are a sentence where they stand alone
_HEAD = "@head"

Names = Collection[tuple[str, str]]  # kinds and ids of entries


class PageText(Struct, frozen=True, kw_only=True):
    """What a page says in one paragraph: its sentences as published, or the name of a call that shows a block."""

    page: str
    language: str
    span: Span
    sentences: tuple[str, ...] = ()
    block: str = ""


class PageTexts:
    """Renders single sentences of the pages of one state of a project."""

    def __init__(self, root: Path, edition: Edition) -> None:
        templates = Templates(root)
        self._renderers = {
            one.code: PageRenderer(templates, Texts(edition, one), _no_chart) for one in edition.report.languages
        }

    def naming(self, outline: Outline, names: Names) -> Iterator[PageText]:
        """What a page says of some entries: the sentences with a call that names one of them."""
        at = [
            _offset(outline, call)
            for call in outline.calls
            if any((kind, key) in names for kind, key, _ in named_entries(call))
        ]
        for paragraph in paragraphs_of(outline) if at else ():
            inside = [offset - paragraph.start for offset in at if 0 <= offset - paragraph.start < len(paragraph.text)]
            if inside:
                yield self.of(outline, paragraph, inside)

    def of(self, outline: Outline, paragraph: Paragraph, offsets: Collection[int] | None = None) -> PageText:
        """The sentences of a paragraph, or only those in which something stands at one of some offsets."""
        span = outline.span(paragraph.start, len(paragraph.text.partition("\n")[0]))
        block = _ONE_CALL.fullmatch(paragraph.text.strip())
        name = block[1] if block and paragraph.text.count("{{") == 1 else ""
        if (name and name not in _INLINE) or paragraph.anchor == _HEAD:
            return PageText(page=outline.page, language=outline.language, span=span, block=name or _HEAD)
        written = [
            text
            for start, end in _sentences(paragraph.text)
            if (offsets is None or any(start <= offset < end for offset in offsets))
            and (text := plain(self._renderers[outline.language].render_sentence(paragraph.text[start:end], outline.page)))
        ]
        return PageText(page=outline.page, language=outline.language, span=span, sentences=tuple(written))

    def written(self, outline: Outline) -> Iterator[tuple[str, str]]:
        """Every sentence of a page, as it is written and as it is published; blocks that a call makes are left out."""
        renderer = self._renderers[outline.language]
        with suppress(DiagnosticError):  # a head that cannot be read, which is a finding
            head = renderer.front_matter(outline.page)
            written = read_front_matter(outline.file, outline.source, [])
            yield from (
                (f"{name}: {written.text(name)}", text) for name in ("title", "description") if (text := head.text(name))
            )
        for paragraph in paragraphs_of(outline):
            block = _ONE_CALL.fullmatch(paragraph.text.strip())
            is_block = block is not None and paragraph.text.count("{{") == 1 and block[1] not in _INLINE
            if is_block or paragraph.anchor == _HEAD:
                continue
            for start, end in _sentences(paragraph.text):
                source = paragraph.text[start:end]
                if text := plain(renderer.render_sentence(source, outline.page) if "{" in source else source):
                    yield source.strip(), text


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence of a paragraph begins and ends; a full stop within a call ends none."""
    start = 0
    for match in _END.finditer(replace_tags(text, lambda tag: "_" * len(tag[0]))):
        yield start, match.end()
        start = match.end()
    yield start, len(text)


def paragraphs_of(outline: Outline) -> Iterator[Paragraph]:
    """The paragraphs of a page, with blocks that are a call and nothing else."""
    written = {one.start: one for one in paragraphs(outline.source)}
    for match in re.finditer(r"^\{\{.*\}\}[ \t]*$", outline.source, re.MULTILINE):
        written.setdefault(match.start(), Paragraph("", match[0], match.start()))
    yield from (written[start] for start in sorted(written))


def plain(text: str) -> str:
    """A sentence without the markup of Markdown and HTML, in one line."""
    return " ".join(_LEAD.sub("", _LINK.sub(r"\1", _MARKS.sub("", text))).split())


def _offset(outline: Outline, call: Call) -> int:
    return outline.lines[call.span.line - 1] + call.span.column - 1


def _no_chart(chart: object, texts: object) -> object:
    """Nothing is drawn for a sentence."""
    return (chart, texts)
