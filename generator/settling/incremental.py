"""What was settled, as it stands from one build to the next: where only facts were edited, only their files are read again.

Facts are kept file by file. A file is settled anew when it was edited, or when its facts are worked out from those of a file
that was. Whatever is not as simple as that - another file, another id, a finding - is nobody's business here: then all of
data/ has to be settled, as it is for the first time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import cast

from ..diagnostics.finding import Diagnostic
from ..model import changelog
from ..model.report import Edition, Fact
from ..reading.draft import Draft, read_draft
from ..store.cache import Cache
from ..store.inputs import hash_subset
from ..store.lazy_mapping import LazyMapping
from ..store.objects import Pickled
from ..store.parse_cache import ParseCache
from .claims import OperandLookup, all_hold
from .facts import settle_facts
from .lookup import Resolver

_KEPT = "standing"
_FACTS = "data/facts/"


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """The facts of one file."""

    content: str  # the hash of the file
    ids: tuple[str, ...]
    needs: frozenset[str]  # the other files whose facts these are worked out from
    changed: date | None  # when the last of them did
    facts: Pickled | Mapping[str, Fact]  # by id; pickled where they are kept on disk


class LazyFacts(LazyMapping[Fact]):
    """All facts, of which those of some files may still be packed."""

    def __init__(self, files: Mapping[str, _File], anew: Mapping[str, Fact], outdated: frozenset[str]) -> None:
        """`anew` are the facts of those files that are outdated."""
        self.files, self.anew, self.outdated = files, anew, outdated
        super().__init__({path: file.ids for path, file in files.items()}, self._load)

    def _load(self, path: str) -> Mapping[str, Fact]:
        if path in self.outdated:
            return self.anew
        own = self.files[path].facts
        return cast("Mapping[str, Fact]", own.restore()) if isinstance(own, Pickled) else own


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledState:
    """An edition without any finding."""

    others: str  # the print of all that it was settled from besides files of facts
    edition: Edition  # without its facts
    files: Mapping[str, _File]

    def settle(
        self, root: Path, files: Mapping[str, str], judged_on: date | None, parse_cache: ParseCache
    ) -> tuple[Draft, Edition] | None:
        """The draft and the edition as they are now; None where that takes more than to settle some files of facts."""
        if self.others != _others(files, judged_on) or self.files.keys() != _of_facts(files).keys():
            return None
        outdated = self._outdated(files)
        known = {path: file.ids for path, file in self.files.items() if path not in outdated}
        wanted = [key for path in self.files if path in outdated for key in self.files[path].ids]
        draft, found = read_draft(root, parse_cache, known=known)
        before = LazyFacts(self.files, {}, frozenset())
        if found or list(draft.facts) != list(before):
            return None
        own, sink = self.edition, list[Diagnostic]()
        others = LazyFacts({path: self.files[path] for path in known}, {}, outdated)
        resolver = Resolver(draft, sink)
        anew = settle_facts(resolver, own.units, own.sources, own.names, own.series, wanted=wanted, others=others)
        if sink or any(key not in anew or not _same_to_others(anew[key], before[key]) for key in wanted):
            return None
        facts = LazyFacts(self.files, anew, outdated)
        if not all_hold(own.checks, OperandLookup(own.units, facts, own.claims, own.events)):
            return None
        return draft, replace(own, facts=facts)

    def _outdated(self, files: Mapping[str, str]) -> frozenset[str]:
        """The files that were edited, and those that need them."""
        found = {path for path, file in self.files.items() if file.content != files[path]}
        waiting = set(found)
        while waiting:
            waiting = {path for path, file in self.files.items() if file.needs & waiting} - found
            found |= waiting
        return frozenset(found)


def _same_to_others(fact: Fact, before: Fact) -> bool:
    """Whether what is written elsewhere about a fact is as right as it was: same unit, same names, and things to count."""
    return (fact.unit, fact.aliases, bool(fact.items)) == (before.unit, before.aliases, bool(before.items))


def load_settled_state(folder: Path, code_fingerprint: str) -> SettledState | None:
    """What an earlier build left standing."""
    found = Cache(folder).load(_KEPT, code_fingerprint)
    return found if isinstance(found, SettledState) else None


def save_settled_state(folder: Path, code_fingerprint: str, standing: SettledState, before: SettledState | None) -> None:
    """Leave something standing to the next build, instead of what stood `before`."""
    if standing != before:
        Cache(folder).save(_KEPT, code_fingerprint, standing)


def settled_state(edition: Edition, files: Mapping[str, str], judged_on: date | None, *, pack: bool = True) -> SettledState:
    """An edition without a finding as it is to be kept: facts packed, unless it stays in this process."""
    facts = edition.facts
    known: Mapping[str, _File] = {}
    if isinstance(facts, LazyFacts):
        known = {path: file for path, file in facts.files.items() if path not in facts.outdated}
    told: dict[str, dict[str, Fact]] = {path: {} for path in _of_facts(files) if path not in known}
    for key, fact in (facts.anew if isinstance(facts, LazyFacts) else facts).items():
        told[fact.span.file][key] = fact
    file_of = facts.file_of if isinstance(facts, LazyFacts) else {key: fact.span.file for key, fact in facts.items()}
    packed = {
        path: known.get(path) or _file(edition, own, told[path], file_of, pack=pack) for path, own in _of_facts(files).items()
    }
    return SettledState(others=_others(files, judged_on), edition=replace(edition, facts={}), files=packed)


def _file(edition: Edition, content: str, facts: Mapping[str, Fact], file_of: Mapping[str, str], *, pack: bool) -> _File:
    own = {fact.span.file for fact in facts.values()}
    return _File(
        content=content,
        ids=tuple(facts),
        needs=frozenset(file_of[one] for fact in facts.values() for one in fact.inputs) - own,
        changed=changelog.last_change_among(edition, facts.values()),
        facts=Pickled.of(facts) if pack else facts,
    )


def last_change(edition: Edition) -> date | None:
    """When anything of an edition changed last; what is packed stays so."""
    facts = edition.facts
    some = facts.anew if isinstance(facts, LazyFacts) else facts
    found = [changelog.last_change_among(edition, some.values(), edition.claims.values(), edition.events.values())]
    if isinstance(facts, LazyFacts):
        found += [file.changed for path, file in facts.files.items() if path not in facts.outdated]
    return max((day for day in found if day), default=None)


def _of_facts(files: Mapping[str, str]) -> dict[str, str]:
    """The files that facts are read from, in order."""
    names = {path: path.removeprefix(_FACTS) for path in files if path.startswith(_FACTS) and path.endswith(".yml")}
    return {path: files[path] for path, name in names.items() if "/" not in name}


def _others(files: Mapping[str, str], judged_on: date | None) -> str:
    """The print of all of data/ besides files of facts, and of the day ages are judged on."""
    facts = _of_facts(files)
    return f"{hash_subset({path: own for path, own in files.items() if path not in facts}, 'data/')} {judged_on}"
