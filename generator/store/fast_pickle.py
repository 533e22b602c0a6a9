"""A base class for dataclasses of which very many are pickled: it makes restoring them faster.

A frozen dataclass with slots looks its fields up each time one is restored. These are pickled as their class and field values.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from operator import attrgetter
from typing import Any, ClassVar


class FastPickle:
    """Base of a frozen dataclass with slots whose state is its fields and nothing else."""

    __slots__ = ()
    __match_args__: ClassVar[tuple[str, ...]] = ()

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        """How it is restored: by calling its class where all fields may be given in order, else field by field."""
        kind = type(self)
        values, setters = _fields_of(kind)
        found = values(self)
        return (kind, found) if len(kind.__match_args__) == len(setters) else (_restore, (kind, *found))


_Values = Callable[[object], tuple[object, ...]]
_Setters = tuple[Callable[[object, object], None], ...]
_FIELDS: dict[type, tuple[_Values, _Setters]] = {}  # class -> what gets the values of its fields, and their setters


def _fields_of(kind: type[Any]) -> tuple[_Values, _Setters]:
    if kind not in _FIELDS:
        names = [field.name for field in fields(kind)]
        several = len(names) > 1  # else attrgetter gives no tuple
        values: _Values = attrgetter(*names) if several else lambda one: tuple(getattr(one, name) for name in names)
        _FIELDS[kind] = values, tuple(getattr(kind, name).__set__ for name in names)
    return _FIELDS[kind]


def _restore(kind: type[FastPickle], *values: object) -> FastPickle:
    restored = object.__new__(kind)
    for set_field, value in zip(_fields_of(kind)[1], values, strict=True):
        set_field(restored, value)
    return restored
