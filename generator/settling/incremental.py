"""Settles only the fact files that changed since an earlier build, and those whose formulas read them.

Facts are kept file by file. Whatever touches more than the facts of a file - another file, another id, a finding - is not
handled here: then all of data/ is settled, as the first time.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import cast

from ..diagnostics.finding import Diagnostic
from ..model import changelog, formulas
from ..model.operands import OperandLookup
from ..model.report import Edition, Fact
from ..reading.draft import FACTS_FOLDER, Draft, read_draft
from ..records.struct import Struct, replace
from ..store.cache import Cache
from ..store.inputs import hash_subset
from ..store.lazy_mapping import LazyMapping
from ..store.objects import Pickled
from ..store.parse_cache import ParseCache
from .checks import all_hold
from .derivation import InheritedEvidence, evidence_of_inputs
from .facts import settle_facts
from .judgments import all_evaluate
from .resolver import Resolver
from .units import UnitsInUse

_CACHE_KEY = "settled"


class FactFile(Struct, frozen=True, kw_only=True):
    """The settled facts of one file."""

    content_hash: str
    ids: tuple[str, ...]
    reads: frozenset[str]  # other files with facts that formulas of this one read
    last_change: date | None  # of any of them
    pieces: int  # of evidence that they have from the facts that their formulas read
    facts: Pickled | Mapping[str, Fact]  # by id; pickled for the disk


class LazyFacts(LazyMapping[Fact]):
    """All facts by id; those of unchanged files are unpickled when they are looked up."""

    def __init__(self, files: Mapping[str, FactFile], fresh: Mapping[str, Fact], outdated: frozenset[str]) -> None:
        """`fresh` are the facts of the files that are `outdated`."""
        self.files, self.fresh, self.outdated = files, fresh, outdated
        super().__init__({path: file.ids for path, file in files.items()}, self._load)

    def _load(self, path: str) -> Mapping[str, Fact]:
        if path in self.outdated:
            return self.fresh
        facts = self.files[path].facts
        return cast("Mapping[str, Fact]", facts.restore()) if isinstance(facts, Pickled) else facts


class SettledState(Struct, frozen=True, kw_only=True):
    """An edition that was settled without a finding, to start the next build from."""

    other_inputs: str  # fingerprint of what it was settled from besides fact files
    edition: Edition  # without its facts
    files: Mapping[str, FactFile]

    def update(
        self, root: Path, files: Mapping[str, str], evaluation_date: date | None, parse_cache: ParseCache
    ) -> tuple[Draft, Edition] | None:
        """The draft and edition of the present `files` (path -> hash); None where more than fact files has to be settled."""
        if self.other_inputs != _other_inputs(files, evaluation_date) or self.files.keys() != _fact_files(files).keys():
            return None
        outdated = self._outdated(files)
        known = {path: file.ids for path, file in self.files.items() if path not in outdated}
        wanted = [key for path in self.files if path in outdated for key in self.files[path].ids]
        draft, findings = read_draft(root, parse_cache, known=known)
        before = LazyFacts(self.files, {}, frozenset())
        if findings or list(draft.facts) != list(before):
            return None
        edition, sink = self.edition, list[Diagnostic]()
        others = LazyFacts({path: self.files[path] for path in known}, {}, outdated)
        fresh = settle_facts(
            Resolver(draft, sink),
            UnitsInUse(edition.units, draft.default_units),
            edition.sources,
            edition.names,
            edition.series,
            wanted=wanted,
            others=others,
            inherited=InheritedEvidence(sum(self.files[path].pieces for path in known)),
        )
        if sink:
            return None
        if any(key not in fresh or not _same_for_readers(fresh[key], before[key]) for key in wanted):
            return None
        facts = LazyFacts(self.files, fresh, outdated)
        lookup = OperandLookup(edition.units, facts, edition.claims, edition.events)
        if not (all_hold(edition.checks, lookup) and all_evaluate(edition.judgments, lookup)):
            return None
        return draft, replace(edition, facts=facts)

    def _outdated(self, files: Mapping[str, str]) -> frozenset[str]:
        """The files that changed, and those whose formulas read them, directly or not."""
        outdated = {path for path, file in self.files.items() if file.content_hash != files[path]}
        added = set(outdated)
        while added:
            added = {path for path, file in self.files.items() if file.reads & added} - outdated
            outdated |= added
        return frozenset(outdated)


def _same_for_readers(fact: Fact, before: Fact) -> bool:
    """Whether what other entries check of a fact stays the same, and which units of the package it makes one of the report's.

    That is its unit, the units that its formula names, its aliases, and whether it has items to count.
    """
    if fact.formula != before.formula and _units_named(fact) != _units_named(before):
        return False
    return (fact.unit, fact.aliases, bool(fact.items)) == (before.unit, before.aliases, bool(before.items))


def _units_named(fact: Fact) -> set[str]:
    """The units that a fact's formula names."""
    references = formulas.parse(fact.formula).references if fact.formula else ()
    return {one.id for one in references if one.kind == "unit"}


def load_settled_state(folder: Path, code_fingerprint: str) -> SettledState | None:
    """The state that an earlier build of the same code saved."""
    state = Cache(folder).load(_CACHE_KEY, code_fingerprint)
    return state if isinstance(state, SettledState) else None


def save_settled_state(folder: Path, code_fingerprint: str, state: SettledState, previous: SettledState | None) -> None:
    """Save a state for the next build, if it is not the `previous` one."""
    if state != previous:
        Cache(folder).save(_CACHE_KEY, code_fingerprint, state)


def settled_state(
    edition: Edition, files: Mapping[str, str], evaluation_date: date | None, *, pack: bool = True
) -> SettledState:
    """The state of an edition without a finding. With `pack` its facts are pickled, for the disk."""
    facts = edition.facts
    known: Mapping[str, FactFile] = {}
    if isinstance(facts, LazyFacts):
        known = {path: file for path, file in facts.files.items() if path not in facts.outdated}
    by_file: dict[str, dict[str, Fact]] = {path: {} for path in _fact_files(files) if path not in known}
    for key, fact in (facts.fresh if isinstance(facts, LazyFacts) else facts).items():
        by_file[fact.span.file][key] = fact
    file_of = facts.file_of if isinstance(facts, LazyFacts) else {key: fact.span.file for key, fact in facts.items()}
    fact_files = {
        path: known.get(path) or fact_file(edition, content_hash, by_file[path], file_of, pack=pack)
        for path, content_hash in _fact_files(files).items()
    }
    return SettledState(
        other_inputs=_other_inputs(files, evaluation_date), edition=replace(edition, facts={}), files=fact_files
    )


def fact_file(
    edition: Edition, content_hash: str, facts: Mapping[str, Fact], file_of: Mapping[str, str], *, pack: bool
) -> FactFile:
    """What is kept of the facts of a file; `file_of` gives the file of each fact that may be read by a formula."""
    this = {fact.span.file for fact in facts.values()}
    return FactFile(
        content_hash=content_hash,
        ids=tuple(facts),
        reads=frozenset(file_of[key] for fact in facts.values() for key in fact.inputs) - this,
        last_change=changelog.last_change_among(edition, facts.values()),
        pieces=sum(len(evidence_of_inputs(edition.facts[key] for key in fact.inputs)) for fact in facts.values()),
        facts=Pickled.of(facts) if pack else facts,
    )


def last_change(edition: Edition) -> date | None:
    """The day of the last change of any entry of an edition; no facts are unpickled for it."""
    facts = edition.facts
    loaded = facts.fresh if isinstance(facts, LazyFacts) else facts
    days = [changelog.last_change_among(edition, loaded.values(), edition.claims.values(), edition.events.values())]
    if isinstance(facts, LazyFacts):
        days += [file.last_change for path, file in facts.files.items() if path not in facts.outdated]
    return max((day for day in days if day), default=None)


def _fact_files(files: Mapping[str, str]) -> dict[str, str]:
    """The files that facts are read from, with their hashes."""
    names = {path: path.removeprefix(FACTS_FOLDER) for path in files if path.startswith(FACTS_FOLDER) and path.endswith(".yml")}
    return {path: files[path] for path, name in names.items() if "/" not in name}


def _other_inputs(files: Mapping[str, str], evaluation_date: date | None) -> str:
    """Fingerprint of data/ without its fact files, of the dated editions, and of the day on which ages are judged."""
    facts = _fact_files(files)
    others = {path: digest for path, digest in files.items() if path not in facts}
    return f"{hash_subset(others, 'data/', 'editions/')} {evaluation_date}"
