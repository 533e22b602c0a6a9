"""Every language has the same headings with the same anchors, and per section the same facts, claims, charts and tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from generator.diagnostics import Diagnostic, Span
from generator.outline import Outline
from generator.rules.project import Project


def same_in_every_language(project: Project) -> Iterator[Diagnostic]:
    """Same headings with the same anchors, and per section the same facts, claims, charts and tables."""
    default = project.edition.report.default.code
    pages: dict[str, dict[str, Outline]] = {}
    for outline in project.outlines:
        pages.setdefault(outline.page, {})[outline.language] = outline
    for languages in pages.values():
        first = languages.get(default)
        for code, outline in languages.items():
            if first is None or code == default:
                continue
            yield from _heading_parity(first, outline, default)
            yield from _use_parity(first, outline, default)


def _heading_parity(first: Outline, outline: Outline, default: str) -> Iterator[Diagnostic]:
    wanted = [(one.level, one.anchor) for one in first.headings]
    found = [(one.level, one.anchor) for one in outline.headings]
    if wanted == found:
        return
    at = next((n for n, pair in enumerate(zip(wanted, found, strict=False)) if pair[0] != pair[1]), min(len(wanted), len(found)))
    there = f"#{wanted[at][1] or wanted[at][0]}" if at < len(wanted) else "none"
    here = f"#{found[at][1] or found[at][0]}" if at < len(found) else "none"
    span = outline.headings[at].span if at < len(found) else Span(outline.file, outline.source.count("\n") + 1)
    second = first.headings[at].span if at < len(wanted) else None
    yield Diagnostic(
        rule="parity-headings",
        span=span,
        second=second,
        args={"language": default, "difference": f"{there} there, {here} here"},
    )


def _use_parity(first: Outline, outline: Outline, default: str) -> Iterator[Diagnostic]:
    if [one.anchor for one in first.headings] != [one.anchor for one in outline.headings]:
        return  # the headings' own finding is enough
    there, here = first.uses(), outline.uses()
    for section in {**there, **here}:
        wanted = _counted(there.get(section, Counter()))
        found = _counted(here.get(section, Counter()))
        for missing, side in ((wanted - found, default), (found - wanted, outline.language)):
            if not missing:
                continue
            owner = outline if side == default else first
            other = first if side == default else outline
            span = next((one.span for one in owner.headings if one.anchor == section), Span(owner.file))
            second = next(
                (one.span for one in other.calls if one.section == section and any((one.name, text) in missing for text in one.texts or ("",))),
                None,
            )
            told = ", ".join(f"{name}({text})" for name, text in sorted(missing))
            yield Diagnostic(rule="parity-uses", span=span, second=second, args={"language": side, "difference": told})


_QUANTITIES = {"fact", "claimed", "verdict", "event", "figure", "fact_table", "key_figures", "claims_table", "count"}


def _counted(uses: Counter[tuple[str, str]]) -> Counter[tuple[str, str]]:
    """Names, literals and periods may differ between languages: grammar needs them here and not there."""
    return Counter({key: number for key, number in uses.items() if key[0] in _QUANTITIES})
