"""What differs between two states of a report, as data. `ReportChanges` holds all of it; texts are by language code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from enum import StrEnum

from ..diagnostics.finding import Diagnostic
from ..records.struct import Struct, field

Pair = tuple[str, str]  # a text before and after; empty for one that is new or gone
ByLanguage = Mapping[str, Pair]


class Kind(StrEnum):
    """What happened to an entry."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class Category(StrEnum):
    """What a field says: data, words, or something about the entry itself."""

    DATA = "data"
    WORDING = "wording"
    METADATA = "metadata"


class FieldChange(Struct, frozen=True, kw_only=True):
    """A field of an entry, in the notation of data/ before and after."""

    name: str
    category: Category
    before: str
    after: str


class EntryChange(Struct, frozen=True, kw_only=True):
    """An entry of data/ that was added, removed or changed; `was` is its former id, where it has another one now."""

    kind: str
    id: str
    what: Kind
    title: Mapping[str, str]
    fields: tuple[FieldChange, ...] = ()
    was: str = ""

    @property
    def categories(self) -> frozenset[Category]:
        """What kinds of changes it has."""
        return frozenset(one.category for one in self.fields)


class Citation(Struct, frozen=True, kw_only=True):
    """A source of a value, as it is shown to a reviewer."""

    id: str
    publisher: str
    title: str
    date: str
    url: str
    at: Mapping[str, str]


class FactChange(Struct, frozen=True, kw_only=True):
    """A fact whose value readers see otherwise, with the reason that its history gives and its present sources.

    A derived fact has its `formula`, and the facts in it that changed (`follows`).
    """

    id: str
    what: Kind
    title: Mapping[str, str]
    values: ByLanguage
    reason: Mapping[str, str] = field(default_factory=dict)
    reason_kind: str = ""
    as_of: str = ""
    sources: tuple[Citation, ...] = ()
    formula: str = ""
    follows: tuple[str, ...] = ()


class CellChange(Struct, frozen=True, kw_only=True):
    """A cell of a series, by language; a row that is new or gone has one for each of its cells."""

    series: str
    row: str
    column: str
    values: ByLanguage


class VerdictChange(Struct, frozen=True, kw_only=True):
    """A claim with another verdict: its text, the codes and the words of both, and the reason as it is now."""

    id: str
    title: Mapping[str, str]
    codes: Pair
    words: ByLanguage
    reason: Mapping[str, str]


class JudgmentChange(Struct, frozen=True, kw_only=True):
    """A conclusion that is new, gone, worded otherwise, held by other conditions, or that rests on facts that changed."""

    id: str
    what: Kind
    texts: ByLanguage
    conditions: Pair
    moved: tuple[str, ...] = ()


class SentenceChange(Struct, frozen=True, kw_only=True):
    """A sentence as it is published, and where it stands; `figures_only`: its numbers moved, and no word was written anew."""

    places: tuple[str, ...]
    language: str
    before: str
    after: str
    figures_only: bool = False


class ChartChange(Struct, frozen=True, kw_only=True):
    """A chart that shows something else: what it says in words, sentence by sentence, and which of its fields changed."""

    id: str
    what: Kind
    title: Mapping[str, str]
    says: Mapping[str, tuple[Pair, ...]]
    fields: tuple[str, ...] = ()


class AddressChanges(Struct, frozen=True, kw_only=True):
    """Addresses below a language's folder: gained, lost, lost but kept for readers (redirected or told), and pages touched."""

    gained: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    touched: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # page -> languages
    files: tuple[str, ...] = ()  # of the site's look: settings, theme, assets


class Upkeep(Struct, frozen=True, kw_only=True):
    """What is left to do: texts older than their translation, facts due for review, and the day the report speaks of."""

    stale: tuple[str, ...] = ()  # that were not before
    no_longer_stale: tuple[str, ...] = ()
    due: tuple[tuple[str, str], ...] = ()  # id, day
    no_longer_due: tuple[str, ...] = ()
    horizon: Pair = ("", "")


class ReportChanges(Struct, frozen=True, kw_only=True):
    """All that differs between two states of a report, and what the rules find in the later one that they did not before."""

    before: str
    after: str
    entries: tuple[EntryChange, ...] = ()
    facts: tuple[FactChange, ...] = ()
    cells: tuple[CellChange, ...] = ()
    verdicts: tuple[VerdictChange, ...] = ()
    judgments: tuple[JudgmentChange, ...] = ()
    sentences: tuple[SentenceChange, ...] = ()
    charts: tuple[ChartChange, ...] = ()
    addresses: AddressChanges = AddressChanges()
    upkeep: Upkeep = Upkeep()
    findings: tuple[Diagnostic, ...] = ()
    base_errors: tuple[Diagnostic, ...] = ()

    @property
    def counts(self) -> Mapping[Category, int]:
        """How many entries have other data, other words, and other metadata; sentences of pages count as words."""
        found = Counter(category for entry in self.entries for category in entry.categories)
        found[Category.WORDING] += sum(
            1 for one in self.sentences if not one.figures_only and any(place.startswith("pages/") for place in one.places)
        )
        return {category: found[category] for category in Category}

    @property
    def seen(self) -> bool:
        """Whether readers see anything otherwise."""
        addresses = self.addresses
        return bool(
            self.facts or self.cells or self.verdicts or self.judgments or self.sentences or self.charts
            or addresses.gained or addresses.lost or addresses.kept or addresses.touched or addresses.files
            or any(field.name not in UNSEEN for entry in self.entries for field in entry.fields)
        )  # fmt: skip


UNSEEN = ("review", "aliases")  # fields that no page shows
