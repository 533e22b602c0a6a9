"""What others assert, what happened, how it is drawn and judged: claims, events, charts, risks and checks are settled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..diagnostics.finding import Clause
from ..model import formulas, report, values
from ..model.dimensions import DimensionedValue, normalize_dimension
from ..model.evaluation import Operand, evaluate
from ..model.formulas import FormulaError
from ..model.languages import Phrase, placeholders
from ..model.periods import Period
from ..model.series import Series
from ..model.sources import Evidence, Source
from ..model.spelling import suggest
from ..model.units import Unit
from ..reading.located import Entry, Located
from .facts import evidence_of, measure, one_unit, quantity
from .lookup import Resolver, bool_of, members_of, period_of, text_of


def settle_events(
    resolver: Resolver, sources: Mapping[str, Source], names: Mapping[str, report.Name]
) -> dict[str, report.Event]:
    """Every event with a date and a title, in order of date."""
    found: dict[str, report.Event] = {}
    for key, entry in resolver.draft.events.items():
        title, date = resolver.phrase(entry, "title"), period_of(entry, "date")
        text = resolver.phrase(entry, "text")
        entity = names.get(resolver.reference("names", entry["entity"]))
        cited = [sources[one] for one in resolver.references("sources", entry["sources"]) if one in sources]
        resolver.section(entry, "sections")
        if title is None or date is None:
            continue
        found[key] = report.Event(
            id=key,
            date=date,
            title=title,
            text=text,
            entity=entity,
            section=text_of(entry, "section"),
            evidence=tuple(Evidence(source=source, at=None) for source in cited),
            after_article=bool_of(entry, "after_article", default=False),
            span=entry.span,
        )
    # what is known of a month only stands before its days
    return dict(sorted(found.items(), key=lambda pair: (pair[1].date.first, -pair[1].date.last.toordinal())))


def settle_claims(
    resolver: Resolver,
    units: Mapping[str, Unit],
    sources: Mapping[str, Source],
    names: Mapping[str, report.Name],
    facts: Mapping[str, report.Fact],
) -> dict[str, report.Claim]:
    """Every claim with its verdict and what settles it."""
    found: dict[str, report.Claim] = {}
    for key, entry in resolver.draft.claims.items():
        text, reason = resolver.phrase(entry, "text", "claims"), resolver.phrase(entry, "reason", "claims")
        source = resolver.reference("sources", entry["source"])
        settled_by = resolver.references("facts", entry["settled_by"])
        since = resolver.references("events", entry["since"])
        entity = names.get(resolver.reference("names", entry["entity"]))
        unit = units.get(resolver.reference("units", entry["unit"]))
        evidence = evidence_of(resolver, sources, entry["evidence"])
        verdict = text_of(entry, "verdict", "unverified")
        if verdict not in ("opinion", "unverified") and not _tried(entry, "evidence"):
            resolver.report("missing-evidence", entry.span, id=key)
        claimed = entry["claimed"]
        if claimed is not None and unit is None and "unit" not in entry.keys:
            resolver.report("missing-key", entry.span, id=key, key="unit", hint="unit: USD")
        value = quantity(resolver, claimed, unit)
        _check_units(resolver, entry, unit, settled_by, facts)
        if text is None or reason is None or source not in sources:
            continue
        found[key] = report.Claim(
            id=key,
            section=resolver.draft.topic(entry),
            text=text,
            source=sources[source],
            at=text_of(entry, "at"),
            also_at=tuple(str(one.value) for one in members_of(entry["also_at"])),
            as_written=text_of(entry, "as_written"),
            entity=entity,
            stance=text_of(entry, "stance", "claimed"),
            claimed=value,
            unit=unit,
            period=period_of(entry, "period"),
            verdict=verdict,
            basis=text_of(entry, "basis"),
            settled_by=settled_by,
            reason=reason,
            since=since,
            evidence=evidence,
            span=entry.span,
        )
    return found


def _tried(entry: Entry, key: str) -> bool:
    """Whether a list was written and is not empty; what is wrong in it has its own finding."""
    located = entry[key]
    return key in entry.keys and (located is None or bool(members_of(located)))


def _check_units(
    resolver: Resolver,
    entry: Entry,
    unit: Unit | None,
    settled_by: Sequence[str],
    facts: Mapping[str, report.Fact],
) -> None:
    known = [facts[one] for one in settled_by if one in facts]
    if (
        unit is not None
        and known
        and len(known) == len(members_of(entry["settled_by"]))
        and all(fact.unit.dimension != unit.dimension for fact in known)
    ):
        resolver.report("unit-mismatch", entry.span_of("unit"), "claim", unit=unit.id, other=known[0].unit.id)


def settle_charts(
    resolver: Resolver,
    facts: Mapping[str, report.Fact],
    series: Mapping[str, Series],
) -> dict[str, report.Chart]:
    """Every chart spec whose facts and series exist."""
    found: dict[str, report.Chart] = {}
    for key, entry in resolver.draft.charts.items():
        before = len(resolver.sink)
        title, note = resolver.phrase(entry, "title"), resolver.phrase(entry, "note")
        resolver.section(entry, "sections", "pages")
        used: list[str] = []
        options = {
            name: _option(resolver, located, used, entry, name)
            for name, located in entry.fields.items()
            if name not in ("mark", "title", "note", "section")
        }
        named = text_of(entry, "series")
        kept = (named,) if named in series else ()
        _check_columns(resolver, entry, kept, series)
        if title is None or len(resolver.sink) > before or any(one not in facts for one in used):
            continue
        found[key] = report.Chart(
            id=key,
            topic=text_of(entry, "section") or resolver.draft.topic(entry),
            mark=text_of(entry, "mark"),
            title=title,
            note=note,
            options=options,
            facts=tuple(dict.fromkeys(used)),
            series=kept,
            span=entry.span,
        )
    return found


_REFS = {
    "series": "series",
    "fact": "facts",
    "from": "facts",
    "to": "facts",
    "total": "facts",
    "width": "facts",
    "height": "facts",
    "area": "facts",
    "claim": "claims",
    "name": "names",
    "parts": "facts",
    "events": "events",
    "rows": "facts",
}


def _option(resolver: Resolver, located: Located, used: list[str], entry: Entry, key: str) -> object:
    """A spec's value made plain: Phrases stay, ids are looked up, records become dicts."""
    if isinstance(located, Entry):
        ends = "name" if key == "links" else ""  # flows run between names, pairs between facts
        return {
            name: _option(resolver, child, used, entry, ends if ends and name in ("from", "to") else name)
            for name, child in located.fields.items()
        }
    if isinstance(located.value, tuple):
        return tuple(_option(resolver, one, used, entry, key) for one in located.value)
    if isinstance(located.value, Phrase):
        return resolver.located_phrase(located, entry)
    kind = _REFS.get(key, "")
    if kind and (found := resolver.reference(kind, located)) and kind == "facts":
        used.append(found)
    return located.value


def _check_columns(resolver: Resolver, entry: Entry, named: tuple[str, ...], series: Mapping[str, Series]) -> None:
    for name in named:
        for column in members_of(entry["columns"]):
            if column.value not in series[name].columns:
                known = list(series[name].columns)
                resolver.report(
                    "unknown-id",
                    column.span,
                    id=str(column.value),
                    kind=Clause("columns-of", {"name": name}),
                    suggestion=suggest(str(column.value), known),
                )


def settle_risks(resolver: Resolver) -> dict[str, report.Risk]:
    """Our own register."""
    found: dict[str, report.Risk] = {}
    for key, entry in resolver.draft.risks.items():
        title, text = resolver.phrase(entry, "title"), resolver.phrase(entry, "text")
        facts, claims = resolver.references("facts", entry["facts"]), resolver.references("claims", entry["claims"])
        events = resolver.references("events", entry["events"])
        if title is None or text is None:
            continue
        found[key] = report.Risk(
            id=key,
            title=title,
            text=text,
            likelihood=text_of(entry, "likelihood", "medium"),
            impact=text_of(entry, "impact", "medium"),
            direction=text_of(entry, "direction", "steady"),
            facts=facts,
            claims=claims,
            events=events,
        )
    return found


def settle_checks(
    resolver: Resolver,
    sources: Mapping[str, Source],
    lookups: OperandLookup,
) -> dict[str, report.Check]:
    """Every relation, evaluated; one that comes out otherwise than its author expected is a finding."""
    found: dict[str, report.Check] = {}
    for key, entry in resolver.draft.checks.items():
        text, located = resolver.phrase(entry, "text"), entry["test"]
        listed, asserted = resolver.references("facts", entry["facts"]), resolver.references("claims", entry["claims"])
        cited = tuple(sources[one] for one in resolver.references("sources", entry["sources"]) if one in sources)
        if text is None or located is None:
            continue
        outcome = _evaluate(resolver, located, lookups)
        if outcome is None:
            continue
        holds, used, used_claims = outcome
        expected = bool_of(entry, "expect", default=True)
        if holds is not expected:
            resolver.report("relation-fails", located.span, "" if expected else "holds", id=key, test=str(located.value))
        found[key] = report.Check(
            id=key,
            text=text,
            test=str(located.value),
            expect=expected,
            holds=holds,
            relation=text_of(entry, "relation", "holds"),
            facts=tuple(dict.fromkeys((*listed, *used))),
            claims=tuple(dict.fromkeys((*asserted, *used_claims))),
            sources=cited,
        )
    return found


def all_hold(checks: Mapping[str, report.Check], lookups: OperandLookup) -> bool:
    """Whether relations that came out as expected do so with other values of facts."""
    try:
        return all(evaluate(formulas.parse(check.test), lookups) is check.expect for check in checks.values())
    except (FormulaError, _MissingError):
        return False


class _MissingError(Exception):
    """An operand that was written but could not be settled; its own finding is enough."""


class OperandLookup:
    """What the operands of a check stand for."""

    def __init__(
        self,
        units: Mapping[str, Unit],
        facts: Mapping[str, report.Fact],
        claims: Mapping[str, report.Claim],
        events: Mapping[str, report.Event],
    ) -> None:
        self.units, self.facts, self.claims, self.events = units, facts, claims, events

    def __call__(self, kind: str, key: str) -> Operand:
        """The value of one operand."""
        try:
            match kind:
                case "fact":
                    return measure(self.facts[key])
                case "unit":
                    return one_unit(self.units[key])
                case "count":
                    return DimensionedValue(values.parse(str(len(self.facts[key].items))), ())
                case "event":
                    return self.events[key].date
                case "verdict":
                    return self.claims[key].verdict
                case _:
                    return self._claimed(self.claims[key])
        except KeyError as error:
            raise _MissingError(key) from error

    @staticmethod
    def _claimed(claim: report.Claim) -> Operand:
        if claim.claimed is None or claim.unit is None:
            raise _MissingError(claim.id)  # written, but not settled
        if isinstance(claim.claimed, Period):
            return claim.claimed
        size = values.Point(number=claim.unit.size)
        return DimensionedValue(values.multiply(claim.claimed, size), normalize_dimension(claim.unit.dimension))


_ASKED = {"claimed": "claimed", "count": "items"}  # what an operand needs to have
_KINDS = {"fact": "facts", "count": "facts", "claimed": "claims", "verdict": "claims", "event": "events", "unit": "units"}


def _evaluate(
    resolver: Resolver, located: Located, lookups: OperandLookup
) -> tuple[bool, tuple[str, ...], tuple[str, ...]] | None:
    try:
        formula = formulas.parse(str(located.value))
    except FormulaError as error:
        resolver.report_formula(located, error)
        return None
    known = [_known(resolver, located, formula, use) for use in formula.references]
    if not all(known):
        return None
    try:
        result = evaluate(formula, lookups)
    except FormulaError as error:
        resolver.report_formula(located, error)
        return None
    except _MissingError:
        return None
    if not isinstance(result, bool):
        resolver.report("bad-formula", located.span, "not-a-test")
        return None
    facts = tuple(use.id for use in formula.references if _KINDS[use.kind] == "facts")
    claims = tuple(use.id for use in formula.references if _KINDS[use.kind] == "claims")
    return result, facts, claims


def _known(resolver: Resolver, located: Located, formula: formulas.Formula, use: formulas.OperandReference) -> bool:
    """Whether an operand is written and has what is asked of it."""
    kind = _KINDS[use.kind]
    entry, asked = resolver.known(kind).get(use.id), _ASKED.get(use.kind)
    if entry is not None and (asked is None or asked in entry.keys):
        return True
    place = resolver.place(located.span, formula.text, use.offset, len(use.id))
    if entry is None:
        resolver.report_unknown(kind, use.id, place)
    else:
        resolver.report("bad-formula", place, f"no-{asked}", id=use.id)
    return False


def facts_in(phrase: Phrase | None) -> tuple[str, ...]:
    """Facts that a text speaks of."""
    if phrase is None:
        return ()
    return tuple(hole.target for text in phrase.texts.values() for hole in placeholders(text) if hole.kind == "fact")
