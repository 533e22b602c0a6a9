"""Rule: each piece of evidence of a fact or claim says where in its source to look."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..diagnostics.finding import Diagnostic
from ..reading.located_values import Entry, Located, members_of, text_of
from .context import RuleContext
from .plausible_values import implausible, is_meant


def evidence_has_places(context: RuleContext) -> Iterator[Diagnostic]:
    """Pieces of evidence, also of rival values, without a place in their source."""
    for entries in (context.draft.facts, context.draft.claims):
        for key, entry in entries.items():
            for piece in _pieces(entry) if not is_meant(entry) else ():
                if isinstance(piece, Entry) and "at" not in piece.keys and piece["source"] is not None:
                    yield implausible("missing-place", piece.span, id=key, source=text_of(piece, "source"))


def _pieces(entry: Entry) -> Iterable[Located]:
    yield from members_of(entry["evidence"])
    for rival in members_of(entry["rivals"]):
        if isinstance(rival, Entry):
            yield from members_of(rival["evidence"])
