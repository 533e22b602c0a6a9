"""Rule: each piece of evidence of a fact or claim says where in its source to look."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..diagnostics.finding import Diagnostic
from ..reading.located_values import Entry, Located, members_of, text_of
from .context import RuleContext, of_fact_files
from .plausible_values import implausible, is_meant


def evidence_has_places(context: RuleContext) -> Iterator[Diagnostic]:
    """Pieces of evidence, also of rival values, without a place in their source."""
    yield from context.in_fact_files(_facts)
    yield from _without_place(context.draft.claims)


@of_fact_files
def _facts(context: RuleContext, file: str) -> Iterator[Diagnostic]:
    return _without_place(context.fact_files.entries(file))


def _without_place(entries: Mapping[str, Entry]) -> Iterator[Diagnostic]:
    for key, entry in entries.items():
        for piece in _pieces(entry) if not is_meant(entry) else ():
            if isinstance(piece, Entry) and "at" not in piece.keys and piece["source"] is not None:
                yield implausible("missing-place", piece.span, id=key, source=text_of(piece, "source"))


def _pieces(entry: Entry) -> Iterable[Located]:
    yield from members_of(entry["evidence"])
    for rival in members_of(entry["rivals"]):
        if isinstance(rival, Entry):
            yield from members_of(rival["evidence"])
