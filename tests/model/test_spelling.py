"""What a misspelt word or a date in another form was meant to be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.periods import parse
from generator.model.spelling import normalized_date, unambiguous_match


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2025/8/30", "2025-08-30"),
        ("2025/08/30", "2025-08-30"),
        ("2025.08.30", "2025-08-30"),
        ("2025-8-3", "2025-08-03"),
        ("2025年8月30日", "2025-08-30"),
        ("２０２５年８月３０日", "2025-08-30"),
        ("2025년8월30일", "2025-08-30"),
        ("2025年8月", "2025-08"),
        ("2025年", "2025"),
        ("2025/8", "2025-08"),
        ("2025-8", "2025-08"),
        ("2025-08-30", ""),  # as it should be
        ("30/8/2025", ""),  # or is it the eighth of the thirtieth month?
        ("8/30/2025", ""),
        ("2025/2/30", ""),  # there is no such day
        ("2025/13", ""),
        ("2025年度", ""),  # a fiscal year, and whose?
        ("2025/8.30", ""),
        ("2025/08/30/", ""),
        ("25/8/30", ""),
        ("20250830", ""),
        ("tomorrow", ""),
    ],
)
def test_dates_in_other_forms(typed: str, meant: str) -> None:
    assert normalized_date(typed) == meant


@given(st.dates(min_value=parse("1000").first), st.sampled_from("/.-年"))
def test_every_day_in_another_form_is_the_same_day(day: object, sign: str) -> None:
    year, month, number = str(day).split("-")
    text = f"{year}年{month}月{number}日" if sign == "年" else sign.join((year, month, number))
    assert (normalized_date(text) or text) == str(day)


@pytest.mark.parametrize(
    ("typed", "known", "meant"),
    [
        ("usd", ["USD", "EUR"], "USD"),
        ("Gwh", ["GWh", "GW", "MWh"], "GWh"),
        ("mw", ["MW", "mW"], ""),  # two of them
        ("Area-2025", ["area_2025", "area_2024"], "area_2025"),
        ("aera_2025", ["area_2025", "area_2024"], "area_2025"),
        ("areaa_2025", ["area_2025"], "area_2025"),
        ("are_2025", ["area_2025"], ""),  # too short a part
        ("area_2023", ["area_2024"], ""),  # a digit tells quantities apart
        ("area_2024_jun", ["area_2024_jul"], ""),  # so does a short part
        ("income", ["outcome"], ""),
        ("power", ["tower"], ""),
        ("sales_water", ["scales_water", "sale_water"], ""),  # two are near
        ("observd", ["observed", "reported"], "observed"),
        ("lable", ["label", "short"], "label"),
        ("colour", ["label"], ""),
        ("label", ["label"], ""),  # nothing to repair
    ],
)
def test_a_slip_is_repaired_where_only_one_thing_can_be_meant(typed: str, known: list[str], meant: str) -> None:
    assert unambiguous_match(typed, known) == meant
