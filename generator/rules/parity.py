"""Every language has the same headings and anchors, and per section the same facts, claims, charts, tables and sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from ..diagnostics.finding import Diagnostic, Span
from ..reading.outline import Outline, Use
from .context import RuleContext
from .ids import misnamed


def same_in_every_language(context: RuleContext) -> Iterator[Diagnostic]:
    """Same headings with the same anchors, and per section the same facts, claims, charts, tables and sources."""
    default = context.edition.report.default.code
    pages: dict[str, dict[str, Outline]] = {}
    for outline in context.outlines:
        pages.setdefault(outline.page, {})[outline.language] = outline
    for languages in pages.values():
        first = languages.get(default)
        for code, outline in languages.items():
            if first is None or code == default:
                continue
            yield from _heading_parity(first, outline, default)
            yield from _use_parity(first, outline, default, context)


def _heading_parity(first: Outline, outline: Outline, default: str) -> Iterator[Diagnostic]:
    wanted = [(one.level, one.anchor) for one in first.headings]
    found = [(one.level, one.anchor) for one in outline.headings]
    if wanted == found:
        return
    both = zip(wanted, found, strict=False)
    at = next((n for n, (one, other) in enumerate(both) if one != other), min(len(wanted), len(found)))
    told = [f"{sign}{'#' * one[at][0]} {{#{one[at][1]}}}" for sign, one in (("+", found), ("-", wanted)) if at < len(one)]
    span = outline.headings[at].span if at < len(found) else Span(outline.file, outline.source.count("\n") + 1)
    second = first.headings[at].span if at < len(wanted) else None
    yield Diagnostic(
        rule="parity-headings",
        span=span,
        second=second,
        args={"language": default, "difference": " ".join(told)},
    )


def _use_parity(first: Outline, outline: Outline, default: str, context: RuleContext) -> Iterator[Diagnostic]:
    if [one.anchor for one in first.headings] != [one.anchor for one in outline.headings]:
        return  # the headings' own finding is enough
    if _said(first) == _said(outline):
        return  # word for word, as nearly always
    there, here = _uses(first, context), _uses(outline, context)
    for section in {**there, **here}:
        wanted, found = there.get(section, {}), here.get(section, {})
        lacking = _counted(wanted) - _counted(found)
        extra = _counted(found) - _counted(wanted)
        if not (lacking or extra) or not (_sound(first, section, context) and _sound(outline, section, context)):
            continue
        told = [f"+{name}({text})" for name, text in sorted(extra)] + [f"-{name}({text})" for name, text in sorted(lacking)]
        yield Diagnostic(
            rule="parity-uses",
            span=_place(outline, section, found, extra),
            second=_place(first, section, wanted, lacking),
            args={"language": default, "difference": " ".join(told)},
        )


def _said(outline: Outline) -> tuple[Counter[object], list[tuple[str, str]]]:
    """What a template says by calls and links, section by section."""
    calls = Counter[object]((one.section, one.name, one.texts, one.options) for one in outline.calls if one.name not in _FREE)
    return calls, [(one.section, one.url) for one in outline.links]


Uses = Mapping[Use, list[Span]]  # what a section shows, and where


def _uses(outline: Outline, context: RuleContext) -> dict[str, dict[Use, list[Span]]]:
    """Per section (its anchor) the facts, claims, charts, tables and sources that a template shows."""
    found: dict[str, dict[Use, list[Span]]] = {}
    for call in outline.calls:
        for use in call.uses:
            if use[0] not in _FREE:
                found.setdefault(call.section, {}).setdefault(use, []).append(call.span)
    listed = {source.url: source.id for source in context.edition.sources.values()} if outline.links else {}
    for link in outline.links:  # a page of another site may itself have languages; a listed source is the same for all
        use = ("source", listed[link.url]) if link.url in listed else ("link", "…")
        found.setdefault(link.section, {}).setdefault(use, []).append(link.span)
    return found


def _sound(outline: Outline, section: str, context: RuleContext) -> bool:
    """Whether every call of a section exists and names what exists; else its own finding is enough."""
    return not any(one.section == section for one, _ in misnamed(outline, context))


def _place(outline: Outline, section: str, uses: Uses, differing: Counter[Use]) -> Span:
    """The first use that the other side lacks, or the section's heading."""
    places = sorted(span for use in differing for span in uses[use])
    return places[0] if places else next((one.span for one in outline.headings if one.anchor == section), Span(outline.file))


# Names, literals and periods may differ between languages: grammar needs them here and not there.
_FREE = ("as_of", "fact_label", "literal", "name", "period", "t")


def _counted(uses: Uses) -> Counter[Use]:
    return Counter({use: len(places) for use, places in uses.items()})
