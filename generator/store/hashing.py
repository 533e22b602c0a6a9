"""Short hashes (BLAKE2b, 96 bits, hexadecimal) that tell whether bytes or texts are the same as before."""

from __future__ import annotations

import hashlib
from typing import BinaryIO

_BYTES = 12
_BLOCK = 4_000_000


def content_hash(content: bytes | memoryview) -> str:
    """The hash of some bytes."""
    return hashlib.blake2b(content, digest_size=_BYTES).hexdigest()


def stream_hash(stream: BinaryIO) -> str:
    """The hash of all that a stream still holds, of which never more than some megabytes are in memory."""
    digest = hashlib.blake2b(digest_size=_BYTES)
    while block := stream.read(_BLOCK):
        digest.update(block)
    return digest.hexdigest()


def fingerprint(*texts: str) -> str:
    """One hash of several texts; where one ends and the next begins counts."""
    return content_hash("".join([f"{len(text)}:{text}" for text in texts]).encode())
