"""Dataclasses that are pickled as their class and values."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, dataclass

import pytest

from generator.store.fast_pickle import FastPickle


@dataclass(frozen=True, slots=True)
class Positional(FastPickle):
    """Restored by calling its class."""

    a: int
    b: str = "b"


@dataclass(frozen=True, slots=True, kw_only=True)
class Keywords(FastPickle):
    """Restored field by field, because its class takes no arguments by position."""

    a: int
    b: tuple[Positional, ...] = ()


@pytest.mark.parametrize("value", [Positional(1), Positional(1, "c"), Keywords(a=1), Keywords(a=1, b=(Positional(2),))])
def test_a_restored_value_is_equal_and_still_frozen(value: Positional | Keywords) -> None:
    restored = pickle.loads(pickle.dumps(value))  # noqa: S301  our own
    assert restored == value == copy.copy(value)
    assert type(restored) is type(value)
    with pytest.raises(FrozenInstanceError):
        setattr(restored, "a", 3)  # noqa: B010  mypy refuses the assignment, too
