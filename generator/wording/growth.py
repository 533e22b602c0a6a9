"""Changes in the words of a language, as in "up 22%", "down at least 3%" and "between a fall of 3% and a rise of 2%".

A language has one pattern for a rise and one for a fall, and may have others for changes that are not known exactly
(GROWTH_PATTERN_KEYS), because "up" before "up to 5%" says a word twice.
"""

from __future__ import annotations

from ..model import arithmetic, values
from ..model.languages import Language
from ..model.units import Unit
from ..model.values import Interval, Value
from ..records.struct import replace
from .formatting import ValueFormatter
from .period_formatting import fill_pattern

# What a sign stands for that no language misreads, where a pattern of a change and one of a bound do not go together.
_SIGNS = {"at_least": "≥", "at_most": "≤", "more_than": ">", "less_than": "<"}


def format_growth(language: Language, value: Value, unit: Unit, *, digits: int = 0) -> str:
    """A value that is a change; where it may be a rise or a fall, both are told.

    "between a fall of 3% and a rise of 2%" is the pattern growth.between; without it, "down 3%" and "up 2%" are the ends
    of a range. A change of uncertain sign with an open end is told as a value.
    """
    low, high = value.low, value.high
    if flat := _flat(language, value):
        return flat
    if (low is None and high is not None and high > 0) or (low is not None and low >= 0):  # "up to" begins at zero
        return _change(language, "growth.up", value, unit, digits)
    if high is not None and high <= 0:
        return _change(language, "growth.down", arithmetic.negate(value), unit, digits)
    if not isinstance(value, Interval) or low is None or high is None:
        return ValueFormatter(language).value(value, unit, digits=digits)
    return _fall_or_rise(language, value, unit, digits)


def _flat(language: Language, value: Value) -> str:
    """A change by nothing, or one of which only that is known that it is no fall, or no rise; empty for other changes."""
    if value.low or value.high or values.bound_name(value) in ("more_than", "less_than"):
        return ""
    match values.bound_name(value):
        case "at_least":
            return language.words.get("growth.flat_or_up", "")
        case "at_most":
            return language.words.get("growth.flat_or_down", "")
    return (language.words.get("growth.flat_about") if value.about else "") or language.word("growth.flat")


def _change(language: Language, key: str, value: Value, unit: Unit, digits: int) -> str:
    """A rise or a fall by a size, which may have a word such as "about" or "at least"."""
    formatter = ValueFormatter(language)
    bound = values.bound_name(value)
    own = language.words.get(f"{key}_{bound or 'about'}", "") if bound or value.about else ""
    if own:
        size = _unbounded(value) if bound else replace(value, about=False)
        return fill_pattern(own, formatter.value(size, unit, digits=digits))
    pattern, words = language.word(key), formatter.value(value, unit, digits=digits)
    if bound and _repeats_a_word(pattern, words):
        words = _SIGNS[bound] + formatter.value(_unbounded(value), unit, digits=digits)
    return fill_pattern(pattern, words)


def _unbounded(value: Value) -> Value:
    """The one end that is known of a value, as a number."""
    return replace(values.ends(value)[0], about=value.about)


def _repeats_a_word(pattern: str, words: str) -> bool:
    """Whether a pattern around words says a word twice in succession: "up" and "up to 5%"."""
    before, _, after = (part.split() for part in pattern.partition("{0}"))
    inner = words.split()
    pairs = [(before[-1:], inner[:1]), (inner[-1:], after[:1])]
    return any(left and [word.casefold() for word in left] == [word.casefold() for word in right] for left, right in pairs)


def _fall_or_rise(language: Language, value: Interval, unit: Unit, digits: int) -> str:
    formatter = ValueFormatter(language)
    low, high = (replace(end, about=value.about) for end in values.ends(value))
    fall = formatter.value(arithmetic.negate(low), unit, digits=digits)
    rise = formatter.value(high, unit, digits=digits)
    if between := language.words.get("growth.between"):
        return fill_pattern(between, fall, rise)
    fallen, risen = (fill_pattern(language.word(key), words) for key, words in (("growth.down", fall), ("growth.up", rise)))
    return fill_pattern(formatter.signed_range, fallen, risen)
