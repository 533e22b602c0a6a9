"""What reading gives: values with the span where each was written, and entries of such values by key."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from ..diagnostics.finding import Span
from ..model.periods import Period
from ..records.struct import Struct, field


class Located(Struct, frozen=True):
    """A value and where it was written."""

    value: object
    span: Span


class LocatedPhrase(Located, frozen=True):
    """A Phrase and where each language's text was written."""

    spans: Mapping[str, Span] = field(default_factory=dict)


class Entry(Located, frozen=True):
    """A mapping that was read: its values by key, and the span of every key that was written, read or not."""

    keys: Mapping[str, Span] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Located | None:
        """The value of a key, or None where it was not written or not valid."""
        fields: Any = self.value  # a dict, see `fields`; called so often that an assertion would cost
        found: Located | None = fields.get(key)
        return found

    @property
    def fields(self) -> dict[str, Located]:
        """Every valid value by its key."""
        assert isinstance(self.value, dict)  # noqa: S101  made by Record and MapOf only
        return self.value

    @property
    def has_invalid(self) -> bool:
        """Whether the value of some key was not valid; it has its own finding."""
        return len(self.fields) < len(self.keys)

    def get(self, key: str, default: object = None) -> object:
        """The value of a key without its span."""
        located = self[key]
        return default if located is None else located.value

    def span_of(self, key: str) -> Span:
        """The span of a key's value; the span of the entry where there is none."""
        located = self[key]
        return self.span if located is None else located.span


def decimal_of(located: Located | None, default: Decimal) -> Decimal:
    """The number of a located value, or the default where there is none."""
    return located.value if located is not None and isinstance(located.value, Decimal) else default


def members_of(located: Located | None) -> tuple[Located, ...]:
    """The items of a located list; none where it was not written."""
    if located is None or not isinstance(located.value, tuple):
        return ()
    return located.value


def fields_of(located: Located | None) -> Mapping[str, Located]:
    """The values of a located mapping by key; none where it was not written."""
    return located.value if located is not None and isinstance(located.value, dict) else {}


def period_of(entry: Entry, key: str) -> Period | None:
    """The date or period under a key."""
    found = entry.get(key)
    return found if isinstance(found, Period) else None


def text_of(entry: Entry, key: str, default: str = "") -> str:
    """The text under a key."""
    found = entry.get(key, default)
    return found if isinstance(found, str) else default


def bool_of(entry: Entry, key: str, *, default: bool) -> bool:
    """The boolean under a key."""
    found = entry.get(key, default)
    return found if isinstance(found, bool) else default


def phrases(located: Located, key: str = "") -> list[tuple[str, LocatedPhrase]]:
    """Every localized text below a located value, at any depth, with the nearest key above it."""
    found: list[tuple[str, LocatedPhrase]] = []
    _collect(key, located, found)
    return found


def _collect(key: str, located: Located, found: list[tuple[str, LocatedPhrase]]) -> None:
    value = located.value
    if isinstance(located, LocatedPhrase):
        found.append((key, located))
    elif isinstance(value, dict):
        for name, child in value.items():
            if isinstance(child, LocatedPhrase | Entry) or isinstance(child.value, dict | tuple):  # most are neither
                _collect(name, child, found)
    elif isinstance(value, tuple):
        for child in value:
            if isinstance(child, Located):
                _collect(key, child, found)
