"""Settles what facts are settled with: units, sources, names, series; and the report itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from ..model.code_lists import OUTPUTS, OUTPUTS_OF_EDITIONS
from ..model.languages import Phrase
from ..model.publication import Contact, Licence
from ..model.report import Name, Report
from ..model.series import Series
from ..model.sources import Source, StoredCopy
from ..reading.located_values import Entry, Located, bool_of, fields_of, members_of, text_of
from ..records.struct import Struct
from .resolver import Resolver
from .series import settle_series
from .units import UnitsInUse, units_in_use

DEFAULT_AGES = {"semi_durable": 365, "volatile": 120}  # days until a fact is reviewed, by review class


class Basis(Struct, frozen=True, kw_only=True):
    """What facts name or have their values from."""

    units: UnitsInUse
    sources: Mapping[str, Source]
    names: Mapping[str, Name]
    series: Mapping[str, Series]


def settle_basis(resolver: Resolver) -> Basis:
    """Units, sources, names and series; mistakes are reported."""
    draft, units = resolver.draft, units_in_use(resolver.draft)
    sources = {key: _source(key, entry, resolver) for key, entry in draft.sources.items()}
    names = {key: name for key, entry in draft.names.items() if (name := _name(key, entry, resolver)) is not None}
    return Basis(units=units, sources=sources, names=names, series=settle_series(resolver, units, sources))


def settle_report(entry: Entry, resolver: Resolver, evaluation_date: date | None) -> Report | None:
    """The report itself, None where something is missing that all have; ages are judged on a day, else on that of it."""
    title, subtitle = resolver.phrase(entry, "title"), resolver.phrase(entry, "subtitle")
    description, publisher = resolver.phrase(entry, "description"), resolver.phrase(entry, "publisher")
    as_of = resolver.period(entry, "as_of")
    if title is None or subtitle is None or description is None or publisher is None or as_of is None:
        return None
    places = {
        place: located.value for place, located in fields_of(entry["places"]).items() if isinstance(located.value, Phrase)
    }
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
