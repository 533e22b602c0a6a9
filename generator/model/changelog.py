"""The changelog of an edition: every dated change of its facts, and its events. Dates come from the data, never from a clock.

A period is dated by its first day, because that stays the same when the report's horizon moves on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from ..records.struct import Struct
from .code_lists import CHANGES
from .languages import Phrase
from .periods import Form, Period
from .report import Change, Claim, Edition, Event, Fact
from .sources import Source
from .values import Value

NEW, EVENT = "new", "event"
KINDS = (NEW, *CHANGES, EVENT)


class Entry(Struct, frozen=True, kw_only=True):
    """One entry of the changelog: the first value of a fact, a later value with the one before it, or an event."""

    key: str  # facts/<id> or events/<id>, and what distinguishes changes of one day: lasting, and unique together with `when`
    kind: str  # one of KINDS
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
    """Every entry up to the report's horizon, the newest first; derived facts, which only follow others, have none."""
    entries = [entry for fact in edition.facts.values() if not fact.formula for entry in _of_fact(fact)]
    entries += [_of_event(event) for event in edition.events.values()]
    known = [entry for entry in entries if entry.date <= edition.report.as_of.last]
    return tuple(sorted(known, key=lambda entry: (-entry.date.toordinal(), entry.key)))


def changelog_of(edition: Edition, fact: Fact) -> tuple[Entry, ...]:
    """The entries of one fact up to the report's horizon, the newest first."""
    known = [entry for entry in _of_fact(fact) if entry.date <= edition.report.as_of.last]
    return tuple(sorted(known, key=lambda entry: (-entry.date.toordinal(), entry.key)))


def known_since(fact: Fact) -> Period | None:
    """Since when a stated fact has its present value: its own date, else that of its earliest evidence; None without one."""
    if fact.as_of:
        return fact.as_of
    published = [evidence.source.date for evidence in fact.evidence if evidence.source.date]
    return min(published, key=lambda period: period.first, default=None)


def last_change(
    edition: Edition, *, facts: Iterable[str] = (), claims: Iterable[str] = (), events: Iterable[str] = ()
) -> date | None:
    """The day of the last change among facts (with those they are derived from), claims and events, by their ids.

    None where nothing has a date.
    """
    own_claims = [edition.claims[key] for key in claims]
    changed = [edition.facts[key] for key in _with_inputs(edition, facts, own_claims)]
    return last_change_among(edition, changed, own_claims, [edition.events[key] for key in events])


def last_change_of_all(edition: Edition) -> date | None:
    """The day of the last change of anything in the edition."""
    return last_change_among(edition, edition.facts.values(), edition.claims.values(), edition.events.values())


def last_change_among(
    edition: Edition, facts: Iterable[Fact], claims: Iterable[Claim] = (), events: Iterable[Event] = ()
) -> date | None:
    """The day of the last change among some entries: facts without those that they are derived from, claims and events."""
    horizon = edition.report.as_of.last
    days = {day for fact in facts for day in _days(fact)}
    days |= {event.date.first for event in events}
    for claim in claims:
        days |= {edition.events[event].date.first for event in claim.since}
        days |= {evidence.source.date.first for evidence in claim.evidence if evidence.source.date}
    return max((day for day in days if day <= horizon), default=None)


def _with_inputs(edition: Edition, facts: Iterable[str], claims: Iterable[Claim]) -> Iterator[str]:
    waiting = [*facts, *(fact for claim in claims for fact in claim.settled_by)]
    seen: set[str] = set()
    while waiting:
        key = waiting.pop()
        if key not in seen:
            seen.add(key)
            waiting.extend(edition.facts[key].inputs)
            yield key


def _days(fact: Fact) -> list[date]:
    days = [change.as_of.first for change in fact.history]
    if not fact.formula and (since := known_since(fact)):
        days.append(since.first)
    return days


def _of_fact(fact: Fact) -> Iterator[Entry]:
    now = known_since(fact)
    steps: list[tuple[Period, Value | Period, tuple[Source, ...]]] = [
        (change.as_of, change.value, (change.source,) if change.source else ()) for change in fact.history
    ]
    if now is not None:
        steps.append((now, fact.value, tuple(evidence.source for evidence in fact.evidence)))
    used_keys: set[tuple[str, str]] = set()
    for number, (known, value, sources) in enumerate(steps):
        before = fact.history[number - 1] if number else None
        corrected = before.until if before is not None and before.kind == "correction" else None
        when = corrected or known  # a correction is made on its day, whenever the right value had become known
        key = f"facts/{fact.id}"
        while (when.text, key) in used_keys:  # two changes of one day
            key += f"/{before.kind if before else NEW}"
        used_keys.add((when.text, key))
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
        sources=tuple(evidence.source for evidence in event.evidence),
    )


def tag_date(period: Period) -> str:
    """The date in a `tag:` URI (RFC 4151), which may be a year, a month or a day: other periods give their first day."""
    is_tag_date = period.form in (Form.YEAR, Form.MONTH, Form.DAY)
    return period.text if is_tag_date else period.first.isoformat()
