"""Short hashes (BLAKE2b, 96 bits, hexadecimal) that tell whether bytes or texts are the same as before."""

from __future__ import annotations

import hashlib
import io
import pickle

_BYTES = 12


def content_hash(content: bytes | memoryview) -> str:
    """The hash of some bytes."""
    return hashlib.blake2b(content, digest_size=_BYTES).hexdigest()


def value_hash(value: object) -> str:
    """The hash of a value that can be pickled. Values with the same hash are equal; equal ones may differ in rare cases."""
    stream = io.BytesIO()
    pickler = pickle.Pickler(stream, protocol=pickle.HIGHEST_PROTOCOL)
    pickler.fast = True  # else equal texts would be written in two ways: once, or once and then by reference
    pickler.dump(value)
    return content_hash(stream.getbuffer())


def fingerprint(*texts: str) -> str:
    """One hash of several texts; where one ends and the next begins counts."""
    return content_hash("".join([f"{len(text)}:{text}" for text in texts]).encode())
