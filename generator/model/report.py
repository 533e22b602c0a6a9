"""The settled nouns of a report: complete, exact, cited and frozen. An Edition is all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ..diagnostics.finding import Span
from ..store.fast_pickle import FastPickle
from .code_lists import OUTPUTS
from .languages import Language, Phrase
from .periods import Period
from .series import Series
from .sources import Evidence, Source
from .units import Unit
from .values import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Name(FastPickle):
    """A person, organisation, product or place, spelled as each language does; may hold digits."""

    id: str
    type: str
    name: Phrase
    short: Phrase
    role: Phrase | None = None
    note: Phrase | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word of the field that readers may not know."""

    id: str
    term: Phrase
    definition: Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival(FastPickle):
    """Another value seen for the same fact."""

    value: Value | Period
    reason: Phrase
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(FastPickle):
    """An earlier value of a fact, and why it was left."""

    value: Value | Period
    as_of: Period
    kind: str
    reason: Phrase
    source: Source | None
    until: Period | None = None  # when it was left; without it, when the next value was known


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """When a forecast can be judged and how it came out so far."""

    due: Period
    outcome: str
    resolution: str
    reason: Phrase | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact(FastPickle):
    """One sourced quantity or date."""

    id: str
    topic: str
    label: Phrase
    short: Phrase | None
    value: Value | Period
    unit: Unit
    period: Period | None
    as_of: Period | None
    entity: Name | None
    status: str
    review: str
    evidence: tuple[Evidence, ...]
    note: Phrase | None = None
    items: tuple[Name | Phrase, ...] = ()
    rivals: tuple[Rival, ...] = ()
    preferred_because: Phrase | None = None
    history: tuple[Change, ...] = ()
    forecast: Forecast | None = None
    formula: str = ""
    inputs: tuple[str, ...] = ()  # facts the formula reads
    digits: int = 0  # significant digits to show of a derived value; 0 = as written
    series: tuple[str, str, str] | None = None  # series, column, key the value was taken from
    aliases: tuple[str, ...] = ()  # ids it had before; their addresses lead to it
    span: Span = field(default_factory=lambda: Span(""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(FastPickle):
    """Something that happened on a date."""

    id: str
    date: Period
    title: Phrase
    text: Phrase | None
    entity: Name | None
    section: str
    evidence: tuple[Evidence, ...]
    after_article: bool
    span: Span = field(default_factory=lambda: Span(""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(FastPickle):
    """What somebody else asserts, our verdict on it, and the facts that settle it."""

    id: str
    section: str
    text: Phrase
    source: Source
    at: str
    also_at: tuple[str, ...]
    as_written: str
    entity: Name | None
    stance: str
    claimed: Value | Period | None
    unit: Unit | None
    period: Period | None
    verdict: str
    basis: str
    settled_by: tuple[str, ...]
    reason: Phrase
    since: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    span: Span = field(default_factory=lambda: Span(""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart(FastPickle):
    """A frozen chart spec; `options` are the keys of its mark, checked when read (ids as texts, labels as Phrases)."""

    id: str
    topic: str
    mark: str
    title: Phrase
    note: Phrase | None
    options: Mapping[str, object]
    facts: tuple[str, ...]  # every fact it draws
    series: tuple[str, ...]
    span: Span = field(default_factory=lambda: Span(""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """Our own judgement of a risk."""

    id: str
    title: Phrase
    text: Phrase
    likelihood: str
    impact: str
    direction: str
    facts: tuple[str, ...]
    claims: tuple[str, ...]
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A relation between facts and claims that the build evaluated."""

    id: str
    text: Phrase
    test: str
    expect: bool
    holds: bool
    relation: str
    facts: tuple[str, ...]
    claims: tuple[str, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """What others may do with the report: its SPDX identifier, its name, and where it is told in full."""

    id: str
    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What the report is: title, languages (first = default), horizon, pages in order."""

    title: Phrase
    subtitle: Phrase
    description: Phrase
    publisher: Phrase
    site_url: str
    as_of: Period
    languages: tuple[Language, ...]
    pages: tuple[str, ...]
    sections: tuple[str, ...]
    places: Mapping[str, Phrase]  # names of the places (headings) in the checked source
    judged_on: date  # the day on which ages and due dates are judged: the horizon, unless somebody asks for another
    review: Mapping[str, int] = field(default_factory=dict)  # review class -> days after which to look again
    licence: Licence | None = None
    outputs: tuple[str, ...] = OUTPUTS

    @property
    def default(self) -> Language:
        """The language a reader meets first."""
        return self.languages[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """The whole report as data."""

    report: Report
    units: Mapping[str, Unit]
    sources: Mapping[str, Source]
    names: Mapping[str, Name]
    events: Mapping[str, Event]
    series: Mapping[str, Series]
    facts: Mapping[str, Fact]
    claims: Mapping[str, Claim]
    charts: Mapping[str, Chart]
    risks: Mapping[str, Risk]
    checks: Mapping[str, Check]
    terms: Mapping[str, Term] = field(default_factory=dict)
