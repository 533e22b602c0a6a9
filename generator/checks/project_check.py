"""Reads, settles and asks the rules: everything that can be known about a project before a page is made."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ..diagnostics.finding import Diagnostic, Span
from ..model import report
from ..pages.renderer import function_names
from ..pages.templates import Templates, syntax_error
from ..reading.draft import Draft, read_draft
from ..reading.located import members_of
from ..reading.outline import Outline, read_outline
from ..reading.translations import Confirmed, Passage, StalePassage, find_stale, passages, read_confirmed
from ..rules import CheckOptions, RuleContext, check
from ..settling.edition import Settled, settle
from ..settling.incremental import SettledState
from ..store.hashing import content_hash
from ..store.parse_cache import ParseCache

_WORD = re.compile(r"\bt\(\s*[\"']([\w.]+)[\"']\s*\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """What checking gives: the edition (None where the report itself is unreadable) and every finding."""

    draft: Draft
    edition: report.Edition | None
    outlines: tuple[Outline, ...]
    findings: tuple[Diagnostic, ...]
    settled_cleanly: bool = False  # nothing was found when it was read and settled
    stale: tuple[StalePassage, ...] = ()
    confirmed: Confirmed = field(default_factory=Confirmed)

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Every text that has twins in other languages."""
        return tuple(passages(self.draft, self.outlines))

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """Findings that keep the report from being published."""
        return tuple(one for one in self.findings if one.severity == "error")


def check_project(
    root: Path,
    options: CheckOptions = CheckOptions(),  # noqa: B008  frozen
    *,
    judged_on: date | None = None,
    parse_cache: ParseCache | None = None,
    before: PreviousState | None = None,
) -> CheckResult:
    """Check a whole project, and what else was asked of it. Ages are judged on the horizon, or on a given day.

    `memory` holds what was read of files by earlier runs, `before` what was settled by an earlier one.
    """
    told = settle_project(root, judged_on=judged_on or options.as_of, parse_cache=parse_cache or ParseCache(), before=before)
    return check_settled(told, options)


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledProject:
    """What data/ says, read and settled, before anything else is asked of it."""

    draft: Draft
    settled: Settled
    findings: tuple[Diagnostic, ...]  # in reading and settling it
    parse_cache: ParseCache


PreviousState = tuple[SettledState | None, Mapping[str, str]]  # what stands, and what the project's files are now: path -> hash


def settle_project(
    root: Path, *, judged_on: date | None, parse_cache: ParseCache, before: PreviousState | None = None
) -> SettledProject:
    """Read and settle a whole project; where something stands, only what changed since then, if that is enough."""
    standing, files = before or (None, {})
    if standing is not None and (again := standing.update(root, files, judged_on, parse_cache)) is not None:
        return SettledProject(draft=again[0], settled=Settled(again[1], ()), findings=(), parse_cache=parse_cache)
    draft, found = read_draft(root, parse_cache)
    settled = settle(draft, judged_on=judged_on)
    return SettledProject(draft=draft, settled=settled, findings=(*found, *settled.findings), parse_cache=parse_cache)


def check_settled(told: SettledProject, options: CheckOptions = CheckOptions()) -> CheckResult:  # noqa: B008  frozen
    """Look at the templates as well, and hold every promise against all of it."""
    draft, parse_cache, edition = told.draft, told.parse_cache, told.settled.edition
    if edition is None:
        return CheckResult(draft=draft, edition=None, outlines=(), findings=told.findings)
    root, found = draft.root, list(told.findings)
    templates = Templates(root)
    outlines, problems = _outlines(draft, templates, edition, parse_cache)
    parts, part_problems = _parts(templates, parse_cache)
    found += [*problems, *part_problems]
    confirmed = read_confirmed(root, found)
    asks = bool(confirmed.marks) or options.strict_languages  # nothing is older than what was never confirmed
    stale, never = find_stale(passages(draft, outlines), confirmed) if asks else ([], [])
    project = RuleContext(
        draft=draft,
        edition=edition,
        outlines=outlines,
        calls=function_names(),
        parts=parts,
        part_words=_part_words(parts),
        whole=not found,
        options=options,
        parse_cache=parse_cache,
        stale=tuple(stale),
        unconfirmed=tuple(never),
    )
    found += check(project)
    return CheckResult(
        draft=draft,
        edition=edition,
        outlines=outlines,
        findings=tuple(found),
        settled_cleanly=not told.findings,
        stale=tuple(stale),
        confirmed=confirmed,
    )


def _outlines(
    draft: Draft, templates: Templates, edition: report.Edition, parse_cache: ParseCache
) -> tuple[tuple[Outline, ...], list[Diagnostic]]:
    """The templates that can be read, taken apart."""
    outlines: list[Outline] = []
    found: list[Diagnostic] = []
    for located in members_of(None if draft.report is None else draft.report["pages"]):
        page = str(located.value)
        for language in edition.report.languages:
            file = templates.file(page, language.code)
            if not (templates.root / file).is_file():
                args = {"page": page, "language": language.code}
                found.append(Diagnostic(rule="missing-page", span=located.span, args=args))
            elif (outline := _outline(templates, file, (page, language.code), found, parse_cache)) is not None:
                outlines.append(outline)
    return tuple(outlines), found


def _outline(
    templates: Templates, file: str, whose: tuple[str, str], found: list[Diagnostic], parse_cache: ParseCache
) -> Outline | None:
    """A template taken apart, or None after reporting why it cannot be used; `whose` are its page and language."""
    try:
        content = (templates.root / file).read_bytes()
    except OSError as error:
        why = error.strerror or str(error)
        found.append(Diagnostic(rule="file-missing", span=Span(file), args={"file": file, "why": why}))
        return None

    def read() -> tuple[Outline | None, tuple[Diagnostic, ...]]:
        try:
            source = "\n".join(content.decode().replace("\r\n", "\n").split("\r"))
        except UnicodeDecodeError as error:
            return None, (Diagnostic(rule="not-utf8", span=Span(file), args={"byte": str(error.start)}),)
        if (mistake := syntax_error(templates, file, source)) is not None:
            return None, (mistake,)
        sink: list[Diagnostic] = []
        return read_outline(file, *whose, source, sink), tuple(sink)

    outline, mistakes = parse_cache.get_or_parse(file.rpartition("/")[0], file, content_hash(content), read)
    found += mistakes
    return outline


def _parts(templates: Templates, parse_cache: ParseCache) -> tuple[tuple[Outline, ...], list[Diagnostic]]:
    """The parts of templates, which have no language, taken apart."""
    parts: list[Outline] = []
    found: list[Diagnostic] = []
    for path in sorted((templates.root / "templates/parts").glob("*.j2")):
        file = path.relative_to(templates.root).as_posix()
        if (outline := _outline(templates, file, (path.stem, ""), found, parse_cache)) is not None:
            parts.append(outline)
    return tuple(parts), found


def _part_words(parts: Iterable[Outline]) -> Mapping[str, Span]:
    """The words that parts ask for, each with the first place that does."""
    words: dict[str, Span] = {}
    for part in parts:
        for match in _WORD.finditer(part.source):
            words.setdefault(match[1], part.span(match.start(1), len(match[1])))
    return words
