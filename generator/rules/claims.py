"""A verdict that the numbers deny is none: what a claim asserts is compared anew with the facts that settle it."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics.finding import Clause, Diagnostic, Span
from ..model import report
from ..model.comparison import AGREEING, Comparison, comparable, compare, short_notation
from ..reading.located import members_of
from .context import RuleContext, written

_AGREED = ("confirmed",)
_REFUSED = ("corrected", "contradicted")


def verdicts_hold(context: RuleContext) -> Iterator[Diagnostic]:
    """`confirmed` needs a figure that agrees with the fact; `corrected` and `contradicted` one that differs from some."""
    for claim in context.edition.claims.values():
        if claim.claimed is None or claim.unit is None or claim.verdict not in (*_AGREED, *_REFUSED):
            continue
        found = standings(claim, context.edition)
        place = context.draft.claims[claim.id].span_of("verdict")
        if not found:
            if not members_of(context.draft.claims[claim.id]["settled_by"]):
                yield _denied(claim, place, None, "unsettled")
            continue
        first, standing = found[0]
        if claim.verdict in _AGREED and standing not in AGREEING:
            yield _denied(claim, place, first, "", standing=standing, second=written(context, first.id))
        elif claim.verdict in _REFUSED and all(one is Comparison.EQUAL for _, one in found):
            yield _denied(claim, place, first, "equal", standing=standing, second=written(context, first.id))


def standings(claim: report.Claim, edition: report.Edition) -> list[tuple[report.Fact, Comparison]]:
    """How the claimed value stands to each settling fact of its dimension, in the author's order: the first one decides."""
    if claim.claimed is None or claim.unit is None:
        return []
    facts = [edition.facts[one] for one in claim.settled_by if one in edition.facts]
    return [
        (fact, compare(claim.claimed, claim.unit, fact.value, fact.unit)) for fact in facts if comparable(claim.unit, fact.unit)
    ]


def _denied(
    claim: report.Claim,
    place: Span,
    fact: report.Fact | None,
    variant: str,
    *,
    standing: Comparison | None = None,
    second: Span | None = None,
) -> Diagnostic:
    assert claim.claimed is not None  # noqa: S101  asked before
    return Diagnostic(
        rule="verdict-denied",
        variant=variant,
        span=place,
        second=second,
        args={
            "id": claim.id,
            "verdict": claim.verdict,
            "claimed": short_notation(claim.claimed, claim.unit),
            "standing": Clause(standing) if standing else "",
            "fact": fact.id if fact else "",
            "value": short_notation(fact.value, fact.unit) if fact else "",
        },
    )
