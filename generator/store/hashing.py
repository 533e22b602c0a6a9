"""Short hashes (BLAKE2b, 96 bits, hexadecimal) that tell whether bytes or texts are the same as before."""

from __future__ import annotations

import hashlib

_BYTES = 12


def content_hash(content: bytes | memoryview) -> str:
    """The hash of some bytes."""
    return hashlib.blake2b(content, digest_size=_BYTES).hexdigest()


def fingerprint(*texts: str) -> str:
    """One hash of several texts; where one ends and the next begins counts."""
    return content_hash("".join([f"{len(text)}:{text}" for text in texts]).encode())
