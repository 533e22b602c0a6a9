"""Text encodings: what marks itself or can be nothing else is read; of the rest it is told what it is likely to be.

A detector that answers always is no help here: of short tables it names wrong encodings with confidence (docs/decisions).
"""

from __future__ import annotations

import codecs
import unicodedata
from collections.abc import Callable

from ..records.struct import Struct

# Encodings that a table may be declared to have: names of the IANA registry in small letters, and Python's codecs for them.
# As the WHATWG Encoding Standard has it, what calls itself Shift_JIS, EUC-KR or GB2312 is read as its superset.
ENCODINGS = {
    "utf-8": "utf-8-sig",
    "utf-16": "utf-16",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
    "cp932": "cp932",
    "shift_jis": "cp932",
    "euc-jp": "euc_jp",
    "iso-2022-jp": "iso2022_jp",
    "gb18030": "gb18030",
    "gbk": "gb18030",
    "gb2312": "gb18030",
    "big5": "big5hkscs",
    "euc-kr": "cp949",
    "cp949": "cp949",
    **{f"windows-{page}": f"cp{page}" for page in range(1250, 1259)},
    **{f"iso-8859-{part}": f"iso8859_{part}" for part in range(1, 17) if part != 12},  # noqa: PLR2004  it was never made
    "koi8-r": "koi8_r",
    "koi8-u": "koi8_u",
    "macintosh": "mac_roman",
}
_MARKS = (  # byte order marks, the longer ones first
    (codecs.BOM_UTF8, "utf-8", "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16"),
)
_ESCAPES = (b"\x1b$B", b"\x1b$@", b"\x1b(J")  # of ISO-2022-JP
_LOOKED_AT = 200_000  # bytes that tell what the rest is
_LEAST_LETTERS, _LEAST_KANA, _SURE, _OTHERS, _LIKELY = 4, 0.1, 0.98, 0.7, 0.6
_NO_TEXT = ("Cc", "Cn", "Co", "Cs")  # categories of what stands in no table
_WESTERN_SIGNS = "\u20ac\xa3\xa7\xb0\xb2\xb3\xab\xbb\u2013\u2019\xa0\xbd"
_FIRST_KANA, _LAST_KANA = "\u3041", "\u30ff"


class Decoded(Struct, frozen=True):
    """A text and the name of the encoding it was read by."""

    text: str
    encoding: str


class Undecoded(Struct, frozen=True):
    """Bytes that are not read: the first that is no UTF-8 (or not of the declared encoding), and what they are likely to be."""

    byte: int
    likely: str = ""


def decode(content: bytes, declared: str = "") -> Decoded | Undecoded:
    """The text of some bytes, without a byte order mark and with line feeds as line ends."""
    if declared:
        return _strict(content, ENCODINGS[declared], declared)
    for mark, name, codec in _MARKS:
        if content.startswith(mark):
            return _strict(content, codec, name)
    if any(escape in content for escape in _ESCAPES):
        return _strict(content, "iso2022_jp", "iso-2022-jp")
    if (zeros := _utf16_without_mark(content)) is not None:
        return zeros
    found = _strict(content, "utf-8", "utf-8")
    if isinstance(found, Decoded):
        return found
    name, certain = recognise(content)
    return _strict(content, ENCODINGS[name], name) if certain else Undecoded(found.byte, name)


def conversion(file: str, encoding: str) -> str:
    """The command that writes a file anew as UTF-8."""
    return f"iconv -f {encoding.upper()} -t UTF-8 '{file}' > utf8.tmp && mv utf8.tmp '{file}'"


def recognise(content: bytes) -> tuple[str, bool]:
    """The encoding that bytes which are no UTF-8 are likely to have ("" where none fits), and whether it is certain.

    Each candidate is judged by the share of its letters that are common in what is written with it. It is certain where
    that is all of them, and no other candidate comes near.
    """
    sample = content[:_LOOKED_AT]
    scores = sorted(((_score(sample, ENCODINGS[name], common), name) for name, common in _CANDIDATES.items()), reverse=True)
    (best, name), (second, _) = scores[0], scores[1]
    if best < _LIKELY:
        return "", False
    letters = [char for char in sample.decode(ENCODINGS[name], errors="ignore") if char > "\x7f"]
    kana = sum(_FIRST_KANA <= char <= _LAST_KANA for char in letters)
    alone = second < _OTHERS or kana >= _LEAST_KANA * len(letters)  # kana are common in no other of them
    return name, name in _CERTAIN and best >= _SURE and alone and len(letters) >= _LEAST_LETTERS


def _strict(content: bytes, codec: str, name: str) -> Decoded | Undecoded:
    try:
        text = content.decode(codec)
    except UnicodeDecodeError as error:
        return Undecoded(error.start)
    return Decoded(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"), name)


def _utf16_without_mark(content: bytes) -> Decoded | None:
    """UTF-16 without a mark: digits and separators of a table make every other byte a zero, which UTF-8 has none of."""
    sample = content[:_LOOKED_AT]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if even == odd:
        return None
    name = "utf-16le" if odd > even else "utf-16be"
    found = _strict(content, ENCODINGS[name], name)
    if isinstance(found, Undecoded) or any(
        unicodedata.category(char) in _NO_TEXT and char not in "\n\t" for char in found.text
    ):
        return None
    return found


def _score(sample: bytes, codec: str, common: Callable[[str, str], bool]) -> float:
    """The share of the letters beyond ASCII that are common in what is written with an encoding; -1 if it is not that."""
    decoder = codecs.getincrementaldecoder(codec)()
    try:
        text = decoder.decode(sample, final=len(sample) < _LOOKED_AT)
    except UnicodeDecodeError:
        return -1
    letters = [(char, before) for before, char in zip(" " + text, text, strict=False) if char > "\x7f"]
    if any("\x80" <= char <= "\x9f" or "\ue000" <= char <= "\uf8ff" for char, _ in letters):
        return -1  # control characters and those for private use
    return sum(common(char, before) for char, before in letters) / len(letters) if letters else 0


def _japanese(char: str, _: str) -> bool:
    """Kana, full-width forms and the kanji of the first level of JIS X 0208."""
    return _FIRST_KANA <= char <= _LAST_KANA or _row(char, "euc_jp") in (1, 3, *range(16, 48)) or "\uff01" <= char <= "\uff5e"


def _chinese(char: str, _: str) -> bool:
    return _row(char, "gb2312") in (1, 3, *range(16, 56))


def _traditional(char: str, _: str) -> bool:
    written = char.encode("big5", errors="ignore")
    return len(written) > 1 and 0xA1 <= written[0] <= 0xC6 and written[0] != 0xA3  # noqa: PLR2004  symbols and common characters


def _korean(char: str, _: str) -> bool:
    return _row(char, "euc_kr") in (1, 3, *range(16, 41))


def _western(char: str, before: str) -> bool:
    """Letters with marks behind plain letters or at the beginning of a word, and signs that stand in tables."""
    return (char.isalpha() and "\xc0" <= char <= "\u017f" and before < "\x80") or char in _WESTERN_SIGNS


def _cyrillic(char: str, before: str) -> bool:
    """Letters of Russian; a capital follows no letter."""
    return "\u0410" <= char <= "\u0451" and not (before.isalpha() and (char.isupper() or before < "\x80"))


def _row(char: str, codec: str) -> int:
    """The row of a character in a character set of 94 rows; 0 where it has none."""
    written = char.encode(codec, errors="ignore")
    return written[0] - 0xA0 if len(written) == 2 else 0  # noqa: PLR2004


_CANDIDATES = {
    "cp932": _japanese,
    "euc-jp": _japanese,
    "gb18030": _chinese,
    "big5": _traditional,
    "euc-kr": _korean,
    "windows-1252": _western,
    "windows-1251": _cyrillic,
    "koi8-r": _cyrillic,
}
_CERTAIN = ("cp932", "euc-jp")  # of the others, texts of a few words look like each other
