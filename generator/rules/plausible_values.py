"""Rules: values that are probably slips: of a share, a factor of a thousand, a sign or a currency.

An entry that says `plausible: reason` is meant as it is.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import takewhile
from typing import NamedTuple

from ..diagnostics.finding import Diagnostic, Span
from ..model import values
from ..model.comparison import short_notation
from ..model.periods import Period
from ..model.report import Claim, Fact
from ..reading.located_values import Entry
from ..wording.number_reader import number_reader
from .context import RuleContext, of_fact_files, span_of_value

_POWERS = (3, 4, 6, 8, 9, 12)  # thousands and myriads
_OFF = 0.35  # powers of ten around one of these that still tell of it
_LEAST_OTHERS = 2  # facts beside which one stands out
_YEARS = re.compile(r"[0-9]+")


def is_meant(entry: Entry | None) -> bool:
    """Whether an entry says that it is as it is for a reason."""
    return entry is not None and "plausible" in entry.keys


def implausible(rule: str, span: Span, variant: str = "", **args: str) -> Diagnostic:
    """A warning that something is probably a slip."""
    return Diagnostic(rule=rule, variant=variant, severity="warning", span=span, args=dict(args))


def values_are_plausible(context: RuleContext) -> Iterator[Diagnostic]:
    """Facts whose value is probably a slip; each is told once."""
    found: set[str] = set()
    for finding in context.in_fact_files(_by_themselves):
        found.add(str(finding.args["id"]))
        yield finding
    yield from _beside_siblings(context, found)
    yield from _claims(context)


@of_fact_files
def _by_themselves(context: RuleContext, file: str) -> Iterator[Diagnostic]:
    for fact in context.fact_files.facts(file):
        if fact.formula or is_meant(context.draft.facts[fact.id]) or isinstance(fact.value, Period):
            continue
        if (finding := _alone(context, fact) or _beside_its_own(context, fact)) is not None:
            yield finding


def _alone(context: RuleContext, fact: Fact) -> Diagnostic | None:
    """A share above one, or less than nothing of what can only be counted or measured."""
    assert not isinstance(fact.value, Period)  # noqa: S101  left out by the caller
    written, high = short_notation(fact.value), fact.value.high
    if fact.unit.percent and high is not None and high > 1:
        return _told(context, fact, "share", found=written, percent=f"{(high * 100).normalize():f}", likely=_plain(high / 100))
    if (fact.value.low or Decimal(0)) < 0 and not fact.unit.percent and fact.unit.id not in currency_codes(context):
        return _told(context, fact, "negative", found=written, unit=fact.unit.id)
    return None


def _beside_its_own(context: RuleContext, fact: Fact) -> Diagnostic | None:
    """A value beside the last one of its history, and those of its rivals."""
    history = [(change.value, change.kind) for change in fact.history[-1:] if change.kind != "correction"]
    for other, kind in (*history, *((rival.value, "") for rival in fact.rivals)):
        if isinstance(other, Period) or isinstance(fact.value, Period):
            continue
        number, before = values.midpoint(fact.value), values.midpoint(other)
        args = {"found": short_notation(fact.value), "other": short_notation(other)}
        if power := _lost_power(number, before):
            return _told(context, fact, "factor", power=f"1e{power}", **args)
        if number * before < 0 and kind != "revision":  # which tells that it is counted otherwise
            return _told(context, fact, "sign", **args)
    return None


def _told(context: RuleContext, fact: Fact, variant: str, **args: str) -> Diagnostic:
    return implausible("implausible-value", span_of_value(context, fact.id), variant, id=fact.id, **args)


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _lost_power(number: Decimal, other: Decimal) -> int:
    """The power of ten by which two numbers differ, if it is one that slips have; else zero."""
    return _slipped(_magnitude(number), _magnitude(other))


def _magnitude(number: Decimal) -> float | None:
    """The power of ten that a number has the size of; None for zero."""
    return number.adjusted() + math.log10(abs(number.scaleb(-number.adjusted()))) if number else None  # also of huge ones


def _slipped(size: float | None, other: float | None) -> int:
    if size is None or other is None:
        return 0
    apart = abs(size - other)
    power = min(_POWERS, key=lambda power: abs(apart - power))
    return power if abs(apart - power) <= _OFF else 0


def _beside_siblings(context: RuleContext, told: set[str]) -> Iterator[Diagnostic]:
    """Facts that differ from their siblings, whose ids are the same but for a number, by a factor of a thousand or a sign."""
    doubtful = None if told else _doubtful_groups(context)
    if doubtful is not None and not doubtful:
        return  # as nearly always: values of all siblings need not be looked at
    groups: dict[tuple[str, str], list[_Sibling]] = defaultdict(list)
    for pattern, unit, sibling in context.in_fact_files(_siblings):
        if sibling[0] not in told and (doubtful is None or (pattern, unit) in doubtful):
            groups[pattern, unit].append(sibling)
    for siblings in groups.values():
        if len(siblings) > 1:
            yield from _odd_ones(context, siblings)


_Sibling = tuple[str, float | None, bool]  # an id, the power of ten that its value has the size of, and whether it is negative


@of_fact_files
def _siblings(context: RuleContext, file: str) -> Iterator[tuple[str, str, _Sibling]]:
    for fact in context.fact_files.facts(file):
        if not isinstance(fact.value, Period) and not fact.formula and _YEARS.search(fact.id):
            middle = values.midpoint(fact.value)
            yield _YEARS.sub("#", fact.id), fact.unit.id, (fact.id, _magnitude(middle), middle < 0)


class _Siblings(NamedTuple):
    """What siblings of one file say of whether there is an odd one among those of all files."""

    group: tuple[str, str]  # the pattern of their ids, and their unit
    number: int
    negative: int
    sizes: tuple[float | None, ...]  # the smallest, the one in the middle, and the largest
    odd: tuple[float | None, ...]  # of those that are unlike all others of the file


@of_fact_files
def _groups_of_siblings(context: RuleContext, file: str) -> Iterator[_Siblings]:
    groups: dict[tuple[str, str], list[_Sibling]] = defaultdict(list)
    for pattern, unit, sibling in _siblings(context, file):
        groups[pattern, unit].append(sibling)
    for group, siblings in groups.items():
        sizes = sorted((size for _, size, _ in siblings), key=lambda size: -math.inf if size is None else size)
        some = (sizes[0], sizes[len(sizes) // 2], sizes[-1])
        odd = tuple(one[1] for one in siblings if all(_slipped(one[1], other[1]) for other in siblings if other is not one))
        yield _Siblings(group, len(siblings), sum(negative for *_, negative in siblings), some, odd)


def _doubtful_groups(context: RuleContext) -> set[tuple[str, str]]:
    """The groups of siblings with one that may be odd: it is in its file, and beside some of each other file."""
    groups: dict[tuple[str, str], list[_Siblings]] = defaultdict(list)
    for found in context.in_fact_files(_groups_of_siblings):
        groups[found.group].append(found)
    return {
        group
        for group, files in groups.items()
        if sum(one.number for one in files) > 1
        and (
            sum(one.negative for one in files) == 1
            or any(
                all(_slipped(size, other) for beside in files if beside is not one for other in beside.sizes)
                for one in files
                for size in one.odd
            )
        )
    }


def _odd_ones(context: RuleContext, siblings: list[_Sibling]) -> Iterator[Diagnostic]:
    negative = [sibling for sibling in siblings if sibling[2]]
    for sibling in reversed(siblings):
        others = (one for one in siblings if one is not sibling)
        powers = list(takewhile(bool, (_slipped(sibling[1], one[1]) for one in others)))  # up to one like it
        if len(powers) == len(siblings) - 1:
            variant, args = "siblings", {"power": f"1e{max(powers)}"}
        elif negative == [sibling] and len(siblings) > _LEAST_OTHERS:
            variant, args = "siblings-sign", {}
        else:
            continue
        if not is_meant(context.draft.facts[sibling[0]]):
            fact = context.edition.facts[sibling[0]]
            other = context.edition.facts[next(one[0] for one in siblings if one is not sibling)]
            args |= {"found": short_notation(_value(fact)), "other": short_notation(_value(other)), "sibling": other.id}
            yield _told(context, fact, variant, **args)
        return  # one cause, one finding


def _value(fact: Fact) -> values.Value:
    assert not isinstance(fact.value, Period)  # noqa: S101  left out of the groups
    return fact.value


def _claims(context: RuleContext) -> Iterator[Diagnostic]:
    """Claimed values that differ by a power of ten from a number in the words of their source."""
    for claim in context.edition.claims.values():
        entry = context.draft.claims[claim.id]
        if not claim.as_written or claim.claimed is None or isinstance(claim.claimed, Period) or is_meant(entry):
            continue
        ends = [point.number for point in values.ends(claim.claimed)]
        read = _numbers(claim)
        if read and all(_scaled(end, read) for end in ends):
            args = {"id": claim.id, "found": short_notation(claim.claimed), "words": claim.as_written}
            yield implausible("implausible-value", entry.span_of("claimed"), "as-written", **args)


def _numbers(claim: Claim) -> list[Decimal]:
    """The numbers in the words of a claim's source, as its language writes them, also in larger units (kilometres)."""
    factors = {Decimal(1), *(step.factor for step in (claim.unit.ladder if claim.unit else ()))}
    read = number_reader(claim.source.language).read(claim.as_written)
    return [one.number * factor for one in read for factor in factors]


def _scaled(number: Decimal, read: list[Decimal]) -> bool:
    """Whether a number has the digits of one that was read, and another power of ten; none that was read is as it is."""
    number = abs(number)
    return number not in read and any(_power(number, one) in _POWERS for one in read)


def _power(number: Decimal, other: Decimal) -> int:
    """The power of ten between two numbers of the same digits; else zero."""
    quotient = (number / other).normalize() if number and other else Decimal(0)
    return abs(quotient.adjusted()) if quotient.as_tuple().digits == (1,) else 0


def currencies_are_usual(context: RuleContext) -> Iterator[Diagnostic]:
    """A stated fact in another currency than all others of its entity; a column in another than all of its series."""
    codes = currency_codes(context)
    by_entity: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for entity, key, unit in context.in_fact_files(_of_entities):
        if unit in codes:
            by_entity[entity].append((key, codes[unit]))
    for entity, found in by_entity.items():
        for key, code, usual in _odd_currencies(found):
            if not is_meant(context.draft.facts[key]):
                span = context.draft.facts[key].span_of("unit")
                yield implausible("unlike-currency", span, id=key, found=code, usual=usual, entity=entity)
    for series in context.edition.series.values():
        columns = [
            (key, codes[one.unit.id]) for key, one in series.columns.items() if one.unit is not None and one.unit.id in codes
        ]
        entry = context.draft.series[series.id]
        for key, code, usual in _odd_currencies(columns) if not is_meant(entry) else ():
            span = entry.span_of("columns")
            yield implausible("unlike-currency", span, "column", id=key, found=code, usual=usual, series=series.id)


@of_fact_files
def _of_entities(context: RuleContext, file: str) -> Iterator[tuple[str, str, str]]:
    """The entity, id and unit of each stated fact that has an entity."""
    for fact in context.fact_files.facts(file):
        if fact.entity is not None and not fact.formula:
            yield fact.entity.id, fact.id, fact.unit.id


def _odd_currencies(found: list[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    """What alone has its currency, with that and the one that all others have."""
    counts = Counter(code for _, code in found)
    if len(counts) == 2 and counts.total() > _LEAST_OTHERS + 1 and min(counts.values()) == 1:  # noqa: PLR2004  one and the others
        (usual, _), (odd, _) = counts.most_common()
        yield from ((key, code, usual) for key, code in found if code == odd)


def currency_codes(context: RuleContext) -> dict[str, str]:
    """The currency that each unit counts, also by the year or by the piece."""
    units = context.edition.units.values()
    bases = {next(iter(unit.dimension)): unit.currency for unit in units if unit.currency and len(unit.dimension) == 1}
    found = {unit.id: {bases[base] for base in unit.dimension if base in bases} for unit in units}
    return {key: next(iter(codes)) for key, codes in found.items() if len(codes) == 1}
