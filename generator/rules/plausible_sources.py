"""Rules: what probably is a slip because one source says everything else otherwise, or because of how evidence is written."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from urllib.parse import urlsplit

from ..diagnostics.finding import Diagnostic
from ..model import values
from ..model.comparison import short_notation
from ..model.periods import Period
from ..model.report import Fact
from ..reading.located_values import Entry, members_of, text_of
from .context import RuleContext, span_of_value
from .plausible_values import currency_codes, implausible, is_meant

_LEAST_OTHERS = 5  # facts of a source beside which one stands out
_FAR = 1000  # times smaller than the smallest, or larger than the largest of them
_HOST = re.compile(r"[^.]+(\.[^.]+)*\.(xn--[a-z0-9-]+|[^\W\d_]{2,})", re.IGNORECASE)


def values_fit_their_sources(context: RuleContext) -> Iterator[Diagnostic]:
    """Stated facts that are thousands of times off from all others of their source, or alone in another currency."""
    codes = currency_codes(context)
    told: set[str] = set()
    for source, facts in _by_source(context).items():
        for fact, other in [*_far_off(facts)]:
            if fact.id not in told and not is_meant(context.draft.facts[fact.id]):
                told.add(fact.id)
                args = {"id": fact.id, "found": _written(fact), "other": _written(other), "sibling": other.id, "source": source}
                yield implausible("implausible-value", span_of_value(context, fact.id), "source", **args)
        for fact, usual in _alone_in_currency(facts, codes):
            if fact.id not in told and not is_meant(context.draft.facts[fact.id]):
                told.add(fact.id)
                args = {"id": fact.id, "found": codes[fact.unit.id], "usual": usual, "source": source}
                yield implausible("unlike-currency", context.draft.facts[fact.id].span_of("unit"), "source", **args)


def _by_source(context: RuleContext) -> Mapping[str, list[Fact]]:
    """The facts with a value of their own by the source that they name first."""
    found: dict[str, list[Fact]] = defaultdict(list)
    for fact in context.edition.facts.values():
        if fact.evidence and not fact.formula and not isinstance(fact.value, Period):
            found[fact.evidence[0].source.id].append(fact)
    return found


def _far_off(facts: list[Fact]) -> Iterator[tuple[Fact, Fact]]:
    """A fact that is far below or above all others of its unit, with the nearest of them."""
    by_unit: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if _size(fact) and fact.series is None:  # a series has its own column to stand beside
            by_unit[fact.unit.id].append(fact)
    for alike in by_unit.values():
        ordered = sorted(alike, key=_size)
        if len(ordered) > _LEAST_OTHERS:
            if _size(ordered[0]) * _FAR <= _size(ordered[1]):
                yield ordered[0], ordered[1]
            if _size(ordered[-1]) >= _size(ordered[-2]) * _FAR:
                yield ordered[-1], ordered[-2]


def _size(fact: Fact) -> Decimal:
    assert not isinstance(fact.value, Period)  # noqa: S101  left out by `_by_source`
    return abs(values.midpoint(fact.value))


def _written(fact: Fact) -> str:
    assert not isinstance(fact.value, Period)  # noqa: S101  left out by `_by_source`
    return short_notation(fact.value)


def _alone_in_currency(facts: list[Fact], codes: Mapping[str, str]) -> Iterator[tuple[Fact, str]]:
    money = [fact for fact in facts if fact.unit.id in codes]
    counts = Counter(codes[fact.unit.id] for fact in money)
    if len(counts) == 2 and counts.total() > _LEAST_OTHERS and min(counts.values()) == 1:  # noqa: PLR2004  one and the others
        (usual, _), (odd, _) = counts.most_common()
        yield from ((fact, usual) for fact in money if codes[fact.unit.id] == odd)


def evidence_is_named_once(context: RuleContext) -> Iterator[Diagnostic]:
    """Pieces of evidence that name the same place of the same source twice: the second was to be another."""
    for entries in (context.draft.facts, context.draft.claims):
        for key, entry in entries.items():
            seen: set[tuple[str, str]] = set()
            for piece in members_of(entry["evidence"]) if not is_meant(entry) else ():
                if not isinstance(piece, Entry) or piece["source"] is None:
                    continue
                place = (text_of(piece, "source"), repr(piece.get("at")))
                if place in seen:
                    yield implausible("repeated-evidence", piece.span, id=key, source=place[0])
                seen.add(place)


def addresses_have_hosts(context: RuleContext) -> Iterator[Diagnostic]:
    """Addresses of sources whose host cannot be one of the public internet, as after a slip in `https://`."""
    for source in context.edition.sources.values():
        entry = context.draft.sources[source.id]
        if not source.url or is_meant(entry):
            continue
        try:
            host = urlsplit(source.url).hostname or ""
        except ValueError:
            host = ""
        if not _HOST.fullmatch(host):
            yield implausible("implausible-address", entry.span_of("url"), id=source.id, host=host)
