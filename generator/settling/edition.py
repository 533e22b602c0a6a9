"""Settles a Draft into an Edition: references followed, units checked, formulas evaluated in order, evidence inherited."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from ..diagnostics.finding import Diagnostic
from ..model.code_lists import OUTPUTS, OUTPUTS_OF_EDITIONS
from ..model.languages import Phrase
from ..model.operands import OperandLookup
from ..model.publication import Contact, Licence
from ..model.report import Edition, Name, Report, Term
from ..model.sources import Source, StoredCopy
from ..reading.draft import Draft
from ..reading.located_values import Entry, Located, bool_of, members_of, text_of
from .charts import settle_charts
from .checks import settle_checks
from .claims import settle_claims
from .events import settle_events
from .facts import settle_facts
from .judgments import settle_judgments
from .resolver import Resolver
from .retired import settle_retired
from .risks import settle_risks
from .series import settle_series
from .settled import Settled
from .units import units_in_use

DEFAULT_AGES = {"semi_durable": 365, "volatile": 120}  # days until a fact is reviewed, by review class


def settle(draft: Draft, *, evaluation_date: date | None = None) -> Settled:
    """Settle every entry that can be settled, and report all mistakes. Ages are judged on a day, else on that of the report."""
    sink: list[Diagnostic] = []
    resolver = Resolver(draft, sink)
    if draft.report is None:
        return Settled(None, ())
    units = units_in_use(draft)
    sources = {key: _source(key, entry, resolver) for key, entry in draft.sources.items()}
    names = {key: name for key, entry in draft.names.items() if (name := _name(key, entry, resolver)) is not None}
    series = settle_series(resolver, units, sources)
    facts = settle_facts(resolver, units, sources, names, series)
    events = settle_events(resolver, sources, names)
    claims = settle_claims(resolver, units, sources, names, facts)
    report = _report(draft.report, resolver, evaluation_date)
    if report is None:
        return Settled(None, tuple(sink))
    lookup = OperandLookup(units, facts, claims, events)
    edition = Edition(
        report=report,
        sources=sources,
        names=names,
        events=events,
        series=series,
        facts=facts,
        claims=claims,
        charts=settle_charts(resolver, facts, series, lookup),
        risks=settle_risks(resolver),
        checks=settle_checks(resolver, sources, lookup),
        judgments=settle_judgments(resolver, lookup),
        retired=settle_retired(resolver),
        terms={key: term for key, entry in draft.terms.items() if (term := _term(key, entry, resolver)) is not None},
        units=units.in_order(),  # the last, as all before may name some
    )
    return Settled(edition, tuple(sink))


def _fields(located: Located | None) -> Mapping[str, Located]:
    return located.value if located is not None and isinstance(located.value, dict) else {}


def _source(key: str, entry: Entry, resolver: Resolver) -> Source:
    return Source(
        id=key,
        publisher=text_of(entry, "publisher", key),
        title=text_of(entry, "title", key),
        title_from=text_of(entry, "title_from", "page"),
        date=resolver.period(entry, "date"),
        url=text_of(entry, "url"),
        language=text_of(entry, "language", resolver.draft.languages[0].code),
        read=text_of(entry, "read", "unverified"),
        independent=bool_of(entry, "independent", default=True),
        note=resolver.phrase(entry, "note"),
        accessed=resolver.period(entry, "accessed"),
        archived=_stored_copy(entry["archived"], resolver),
        quote=text_of(entry, "quote"),
        plausible=text_of(entry, "plausible"),
    )


def _stored_copy(located: Located | None, resolver: Resolver) -> StoredCopy | None:
    if not isinstance(located, Entry) or (on := resolver.period(located, "on")) is None or "url" not in located.fields:
        return None
    return StoredCopy(url=text_of(located, "url"), on=on)


def _name(key: str, entry: Entry, resolver: Resolver) -> Name | None:
    name = resolver.phrase(entry, "name")
    if name is None:
        return None
    return Name(
        id=key,
        type=text_of(entry, "type", "organisation"),
        name=name,
        short=resolver.phrase(entry, "short") or name,
        role=resolver.phrase(entry, "role"),
        note=resolver.phrase(entry, "note"),
    )


def _term(key: str, entry: Entry, resolver: Resolver) -> Term | None:
    term, definition = resolver.phrase(entry, "term"), resolver.phrase(entry, "definition")
    return None if term is None or definition is None else Term(id=key, term=term, definition=definition)


def _report(entry: Entry, resolver: Resolver, evaluation_date: date | None) -> Report | None:
    title, subtitle = resolver.phrase(entry, "title"), resolver.phrase(entry, "subtitle")
    description, publisher = resolver.phrase(entry, "description"), resolver.phrase(entry, "publisher")
    as_of = resolver.period(entry, "as_of")
    if title is None or subtitle is None or description is None or publisher is None or as_of is None:
        return None
    places = {place: located.value for place, located in _fields(entry["places"]).items() if isinstance(located.value, Phrase)}
    return Report(
        title=title,
        subtitle=subtitle,
        description=description,
        publisher=publisher,
        publisher_note=resolver.phrase(entry, "publisher_note"),
        site_url=text_of(entry, "site_url"),
        as_of=as_of,
        languages=resolver.draft.languages,
        pages=tuple(str(page.value) for page in members_of(entry["pages"])),
        sections=tuple(str(page.value) for page in members_of(entry["sections"])),
        places=places,
        evaluation_date=evaluation_date or as_of.last,
        review=_ages(entry["review"]),
        licence=_licence(entry["licence"]),
        contact=_contact(entry["contact"]),
        outputs=_outputs(entry["outputs"], frozen=any(not one.files for one in resolver.draft.editions)),
        editions=resolver.draft.editions,
        text_fragments=tuple(str(host.value) for host in members_of(entry["text_fragments"])),
    )


def _ages(entry: Located | None) -> dict[str, int]:
    """Days until a review is due, by review class; a class without days is never due."""
    if not isinstance(entry, Entry):
        return DEFAULT_AGES
    return {key: int(located.value) for key, located in entry.fields.items() if isinstance(located.value, Decimal)}


def _outputs(located: Located | None, *, frozen: bool) -> tuple[str, ...]:
    """The outputs that the report lists; all where it lists none. A dated edition has only its data besides its pages."""
    listed = OUTPUTS if located is None else tuple(str(output.value) for output in members_of(located))
    return tuple(output for output in listed if not frozen or output in OUTPUTS_OF_EDITIONS)


def _contact(entry: Located | None) -> Contact:
    return Contact(issues=text_of(entry, "issues"), mail=text_of(entry, "mail")) if isinstance(entry, Entry) else Contact()


def _licence(entry: Located | None) -> Licence | None:
    if not isinstance(entry, Entry):
        return None
    return Licence(id=text_of(entry, "id"), title=text_of(entry, "title"), url=text_of(entry, "url"))
