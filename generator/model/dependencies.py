"""Dependencies of what is made from an edition: which entries were read, and fingerprints that tell whether one changed.

A dependency has a name: an entry (`facts/area`), all entries of a kind (`facts/*`), their keys (`keys/facts`), one field of
all of them (`column/facts/topic`), or anything else with a fingerprint.
"""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterable, Iterator, KeysView, Mapping, ValuesView
from operator import attrgetter
from sys import intern
from typing import Any, TypeVar

from ..records.struct import Struct, field_names, replace
from ..store.hashing import fingerprint
from .report import Edition, Name
from .sources import Source
from .units import Unit

KINDS = (
    *("units", "sources", "names", "events", "series", "facts", "claims", "charts", "risks", "checks", "terms"),
    "judgments",
)
KEYS, COLUMN = "keys", "column"
ABSENT = "-"  # the fingerprint of an entry that does not exist
_SHARED = (Name, Source, Unit)  # part of many entries, which hold the fingerprint instead
Value = TypeVar("Value")
Result = TypeVar("Result")


class Fingerprints:
    """The fingerprints of dependencies by name, each computed when first asked for; places in files do not count."""

    def __init__(self, edition: Edition, others: Mapping[str, str]) -> None:
        """`others` are the fingerprints of what is no entry of the edition."""
        self.edition = edition
        self.known = dict(others)
        self.fresh: list[str] = []  # the names whose fingerprint was computed here
        self._shared: dict[tuple[type, str], str] = {}

    def of(self, name: str) -> str:
        """The fingerprint of one name."""
        found = self.known.get(name)
        if found is None:
            found = self.known[name] = self._entry(name)
            self.fresh.append(name)
        return found

    def combined(self, names: Iterable[str]) -> str:
        """One fingerprint for several names, in their order."""
        known = self.known
        return fingerprint("\0".join([f"{name}\0{known[name] if name in known else self.of(name)}" for name in names]))

    def _entry(self, name: str) -> str:
        kind, _, key = name.partition("/")
        if kind == KEYS:
            return fingerprint(*getattr(self.edition, key))
        if kind == COLUMN:
            return fingerprint(repr(self._plain(column(*_column(self.edition, key)))))
        if kind not in KINDS:
            return ABSENT
        entries: Mapping[str, Any] = getattr(self.edition, kind)
        if key == "*":
            return self.combined(f"{kind}/{entry}" for entry in entries)
        return fingerprint(self._content(entries[key])) if key in entries else ABSENT

    def _content(self, entry: object) -> str:
        """An entry as a text of all its fields; `_plain` gives a fingerprint for the entry itself."""
        return repr([self._plain(value) for value in _getter(type(entry))(entry)])

    def _plain(self, value: object) -> object:
        """A value made of lists, texts and numbers only."""
        if value is None or isinstance(value, str | int):
            return value
        if isinstance(value, tuple):
            return [self._plain(part) for part in value] if value else ()
        if isinstance(value, Mapping):
            return [(key, self._plain(part)) for key, part in value.items()]
        if isinstance(value, _SHARED):
            identity = (type(value), value.id)
            if identity not in self._shared:
                self._shared[identity] = fingerprint(self._content(value))
            return self._shared[identity]
        if isinstance(value, Struct):
            return [type(value).__name__, *(self._plain(part) for part in _getter(type(value))(value))]
        return repr(value)


_GETTERS: dict[type, Any] = {}


def _getter(kind: type) -> Any:  # noqa: ANN401  an attrgetter of several names gives a tuple
    if kind not in _GETTERS:
        _GETTERS[kind] = _new_getter(kind)
    return _GETTERS[kind]


def _new_getter(kind: type[Any]) -> Any:  # noqa: ANN401  as above
    names = [name for name in field_names(kind) if name != "span"]
    if len(names) == 1:
        return lambda entry: (getattr(entry, names[0]),)
    return attrgetter(*names)


class Accesses:
    """The names of what was read, in scopes: what is read within an inner one counts for the outer ones, too."""

    __slots__ = ("names",)

    def __init__(self) -> None:
        self.names: set[str] = set()

    def collect(self, read: Callable[[], Result]) -> tuple[Result, set[str]]:
        """What a function returns, and the names that it read."""
        outer, self.names = self.names, set()
        try:
            result = read()
        finally:
            inner, self.names = self.names, outer
            outer |= inner
        return result, inner


class TrackedMapping(Mapping[str, Value]):
    """A read-only view of a mapping that records what is accessed of it."""

    __slots__ = ("_accesses", "_entries", "_kind")

    def __init__(self, kind: str, entries: Mapping[str, Value], accesses: Accesses) -> None:
        self._kind, self._entries, self._accesses = kind, entries, accesses

    def __getitem__(self, key: str) -> Value:
        """The entry of a key."""
        self._accesses.names.add(f"{self._kind}/{key}")
        return self._entries[key]

    def __contains__(self, key: object) -> bool:
        """Whether there is such a key."""
        self._accesses.names.add(f"{self._kind}/{key}")
        return key in self._entries

    def _all(self) -> Mapping[str, Value]:
        self._accesses.names.add(f"{self._kind}/*")
        return self._entries

    def column(self, field: str) -> dict[str, Any]:
        """One field of all entries, by their keys."""
        self._accesses.names.add(f"{COLUMN}/{self._kind}/{field}")
        return column(self._entries, field)

    def _keys(self) -> Mapping[str, Value]:
        self._accesses.names.add(f"{KEYS}/{self._kind}")
        return self._entries

    def __iter__(self) -> Iterator[str]:
        """All keys."""
        return iter(self._keys())

    def __len__(self) -> int:
        """How many there are."""
        return len(self._keys())

    def keys(self) -> KeysView[str]:
        """All keys."""
        return self._keys().keys()

    def values(self) -> ValuesView[Value]:
        """All entries."""
        return self._all().values()

    def items(self) -> ItemsView[str, Value]:
        """All keys with their entries."""
        return self._all().items()


def column(entries: Mapping[str, Any], field: str) -> dict[str, Any]:
    """One field of all entries of a kind, by their keys. Where accesses are recorded, it is of this field alone.

    What lists the facts of a topic depends on their topics, and then only on those that it shows.
    """
    if isinstance(entries, TrackedMapping):
        return entries.column(field)
    get = attrgetter(field)
    return {key: get(entry) for key, entry in entries.items()}


def _column(edition: Edition, name: str) -> tuple[Mapping[str, Any], str]:
    kind, _, field = name.partition("/")
    return getattr(edition, kind), field


def track_accesses(edition: Edition, accesses: Accesses) -> Edition:
    """The same edition, but it records the name of every entry that is read."""
    kinds: dict[str, Any] = {kind: TrackedMapping(kind, getattr(edition, kind), accesses) for kind in KINDS}
    return replace(edition, **kinds)


def accessed_names(accessed: Iterable[str]) -> tuple[str, ...]:
    """The names in order, without single entries of a kind of which all entries were read.

    Each name is one object however often it is read: what is kept of thousands of artifacts takes a third of the memory.
    """
    whole = {name.partition("/")[0] for name in accessed if name.endswith("/*")}
    return tuple(sorted(intern(name) for name in accessed if name.endswith("/*") or name.partition("/")[0] not in whole))
