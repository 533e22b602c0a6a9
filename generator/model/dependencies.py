"""What a thing was made of: an edition that notes what is asked of it, and short prints that tell whether any of that changed.

A name is an entry (`facts/area`), a whole kind (`facts/*`) or anything else that somebody gives a print for.
"""

from __future__ import annotations

from collections.abc import ItemsView, Iterable, Iterator, KeysView, Mapping, ValuesView
from dataclasses import fields, is_dataclass, replace
from operator import attrgetter
from typing import Any, TypeVar

from ..store.hashing import fingerprint
from .report import Edition, Name
from .sources import Source
from .units import Unit

KINDS = ("units", "sources", "names", "events", "series", "facts", "claims", "charts", "risks", "checks", "terms")
ABSENT = "-"
_SHARED = (Name, Source, Unit)  # met in many entries; each is told once
Value = TypeVar("Value")


class Fingerprints:
    """The print of everything that has a name, worked out when first asked for. Places in files are no part of it."""

    def __init__(self, edition: Edition, others: Mapping[str, str], known: Mapping[str, str] | None = None) -> None:
        self.edition = edition
        self.known: dict[str, str] = {**(known or {}), **others}
        self.fresh: list[str] = []  # the entries whose print was worked out here
        self._shared: dict[tuple[type, str], str] = {}

    def of(self, name: str) -> str:
        """The print of one name."""
        found = self.known.get(name)
        if found is None:
            found = self.known[name] = self._entry(name)
            self.fresh.append(name)
        return found

    def combined(self, names: Iterable[str]) -> str:
        """One print for several names, in their order."""
        known = self.known
        return fingerprint("\0".join([f"{name}\0{known[name] if name in known else self.of(name)}" for name in names]))

    def _entry(self, name: str) -> str:
        kind, _, key = name.partition("/")
        if kind not in KINDS:
            return ABSENT
        entries: Mapping[str, Any] = getattr(self.edition, kind)
        if key == "*":
            return self.combined(f"{kind}/{one}" for one in entries)
        return fingerprint(self._content(entries[key])) if key in entries else ABSENT

    def _content(self, entry: object) -> str:
        """An entry from the inside: what `_told` would only refer to."""
        return repr([self._told(value) for value in _getter(type(entry))(entry)])

    def _told(self, value: object) -> object:
        if value is None or isinstance(value, str | int):
            return value
        if isinstance(value, tuple):
            return [self._told(one) for one in value] if value else ()
        if isinstance(value, Mapping):
            return [(key, self._told(one)) for key, one in value.items()]
        if isinstance(value, _SHARED):
            own = (type(value), value.id)
            if own not in self._shared:
                self._shared[own] = fingerprint(self._content(value))
            return self._shared[own]
        if is_dataclass(value):
            return [type(value).__name__, *(self._told(one) for one in _getter(type(value))(value))]
        return repr(value)


_GETTERS: dict[type, Any] = {}


def _getter(kind: type) -> Any:  # noqa: ANN401  an attrgetter of several names gives a tuple
    if kind not in _GETTERS:
        _GETTERS[kind] = _new_getter(kind)
    return _GETTERS[kind]


def _new_getter(kind: type[Any]) -> Any:  # noqa: ANN401  as above
    names = [one.name for one in fields(kind) if one.name != "span"]
    if len(names) == 1:
        return lambda entry: (getattr(entry, names[0]),)
    return attrgetter(*names)


class TrackedMapping(Mapping[str, Value]):
    """A mapping that notes which of its keys are asked for, or that all of them are."""

    __slots__ = ("_entries", "_kind", "_seen")

    def __init__(self, kind: str, entries: Mapping[str, Value], seen: set[str]) -> None:
        self._kind, self._entries, self._seen = kind, entries, seen

    def __getitem__(self, key: str) -> Value:
        """The entry of a key."""
        self._seen.add(f"{self._kind}/{key}")
        return self._entries[key]

    def __contains__(self, key: object) -> bool:
        """Whether there is such a key."""
        self._seen.add(f"{self._kind}/{key}")
        return key in self._entries

    def _all(self) -> Mapping[str, Value]:
        self._seen.add(f"{self._kind}/*")
        return self._entries

    def __iter__(self) -> Iterator[str]:
        """All keys."""
        return iter(self._all())

    def __len__(self) -> int:
        """How many there are."""
        return len(self._all())

    def keys(self) -> KeysView[str]:
        """All keys."""
        return self._all().keys()

    def values(self) -> ValuesView[Value]:
        """All entries."""
        return self._all().values()

    def items(self) -> ItemsView[str, Value]:
        """All keys with their entries."""
        return self._all().items()


def track_accesses(edition: Edition, seen: set[str]) -> Edition:
    """An edition that writes into `seen` what is asked of it."""
    kinds: dict[str, Any] = {kind: TrackedMapping(kind, getattr(edition, kind), seen) for kind in KINDS}
    return replace(edition, **kinds)


def accessed_names(seen: Iterable[str]) -> tuple[str, ...]:
    """What was seen, in order; single entries of a kind are left out where the whole kind was."""
    whole = {name.partition("/")[0] for name in seen if name.endswith("/*")}
    return tuple(sorted(name for name in seen if name.endswith("/*") or name.partition("/")[0] not in whole))
