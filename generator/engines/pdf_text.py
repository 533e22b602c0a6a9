"""The text of a PDF as its page has it, where a font draws two characters alike.

A PDF holds glyphs, and for each glyph the character that it stands for (ToUnicode, ISO 32000-1, 9.10.3). Chromium writes the
first character of the font that has the glyph, so that a month is copied and searched as a Kangxi radical that nobody types.
The page's own characters tell which was meant.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise

# CJK Radicals Supplement with the ideographs of the same form, from the Unicode Character Database:
# https://www.unicode.org/Public/UCD/latest/ucd/EquivalentUnifiedIdeograph.txt. Kangxi radicals have theirs in NFKC.
_RADICALS = (
    "⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺"
    "⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳"
)
_IDEOGRAPHS = (
    "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀"
    "聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)
_EQUIVALENT = dict(zip(_RADICALS, _IDEOGRAPHS, strict=True))
# Other characters that fonts draw alike.
_ALIKE = (
    "\u301c\uff5e\u223c",  # wave dashes and tildes
    "\u2012\u2013\u2212",  # dashes of a digit's width
    "\u2014\u2015\u2500",  # long dashes
    "\u2026\u22ef",  # three dots
    "\u00b7\u2027\u2022\u30fb",  # middle dots
    "-\u2010\u2011",  # hyphens
    "\u2016\u2225",  # double bars
    "\u6236\u6238\u6237",  # the ideograph of a door, as countries write it
)
_STREAM = re.compile(rb"<<([^>]*)>> stream\n")
_LENGTH = re.compile(rb"/Length (\d+)")
_ENTRIES = re.compile(r"\d+ beginbf(?:char|range)\n(.*?)endbf(?:char|range)\n", re.DOTALL)
_ENTRY = re.compile(r"<([0-9A-Fa-f]+)> <([0-9A-Fa-f]+)>(?: <([0-9A-Fa-f]+)>)?")
_MOST_ENTRIES = 100  # of one block of a CMap


def restore_characters(pdf: bytes, written: Collection[str]) -> bytes:
    """A PDF of Chromium whose glyphs stand for the characters that its page has (`written`)."""
    changed: dict[int, tuple[int, bytes]] = {}  # start of an object -> its end, and what replaces it
    for number in dict.fromkeys(re.findall(rb"/ToUnicode (\d+) 0 R", pdf)):
        if (found := re.search(rb"(?<=\n)%s 0 obj\n" % number, pdf)) and (new := _with_characters(pdf, found.end(), written)):
            changed[found.end()] = new
    return _replaced(pdf, changed) if changed else pdf


def _with_characters(pdf: bytes, start: int, written: Collection[str]) -> tuple[int, bytes] | None:
    """The end of a ToUnicode stream that begins at `start`, and what replaces it; None where it is right as it is."""
    head = _STREAM.match(pdf, start)
    length = _LENGTH.search(head[1]) if head else None
    if head is None or length is None or b"/FlateDecode" not in head[1]:
        return None
    end = head.end() + int(length[1])
    text = zlib.decompress(pdf[head.end() : end]).decode("ascii")
    entries = dict(_entries(text))
    meant = {glyph: _meant(character, written) for glyph, character in entries.items()}
    if meant == entries:
        return None
    first = _ENTRIES.search(text)
    assert first is not None  # noqa: S101  it has entries
    body = zlib.compress((text[: first.start()] + _blocks(meant) + _ENTRIES.sub("", text[first.start() :])).encode("ascii"), 9)
    return end, _LENGTH.sub(b"/Length %d" % len(body), head[0]) + body


def _entries(text: str) -> Iterator[tuple[str, str]]:
    """Each glyph of a CMap, in its digits, with its characters."""
    for block in _ENTRIES.finditer(text):
        for first, second, third in _ENTRY.findall(block[1]):
            if not third:
                yield first, bytes.fromhex(second).decode("utf-16-be")
                continue
            for at in range(int(second, 16) - int(first, 16) + 1):
                yield f"{int(first, 16) + at:0{len(first)}X}", chr(int(third, 16) + at)


def _blocks(entries: Mapping[str, str]) -> str:
    """The entries of a CMap in blocks."""
    lines = [f"<{glyph}> <{character.encode('utf-16-be').hex().upper()}>\n" for glyph, character in entries.items()]
    parts = (lines[at : at + _MOST_ENTRIES] for at in range(0, len(lines), _MOST_ENTRIES))
    return "".join(f"{len(part)} beginbfchar\n{''.join(part)}endbfchar\n" for part in parts)


def _meant(character: str, written: Collection[str]) -> str:
    """The character of the page that a glyph's character stands for, which may be that character itself."""
    if character in written:
        return character
    plain = _EQUIVALENT.get(character) or unicodedata.normalize("NFKC", character)
    if all(one in written for one in plain):
        return plain
    alike = next((group for group in _ALIKE if character in group or plain in group), "")
    return next((one for one in alike if one in written), character)


def _replaced(pdf: bytes, changed: Mapping[int, tuple[int, bytes]]) -> bytes:
    """A PDF with parts replaced and the table of the offsets of its objects to fit (ISO 32000-1, 7.5.4)."""
    starts = sorted(changed)
    parts = [pdf[: starts[0]]] if starts else []
    for start, after in pairwise((*starts, len(pdf))):
        end, new = changed[start]
        parts += new, pdf[end:after]
    shifts = [(start, len(changed[start][1]) - (changed[start][0] - start)) for start in starts]

    def moved(offset: int) -> int:
        return offset + sum(shift for start, shift in shifts if start < offset)

    whole, table = b"".join(parts), moved(pdf.rindex(b"\nxref\n"))
    entries = re.sub(rb"(\d{10})(?= \d{5} n)", lambda found: b"%010d" % moved(int(found[1])), whole[table:])
    return whole[:table] + re.sub(rb"(?<=startxref\n)\d+", lambda found: b"%d" % moved(int(found[0])), entries)
