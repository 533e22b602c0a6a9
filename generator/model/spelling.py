"""What was probably meant: known words that are similar to an unknown one, and dates in another form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from ..diagnostics.finding import Clause
from . import periods

_MOST_LISTED = 12  # known words: no more than these are listed in a message
_SHORTEST = 4  # characters: shorter words (jun, jul) differ too little to be corrected
_ENDS = 2
_NUMBER = re.compile(r"[0-9]+")
_FORM = re.compile(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?")
# A year, month and day with a sign or one ideograph after each.
_DATED = re.compile(r"([1-9][0-9]{3})(.)(?:([0-9]{1,2})(?:(.)(?:([0-9]{1,2})(.)?)?)?)?")


def suggest(word: str, known: Iterable[str], *, most: int = _MOST_LISTED) -> Clause:
    """A part of a message: what was probably meant, or the words to choose from; with a fix if only one can be meant."""
    return _suggest(word, tuple(known), most)


@lru_cache(maxsize=64)  # a renamed id is unknown in every place that uses it
def _suggest(word: str, known: tuple[str, ...], most: int) -> Clause:
    if match := unambiguous_match(word, known):
        return Clause("did-you-mean", {"guess": match}, fix=match)
    if guess := closest_match(word, known):
        return Clause("did-you-mean", {"guess": guess})
    return Clause("choose", {"known": ", ".join(known)}) if 0 < len(known) <= most else Clause("check-spelling")


def closest_match(word: str, known: Iterable[str]) -> str:
    """The known word that is most similar, or an empty text. One of another number, such as a year, is never meant."""
    import difflib  # noqa: PLC0415  only where something is misspelt

    numbers = _NUMBER.findall(word)
    alike = [other for other in known if not numbers or _NUMBER.findall(other) in ([], numbers)]
    return next(iter(difflib.get_close_matches(word, alike, n=1, cutoff=0.6)), "")


def unambiguous_match(word: str, known: Iterable[str]) -> str:
    """The only known word that this can be a misspelling of, or an empty text.

    Case and separators may differ, or one letter of one part between separators; never a digit, a first letter or a short part,
    because those distinguish quantities.
    """
    parts = _parts(word)
    candidates = {other: _parts(other) for other in known if other != word}
    same = [other for other, other_parts in candidates.items() if other_parts == parts]
    matches = same or [other for other, other_parts in candidates.items() if _differ_by_one_letter(parts, other_parts)]
    return matches[0] if len(matches) == 1 else ""


def _parts(word: str) -> list[str]:
    return re.split(r"[_\-.\s]+", word.casefold())


def _differ_by_one_letter(parts: list[str], others: list[str]) -> bool:
    if len(parts) != len(others):
        return False
    differing = [(part, other) for part, other in zip(parts, others, strict=True) if part != other]
    return len(differing) == 1 and _one_letter_off(*differing[0])


def _one_letter_off(word: str, other: str) -> bool:
    if min(len(word), len(other)) < _SHORTEST or word[0] != other[0] or _NUMBER.findall(word) != _NUMBER.findall(other):
        return False
    at = next((n for n, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other)))
    rest, other_rest = word[at:], other[at:]
    return (
        rest[1:] == other_rest[1:]  # another letter
        or rest[1:] == other_rest  # one too many
        or rest == other_rest[1:]  # one too few
        or (rest[2:] == other_rest[2:] and rest[:2] == other_rest[1::-1])  # two changed places
    )


def normalized_date(text: str) -> str:
    """A date in another form (2025/8/30) as ISO 8601 writes it; an empty text for what is no date or is one already."""
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
    """A part of a message: why a text is no period, with a fix if it is a date in another form."""
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
