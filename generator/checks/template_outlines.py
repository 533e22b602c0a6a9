"""Outlines of all page templates and parts of a project; templates that cannot be read become findings."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from importlib.util import find_spec
from itertools import chain
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
from ..reading.front_matter import read_front_matter
from ..reading.located_values import members_of
from ..reading.outline import Outline, read_outline
from ..reading.site_settings import OVERRIDES
from ..reading.template_summary import IMPORT, Outlines, TemplateFile, TemplateSummary, summaries_of, summarize
from ..reading.yaml_nodes import ScalarNode
from ..records.struct import Struct
from ..store.hashing import content_hash
from ..store.inputs import InputsChangedError
from ..store.parse_cache import ParseCache

_NAMING = {"template": "{}", "icon": ".icons/{}.svg"}  # keys of front matter -> the file of the theme that they name
_USUAL = "main.html"  # the theme's template for pages; its others are parts of one
_NAMED = re.compile(r"[a-z0-9][a-z0-9_-]*(?:/[a-z0-9][a-z0-9_-]*)*(?:\.html)?")
# A word as the theme's templates ask for it, whose key begins with `theme.`; methods of mappings are none.
_THEME_WORD = re.compile(r"""\bextra\.words(?:\.(?!get\b|items\b)(\w+)|\[\s*["']([\w.]+)["']\s*\])""")
_COMMENT, _NOT_LINE_END = re.compile(r"\{#.*?#\}", re.DOTALL), re.compile(r"[^\n]")
_WORD = re.compile(r"\bt\(\s*[\"']([\w.]+)[\"']\s*\)")


class PageOutlines(Struct, frozen=True):
    """The outline of every page in every language, and findings."""

    outlines: Outlines
    findings: list[Diagnostic]  # about pages that are missing or cannot be read


def page_outlines(
    draft: Draft,
    templates: Templates,
    edition: report.Edition,
    parse_cache: ParseCache,
    files: Mapping[str, str] | None = None,
) -> PageOutlines:
    """Read the templates of all pages as far as they are not known; `files` are the project's, if known, with their hashes."""
    hashes = files or {}
    found: list[TemplateFile] = []
    findings: list[Diagnostic] = []
    for located in members_of(None if draft.report is None else draft.report["pages"]):
        page = str(located.value)
        raw = f"docs/{addresses.page(page)}index.html"
        if os.path.isfile(f"{templates.root}/{raw}"):  # noqa: PTH113  thousands of files: no Path for each
            taken: dict[str, Arg] = {"path": raw, "what": Clause("name-of-page")}
            findings.append(Diagnostic(rule="unsafe-file", variant="name", span=Span(raw), args=taken))
        for language in edition.report.languages:
            file = templates.file(page, language.code)
            if not (file in hashes or (templates.root / file).is_file()):
                if language.in_progress:
                    continue  # another language stands in: `untranslated` counts
                args = {"page": page, "language": language.code}
                findings.append(Diagnostic(rule="missing-page", span=located.span, args=args))
                continue
            digest, page_and_language = hashes.get(file, ""), (page, language.code)
            template = page_template(templates, file, page_and_language, findings, parse_cache, digest=digest)
            if template is not None:
                found.append(template)
                if any(key in template.summary.words for key in _NAMING):
                    findings += _unknown_files(templates.root, template.outline)
    return PageOutlines(Outlines(tuple(found)), findings)


def page_template(
    templates: Templates,
    file: str,
    page_and_language: tuple[str, str],
    findings: list[Diagnostic],
    parse_cache: ParseCache,
    *,
    digest: str = "",
) -> TemplateFile | None:
    """The template of a page; None after a finding that says why it cannot be read. The outline is read if it changed.

    The file is not looked at where its content is known to have a hash for which all is known.
    """
    content, group = b"", file.rpartition("/")[0]
    if not (digest and parse_cache.last(summaries_of(file), file, digest)):
        found = _content(templates, file, findings)
        if found is None:
            return None
        content, digest = found, content_hash(found)

    def outline() -> tuple[Outline | None, tuple[Diagnostic, ...]]:
        read = partial(_read, templates, file, page_and_language, content)
        return parse_cache.get_or_parse(group, file, digest, read, bulky=True)

    def summary() -> tuple[TemplateSummary | None, tuple[Diagnostic, ...]]:
        read, sink = outline()
        return (None if read is None else summarize(read)), sink

    known, own_findings = parse_cache.get_or_parse(summaries_of(file), file, digest, summary)
    parse_cache.retain(group, file)
    findings += own_findings
    page, language = page_and_language
    load = partial(_load, templates, file, page_and_language, digest, parse_cache)
    return None if known is None else TemplateFile(file=file, page=page, language=language, summary=known, load=load)


def _unknown_files(root: Path, outline: Outline) -> Iterator[Diagnostic]:
    """Findings that a page's front matter names a template or an icon of the theme that there is not."""
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


def missing_imports(templates: Templates, pages: Outlines, parts: Iterable[Outline]) -> Iterator[Diagnostic]:
    """Parts that templates import and that neither the project nor the package has."""
    known = {file.removeprefix("templates/") for file in part_files(templates.root)}
    present = {*known, *(f"defaults/{file.removeprefix('templates/')}" for file in default_files())}
    mistaken = (page.outline for page in pages.templates if not present.issuperset(page.summary.imports))
    for outline in chain(mistaken, parts):
        for match in IMPORT.finditer(outline.source):
            if (name := match[1]) not in present:
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


_Read = tuple[Outline | None, tuple[Diagnostic, ...]]  # an outline, and findings; None where it cannot be read


def _outline(
    templates: Templates, file: str, page_and_language: tuple[str, str], findings: list[Diagnostic], parse_cache: ParseCache
) -> Outline | None:
    """The outline of one template; None after a finding that says why it cannot be read."""
    content = _content(templates, file, findings)
    if content is None:
        return None
    read = partial(_read, templates, file, page_and_language, content)
    outline, own_findings = parse_cache.get_or_parse(file.rpartition("/")[0], file, content_hash(content), read)
    findings += own_findings
    return outline


def _load(templates: Templates, file: str, page_and_language: tuple[str, str], digest: str, parse_cache: ParseCache) -> Outline:
    """The outline of a template that could be read before, and whose content has the hash `digest`."""

    def read() -> _Read:
        content = _content(templates, file, [])
        if content is None or content_hash(content) != digest:
            raise InputsChangedError(file)
        return _read(templates, file, page_and_language, content)

    outline, _ = parse_cache.get_or_parse(file.rpartition("/")[0], file, digest, read, bulky=True)
    if outline is None:
        raise InputsChangedError(file)
    return outline


def _content(templates: Templates, file: str, findings: list[Diagnostic]) -> bytes | None:
    """The content of a template; None after a finding that says why it cannot be read."""
    try:
        return read_bytes(templates.root, file, findings)
    except OSError as error:
        findings.append(unreadable(file, error))
        return None


def _read(templates: Templates, file: str, page_and_language: tuple[str, str], content: bytes) -> _Read:
    sink: list[Diagnostic] = []
    text = decode(content, file, sink)
    if text is None:
        return None, tuple(sink)
    source = "\n".join(text.replace("\r\n", "\n").split("\r"))
    report_control_characters_of_file(source, file, sink)
    if sink:
        return None, tuple(sink)
    functions = function_names() if page_and_language[1] else PART_FUNCTIONS
    if (mistake := syntax_error(templates, file, source, functions)) is not None:
        return None, (mistake,)
    return read_outline(file, *page_and_language, source, sink), tuple(sink)
