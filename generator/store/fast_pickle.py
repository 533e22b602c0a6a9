"""Nouns of which there are very many, and which are kept from one run to the next: pickled without what makes that slow.

A frozen dataclass with slots looks its fields up each time it is read back. These are told as their class and their values.
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
        """How it is made again: by its class where all fields may be given in order, else field by field."""
        kind = type(self)
        names, _ = _known(kind)
        values = tuple([getattr(self, name) for name in names])
        return (kind, values) if len(kind.__match_args__) == len(names) else (_again, (kind, *values))


_Setters = tuple[Callable[[object, object], None], ...]
_KNOWN: dict[type, tuple[tuple[str, ...], _Setters]] = {}  # the names of a class's fields, and what sets each


def _known(kind: type[Any]) -> tuple[tuple[str, ...], _Setters]:
    if kind not in _KNOWN:
        names = tuple(field.name for field in fields(kind))
        _KNOWN[kind] = names, tuple(getattr(kind, name).__set__ for name in names)
    return _KNOWN[kind]


def _again(kind: type[FastPickle], *values: object) -> FastPickle:
    made = object.__new__(kind)
    for put, value in zip(_known(kind)[1], values, strict=True):
        put(made, value)
    return made
