"""A tiny report with a chart of every mark, in Japanese and English, and parametrisations over it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from generator.charts.theme import CANVASES
from generator.model import periods, report, values
from generator.model.code_lists import DIRECTIONS, LEVELS
from generator.model.languages import Language, Phrase
from generator.model.series import Column, Row, Series
from generator.model.units import Unit
from generator.reading.default_words import default_words
from generator.records.struct import replace
from generator.wording.texts import Texts

WORDS = {
    "value.about": ("約{0}", "about {0}"),
    "value.at_least": ("{0}以上", "at least {0}"),
    "value.at_most": ("最大{0}", "up to {0}"),
    "value.range": ("{0}～{1}", "{0}–{1}"),
    "value.range_shares": ("unit", "scale"),
    "value.compact_from": ("1e4", "1e6"),
    "value.unit_space": ("", " "),
    "period.quarter1": ("{0}年1～3月期", "Q1 {0}"),
    "period.quarter2": ("{0}年4～6月期", "Q2 {0}"),
    "status.observed": ("実績", "observed"),
    "status.announced": ("発表", "announced"),
    "status.estimated": ("推計", "estimated"),
    "topic.energy": ("エネルギー", "Energy"),
    "level.medium": ("中", "medium"),
    "chart.list": ("{first}、{second}", "{first}; {second}"),
    "chart.sentences": ("{first}{second}", "{first} {second}"),
    "chart.by": ("{width} × {height}", "{width} × {height}"),
    "chart.range": ("幅のある値", "range from low to high"),
    "chart.about": ("概数", "round figure"),
    "chart.at_least": ("下限だけがわかる値", "lower bound only"),
    "chart.at_most": ("上限だけがわかる値", "upper bound only"),
    "chart.outcome": ("{when}（実績）", "{when}, actual"),
    "chart.alt.title": ("{title}。", "{title}."),
    "chart.alt.entry": ("{name}は{value}。", "{name}: {value}."),
    "chart.alt.total": ("全体は{name}で{value}。", "The whole: {name} ({value})."),
    "chart.alt.group": ("「{kind}」にあたるのは{names}。", "Marked “{kind}”: {names}."),
    "chart.alt.compares": ("{names}を比べる。", "Compared: {names}."),
    "chart.alt.largest": ("最も大きいのは{name}で{value}。", "Largest: {name} ({value})."),
    "chart.alt.smallest": ("最も小さいのは{name}で{value}。", "Smallest: {name} ({value})."),
}

LANGUAGES = {
    code: Language(
        code=code, name=code, locale=locale, words={**default_words(code), **{key: both[place] for key, both in WORDS.items()}}
    )
    for place, (code, locale) in enumerate((("ja", "ja-JP"), ("en", "en-US")))
}


def say(ja: str, en: str) -> Phrase:
    return Phrase({"ja": ja, "en": en})


def unit(name: str, dimension: str, exponent: int = 1, *, currency: str = "") -> Unit:
    return Unit(id=name, dimension={dimension: exponent}, currency=currency)


EUR, METRES, SQUARE = unit("EUR", "euros", currency="EUR"), unit("m", "length"), unit("m2", "length", 2)


def fact(key: str, value: str, status: str, label: Phrase, of: Unit = EUR) -> report.Fact:
    return report.Fact(
        id=key, topic="energy", label=label, short=label, value=values.parse(value), unit=of, period=None, as_of=None,
        entity=None, status=status, review="durable", evidence=(),
    )  # fmt: skip


FACTS = {
    made.id: made
    for made in (
        fact("dam", "72.22e9", "observed", say("大規模な水力発電所の改修工事", "Rebuilding of the large hydroelectric dam")),
        fact("grid", "66e9..72e9", "announced", say("送電網", "Transmission grid")),
        fact("wind", ">=50e9", "announced", say("洋上風力", "Offshore wind")),
        fact("solar", "~30e9", "estimated", say("太陽光、蓄電池を含む", "Solar power, batteries included")),
        fact("tidal", "<=5e9", "estimated", say("潮力", "Tidal")),
        fact("loss", "-8e9", "observed", say("損失", "Loss")),
        fact("slump", "~-31e9", "reported", say("減った分の見積もり", "Slump in orders")),
        fact("length", "400", "observed", say("長さ", "Length"), METRES),
        fact("width", "100", "observed", say("幅", "Width"), METRES),
        fact("field", "40000", "observed", say("広さ", "Area"), SQUARE),
    )
}

SERIES = Series(
    id="quarters",
    label=say("四半期", "Quarters"),
    key="quarter",
    topic="energy",
    columns={
        "spent": Column(id="spent", label=say("支出", "Spending"), unit=EUR, status="observed"),
        "planned": Column(id="planned", label=say("計画していた支出", "Planned spending"), unit=EUR, status="announced"),
    },
    rows=tuple(
        Row(
            key=key,
            values={"spent": values.parse(spent), "planned": values.parse(planned)},
            words={},
            sources=(),
            actual=key == "2026-Q2",
        )
        for key, spent, planned in (
            ("2025-Q1", "10e9", "9e9..12e9"),
            ("2025-Q2", "12e9", "11e9..14e9"),
            ("2026-Q1", "19e9", "~15e9"),
            ("2026-Q2", "17e9", "16e9"),
        )
    ),
)

LATER = replace(SERIES, id="later", rows=tuple(replace(row, actual=False) for row in SERIES.rows))

SIZES = replace(
    SERIES,
    id="sizes",
    key="pages",
    rows=tuple(
        Row(
            key=key, values={"spent": values.parse(spent), "planned": values.parse(planned)}, words={}, sources=(), actual=False
        )
        for key, spent, planned in (
            ("1000", "10", "40"),
            ("4000", "70", "~200"),
            ("16000", "1e3", "700..900"),
            ("1e5", "2e6", "1e4"),
        )
    ),
)

EVENTS = {
    f"step_{number}": report.Event(
        id=f"step_{number}",
        date=periods.parse(date),
        title=say(
            "湾岸の発電所に関する合意が関係者から報じられる", "The agreement on the power station in the bay is reported"
        ),
        text=None,
        entity=None,
        section="energy",
        evidence=(),
        after_article=number > 3,
    )
    for number, date in enumerate(
        ("2025-01-01", "2025-01-02", "2025-01-03", "2025-01", "2025-06-01", "2026-01-01", "2026-01-02")
    )
}

RISKS = {
    f"risk_{number}": report.Risk(
        id=f"risk_{number}",
        title=say("工期が延びて費用がかさむ", "Delays drive up the costs of construction"),
        text=say("", ""),
        likelihood=LEVELS[number % 3],
        impact=LEVELS[number // 5],
        direction=DIRECTIONS[number % 3],
        facts=(),
        claims=(),
        events=(),
    )
    for number in range(12)
}

NAMES = {
    key: report.Name(id=key, type="organisation", name=name, short=name)
    for key, name in (
        ("state", say("国", "State")),
        ("firm", say("建設会社", "Construction firm")),
        ("bank", say("銀行", "Bank")),
    )
}

NODE = {
    "label": say("エネルギー省の再編後の体制", "Ministry of Energy"),
    "note": say("計画と監督を担当", "plans and supervises"),
}

ROWS: tuple[dict[str, Any], ...] = (
    *({"fact": key} for key in ("dam", "grid", "wind", "solar")),
    {"fact": "tidal", "emphasis": True},
)

SPECS: dict[str, dict[str, Any]] = {
    "bars": {"rows": ROWS},
    "pairs": {
        "from_label": say("計画", "planned"),
        "to_label": say("実績", "actual"),
        "rows": (
            {"label": say("水力", "Hydropower"), "from": "grid", "to": "dam"},
            {"label": say("風", "Wind"), "from": "wind", "to": "solar"},
        ),
    },
    "ranges": {"series": "quarters", "columns": ("planned",)},
    "trend": {"series": "quarters", "columns": ("spent", "planned")},
    "loglog": {"series": "sizes", "columns": ("spent", "planned")},
    "stack": {"parts": ("solar", "tidal"), "total": "grid"},
    "areas": {
        "rows": (
            {"label": say("長方形", "Rectangle"), "width": "length", "height": "width"},
            {"label": say("正方形", "Square"), "area": "field"},
        )
    },
    "organisation": {"root": NODE, "nodes": (NODE, NODE, NODE, NODE)},
    "flows": {"links": ({"from": "state", "to": "firm", "fact": "grid"}, {"from": "bank", "to": "firm", "fact": "wind"})},
    "timeline": {"events": tuple(EVENTS)},
    "matrix": {},
    "counts": {"of": "facts", "by": "status"},
}

CHARTS = {
    mark: report.Chart(
        id=f"some_{mark}",
        topic="energy",
        mark=mark,
        title=say("何かの図", "Some chart"),
        note=None,
        options=options,
        facts=(),
        series=(),
    )
    for mark, options in SPECS.items()
}

CHARTS["log"] = replace(CHARTS["bars"], id="some_log", options={"rows": ROWS, "scale": "log"})

CHARTS["plans"] = replace(
    CHARTS["bars"], id="some_plans", options={"rows": ({"fact": "solar", "plan": "dam", "emphasis": True}, {"fact": "tidal"})}
)

CHARTS["layers"] = replace(
    CHARTS["flows"],
    id="some_layers",
    options={"links": ({"from": "state", "to": "bank", "fact": "grid"}, {"from": "bank", "to": "firm", "fact": "wind"})},
)

CHARTS["two_ranges"] = replace(
    CHARTS["ranges"],
    id="some_two_ranges",
    options={
        "series": "quarters", "then": "later", "columns": ("planned",), "from_label": say("はじめ", "First"), "to_label": say("次", "Then"),
    },
)  # fmt: skip

CHARTS["one_axis"] = replace(
    CHARTS["two_ranges"], id="some_one_axis", options={**CHARTS["two_ranges"].options, "shared_axis": True}
)

CHARTS["losses"] = replace(
    CHARTS["bars"], id="some_losses", options={"rows": tuple({"fact": key} for key in ("loss", "slump", "dam"))}
)

CHARTS["parts"] = replace(CHARTS["stack"], id="some_parts", options={"parts": ("wind", "solar", "tidal"), "total": "dam"})

CHARTS["several"] = replace(
    CHARTS["stack"],
    id="some_several",
    options={
        "rows": (
            {"label": say("計画", "Planned"), "parts": ("grid", "tidal", "wind", "solar")},
            {"label": say("実績", "Built"), "parts": ("solar", "tidal")},
        ),
        "highlight": ("solar",),
        "rounded_to": Decimal("1e9"),
    },
)

CHARTS["claimed"] = replace(
    CHARTS["areas"],
    id="some_claimed",
    options={
        "rows": ({"label": say("主張", "Claim"), "width": "length", "height": "width", "area": "field", "claimed": True},)
    },
)

CHANGED = {
    **NODE,
    "then": say("その後、二つの局に分かれて別々の責任者が置かれた", "later split into two offices, each led apart"),
}

CHARTS["changes"] = replace(
    CHARTS["organisation"],
    id="some_changes",
    options={
        "from_label": say("はじめ", "At first"),
        "to_label": say("その後", "Since then"),
        "root": NODE,
        "nodes": (CHANGED, {**CHANGED, "emphasis": True}, NODE),
    },
)

CHARTS["promised"] = replace(
    CHARTS["layers"],
    id="some_promised",
    options={
        "links": (
            {"from": "state", "to": "bank", "fact": "grid"},
            {"from": "bank", "to": "firm", "fact": "wind", "planned": True},
        )
    },
)

CHARTS["columns"] = replace(CHARTS["trend"], id="some_columns", options={**SPECS["trend"], "kind": "column"})

CHARTS["one_column"] = replace(
    CHARTS["trend"],
    id="some_one_column",
    options={"series": "quarters", "columns": ("spent",), "kind": "column", "highlight": ("2025-Q1",)},
)

CHARTS["parts_of_rows"] = replace(
    CHARTS["bars"],
    id="some_parts_of_rows",
    options={
        "rows": ({"fact": "dam", "part": "solar"}, {"fact": "grid", "part": "tidal"}, {"fact": "wind"}),
        "part_label": say("うち国の負担", "State"),
    },
)

CHARTS["named_pairs"] = replace(
    CHARTS["pairs"],
    id="some_named_pairs",
    options={
        **SPECS["pairs"],
        "rows": tuple({**row, "to_label": say("二期工事", "Second phase")} for row in SPECS["pairs"]["rows"]),
    },
)

CHARTS["gaps"] = replace(
    CHARTS["pairs"],
    id="some_gaps",
    options={
        **SPECS["pairs"],
        "rows": tuple({**row, "gap": "tidal"} for row in SPECS["pairs"]["rows"]),
    },
)

CHARTS["changed_range"] = replace(CHARTS["ranges"], id="some_changed_range", options={**SPECS["ranges"], "change": "loss"})

CHARTS["points"] = replace(
    CHARTS["bars"],
    id="some_points",
    options={"rows": tuple({"fact": key} for key in ("solar", "wind")), "points": True, "axis": True},
)

CHARTS["value_column"] = replace(CHARTS["bars"], id="some_value_column", options={**SPECS["bars"], "values": "column"})

CHARTS["part_of_area"] = replace(
    CHARTS["areas"],
    id="some_part_of_area",
    options={"rows": ({"label": say("長方形", "Rectangle"), "width": "length", "height": "width", "part": "field"},)},
)

CHARTS["lanes"] = replace(
    CHARTS["timeline"],
    id="some_lanes",
    options={
        "lanes": (
            {"label": say("契約", "Contracts"), "events": tuple(EVENTS)[::2]},
            {"label": say("裁判と住民投票", "Courts and referendums"), "events": tuple(EVENTS)[1::2]},
        )
    },
)

CHARTS["divided"] = replace(
    CHARTS["lanes"],
    id="some_divided",
    options={**CHARTS["lanes"].options, "divider": {"event": tuple(EVENTS)[4], "label": say("記事", "Article")}},
)

CHARTS["steps"] = replace(CHARTS["divided"], id="some_steps", options={**CHARTS["divided"].options, "spacing": "even"})

CHARTS["grouped_rows"] = replace(
    CHARTS["bars"],
    id="some_grouped_rows",
    options={
        "references": ("grid",),
        "rows": (
            {"fact": "solar", "group": say("新しい電源", "New sources"), "note": say("屋根の上", "on roofs")},
            {"fact": "dam", "group": say("古い電源", "Old sources"), "provisional": True},
            {"fact": "wind", "group": say("新しい電源", "New sources"), "emphasis": True},
        ),
        "order": "value",
    },
)

CHARTS["outcomes"] = replace(
    CHARTS["organisation"],
    id="some_outcomes",
    options={
        "root": {**NODE, "then": say("長官は留任", "its head stays")},
        "nodes": (
            {**NODE, "outcome": say("廃止", "closed"), "then": say("二つの局へ", "into two offices"), "emphasis": True},
            {**NODE, "outcome": say("存続", "kept")},
        ),
    },
)

CHARTS["long_outcomes"] = replace(
    CHARTS["outcomes"],
    id="some_long_outcomes",
    options={
        "from_label": say("改革の前にあったそれぞれの部局", "What there was before the great reform"),
        "to_label": say("改革の後に決まった新しい役割と責任者", "What was decided for each of them after that reform"),
        "root": {**NODE, "outcome": say("名称を変えて、規模を縮めて存続", "kept under another name and with fewer people")},
        "nodes": (
            {**NODE, "outcome": say("二つの局に分けて廃止", "closed and split into two"), "then": say("再編", "merged")},
        ),
    },
)

CHARTS["split"] = replace(CHARTS["counts"], id="some_split", options={"of": "facts", "by": "status", "split": "topic"})

REPORT = report.Report(
    title=say("図", "Charts"), subtitle=say("図", "Charts"), description=say("図", "Charts"), publisher=say("図", "Charts"),
    site_url="https://example.org/", as_of=periods.parse("2026-07-01"), languages=tuple(LANGUAGES.values()),
    pages=(), sections=("energy",), places={}, evaluation_date=date(2026, 7, 1),
)  # fmt: skip

EDITION = report.Edition(
    report=REPORT, units={}, sources={}, names=NAMES, events=EVENTS, series={"quarters": SERIES, "later": LATER, "sizes": SIZES}, facts=FACTS, claims={},
    charts=CHARTS, risks=RISKS, checks={},
)  # fmt: skip

TEXTS = {code: Texts(EDITION, language) for code, language in LANGUAGES.items()}

every_chart = pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)

every_language = pytest.mark.parametrize("texts", TEXTS.values(), ids=TEXTS)

every_width = pytest.mark.parametrize("width", CANVASES)
