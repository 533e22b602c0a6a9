"""Rules: what probably is a slip because one source says everything else otherwise, or because of how evidence is written."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from operator import itemgetter
from urllib.parse import urlsplit

from ..diagnostics.finding import Diagnostic
from ..model import values
from ..model.comparison import short_notation
from ..model.periods import Period
from ..model.report import Fact
from ..reading.located_values import Entry, members_of, text_of
from .context import RuleContext, of_fact_files, span_of_value
from .plausible_values import currency_codes, implausible, is_meant

_LEAST_OTHERS = 5  # facts of a source beside which one stands out
_FAR = 1000  # times smaller than the smallest, or larger than the largest of them
_HOST = re.compile(r"[^.]+(\.[^.]+)*\.(xn--[a-z0-9-]+|[^\W\d_]{2,})", re.IGNORECASE)


def values_fit_their_sources(context: RuleContext) -> Iterator[Diagnostic]:
    """Stated facts that are thousands of times off from all others of their source, or alone in another currency."""
    codes = currency_codes(context)
    told: set[str] = set()
    for source, facts in _by_source(context).items():
        for key, sibling in [*_far_off(facts)]:
            if key not in told and not is_meant(context.draft.facts[key]):
                told.add(key)
                fact, other = context.edition.facts[key], context.edition.facts[sibling]
                args = {"id": fact.id, "found": _written(fact), "other": _written(other), "sibling": other.id, "source": source}
                yield implausible("implausible-value", span_of_value(context, fact.id), "source", **args)
        for key, unit, usual in _alone_in_currency(facts, codes):
            if key not in told and not is_meant(context.draft.facts[key]):
                told.add(key)
                args = {"id": key, "found": codes[unit], "usual": usual, "source": source}
                yield implausible("unlike-currency", context.draft.facts[key].span_of("unit"), "source", **args)


_Stated = tuple[str, str, Decimal]  # the id of a fact, its unit, and the size of its value; 0 for what stands beside a column


def _by_source(context: RuleContext) -> Mapping[str, list[_Stated]]:
    """The facts with a value of their own by the source that they name first."""
    found: dict[str, list[_Stated]] = defaultdict(list)
    for source, stated in context.in_fact_files(_stated):
        found[source].append(stated)
    return found


@of_fact_files
def _stated(context: RuleContext, file: str) -> Iterator[tuple[str, _Stated]]:
    for fact in context.fact_files.facts(file):
        if fact.evidence and not fact.formula and not isinstance(fact.value, Period):
            size = abs(values.midpoint(fact.value)) if fact.series is None else Decimal(0)
            yield fact.evidence[0].source.id, (fact.id, fact.unit.id, size)


def _far_off(facts: list[_Stated]) -> Iterator[tuple[str, str]]:
    """A fact that is far below or above all others of its unit, with the nearest of them."""
    by_unit: dict[str, list[tuple[Decimal, str]]] = defaultdict(list)
    for key, unit, size in facts:
        if size:
            by_unit[unit].append((size, key))
    for alike in by_unit.values():
        ordered = sorted(alike, key=itemgetter(0))
        if len(ordered) > _LEAST_OTHERS:
            (least, first), (second, next_to_first) = ordered[:2]
            if least * _FAR <= second:
                yield first, next_to_first
            (second, next_to_last), (most, last) = ordered[-2:]
            if most >= second * _FAR:
                yield last, next_to_last


def _written(fact: Fact) -> str:
    assert not isinstance(fact.value, Period)  # noqa: S101  left out by `_by_source`
    return short_notation(fact.value)


def _alone_in_currency(facts: list[_Stated], codes: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    money = [(key, unit) for key, unit, _ in facts if unit in codes]
    counts = Counter(codes[unit] for _, unit in money)
    if len(counts) == 2 and counts.total() > _LEAST_OTHERS and min(counts.values()) == 1:  # noqa: PLR2004  one and the others
        (usual, _), (odd, _) = counts.most_common()
        yield from ((key, unit, usual) for key, unit in money if codes[unit] == odd)


def evidence_is_named_once(context: RuleContext) -> Iterator[Diagnostic]:
    """Pieces of evidence that name the same place of the same source twice: the second was to be another."""
    yield from context.in_fact_files(_repeated_in)
    yield from _repeated(context.draft.claims)


@of_fact_files
def _repeated_in(context: RuleContext, file: str) -> Iterator[Diagnostic]:
    return _repeated(context.fact_files.entries(file))


def _repeated(entries: Mapping[str, Entry]) -> Iterator[Diagnostic]:
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
