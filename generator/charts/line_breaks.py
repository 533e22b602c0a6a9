"""Where a line may end: between phrases, or else between words.

A phrase is a word with its endings and particles, a number with what it counts, a name of several words between ideographs.
Scripts without spaces are cut into words by ICU's dictionary; a line never begins with closing punctuation or ends with
opening brackets (the rules of JIS X 4051 that matter in a label).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from ..wording.word_breaks import number_endings, words

NO_START = "、。，．）」』】〉》〕！？ー・：；％‰～々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ),.:;!?%’”"
_NO_END = "（「『【〈《〔(‘“"
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\uffe0-\uffe6"
_NO_BREAK_SPACES = "\u00a0\u202f"
_SPACE = rf"[^\S{_NO_BREAK_SPACES}]+"
_HAS_WIDE = re.compile(f"[{_WIDE}]")
# A run of ideographs and kana; words of other letters, and a space.
_RUN = re.compile(rf"[{_WIDE}]+|(?:[^\s{_WIDE}]|[{_NO_BREAK_SPACES}])+|{_SPACE}")
_HIRAGANA, _KATAKANA, _IDEOGRAPHS = re.compile(r"[ぁ-ん]+"), re.compile(r"[ァ-ヺー・]+"), re.compile(r"[一-龠々]+")
_LONGEST_COMPOUND = 6  # ideographs that are kept together
_NAME_END = re.compile(r"(?:[A-Z]{1,3}|\d{1,2})[ぁ-ん]*$")  # スケールAI, コロッサス2
_DIGITS = re.compile(r"[\d.,]*\d")
_ENDINGS = number_endings()
_COUNTED = re.compile(rf"[\d.,]*\d[{_ENDINGS.scales}]*[ァ-ヺー一-龠々]{{0,6}}")  # a number with its scale, and what it counts
_SCALED = re.compile(rf"[\d.,]*\d[{_ENDINGS.scales}]+")
_ENDS_COUNTED = re.compile(r"\d[一-龠々]{1,2}$")  # 2026年, before a month
_DATE_JOINT = re.compile(r"(?<=\d[一-龠々])(?=\d)")  # 2026年, 4～6月期
# Between words with spaces: a year, the number of a day, of a quarter or of a name, and a number alone.
_YEAR = re.compile(r"[(“„«]?(?:1[89]|2[01])\d\d(?!\d)")
_SMALL_NUMBER = re.compile(r"\d{1,2}[.,;:)]*")
_NUMBER = re.compile(r"[(“„«]?[^\w\s]?\d[\d.,–−-]*(?<![.,])\.?")
_AMOUNT = re.compile(r"[(“„«]?[^\w\s(“„«]?\d")
_KOREAN_DATE = re.compile(r"\d[\uac00-\ud7a3]$")  # 2026년, 4월
_SHORT_WORD = 6  # letters, as in "about"
_RANGE = ("～", "〜", "–", "-")


def count_wide(text: str) -> int:
    """The number of ideographs and kana in a text."""
    return len(_HAS_WIDE.findall(text))


def has_wide(text: str) -> bool:
    """Whether a text has ideographs or kana."""
    return bool(_HAS_WIDE.search(text))


@lru_cache(maxsize=4096)
def phrases(text: str) -> tuple[str, ...]:
    """The parts of a text between which lines are broken first; joined, they are the text."""
    found: list[str] = []
    wide = has_wide(text)
    for word in split_words(text):
        joins = _are_letters if wide else _is_one_date_or_amount  # a name; a date
        if len(found) > 1 and found[-1] == " " and joins(found[-2], word):
            found[-2:] = [f"{found[-2]} {word}"]
        elif found and _belongs(found[-1], word):
            found[-1] += word
        else:
            found.append(word)
    return tuple(found)


@lru_cache(maxsize=4096)
def split_words(text: str) -> tuple[str, ...]:
    """The words of a text, numbers with what they count, punctuation with the word that it belongs to, and the spaces."""
    found: list[str] = []
    for run in _RUN.findall(text):
        for word in words(run, "und") if _HAS_WIDE.match(run) else (run,):
            if found and (word[0] in NO_START or found[-1][-1] in _NO_END or _is_counted(found[-1], word)):
                found[-1] += word
            else:
                found.append(word)
    return tuple(found)


def date_parts(phrase: str) -> list[str]:
    """The parts of a phrase between which a date is broken where it is too long for a line: the year, and the rest of it."""
    return _DATE_JOINT.split(phrase)


def words_with_endings(phrase: str, fits: Callable[[str], bool]) -> list[str]:
    """The words of a phrase, with the endings and particles behind a word where both together fit in a line.

    Words in katakana that follow each other are one, too: a dictionary cuts names that it does not know.
    """
    found: list[str] = []
    for word in split_words(phrase):
        if found and _HIRAGANA.match(word) and _HIRAGANA.match(found[-1]):
            found[-1] += word
        else:
            found.append(word)
    joined: list[str] = []
    for word in found:
        if joined and (_HIRAGANA.match(word) or _in_katakana(joined[-1], word)) and fits(joined[-1] + word):
            joined[-1] += word
        else:
            joined.append(word)
    return joined


def joined_names(text: str) -> list[str]:
    """The phrases of a text without ideographs, names of several words in one, and a short word with the number behind it."""
    found: list[str] = []
    for word in phrases(text):
        if len(found) > 1 and found[-1] == " " and (_are_capitalized(found[-2], word) or _is_bound(found[-2], word)):
            found[-2:] = [f"{found[-2]} {word}"]
        else:
            found.append(word)
    return found


def _is_one_date_or_amount(before: str, word: str) -> bool:
    """Whether words parted by a space are of one date, as in January 28, 2026, or a number and what it counts."""
    last = before.rpartition(" ")[2]
    if word[0].isdecimal() and _KOREAN_DATE.search(last):
        return True
    if _YEAR.match(word):
        return last[-1].isalnum() or last[-1] == "." or bool(_SMALL_NUMBER.fullmatch(last))
    if _SMALL_NUMBER.fullmatch(word):
        return last.lstrip("(“„«").isalpha() and last.lstrip("(“„«")[:1].isupper()
    return bool(_NUMBER.fullmatch(last)) and not _YEAR.fullmatch(last) and word[0].isalpha()


def _are_capitalized(before: str, word: str) -> bool:
    return word[0].isupper() and before[0].isupper() and before[-1].isalnum()


def _is_bound(before: str, word: str) -> bool:
    """Whether a word stands before an amount as a bound or an estimate does."""
    last = before.rpartition(" ")[2]
    return bool(_AMOUNT.match(word)) and last.islower() and last.isalpha() and len(last) <= _SHORT_WORD


def _in_katakana(before: str, word: str) -> bool:
    return bool(_KATAKANA.match(before[-1]) and _KATAKANA.match(word)) and before[-1] != "・"


def _are_letters(before: str, word: str) -> bool:
    return before[-1].isascii() and before[-1].isalnum() and word[0].isascii() and word[0].isalpha()


def _is_counted(before: str, word: str) -> bool:
    """Whether a word is the unit or the bound of the number before it, or ends a word as a suffix of one ideograph does."""
    if _DIGITS.fullmatch(before) or _SCALED.fullmatch(before):
        return bool(_KATAKANA.fullmatch(word) or _IDEOGRAPHS.fullmatch(word))
    if word in _ENDINGS.bounds and _COUNTED.fullmatch(before):
        return True
    return len(word) == 1 and bool(_IDEOGRAPHS.fullmatch(word)) and bool(_IDEOGRAPHS.fullmatch(before) or before[-1:].isascii())


def _belongs(last: str, word: str) -> bool:
    """Whether a word is kept with the phrase before it."""
    if last.isspace() or word.isspace():
        return False
    if _HIRAGANA.match(word):
        return last[-1] not in "、。"
    if word[0].isdigit() and (last.endswith(_RANGE) or _ENDS_COUNTED.search(last)):
        return True
    is_prefix = len(last) == 1 and _IDEOGRAPHS.match(last)
    if is_prefix or (last.isascii() and last.isupper() and _IDEOGRAPHS.match(word)):  # IT電力
        return True
    if _KATAKANA.fullmatch(last.lstrip(_NO_END)):
        return not last.endswith("・") and bool(_KATAKANA.match(word) or _NAME_END.match(word))
    return bool(_IDEOGRAPHS.fullmatch(last) and _IDEOGRAPHS.match(word)) and len(last) + len(word) <= _LONGEST_COMPOUND
