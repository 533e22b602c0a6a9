"""Reads, settles and asks the rules: everything that can be known about a project before a page is made."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator import model, rules
from generator.diagnostics import Diagnostic, Span
from generator.outline import Outline, read_outline
from generator.pages import Templates, callable_names, syntax_mistake
from generator.reading import Draft, read_draft
from generator.settling import settle

_WORD = re.compile(r"\bt\(\s*[\"']([\w.]+)[\"']\s*\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What checking gives: the edition (None where the report itself is unreadable) and every finding."""

    draft: Draft
    edition: model.Edition | None
    outlines: tuple[Outline, ...]
    found: tuple[Diagnostic, ...]

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """Findings that keep the report from being published."""
        return tuple(one for one in self.found if one.severity == "error")


def check_project(root: Path) -> Checked:
    """Check a whole project."""
    draft, found = read_draft(root)
    settled = settle(draft)
    found = [*found, *settled.found]
    edition = settled.edition
    if edition is None:
        return Checked(draft=draft, edition=None, outlines=(), found=tuple(found))
    templates = Templates(root)
    outlines, problems = _outlines(templates, edition)
    found += problems
    project = rules.Project(
        draft=draft, edition=edition, outlines=outlines, calls=callable_names(), part_words=_part_words(root)
    )
    found += rules.check(project)
    return Checked(draft=draft, edition=edition, outlines=outlines, found=tuple(found))


def _outlines(templates: Templates, edition: model.Edition) -> tuple[tuple[Outline, ...], list[Diagnostic]]:
    outlines: list[Outline] = []
    found: list[Diagnostic] = []
    for page in edition.report.pages:
        for language in edition.report.languages:
            file = templates.file(page, language.code)
            try:
                source = (templates.root / file).read_text(encoding="utf-8")
            except OSError:
                span = Span("data/report.yml")
                found.append(
                    Diagnostic(rule="missing-page", span=span, args={"page": page, "language": language.code})
                )
                continue
            except UnicodeDecodeError as error:
                found.append(Diagnostic(rule="not-utf8", span=Span(file), args={"byte": str(error.start)}))
                continue
            outlines.append(read_outline(file, page, language.code, source))
            if (mistake := syntax_mistake(templates, file, source)) is not None:
                found.append(mistake)
    return tuple(outlines), found


def _part_words(root: Path) -> Mapping[str, Span]:
    found: dict[str, Span] = {}
    for path in sorted((root / "templates/parts").glob("*.j2")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            for match in _WORD.finditer(line):
                place = Span(path.relative_to(root).as_posix(), number, match.start(1) + 1, len(match[1]))
                found.setdefault(match[1], place)
    return found
