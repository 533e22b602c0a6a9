"""Tests on intervals are certainly so, certainly not so, or uncertain, and say which comparison decides."""

from __future__ import annotations

import pytest

from generator.model import periods, values
from generator.model.certainty import assess
from generator.model.dimensions import DimensionedValue, normalize_dimension
from generator.model.formulas import FormulaError, parse
from generator.model.operand_comparison import Operand

AREA = normalize_dimension({"length": 2})
FACTS: dict[str, Operand] = {
    **{
        key: DimensionedValue(values.parse(text), AREA)
        for key, text in {"two": "2", "five": "5", "some": "2..4", "more": ">4", "most": "<=2", "same": "2..4"}.items()
    },
    "spring": periods.parse("2025-Q2"),
    "may": periods.parse("2025-05"),
    "verdict": "confirmed",
}


def lookup(kind: str, key: str) -> Operand:
    """The value of a fact, or the verdict of a claim."""
    return FACTS[key if kind == "fact" else kind]


@pytest.mark.parametrize(
    ("test", "holds", "deciding"),
    [
        ("two < five", True, "two five"),
        ("five < two", False, "five two"),
        ("two < two", False, "two two"),
        ("two <= two", True, "two two"),
        ("some < five", True, "some five"),
        ("some < 3 * two", True, "some 3 * two"),
        ("some > five", False, "some five"),
        ("some >= five", False, "some five"),
        ("some > two", None, "some two"),
        ("some >= two", True, "some two"),
        ("some <= two", None, "some two"),
        ("some < two", False, "some two"),
        ("more > five", None, "more five"),
        ("more < five", None, "more five"),
        ("more > 2 * two", True, "more 2 * two"),
        ("more <= 2 * two", False, "more 2 * two"),
        ("most <= two", True, "most two"),
        ("most > two", False, "most two"),
        ("two == two", True, "two two"),
        ("two == five", False, "two five"),
        ("some == same", True, "some same"),
        ("some == two", None, "some two"),
        ("some == five", False, "some five"),
        ("some != five", True, "some five"),
        ("some != two", None, "some two"),
        ("two != two", False, "two two"),
        ("two in some", True, "two some"),
        ("some in two", None, "some two"),
        ("five in some", False, "five some"),
        ("five not in some", True, "five some"),
        ("two not in some", False, "two some"),
        ("some not in two", None, "some two"),
        ("low(some) >= two", True, "low(some) two"),
        ("some.high < five", True, "some.high five"),
        # several comparisons: the part that decides
        ("two < five and some > two", None, "some two"),
        ("two < five and some > two and five < two", False, "five two"),
        ("five < two or some > two", None, "some two"),
        ("five < two or some > two or two < five", True, "two five"),
        ("five < two or two > five", False, "five two"),
        ("not five < two", True, "five two"),
        ("not two < five", False, "two five"),
        ("not some > two", None, "some two"),
        ("two < some.high < five", True, "two some.high"),
        ("two < five < some", False, "five some"),
        ("two < some < five", None, "two some"),
        # dates and words are certain
        ("may in spring", True, "may spring"),
        ("may < spring", False, "may spring"),
        ('verdict(grew) == "confirmed"', True, 'verdict(grew) "confirmed"'),
        ('verdict(grew) != "confirmed"', False, 'verdict(grew) "confirmed"'),
    ],
)
def test_outcomes(test: str, holds: object, deciding: str) -> None:
    outcome = assess(parse(test), lookup)
    assert outcome.holds is holds
    assert f"{outcome.left.text} {outcome.right.text}" == deciding


@pytest.mark.parametrize("test", ["two", "two + five", "two and two < five", "two < may", "two < 1 / (some - some)"])
def test_what_cannot_be_evaluated(test: str) -> None:
    with pytest.raises(FormulaError):
        assess(parse(test), lookup)
