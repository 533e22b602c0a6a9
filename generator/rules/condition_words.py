"""A condition of a judgment in words: both sides of the comparison that decides it, and which fact behind it changed last."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..diagnostics.finding import Arg, Clause, Localized
from ..model import arithmetic, changelog, report
from ..model.certainty import Outcome, Side
from ..model.comparison import compare, short_notation
from ..model.dimensions import DimensionedValue, normalize_dimension
from ..model.formulas import Formula, parse
from ..model.languages import Phrase
from ..model.periods import Period
from ..model.units import Unit
from ..model.values import Point, Value
from ..wording.texts import Texts
from .context import RuleContext

_NO_UNIT = Unit(id="", dimension={})


def sides_in_words(context: RuleContext, formula: Formula, outcome: Outcome) -> dict[str, Arg]:
    """Both sides of the comparison that decides, their values, and how these relate."""
    left, right = outcome.left, outcome.right
    first, second = left.value, right.value
    if isinstance(first, Period) and isinstance(second, Period):
        standing: Arg = Clause(compare(first, _NO_UNIT, second, _NO_UNIT))
        values_of_sides = (_in_words(context, first, _NO_UNIT), _in_words(context, second, _NO_UNIT))
    elif isinstance(first, DimensionedValue) and isinstance(second, DimensionedValue):
        unit = _unit(context.edition, formula, left, right)
        in_unit = (_in_unit(first.value, unit), _in_unit(second.value, unit))
        standing = Clause(compare(in_unit[0], unit, in_unit[1], unit))
        values_of_sides = (_in_words(context, in_unit[0], unit), _in_words(context, in_unit[1], unit))
    else:  # words, such as verdicts
        standing = Clause("equals" if first == second else "differs-from")
        values_of_sides = (Localized({}, str(first)), Localized({}, str(second)))
    return {
        "left": _written(left, values_of_sides[0]),
        "right": _written(right, values_of_sides[1]),
        "standing": standing,
    }


def _written(side: Side, value: Localized) -> Arg:
    """A side as it is written, with its value where that says more."""
    return side.text if side.text.strip('"') == value.default else Clause("with-value", {"text": side.text, "value": value})


def _unit(edition: report.Edition, formula: Formula, left: Side, right: Side) -> Unit:
    """A unit that both sides can be told in: that of a fact in the condition, else any of their dimension."""
    dimension = next(
        (
            side.value.dimension
            for side in (left, right)
            if isinstance(side.value, DimensionedValue) and side.value.dimension is not None
        ),
        None,
    )
    if dimension is None:
        return _NO_UNIT
    own = (edition.facts[key].unit for key in formula.facts if key in edition.facts)
    fitting = (unit for unit in (*own, *edition.units.values()) if normalize_dimension(unit.dimension) == dimension)
    return next(fitting, _NO_UNIT)


def _in_unit(value: Value, unit: Unit) -> Value:
    return value if unit.size == 1 else arithmetic.divide(value, Point(number=unit.size))


def _in_words(context: RuleContext, value: Value | Period, unit: Unit) -> Localized:
    """A value in the words of each language of the report, and as data/ notes it."""
    return _localized(context, short_notation(value, unit), lambda texts: texts.word_value(value, unit))


def in_each_language(context: RuleContext, default: str, phrase: Phrase) -> Localized:
    """A text of data/ with its placeholders filled, in each language of the report."""
    return _localized(context, default, lambda texts: texts.fill(phrase))


def _localized(context: RuleContext, default: str, word: Callable[[Texts], str]) -> Localized:
    texts = {}
    for language in context.edition.report.languages:
        try:
            texts[language.code] = word(Texts(context.edition, language))
        except (KeyError, ValueError, ArithmeticError):  # a unit or word with a mistake, which has its own finding
            texts[language.code] = default
    return Localized(texts, default)


def last_moved(context: RuleContext, outcome: Outcome) -> tuple[report.Fact, Value | Period] | None:
    """The stated fact behind the deciding comparison that changed last, and its value before; None where none ever did.

    Beside an earlier edition (`check --base`, an edit that is tried) it is one that differs from it, else one with a history.
    """
    candidates, earlier = [], context.options.unedited or context.options.base
    compared = [key for side in (outcome.left, outcome.right) for key in parse(side.text).facts]
    for fact in _stated(context.edition, compared):
        base = None if earlier is None else earlier.facts.get(fact.id)
        before = base.value if base is not None and base.value != fact.value else None
        if before is None and fact.history:
            before = fact.history[-1].value
        if before is not None:
            since = changelog.known_since(fact)
            candidates.append((base is not None and base.value != fact.value, str(since.first if since else ""), fact, before))
    if not candidates:
        return None
    _, _, fact, before = max(candidates, key=lambda found: found[:2])
    return fact, before


def _stated(edition: report.Edition, keys: list[str]) -> Iterator[report.Fact]:
    """Facts that formulas end at, each once."""
    waiting, seen = list(reversed(keys)), set[str]()
    while waiting:
        key = waiting.pop()
        if key in seen or key not in edition.facts:
            continue
        seen.add(key)
        fact = edition.facts[key]
        waiting += reversed(fact.inputs)
        if not fact.formula:
            yield fact


def moved_clause(context: RuleContext, fact: report.Fact, before: Value | Period) -> Clause:
    """The change of a fact, to be added to a sentence."""
    return Clause(
        "moved",
        {
            "fact": fact.id,
            "before": _in_words(context, before, fact.unit),
            "after": _in_words(context, fact.value, fact.unit),
        },
    )
