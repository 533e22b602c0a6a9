"""A base class for dataclasses of which very many are pickled: it makes restoring them faster.

A frozen dataclass with slots looks its fields up each time one is restored. These are pickled as their class and field values.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any, ClassVar


class FastPickle:
    """Base of a frozen dataclass with slots whose state is its fields and nothing else."""

    __slots__ = ()
    __match_args__: ClassVar[tuple[str, ...]] = ()

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        """How it is restored: by calling its class where all fields may be given in order, else field by field."""
        kind = type(self)
        names, _ = _fields_of(kind)
        values = tuple([getattr(self, name) for name in names])
        return (kind, values) if len(kind.__match_args__) == len(names) else (_restore, (kind, *values))


_Setters = tuple[Callable[[object, object], None], ...]
_FIELDS: dict[type, tuple[tuple[str, ...], _Setters]] = {}  # class -> the names of its fields, and their setters


def _fields_of(kind: type[Any]) -> tuple[tuple[str, ...], _Setters]:
    if kind not in _FIELDS:
        names = tuple(field.name for field in fields(kind))
        _FIELDS[kind] = names, tuple(getattr(kind, name).__set__ for name in names)
    return _FIELDS[kind]


def _restore(kind: type[FastPickle], *values: object) -> FastPickle:
    restored = object.__new__(kind)
    for set_field, value in zip(_fields_of(kind)[1], values, strict=True):
        set_field(restored, value)
    return restored
