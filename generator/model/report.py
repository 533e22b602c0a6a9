"""The entries of a settled report: complete, exact, cited and immutable. An Edition holds all of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ..diagnostics.finding import Span
from ..records.struct import Struct, field
from . import addresses
from .code_lists import FACT_PAGES, OUTPUTS
from .languages import Language, Phrase
from .periods import Period
from .publication import Contact, DatedEdition, Licence
from .series import Series
from .sources import Evidence, Source
from .units import Unit
from .values import Value


class Name(Struct, frozen=True, kw_only=True):
    """A person, organisation, product or place, as each language spells it. Digits in a name are no figures."""

    id: str
    type: str
    name: Phrase
    short: Phrase
    role: Phrase | None = None
    note: Phrase | None = None


class Term(Struct, frozen=True, kw_only=True):
    """An entry of the glossary: a technical term and what it means."""

    id: str
    term: Phrase
    definition: Phrase


class Rival(Struct, frozen=True, kw_only=True):
    """A competing value that another source gives for the same fact, and why it is not preferred."""

    value: Value | Period
    reason: Phrase
    evidence: tuple[Evidence, ...]


class Change(Struct, frozen=True, kw_only=True):
    """An earlier value of a fact, and why it changed: one of CHANGES as kind."""

    value: Value | Period
    as_of: Period
    kind: str
    reason: Phrase
    source: Source | None
    until: Period | None = None  # when it stopped to hold; None: when the next value became known


class Forecast(Struct, frozen=True, kw_only=True):
    """When a forecast can be judged, and its resolution so far."""

    due: Period
    outcome: str
    resolution: str
    reason: Phrase | None


class SignOff(Struct, frozen=True, kw_only=True):
    """That somebody looked at a fact and found its value to be right: on which day, and who."""

    on: Period
    by: str


class Fact(Struct, frozen=True, kw_only=True):
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
    digits: int = 0  # significant digits shown of a derived value; 0 for all
    series: tuple[str, str, str] | None = None  # the series, column and row key that the value comes from
    reviewed: SignOff | None = None  # of the present value: it lapses when that changes
    aliases: tuple[str, ...] = ()  # former ids; their URLs redirect to this fact
    span: Span = field(default_factory=lambda: Span(""))


class Event(Struct, frozen=True, kw_only=True):
    """Something that happened, with its date."""

    id: str
    date: Period
    title: Phrase
    text: Phrase | None
    entity: Name | None
    section: str
    evidence: tuple[Evidence, ...]
    after_article: bool
    span: Span = field(default_factory=lambda: Span(""))


class Claim(Struct, frozen=True, kw_only=True):
    """A statement of the checked source or of others, the verdict on it, and the facts that decide it."""

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


class Chart(Struct, frozen=True, kw_only=True):
    """A chart specification: a mark and its options (validated when read; ids are texts, labels are Phrases)."""

    id: str
    topic: str
    mark: str
    title: Phrase
    note: Phrase | None
    options: Mapping[str, object]
    facts: tuple[str, ...]  # ids of all facts that it shows
    series: tuple[str, ...]
    measure: Phrase | None = None  # what is measured, in which unit and period
    holds_while: tuple[Condition, ...] = ()  # under which the title is true
    rests_on: tuple[str, ...] = ()  # ids of facts that these conditions read
    cited_first: tuple[str, ...] = ()  # ids of the sources whose publishers are named before those of the others
    span: Span = field(default_factory=lambda: Span(""))


class Risk(Struct, frozen=True, kw_only=True):
    """A risk as the report assesses it: likelihood and impact (LEVELS), direction (DIRECTIONS), and what that is based on."""

    id: str
    title: Phrase
    text: Phrase
    likelihood: str
    impact: str
    direction: str
    facts: tuple[str, ...]
    claims: tuple[str, ...]
    events: tuple[str, ...]


class Check(Struct, frozen=True, kw_only=True):
    """A test of facts and claims against each other: the formula, what is expected of it, and whether it holds."""

    id: str
    text: Phrase
    test: str
    expect: bool
    holds: bool
    relation: str
    facts: tuple[str, ...]
    claims: tuple[str, ...]
    sources: tuple[Source, ...]


class Condition(Struct, frozen=True, kw_only=True):
    """What has to be so for a judgment to hold: a test in the formula language, and what it means when it is not so."""

    test: str
    because: Phrase | None


class Judgment(Struct, frozen=True, kw_only=True):
    """A conclusion of the report, the page that owns it, the facts it rests on, and the conditions while it holds."""

    id: str
    text: Phrase
    page: str
    rests_on: tuple[str, ...]  # ids of facts: those listed, and those that its texts and conditions use
    holds_while: tuple[Condition, ...]
    changes_if: Phrase
    as_of: Period


class Retired(Struct, frozen=True, kw_only=True):
    """Something that was published and is no more: one of RETIRED_KINDS as kind, what it was, why it went, and what to read."""

    id: str
    kind: str
    label: Phrase
    reason: Phrase
    instead: str  # an id of the same kind; may be empty


class Report(Struct, frozen=True, kw_only=True):
    """The report itself: title, languages (the first is the default), horizon (`as_of`), and pages in order."""

    title: Phrase
    subtitle: Phrase
    description: Phrase
    publisher: Phrase
    site_url: str
    as_of: Period
    languages: tuple[Language, ...]
    pages: tuple[str, ...]
    sections: tuple[str, ...]
    places: Mapping[str, Phrase]  # headings of the checked source, by key
    evaluation_date: (
        date  # the day for which ages and due dates are computed: the last day of the horizon, or the one asked for
    )
    review: Mapping[str, int] = field(default_factory=dict)  # class of review -> days after which a fact is due
    publisher_note: Phrase | None = None  # what the publisher is, in a few words
    licence: Licence | None = None
    contact: Contact = field(default_factory=Contact)
    outputs: tuple[str, ...] = OUTPUTS
    editions: tuple[DatedEdition, ...] = ()  # the newest first
    text_fragments: tuple[str, ...] = ()  # hosts, with their subdomains, whose pages are linked at a passage

    def language(self, code: str) -> Language:
        """The language with a code, which is one of the report's."""
        return next(language for language in self.languages if language.code == code)

    @property
    def default(self) -> Language:
        """The default language of the site."""
        return self.languages[0]


class Edition(Struct, frozen=True, kw_only=True):
    """The whole report as data: its entries by id, in the order of their files."""

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
    judgments: Mapping[str, Judgment] = field(default_factory=dict)
    retired: Mapping[str, Retired] = field(default_factory=dict)

    @property
    def has_fact_pages(self) -> bool:
        """Whether every fact has a page of its own."""
        return bool(self.facts) and FACT_PAGES in self.report.outputs

    def fact_address(self, key: str) -> str:
        """A fact's own page, its place in the list of facts, or the first page where there is neither; below a language."""
        if self.has_fact_pages:
            return addresses.fact(key)
        return addresses.listed_fact(key) if "facts" in self.report.pages else addresses.page("index")
