"""Rules: the verdict on a claim agrees with its number, and no claim is borne out by its own publisher alone."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics.finding import Clause, Diagnostic, Span
from ..model import report
from ..model.comparison import AGREEING, Comparison, comparable, compare, short_notation
from ..reading.located_values import members_of
from .context import RuleContext, span_of_value
from .plausible_values import is_meant

_AGREEING_VERDICTS = ("confirmed",)
_DIFFERING_VERDICTS = ("corrected", "contradicted")


def verdicts_match_numbers(context: RuleContext) -> Iterator[Diagnostic]:
    """`confirmed` needs a figure that agrees with the fact; `corrected` and `contradicted` one that differs from some."""
    for claim in context.edition.claims.values():
        if claim.claimed is None or claim.unit is None or claim.verdict not in (*_AGREEING_VERDICTS, *_DIFFERING_VERDICTS):
            continue
        comparisons = _comparisons(claim, context.edition)
        span = context.draft.claims[claim.id].span_of("verdict")
        if not comparisons:
            if not members_of(context.draft.claims[claim.id]["settled_by"]):
                yield _denied(claim, span, None, "unsettled")
            continue
        first, comparison = comparisons[0]
        if claim.verdict in _AGREEING_VERDICTS and comparison not in AGREEING:
            yield _denied(claim, span, first, "", comparison=comparison, second=span_of_value(context, first.id))
        elif claim.verdict in _DIFFERING_VERDICTS and all(each is Comparison.EQUAL for _, each in comparisons):
            yield _denied(claim, span, first, "equal", comparison=comparison, second=span_of_value(context, first.id))


def claims_are_borne_out_by_others(context: RuleContext) -> Iterator[Diagnostic]:
    """Claims that are `confirmed` by nothing but sources that are not independent of the text that is checked."""
    for claim in context.edition.claims.values():
        if claim.verdict not in _AGREEING_VERDICTS or is_meant(context.draft.claims[claim.id]):
            continue
        facts = (context.edition.facts[key] for key in claim.settled_by if key in context.edition.facts)
        evidence = (*claim.evidence, *(one for fact in facts for one in fact.evidence))
        sources = {one.source.id: one.source for one in evidence}
        if sources and not any(source.independent for source in sources.values()):
            yield Diagnostic(
                rule="own-evidence",
                severity="warning",
                span=context.draft.claims[claim.id].span_of("verdict"),
                args={"id": claim.id, "sources": ", ".join(sources)},
            )


def _comparisons(claim: report.Claim, edition: report.Edition) -> list[tuple[report.Fact, Comparison]]:
    """The claimed value compared with each settling fact of its dimension, in the author's order: the first decides."""
    if claim.claimed is None or claim.unit is None:
        return []
    facts = [edition.facts[key] for key in claim.settled_by if key in edition.facts]
    return [
        (fact, compare(claim.claimed, claim.unit, fact.value, fact.unit)) for fact in facts if comparable(claim.unit, fact.unit)
    ]


def _denied(
    claim: report.Claim,
    span: Span,
    fact: report.Fact | None,
    variant: str,
    *,
    comparison: Comparison | None = None,
    second: Span | None = None,
) -> Diagnostic:
    assert claim.claimed is not None  # noqa: S101  checked by the caller
    return Diagnostic(
        rule="verdict-denied",
        variant=variant,
        span=span,
        second=second,
        args={
            "id": claim.id,
            "verdict": claim.verdict,
            "claimed": short_notation(claim.claimed, claim.unit),
            "standing": Clause(comparison) if comparison else "",
            "fact": fact.id if fact else "",
            "value": short_notation(fact.value, fact.unit) if fact else "",
        },
    )
