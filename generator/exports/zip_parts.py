"""Zip archives of members that are compressed part by part, so that what stays as it was need not be compressed again.

Format: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT (zip), RFC 1951 (deflate). The standard library can write
a member only as a whole. The same parts give the same bytes.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence

from ..records.struct import Struct

_END = b"\x03\x00"  # a last, empty block of deflate
_VERSION, _UNIX_VERSION = 20, (3 << 8) | 20  # needed to read it; and made on Unix
_UTF_8, _DEFLATED = 0x800, 8
_DATE = 0x21  # 1980-01-01, the earliest that zip can hold
_MODE = 0o644 << 16
_LOCAL, _CENTRAL, _LAST = struct.Struct("<4s5H3L2H"), struct.Struct("<4s6H3L5H2L"), struct.Struct("<4s4H2LH")


class Part(Struct, frozen=True):
    """Some bytes as a piece of a deflate stream that ends at a byte and refers to nothing before it, their CRC-32 and size."""

    deflated: bytes
    crc: int
    size: int


def part(content: str | bytes) -> Part:
    """Compress some content."""
    data = content.encode() if isinstance(content, str) else content
    compressor = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return Part(compressor.compress(data) + compressor.flush(zlib.Z_FULL_FLUSH), zlib.crc32(data), len(data))


def separated(parts: Sequence[Part], separator: str) -> list[Part]:
    """The parts with a text between each two."""
    between = part(separator)
    return [one for each in parts for one in (between, each)][1:]


def uncompressed(parts: Iterable[Part]) -> bytes:
    """What the parts were made of, one after the other."""
    return zlib.decompress(b"".join([*(one.deflated for one in parts), _END]), wbits=-zlib.MAX_WBITS)


def archive(members: Mapping[str, Sequence[Part]]) -> bytes:
    """A zip with members by their name, each made of its parts, in this order."""
    files: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for member, parts in members.items():
        deflated = b"".join([*(one.deflated for one in parts), _END])
        name = member.encode()
        flags = 0 if member.isascii() else _UTF_8
        sizes = (_crc(parts), len(deflated), sum(one.size for one in parts))
        common = (flags, _DEFLATED, 0, _DATE, *sizes, len(name), 0)
        files += [_LOCAL.pack(b"PK\x03\x04", _VERSION, *common), name, deflated]
        directory += [_CENTRAL.pack(b"PK\x01\x02", _UNIX_VERSION, _VERSION, *common, 0, 0, 0, _MODE, offset), name]
        offset += _LOCAL.size + len(name) + len(deflated)
    length, count = sum(map(len, directory)), len(members)
    return b"".join([*files, *directory, _LAST.pack(b"PK\x05\x06", 0, 0, count, count, length, offset, 0)])


def _crc(parts: Sequence[Part]) -> int:
    """The CRC-32 of all parts together: CRCs are linear, so that zeros in place of a part move the sum before it."""
    crc = 0
    for one in parts:
        zeros = bytes(one.size)
        crc = zlib.crc32(zeros, crc) ^ zlib.crc32(zeros) ^ one.crc
    return crc
