"""Python objects as signed pickles: what was read from a file is unpickled here only, and only if its signature is right."""

from __future__ import annotations

import io
import pickle

from ..records.struct import Struct
from .hashing import content_hash
from .signing import sign, verify


class Pickled(Struct, frozen=True):
    """A part of a kept object that is seldom needed: it is restored only when asked for. The object around it is signed."""

    content: bytes

    @classmethod
    def of(cls, value: object) -> Pickled:
        """Pickle a value."""
        return cls(pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL))

    def restore(self) -> object:
        """The value."""
        return pickle.loads(self.content)  # noqa: S301  part of an object whose signature was verified


def value_hash(value: object) -> str:
    """The hash of a value that can be pickled. Values with the same hash are equal; equal ones may differ in rare cases."""
    stream = io.BytesIO()
    pickler = pickle.Pickler(stream, protocol=pickle.HIGHEST_PROTOCOL)
    pickler.fast = True  # else equal texts would be written in two ways: once, or once and then by reference
    pickler.dump(value)
    return content_hash(stream.getbuffer())


def dump_object(value: object, code_fingerprint: str, place: str) -> bytes:
    """A signed pickle of an object, valid for the code that made it and for the place where it is kept."""
    return sign(pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL), _purpose(code_fingerprint, place))


def load_object(signed: bytes, code_fingerprint: str, place: str) -> object | None:
    """The object; None where it was not made by this user with this very code, or is damaged."""
    content = verify(signed, _purpose(code_fingerprint, place))
    if content is None:
        return None
    try:
        found: object = pickle.loads(content)  # noqa: S301  its signature was verified
    except Exception:  # noqa: BLE001  a class that cannot be restored here: whatever it is, it can be made again
        return None
    return found


def _purpose(code_fingerprint: str, place: str) -> str:
    return f"object of {code_fingerprint} in {place}"
