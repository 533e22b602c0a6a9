"""Outlines of all page templates and parts of a project; templates that cannot be read become findings."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path

from ..defaults.files import default_files
from ..diagnostics.finding import Arg, Clause, Diagnostic, Span
from ..model import addresses, report
from ..model.spelling import suggest
from ..pages.renderer import function_names
from ..pages.sandbox import PART_FUNCTIONS
from ..pages.templates import Templates, part_files, syntax_error
from ..reading.characters import report_control_characters_of_file
from ..reading.draft import Draft
from ..reading.files import decode, read_bytes, unreadable
from ..reading.front_matter import HEAD, read_front_matter
from ..reading.located_values import members_of
from ..reading.outline import Outline, read_outline
from ..reading.site_settings import OVERRIDES
from ..reading.yaml_nodes import ScalarNode
from ..store.hashing import content_hash
from ..store.parse_cache import ParseCache

_NAMING = {"template": "{}", "icon": ".icons/{}.svg"}  # keys of front matter -> the file of the theme that they name
_USUAL = "main.html"  # the theme's template for pages; its others are parts of one
_NAMED = re.compile(r"[a-z0-9][a-z0-9_-]*(?:/[a-z0-9][a-z0-9_-]*)*(?:\.html)?")
_IMPORT = re.compile(r"\{%[-+]?\s*from\s+[\"']([^\"'\n]+)[\"']\s")
# A word as the theme's templates ask for it, whose key begins with `theme.`; methods of mappings are none.
_THEME_WORD = re.compile(r"""\bextra\.words(?:\.(?!get\b|items\b)(\w+)|\[\s*["']([\w.]+)["']\s*\])""")
_COMMENT, _NOT_LINE_END = re.compile(r"\{#.*?#\}", re.DOTALL), re.compile(r"[^\n]")
_WORD = re.compile(r"\bt\(\s*[\"']([\w.]+)[\"']\s*\)")


def page_outlines(
    draft: Draft, templates: Templates, edition: report.Edition, parse_cache: ParseCache
) -> tuple[tuple[Outline, ...], list[Diagnostic]]:
    """The outline of every page in every language, and findings about pages that are missing or cannot be read."""
    outlines: list[Outline] = []
    findings: list[Diagnostic] = []
    for located in members_of(None if draft.report is None else draft.report["pages"]):
        page = str(located.value)
        raw = f"docs/{addresses.page(page)}index.html"
        if (templates.root / raw).is_file():
            taken: dict[str, Arg] = {"path": raw, "what": Clause("name-of-page")}
            findings.append(Diagnostic(rule="unsafe-file", variant="name", span=Span(raw), args=taken))
        for language in edition.report.languages:
            file = templates.file(page, language.code)
            if not (templates.root / file).is_file():
                if language.in_progress:
                    continue  # another language stands in: `untranslated` counts
                args = {"page": page, "language": language.code}
                findings.append(Diagnostic(rule="missing-page", span=located.span, args=args))
            elif (outline := _outline(templates, file, (page, language.code), findings, parse_cache)) is not None:
                outlines.append(outline)
                findings += _unknown_files(templates.root, outline)
    return tuple(outlines), findings


def _unknown_files(root: Path, outline: Outline) -> Iterator[Diagnostic]:
    """Findings that a page's front matter names a template or an icon of the theme that there is not."""
    head = HEAD.match(outline.source)
    if head is None or not any(key in head["yaml"] for key in _NAMING):
        return
    values = read_front_matter(outline.file, outline.source, []).values
    for key, path in _NAMING.items():
        if (node := values.get(key)) is None:
            continue
        name = node.text if isinstance(node, ScalarNode) else ""
        file = path.format(name)
        folders = (root / OVERRIDES, *(_theme_folders() if key == "icon" or name == _USUAL else ()))
        known = any((folder / file).is_file() for folder in folders)
        if not (_NAMED.fullmatch(name) and known):
            yield Diagnostic(rule="file-missing", span=node.span, args={"file": file, "why": os.strerror(errno.ENOENT)})


def _theme_folders() -> Iterator[Path]:
    """Where the theme's own templates and icons stand."""
    spec = find_spec("material")
    if spec is not None and spec.origin is not None:
        yield Path(spec.origin).with_name("templates")


def part_outlines(templates: Templates, parse_cache: ParseCache) -> tuple[tuple[Outline, ...], list[Diagnostic]]:
    """The outlines of a project's own parts, which have no language, and findings about those that cannot be read."""
    outlines: list[Outline] = []
    findings: list[Diagnostic] = []
    for path in sorted((templates.root / "templates/parts").glob("*.j2")):
        file = path.relative_to(templates.root).as_posix()
        if (outline := _outline(templates, file, (path.stem, ""), findings, parse_cache)) is not None:
            outlines.append(outline)
    return tuple(outlines), findings


def missing_imports(templates: Templates, outlines: Iterable[Outline]) -> Iterator[Diagnostic]:
    """Parts that templates import and that neither the project nor the package has."""
    known = {file.removeprefix("templates/") for file in part_files(templates.root)}
    package = {f"defaults/{file.removeprefix('templates/')}" for file in default_files()}
    for outline in outlines:
        for match in _IMPORT.finditer(outline.source):
            if (name := match[1]) not in known | package:
                span = outline.span(match.start(1), len(name))
                suggestion = suggest(name, known)
                yield Diagnostic(rule="unknown-part", span=span, args={"name": name, "suggestion": suggestion})


def words_of_parts(parts: Iterable[Outline]) -> Mapping[str, Span]:
    """The keys of the interface words that a project's own parts use, each with the first place."""
    words: dict[str, Span] = {}
    for part in parts:
        for match in _WORD.finditer(part.source):
            words.setdefault(match[1], part.span(match.start(1), len(match[1])))
    return words


def words_of_overrides(root: Path) -> Mapping[str, Span]:
    """The keys of the interface words that a project's templates in place of the theme's use, each with the first place."""
    words: dict[str, Span] = {}
    for path in sorted((root / OVERRIDES).rglob("*.html")):
        file = path.relative_to(root).as_posix()
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            continue  # that has its own finding
        source = _COMMENT.sub(lambda comment: _NOT_LINE_END.sub(" ", comment[0]), text)
        for match in _THEME_WORD.finditer(source):
            name, start = match[1] or match[2], match.start(1 if match[1] else 2)
            line = source.count("\n", 0, start)
            column = start - (source.rfind("\n", 0, start) + 1)
            words.setdefault(f"theme.{name}", Span(file, line + 1, column + 1, len(name)))
    return words


def _outline(
    templates: Templates, file: str, page_and_language: tuple[str, str], findings: list[Diagnostic], parse_cache: ParseCache
) -> Outline | None:
    """The outline of one template; None after a finding that says why it cannot be read."""
    try:
        content = read_bytes(templates.root, file, findings)
    except OSError as error:
        findings.append(unreadable(file, error))
        return None
    if content is None:
        return None

    functions = function_names() if page_and_language[1] else PART_FUNCTIONS

    def read() -> tuple[Outline | None, tuple[Diagnostic, ...]]:
        sink: list[Diagnostic] = []
        text = decode(content, file, sink)
        if text is None:
            return None, tuple(sink)
        source = "\n".join(text.replace("\r\n", "\n").split("\r"))
        report_control_characters_of_file(source, file, sink)
        if sink:
            return None, tuple(sink)
        if (mistake := syntax_error(templates, file, source, functions)) is not None:
            return None, (mistake,)
        return read_outline(file, *page_and_language, source, sink), tuple(sink)

    outline, own_findings = parse_cache.get_or_parse(file.rpartition("/")[0], file, content_hash(content), read)
    findings += own_findings
    return outline
