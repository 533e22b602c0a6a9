"""What was probably meant: words and ids that are nearly right, and dates written in another form."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from ..diagnostics.finding import Clause
from . import periods

_FEW = 12  # so many choices are listed
_LEAST = 4  # shorter words (jun, jul) differ too little to be repaired
_ENDS = 2
_NUMBER = re.compile(r"[0-9]+")
_FORM = re.compile(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?")
# A year, month and day with a sign or one ideograph after each.
_DATED = re.compile(r"([1-9][0-9]{3})(.)(?:([0-9]{1,2})(?:(.)(?:([0-9]{1,2})(.)?)?)?)?")


def suggest(word: str, known: Iterable[str]) -> Clause:
    """The end of a sentence: a guess at what was meant, or what there is to choose from."""
    return _suggest(word, tuple(known))


@lru_cache(maxsize=64)  # an id that was renamed is looked for wherever it was used
def _suggest(word: str, known: tuple[str, ...]) -> Clause:
    if sure := unambiguous_match(word, known):
        return Clause("did-you-mean", {"guess": sure}, fix=sure)
    if guess := closest_match(word, known):
        return Clause("did-you-mean", {"guess": guess})
    return Clause("choose", {"known": ", ".join(known)}) if 0 < len(known) <= _FEW else Clause("check-spelling")


def closest_match(word: str, known: Iterable[str]) -> str:
    """The known word that was probably meant, or an empty text."""
    return next(iter(difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)), "")


def unambiguous_match(word: str, known: Iterable[str]) -> str:
    """The only known word that this can be a slip of the pen for, or an empty text.

    Case and separators may differ, or one letter of one part; never a digit, a first letter or a short part,
    because those tell one quantity from another.
    """
    parts = _parts(word)
    alike = {one: _parts(one) for one in known if one != word}
    same = [one for one, other in alike.items() if other == parts]
    near = same or [one for one, other in alike.items() if _slipped(parts, other)]
    return near[0] if len(near) == 1 else ""


def _parts(word: str) -> list[str]:
    return re.split(r"[_\-.\s]+", word.casefold())


def _slipped(parts: list[str], others: list[str]) -> bool:
    if len(parts) != len(others):
        return False
    differing = [(one, other) for one, other in zip(parts, others, strict=True) if one != other]
    return len(differing) == 1 and _one_letter_off(*differing[0])


def _one_letter_off(one: str, other: str) -> bool:
    if min(len(one), len(other)) < _LEAST or one[0] != other[0] or _NUMBER.findall(one) != _NUMBER.findall(other):
        return False
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, other_rest = one[at:], other[at:]
    return (
        rest[1:] == other_rest[1:]  # another letter
        or rest[1:] == other_rest  # one too many
        or rest == other_rest[1:]  # one too few
        or (rest[2:] == other_rest[2:] and rest[:2] == other_rest[1::-1])  # two changed places
    )


def normalized_date(text: str) -> str:
    """The date as this project writes it, where the text is one in another form (2025/8/30); else an empty text."""
    match = _DATED.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if not match:
        return ""
    signs = [sign for sign in match.group(2, 4, 6) if sign]
    numbers = [number for number in match.group(3, 5) if number]
    ideographs = [sign for sign in signs if unicodedata.category(sign) == "Lo"]
    if ideographs:
        fits = len(ideographs) == len(signs) == len(numbers) + 1
    else:
        fits = len(signs) == len(numbers) and len(set(signs)) == 1 and signs[0] in "/.-"
    found = "-".join((match[1], *(number.zfill(2) for number in numbers)))
    return found if fits and found != text and _exists(found) else ""


def explain_bad_date(text: str) -> Clause:
    """Why a text is no date or period."""
    if fixed := normalized_date(text):
        return Clause("date-written", {"date": fixed}, fix=fixed)
    parts = [part.strip() for part in text.split("/")]
    if len(parts) == _ENDS and all(_exists(part) for part in parts):
        return Clause("span-turned")
    return Clause("no-such-day" if all(_FORM.fullmatch(part) for part in parts) else "no-date")


def _exists(text: str) -> bool:
    try:
        periods.parse(text)
    except ValueError:
        return False
    return True
