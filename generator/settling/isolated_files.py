"""Settles the facts of one file by themselves, without those of other files, which another process may be reading."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TypeVar

from ..diagnostics.finding import Diagnostic
from ..model.report import Edition, Fact, Report
from ..reading.draft import Draft
from ..reading.located_values import Entry
from ..records.struct import Struct, replace
from ..store.lazy_mapping import LazyMapping
from .basis import Basis, settle_basis, settle_report
from .derivation import InheritedEvidence
from .facts import settle_facts
from .incremental import FactFile, LazyFacts, fact_file
from .resolver import Resolver
from .units import UnitsInUse

Value = TypeVar("Value")


class OutOfReachError(Exception):
    """Something was asked for that is not known where a file is looked at by itself."""


class PartialMapping(Mapping[str, Value]):
    """Some of the entries of a report by id; whether there is any other cannot be said."""

    def __init__(self, known: Mapping[str, Value]) -> None:
        """The known ones."""
        self._known = known

    def __getitem__(self, key: str) -> Value:
        """An entry; OutOfReachError for one that is not known."""
        if key not in self._known:
            raise OutOfReachError(key)
        return self._known[key]

    def __contains__(self, key: object) -> bool:
        """True for a known one; OutOfReachError for any other."""
        if key not in self._known:
            raise OutOfReachError(key)
        return True

    def __iter__(self) -> Iterator[str]:
        """The known ids."""
        return iter(self._known)

    def __len__(self) -> int:
        """How many are known."""
        return len(self._known)


class UnavailableEntries(PartialMapping[Value]):
    """Entries that are not settled yet; nothing can be said of them."""

    def __init__(self) -> None:
        """Nothing is known."""
        super().__init__({})

    def __iter__(self) -> Iterator[str]:
        """OutOfReachError."""
        raise OutOfReachError

    def __len__(self) -> int:
        """OutOfReachError."""
        raise OutOfReachError


class IsolatedFacts(Struct, frozen=True, kw_only=True):
    """The facts of a file that were settled by themselves, without a finding."""

    digest: str  # of the file, as a draft has it
    facts: FactFile  # without the hash of its content
    units: tuple[str, ...]  # of the package, that they are in

    def of_content(self, content_hash: str) -> IsolatedFacts:
        """The same with the hash of the content of the file."""
        return replace(self, facts=replace(self.facts, content_hash=content_hash))


class IsolatedFile(Struct, frozen=True):
    """Draft and edition with no facts but those of one file, and what is to be kept of these."""

    draft: Draft
    edition: Edition
    kept: IsolatedFacts


class FileSettler:
    """Settles files of facts of a report, each by itself."""

    def __init__(self, draft: Draft, evaluation_date: date | None) -> None:
        """`draft` has everything but facts; ages are judged on a day, else on that of the report."""
        self.draft = draft
        resolver = Resolver(draft, [])  # what is found here is found again when the whole report is settled
        self._basis = settle_basis(resolver)
        report = None if draft.report is None else settle_report(draft.report, resolver, evaluation_date)
        self.edition = None if report is None else _edition_of(self._basis, report)

    def settle(self, file: str, entries: Mapping[str, Entry]) -> IsolatedFile | None:
        """A file whose entries were read without a finding; None where facts of others are needed, or something is wrong."""
        if self.edition is None:
            return None
        draft, sink = replace(self.draft, facts=PartialMapping(entries)), list[Diagnostic]()
        basis = self._basis
        units = UnitsInUse(basis.units.own, draft.default_units)
        try:
            facts = settle_facts(Resolver(draft, sink), units, basis.sources, basis.names, basis.series)
        except OutOfReachError:
            return None
        if sink or len(facts) < len(entries):
            return None
        edition = replace(self.edition, facts=PartialMapping[Fact](facts))
        kept = IsolatedFacts(
            digest=draft.content_hashes[file],
            facts=fact_file(edition, "", facts, dict.fromkeys(facts, file), pack=True),
            units=tuple(units.keys() - units.own.keys()),
        )
        return IsolatedFile(draft, edition, kept)


def _edition_of(basis: Basis, report: Report) -> Edition:
    """The edition without facts, and without what may need them to be settled."""
    return Edition(
        report=report,
        sources=basis.sources,
        names=basis.names,
        series=basis.series,
        facts={},
        units=UnavailableEntries(),  # which of the package's are in use, other files may tell
        events=UnavailableEntries(),
        claims=UnavailableEntries(),
        charts=UnavailableEntries(),
        risks=UnavailableEntries(),
        checks=UnavailableEntries(),
        terms=UnavailableEntries(),
        judgments=UnavailableEntries(),
        retired=UnavailableEntries(),
    )


def settle_other_facts(resolver: Resolver, basis: Basis, isolated: Mapping[str, IsolatedFacts]) -> Mapping[str, Fact]:
    """All facts, of which those of files that were settled by themselves are as they were; mistakes are reported."""
    draft, before = resolver.draft, len(resolver.sink)
    known = _still_known(draft, isolated)
    inherited = InheritedEvidence(sum(file.facts.pieces for file in known.values()))
    if known:
        ids = _ids_by_file(draft)
        wanted = [key for file, keys in ids.items() if file not in known for key in keys]
        others = LazyFacts({file: one.facts for file, one in known.items()}, {}, frozenset())
        fresh = _settle(resolver, basis, inherited, wanted, others)
        if inherited.pieces <= draft.limits.evidence:
            for unit in dict.fromkeys(unit for one in known.values() for unit in one.units):
                basis.units[unit]  # which is in use from now on
            outdated = frozenset(ids.keys() - known.keys())
            of_outdated = {file: tuple(key for key in ids[file] if key in fresh) for file in outdated}
            files = {file: known[file].facts if file in known else _unkept(of_outdated[file]) for file in ids}
            return LazyFacts(files, fresh, outdated)
        del resolver.sink[before:]
    return _settle(resolver, basis, InheritedEvidence())


def _settle(
    resolver: Resolver,
    basis: Basis,
    inherited: InheritedEvidence,
    wanted: Sequence[str] | None = None,
    others: Mapping[str, Fact] | None = None,
) -> dict[str, Fact]:
    return settle_facts(
        resolver, basis.units, basis.sources, basis.names, basis.series, wanted=wanted, others=others, inherited=inherited
    )


def _still_known(draft: Draft, isolated: Mapping[str, IsolatedFacts]) -> Mapping[str, IsolatedFacts]:
    """The files that are as they were, and whose ids no other file has."""
    if not isolated:
        return {}
    ids = _ids_by_file(draft)
    return {
        file: one
        for file, one in isolated.items()
        if draft.content_hashes.get(file) == one.digest and ids.get(file) == one.facts.ids
    }


def _ids_by_file(draft: Draft) -> Mapping[str, tuple[str, ...]]:
    """The ids of each file of facts, in order."""
    facts, found = draft.facts, defaultdict[str, list[str]](list)
    for key in facts:
        found[facts.file_of[key] if isinstance(facts, LazyMapping) else facts[key].span.file].append(key)
    return {file: tuple(keys) for file, keys in found.items()}


def _unkept(ids: tuple[str, ...]) -> FactFile:
    return FactFile(content_hash="", ids=ids, reads=frozenset(), last_change=None, pieces=0, facts={})
