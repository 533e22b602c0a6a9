"""The formula language: results, dimensions, and what is wrong where."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.model import arithmetic, periods, values
from generator.model.dimensions import DimensionedValue, normalize_dimension
from generator.model.evaluation import evaluate
from generator.model.formulas import FormulaError, arithmetic_notation, interval_operands, parse
from generator.model.operand_comparison import Operand

AREA, MONEY = {"length": 2}, {"dollars": 1}
FACTS: dict[str, Operand] = {
    "small": DimensionedValue(values.parse("2"), normalize_dimension(AREA)),
    "large": DimensionedValue(values.parse("8"), normalize_dimension(AREA)),
    "vague": DimensionedValue(values.parse("2..4"), normalize_dimension(AREA)),
    "open": DimensionedValue(values.parse(">=2"), normalize_dimension(AREA)),
    "upto": DimensionedValue(values.parse("<8"), normalize_dimension(AREA)),
    "about": DimensionedValue(values.parse("~2"), normalize_dimension(AREA)),
    "cost": DimensionedValue(values.parse("72"), normalize_dimension(MONEY)),
    "share": DimensionedValue(values.parse("0.256"), ()),
    "spring": periods.parse("2025-Q2"),
    "may": periods.parse("2025-05"),
    "huge": DimensionedValue(values.Point(number=Decimal("1e999")), normalize_dimension(AREA)),
}

UNITS: dict[str, Operand] = {
    "km2": DimensionedValue(values.parse("1e6"), normalize_dimension(AREA)),
    "USD": DimensionedValue(values.parse("1"), normalize_dimension(MONEY)),
}


def lookup(kind: str, key: str) -> Operand:
    """What stands behind an operand."""
    found: dict[str, Operand] = {
        "claimed": FACTS["small"],
        "event": FACTS["may"],
        "verdict": "confirmed",
        "count": DimensionedValue(values.parse("3"), ()),
    }
    return UNITS[key] if kind == "unit" else FACTS[key] if kind == "fact" else found[kind]


@pytest.mark.parametrize(
    ("text", "value", "parts"),
    [
        ("small + large", "10", AREA),
        ("large - small", "6", AREA),
        ("large - vague", "4..6", AREA),
        ("-small", "-2", AREA),
        ("small * large", "16", {"length": 4}),
        ("large / small", "4", {}),
        ("cost / small", "36", {"dollars": 1, "length": -2}),
        ("cost / small / cost", "0.5", {"length": -2}),
        ("(small + large) / 2", "5", AREA),
        ("2 * small + 1", "5", AREA),
        ("1_000 * share", "256", {}),
        ("1e3 * small", "2000", AREA),
        ("open + small", ">=4", AREA),
        ("about * 2", "~4", AREA),
        ("low(vague)", "2", AREA),
        ("high(vague)", "4", AREA),
        ("mid(vague)", "3", AREA),
        ("mid(open)", "2", AREA),
        ("mid(about)", "~2", AREA),
        ("low(open)", "2", AREA),
        ("round(share, 2)", "0.26", {}),
        ("round(vague / 3, 1)", "0.7..1", AREA),
        ("growth(large, small)", "3", {}),
        ("growth(large, vague)", "1..3", {}),
        ("1 - small / large", "0.75", {}),
        ("(large - small) / large", "0.75", {}),
        ("1 - (small - large) / large", "1.75", {}),
        ("share(small, large)", "0.25", {}),
        ("vague.low + vague.high", "6", AREA),
        ("vague.midpoint / large", "0.375", {}),
        ("sum(small, large, vague)", "12..14", AREA),
        ("difference(large, vague)", "4..6", AREA),
        ("per(cost, large)", "9", {"dollars": 1, "length": -2}),
        ("convert(small + large, km2)", "10", AREA),
        ("convert(3, km2)", "3000000", AREA),
        ("count(lakes) * small", "6", AREA),
        ("claimed(grew) / small", "1", {}),
        (" small\n+ large ", "10", AREA),
    ],
)
def test_results(text: str, value: str, parts: dict[str, int]) -> None:
    result = evaluate(parse(text), lookup)
    assert isinstance(result, DimensionedValue)
    assert arithmetic.same(result.value, values.parse(value))
    assert result.value.about is values.parse(value).about
    assert result.dimension == normalize_dimension(parts)


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("small < large", True),
        ("small < vague", False),
        ("small <= vague", True),
        ("large > vague", True),
        ("vague >= small", True),
        ("small == about", True),
        ("small != large", True),
        ("small in vague", True),
        ("large not in vague", True),
        ("upto < large", True),
        ("large / small == 4", True),
        ("3 < large < 9", True),
        ("3 < large < 8", False),
        ("small < large and large < small", False),
        ("small < large or large < small", True),
        ("not small > large", True),
        ("may in spring", True),
        ("may < spring", False),
        ("may <= spring", True),
        ("spring > may", False),
        ("may >= spring", True),
        ("event(opening) == may", True),
        ("may != spring", True),
        ('verdict(grew) == "confirmed"', True),
        ('verdict(grew) != "confirmed"', False),
        ("count(lakes) == 3", True),
        ('verdict(grew) == "確認" or small < large', True),
    ],
)
def test_truth_values(text: str, *, holds: bool) -> None:
    assert evaluate(parse(text), lookup) is holds


@pytest.mark.parametrize(
    ("text", "references"),
    [
        ("small + large", [("fact", "small", 0), ("fact", "large", 8)]),
        ("growth(large, small)", [("fact", "large", 7), ("fact", "small", 14)]),
        ("claimed(grew) > event(opening)", [("claimed", "grew", 8), ("event", "opening", 22)]),
        ('verdict(grew) == "確認" and count(lakes) > 1', [("verdict", "grew", 8), ("count", "lakes", 32)]),
        ("convert(small, km2)", [("fact", "small", 8), ("unit", "km2", 15)]),
        ("large.midpoint", [("fact", "large", 0)]),
        ("1 + 2", []),
    ],
)
def test_references_and_their_places(text: str, references: list[tuple[str, str, int]]) -> None:
    assert [(one.kind, one.id, one.offset) for one in parse(text).references] == references


# The place of a mistake is marked below the formula.
READING = [
    ("small +", "      ^", "syntax"),
    ("", "^", "syntax"),
    ("small large", "      ^", "syntax"),
    ("(small", "^", "syntax"),
    ("small)", "     ^", "syntax"),
    ("5 acres", "  ^", "syntax"),
    ("small = large", "      ^", "syntax"),
    ("x = 3", "  ^", "syntax"),
    ("large ** 2 + lambda: 1", "             ^", "syntax"),
    ("small + large.value", "        ^", "not-allowed"),
    ("small + large[0]", "        ^", "not-allowed"),
    ("[small]", "^", "not-allowed"),
    ("small if large else cost", "^", "not-allowed"),
    ("lambda: small", "^", "not-allowed"),
    ("{small}", "^", "not-allowed"),
    ("f'{small}'", "^", "not-allowed"),
    ("(x := small)", " ^", "not-allowed"),
    ("low(" * 70 + "small" + ")" * 70, " " * (4 * 61) + "^", "deep"),
    ("(" * 300 + "small" + ")" * 300, "^", "deep"),
    ("-" * 9000 + "small", "^", "deep"),
    ("+".join(["small"] * 3000), "^", "deep"),
    ("small + " * 3000 + "small", "^", "long"),
    ("total(small, large)", "^", "function"),
    ("small + large.mean", "        ^", "not-allowed"),
    ("(small + large).low", "^", "not-allowed"),
    ("2 * convert(small)", "    ^", "unit"),
    ("convert(small, 3)", "^", "unit"),
    ("2 * __import__('os')", "    ^", "function"),
    ("small.real()", "^", "function"),
    ("low(x=small)", "^", "function"),
    ("2 * count()", "    ^", "operand"),
    ("count(3)", "^", "operand"),
    ("event(a, b)", "^", "operand"),
    ('"超知能" == verdict(a, b)', "         ^", "operand"),
]
EVALUATING = [
    ("large ** 2", "^", "not-allowed"),
    ("large // 2", "^", "not-allowed"),
    ("+small", "^", "not-allowed"),
    ("small + 0x10", "        ^", "not-allowed"),
    ("small * True", "        ^", "not-allowed"),
    ("small * 2j", "        ^", "not-allowed"),
    ("small is large", "         ^", "not-allowed"),
    ('verdict(grew) < "b"', "                ^", "not-allowed"),
    ("may not in spring", "           ^", "not-allowed"),
    ("2 + low(small, large)", "    ^", "arguments"),
    ("2 + growth(small)", "    ^", "arguments"),
    ("2 + low()", "    ^", "arguments"),
    ("2 + sum(small)", "    ^", "few"),
    ("2 + per(small)", "    ^", "arguments"),
    ("sum(small, large, cost)", "                  ^", "dimensions"),
    ("difference(small, cost)", "                  ^", "dimensions"),
    ("convert(small, USD)", "               ^", "convert"),
    ("per(small, large - large)", "^", "arithmetic"),
    ("2 + open.high", "    ^", "open-end"),
    ("spring.low", "^", "not-a-quantity"),
    ("small + spring", "        ^", "not-a-quantity"),
    ("low(spring)", "    ^", "not-a-quantity"),
    ('small + "a"', "        ^", "not-a-quantity"),
    ("small + (small < large)", "         ^", "not-a-quantity"),
    ("small and large", "^", "not-a-test"),
    ("small < large and large", "                  ^", "not-a-test"),
    ("not small", "    ^", "not-a-test"),
    ("small < spring", "        ^", "kinds"),
    ('small == "a"', "         ^", "kinds"),
    ("spring == 2025", "          ^", "kinds"),
    ("small + cost", "        ^", "dimensions"),
    ("small - cost / large", "        ^", "dimensions"),
    ("small < cost", "        ^", "dimensions"),
    ("2 + growth(small, cost)", "    ^", "dimensions"),
    ("share(small, cost)", "^", "dimensions"),
    ("2 * (small / (large - large))", "     ^", "arithmetic"),
    ("growth(small, 0)", "              ^", "growth"),
    ("growth(0 - large, large)", "       ^", "growth-below"),
    ("1 - large / (small - large)", "             ^", "growth"),
    ("((small - large) - large) / (small - large)", "                             ^", "growth"),
    ("100 * (1 - per(large, small - large))", "                      ^", "growth"),
    ("per(large, small - large) - 1", "           ^", "growth"),
    ("100 * ((large - (small - large)) / (small - large))", "                                    ^", "growth"),
    ("difference(large / (small - vague), 1)", "                    ^", "growth"),
    ("open - open", "^", "arithmetic"),
    ("round(share, 0)", "             ^", "arithmetic"),
    ("2 + high(open)", "    ^", "open-end"),
    ("low(upto)", "^", "open-end"),
]


@pytest.mark.parametrize(("text", "mark", "variant"), READING)
def test_syntax_errors(text: str, mark: str, variant: str) -> None:
    with pytest.raises(FormulaError) as caught:
        parse(text)
    assert (caught.value.variant, " " * caught.value.offset + "^") == (variant, mark)


@pytest.mark.parametrize(("text", "mark", "variant"), EVALUATING)
def test_evaluation_errors(text: str, mark: str, variant: str) -> None:
    formula = parse(text)
    with pytest.raises(FormulaError) as caught:
        evaluate(formula, lookup)
    assert (caught.value.variant, " " * caught.value.offset + "^") == (variant, mark)


def test_a_number_that_is_too_large_is_an_error_in_the_formula() -> None:
    def too_large(_kind: str, _key: str) -> Operand:
        raise OverflowError

    with pytest.raises(FormulaError, match="arithmetic"):
        evaluate(parse("huge"), too_large)


@pytest.mark.parametrize(
    ("text", "left", "right"),
    [
        ("small + cost", "length^2", "dollars"),
        ("1 / small + cost", "1 / length^2", "dollars"),
        ("cost / small + small / small", "dollars / length^2", "a plain number"),
    ],
)
def test_dimensions_are_named(text: str, left: str, right: str) -> None:
    with pytest.raises(FormulaError) as caught:
        evaluate(parse(text), lookup)
    assert caught.value.arguments == {"left": left, "right": right}


def test_dimensions_are_normalized() -> None:
    assert normalize_dimension({"time": -1, "power": 1, "people": 0}) == (("power", 1), ("time", -1))


def test_no_number_is_a_float() -> None:
    result = evaluate(parse("0.1 + 0.2"), lookup)
    assert isinstance(result, DimensionedValue)
    assert result.value.low == Decimal("0.3")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("small + large", "small + large"),
        (" (small + 1_000) * 2 ", "(small + 1_000) * 2"),
        ("vague.midpoint / large", "mid(vague) / large"),
        ("sum(small, large, vague)", "small + large + vague"),
        ("2 * sum(small, large - vague.low)", "2 * (small + (large - low(vague)))"),
        ("difference((large), (small + vague))", "large - (small + vague)"),
        ("per(cost, sum(small, large)) / 2", "(cost / (small + large)) / 2"),
        ("convert(small, km2) + convert(small * 2, km2)", "small + (small * 2)"),
        ("growth(sum(small, large), low(vague))", "growth((small + large), low(vague))"),
        ('verdict(grew) == "sum(a, b)" and count(lakes) > 1', 'verdict(grew) == "sum(a, b)" and count(lakes) > 1'),
        ("超知能.low + small", "low(超知能) + small"),
    ],
)
def test_arithmetic_notation(text: str, shown: str) -> None:
    assert arithmetic_notation(text) == shown


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("small + large", ["small", "large"]),
        ("low(small) + large.high + mid(vague - open)", []),
        ("sum(small, small.low)", ["small"]),
        ("convert(vague, km2)", ["vague"]),
    ],
)
def test_interval_operands(text: str, counted: list[str]) -> None:
    assert [use.id for use in interval_operands(parse(text))] == counted
