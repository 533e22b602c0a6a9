"""Templates and files in which something would run code in a reader's browser, or ask another host for something."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from ..diagnostics.finding import Diagnostic, Span
from ..markup.active import active_markup, may_be_active
from ..markup.active_files import active_file, is_published_as_code
from ..pages.templates import theme_template_error
from ..reading.files import read_text
from ..reading.outline import Outline
from ..reading.site_settings import OVERRIDES
from ..reading.tags import replace_tags
from ..reading.template_summary import Outlines, TemplateFile, summaries_of
from ..store.hashing import content_hash
from ..store.input_paths import own_inputs
from ..store.parse_cache import ParseCache

_CONSTANT = re.compile(r"\s*[\"']([^\"'\\]*)[\"']\s*")
# What an override may have besides: scripts of the site, and what belongs in a head.
_OF_OVERRIDES = ("<script>", "<link>", "<meta>")
_INLINE_SCRIPT = re.compile(r"<script\b(?![^>]*\ssrc\s*=)[^>]*>", re.IGNORECASE)
_FOREIGN_SOURCE = re.compile(r"<(?:script|link)\b[^>]*\s(?:src|href)\s*=\s*[\"']?\s*(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
_REFRESH = re.compile(r"http-equiv", re.IGNORECASE)


def active_pages(pages: Outlines, parse_cache: ParseCache) -> Iterator[Diagnostic]:
    """What is active in the templates of pages; each thing once per template."""
    for template in pages.templates:
        yield from active_in(template, parse_cache)


def active_in(template: TemplateFile, parse_cache: ParseCache) -> tuple[Diagnostic, ...]:
    """What is active in the template of a page, whose outline is loaded only if that is not known."""
    content = template.summary.content_hash
    find = partial(_active_in_page, template)
    return parse_cache.get_or_parse(summaries_of(template.file), f"active in {template.file}", content, find)


def active_parts(parts: Iterable[Outline], parse_cache: ParseCache) -> Iterator[Diagnostic]:
    """What is active in parts; each thing once per template."""
    for outline in parts:
        content = content_hash(outline.source.encode())
        yield from parse_cache.get_or_parse("active", outline.file, content, partial(_active_in_part, outline))


def _active_in_page(template: TemplateFile) -> tuple[Diagnostic, ...]:
    outline = template.outline
    source = _without_tags(outline.source)
    if not may_be_active(source):
        return ()
    from ..exports.print_edition import markdown_html  # noqa: PLC0415  heavy, and hardly ever needed

    return tuple(_findings(outline.file, outline.source, active_markup(markdown_html(source))))


def _active_in_part(outline: Outline) -> tuple[Diagnostic, ...]:
    return tuple(_findings(outline.file, outline.source, active_markup(_without_tags(outline.source))))


def unsafe_overrides(root: Path) -> Iterator[Diagnostic]:
    """What may not stand in the templates that a project has in place of the theme's."""
    for path in sorted((root / OVERRIDES).rglob("*")):
        file = path.relative_to(root).as_posix()
        if not path.is_file() or path.suffix not in (".html", ".xml", ".svg"):
            continue
        try:
            source = path.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            yield Diagnostic(rule="not-utf8", span=Span(file), args={"byte": str(error.start)})
            continue
        except OSError as error:
            args = {"file": file, "why": error.strerror or str(error)}
            yield Diagnostic(rule="file-missing", span=Span(file), args=args)
            continue
        if (refused := theme_template_error(file, source)) is not None:
            yield refused
            continue
        html = _without_tags(source)
        active = [one for one in active_markup(html) if one not in _OF_OVERRIDES]
        written = [match[0] for pattern in (_INLINE_SCRIPT, _FOREIGN_SOURCE, _REFRESH) for match in pattern.finditer(html)]
        yield from _findings(file, source, [*active, *written])


def active_documents(root: Path) -> Iterator[Diagnostic]:
    """What is active in the files of docs/ that readers may open by themselves, and what their styles ask of other hosts."""
    for file in sorted(path for path in own_inputs(root) if path.startswith("docs/") and is_published_as_code(path)):
        sink: list[Diagnostic] = []
        text = read_text(root, file, sink)
        yield from sink
        if text is not None:
            yield from _findings(file, text, active_file(file, text))


def _findings(file: str, source: str, found: Iterable[str]) -> Iterator[Diagnostic]:
    for one in dict.fromkeys(found):
        at = max(0, source.lower().find(one.lower().rstrip(">")))
        line = source.count("\n", 0, at) + 1
        span = Span(file, line, at - source.rfind("\n", 0, at), max(1, len(one)))
        yield Diagnostic(rule="active-markup", span=span, args={"found": one})


def _without_tags(source: str) -> str:
    """A template as if every tag wrote a short word, or the text that stands in it."""

    def written(tag: re.Match[str]) -> str:
        if not tag[0].startswith("{{"):
            return ""
        constant = _CONSTANT.fullmatch(tag[0][2:-2])
        return constant[1] if constant else "x"

    return replace_tags(source, written)
