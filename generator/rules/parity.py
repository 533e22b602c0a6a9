"""Rule: a page has the same headings in every language, and in each section the same facts, claims, charts and sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from ..diagnostics.finding import Diagnostic, Span
from ..reading.outline import Outline
from ..reading.template_calls import FREE_CALLS, Use
from ..reading.template_summary import TemplateFile
from .context import RuleContext
from .ids import calls_with_mistakes


def languages_in_parity(context: RuleContext) -> Iterator[Diagnostic]:
    """Differences of each page from the same page in the default language."""
    default = context.edition.report.default.code
    pages: dict[str, dict[str, TemplateFile]] = {}
    for template in context.templates:
        pages.setdefault(template.page, {})[template.language] = template
    for languages in pages.values():
        first = languages.get(default)
        for template in languages.values():
            if first is None or template.summary.shown == first.summary.shown:
                continue  # equal, as nearly always
            outline, default_outline = template.outline, first.outline
            yield from _compare_headings(default_outline, outline, default)
            yield from _compare_uses(default_outline, outline, default, context)


def _compare_headings(first: Outline, outline: Outline, default: str) -> Iterator[Diagnostic]:
    wanted = [(heading.level, heading.anchor) for heading in first.headings]
    found = [(heading.level, heading.anchor) for heading in outline.headings]
    if wanted == found:
        return
    both = zip(wanted, found, strict=False)
    at = next((n for n, (one, other) in enumerate(both) if one != other), min(len(wanted), len(found)))
    signed = (("+", found), ("-", wanted))
    difference = [f"{sign}{'#' * listed[at][0]} {{#{listed[at][1]}}}" for sign, listed in signed if at < len(listed)]
    span = outline.headings[at].span if at < len(found) else Span(outline.file, outline.source.count("\n") + 1)
    second = first.headings[at].span if at < len(wanted) else None
    yield Diagnostic(
        rule="parity-headings",
        span=span,
        second=second,
        args={"language": default, "difference": " ".join(difference)},
    )


def _compare_uses(first: Outline, outline: Outline, default: str, context: RuleContext) -> Iterator[Diagnostic]:
    if [heading.anchor for heading in first.headings] != [heading.anchor for heading in outline.headings]:
        return  # that has its own finding
    there, here = _uses(first, context), _uses(outline, context)
    mistaken: frozenset[str] | None = None  # sections, looked for where it matters and once
    for section in {**there, **here}:
        wanted, found = there.get(section, {}), here.get(section, {})
        lacking = _counted(wanted) - _counted(found)
        extra = _counted(found) - _counted(wanted)
        if not (lacking or extra):
            continue
        if mistaken is None:
            mistaken = _mistaken_sections((first, outline), context)
        if section in mistaken:
            continue
        difference = [f"+{name}({text})" for name, text in sorted(extra)] + [
            f"-{name}({text})" for name, text in sorted(lacking)
        ]
        yield Diagnostic(
            rule="parity-uses",
            span=_place(outline, section, found, extra),
            second=_place(first, section, wanted, lacking),
            args={"language": default, "difference": " ".join(difference)},
        )


Uses = Mapping[Use, list[Span]]  # what a section shows, with the places


def _uses(outline: Outline, context: RuleContext) -> dict[str, dict[Use, list[Span]]]:
    """What a template shows (facts, claims, charts, tables, sources) and where, by the anchors of sections."""
    found: dict[str, dict[Use, list[Span]]] = {}
    for call in outline.calls:
        for use in call.uses:
            if use[0] not in FREE_CALLS:
                found.setdefault(call.section, {}).setdefault(use, []).append(call.span)
    listed = {source.url: source.id for source in context.edition.sources.values()} if outline.links else {}
    for link in outline.links:  # other sites have addresses for each language, except sources
        use = ("source", listed[link.url]) if link.url in listed else ("link", "…")
        found.setdefault(link.section, {}).setdefault(use, []).append(link.span)
    return found


def _mistaken_sections(outlines: Iterable[Outline], context: RuleContext) -> frozenset[str]:
    """The sections with a call that has a mistake, which has its own finding."""
    return frozenset(call.section for outline in outlines for call, _ in calls_with_mistakes(outline, context))


def _place(outline: Outline, section: str, uses: Uses, differing: Counter[Use]) -> Span:
    """The first of the differing uses, or the heading of the section."""
    places = sorted(span for use in differing for span in uses[use])
    return (
        places[0]
        if places
        else next((heading.span for heading in outline.headings if heading.anchor == section), Span(outline.file))
    )


def _counted(uses: Uses) -> Counter[Use]:
    return Counter({use: len(places) for use, places in uses.items()})
