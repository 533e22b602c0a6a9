"""What became known when: every dated change of an edition's facts, and its events. Dates come from the data, not from a clock.

A period counts from its first day, because that day stays the same when the report's horizon moves on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from .code_lists import CHANGES
from .languages import Phrase
from .periods import Form, Period
from .report import Change, Claim, Edition, Event, Fact
from .sources import Source
from .values import Value

NEW, EVENT = "new", "event"
KINDS = (NEW, *CHANGES, EVENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the changelog: a fact's first value, a later one with the one before it, or an event."""

    key: str  # with `when` the same in every build: facts/<id> or events/<id>, and what tells changes of one day apart
    kind: str
    when: Period
    section: str
    fact: Fact | None = None
    value: Value | Period | None = None
    before: Change | None = None
    event: Event | None = None
    note: Phrase | None = None
    sources: tuple[Source, ...] = ()

    @property
    def date(self) -> date:
        """The day it is listed under."""
        return self.when.first


def changelog(edition: Edition) -> tuple[Entry, ...]:
    """Every entry up to the report's horizon, the newest first. Derived facts only follow others and are left out."""
    found = [entry for fact in edition.facts.values() if not fact.formula for entry in _of_fact(fact)]
    found += [_of_event(event) for event in edition.events.values()]
    known = [entry for entry in found if entry.date <= edition.report.as_of.last]
    return tuple(sorted(known, key=lambda entry: (-entry.date.toordinal(), entry.key)))


def known_since(fact: Fact) -> Period | None:
    """When a stated fact took its present value: its own date, else that of its earliest evidence."""
    if fact.as_of:
        return fact.as_of
    published = [one.source.date for one in fact.evidence if one.source.date]
    return min(published, key=lambda period: period.first, default=None)


def last_change(
    edition: Edition, *, facts: Iterable[str] = (), claims: Iterable[str] = (), events: Iterable[str] = ()
) -> date | None:
    """The day of the last change among facts, claims and events that a text speaks of; None where nothing has a date."""
    told = [edition.claims[key] for key in claims]
    changed = [edition.facts[key] for key in _with_inputs(edition, facts, told)]
    return last_change_among(edition, changed, told, [edition.events[key] for key in events])


def last_change_of_all(edition: Edition) -> date | None:
    """The same of everything there is."""
    return last_change_among(edition, edition.facts.values(), edition.claims.values(), edition.events.values())


def last_change_among(
    edition: Edition, facts: Iterable[Fact], claims: Iterable[Claim] = (), events: Iterable[Event] = ()
) -> date | None:
    """The same of some entries, taken as they are: facts without those that they are worked out from."""
    horizon = edition.report.as_of.last
    found = {day for fact in facts for day in _days(fact)}
    found |= {event.date.first for event in events}
    for claim in claims:
        found |= {edition.events[one].date.first for one in claim.since}
        found |= {one.source.date.first for one in claim.evidence if one.source.date}
    return max((day for day in found if day <= horizon), default=None)


def _with_inputs(edition: Edition, facts: Iterable[str], claims: Iterable[Claim]) -> Iterator[str]:
    waiting = [*facts, *(one for claim in claims for one in claim.settled_by)]
    seen: set[str] = set()
    while waiting:
        key = waiting.pop()
        if key not in seen:
            seen.add(key)
            waiting.extend(edition.facts[key].inputs)
            yield key


def _days(fact: Fact) -> list[date]:
    found = [change.as_of.first for change in fact.history]
    if not fact.formula and (since := known_since(fact)):
        found.append(since.first)
    return found


def _of_fact(fact: Fact) -> Iterator[Entry]:
    now = known_since(fact)
    steps: list[tuple[Period, Value | Period, tuple[Source, ...]]] = [
        (change.as_of, change.value, (change.source,) if change.source else ()) for change in fact.history
    ]
    if now is not None:
        steps.append((now, fact.value, tuple(one.source for one in fact.evidence)))
    taken: set[tuple[str, str]] = set()
    for number, (when, value, sources) in enumerate(steps):
        before = fact.history[number - 1] if number else None
        key = f"facts/{fact.id}"
        while (when.text, key) in taken:  # two changes of one day
            key += f"/{before.kind if before else NEW}"
        taken.add((when.text, key))
        yield Entry(
            key=key,
            kind=before.kind if before else NEW,
            when=when,
            section=fact.topic,
            fact=fact,
            value=value,
            before=before,
            note=fact.note if number == len(fact.history) else None,
            sources=sources,
        )


def _of_event(event: Event) -> Entry:
    return Entry(
        key=f"events/{event.id}",
        kind=EVENT,
        when=event.date,
        section=event.section,
        event=event,
        note=event.text,
        sources=tuple(one.source for one in event.evidence),
    )


def tag_date(period: Period) -> str:
    """A period as a tag: URI dates itself (RFC 4151): a year, a month or a day."""
    exact = period.form in (Form.YEAR, Form.MONTH, Form.DAY)
    return period.text if exact else period.first.isoformat()
