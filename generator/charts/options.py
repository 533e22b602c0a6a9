"""The options of chart specifications: for each mark the keys that it takes, the kind of their values, and which are required.

Chart files are validated against this table. The module imports nothing that draws.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..records.struct import Struct, field


class Option(Struct, frozen=True, kw_only=True):
    """An option of a specification: the kind of its value, and for records the options of a member.

    Kinds: fact, facts, claim, name, phrase, flag, amount, choice, series, column, columns, event, events, lanes, divider,
    rows, links, node, nodes.
    A fact that is drawn must be a quantity, not a date. A member has at least one of the keys in `one_of`. What is required may
    be missing where the key `unless` stands in its place.
    """

    kind: str
    required: bool = False
    unless: str = ""
    choices: tuple[str, ...] = ()
    members: Mapping[str, Option] = field(default_factory=dict)
    one_of: tuple[str, ...] = ()


_FACT = Option(kind="fact")
_REQUIRED_FACT = Option(kind="fact", required=True)
_PHRASE = Option(kind="phrase")
_REQUIRED_PHRASE = Option(kind="phrase", required=True)
_REQUIRED_NAME = Option(kind="name", required=True)
_FLAG = Option(kind="flag")
_AMOUNT = Option(kind="amount")
_NODE = {"label": _REQUIRED_PHRASE, "note": _PHRASE, "outcome": _PHRASE, "then": _PHRASE, "emphasis": _FLAG}


def _choice(*choices: str) -> Option:
    return Option(kind="choice", choices=choices)


def _rows(*one_of: str, **members: Option) -> Option:
    return Option(kind="rows", required=True, members=members, one_of=one_of)


_SERIES = Option(kind="series", required=True)
_COLUMNS = Option(kind="columns", required=True)
_ROW_NAMES = Option(kind="keys")
_REFERENCES = Option(kind="references", members={"fact": _REQUIRED_FACT, "label": _PHRASE})
_OVER_TIME = {"series": _SERIES, "columns": _COLUMNS, "highlight": _ROW_NAMES, "references": _REFERENCES}
_BARS = {"direction": _choice("horizontal", "vertical"), "order": _choice("given", "value")}
_TABLE = {"series": _SERIES, "columns": _COLUMNS, "highlight": _ROW_NAMES, "order": _choice("given", "value")}

_OWN: Mapping[str, Mapping[str, Option]] = {
    "bars": {
        "rows": _rows(
            *("fact", "claim"),
            fact=_FACT,
            claim=Option(kind="claim"),
            plan=_FACT,
            part=_FACT,
            label=_PHRASE,
            note=_PHRASE,
            comparison=_PHRASE,
            value=_PHRASE,
            group=_PHRASE,
            emphasis=_FLAG,
            planned=_FLAG,
            provisional=_FLAG,
        ),
        "part_label": _PHRASE,
        "axis": _FLAG,
        "points": _FLAG,
        "zero": _FLAG,
        "values": _choice("beside", "column"),
        "references": _REFERENCES,
        "scale": _choice("linear", "log"),
        "rounded_to": _AMOUNT,
        "order": _choice("given", "value"),
    },
    "pairs": {
        "rows": _rows(
            **{"label": _REQUIRED_PHRASE, "from": _REQUIRED_FACT, "to": _REQUIRED_FACT, "emphasis": _FLAG},
            from_label=_PHRASE,
            to_label=_PHRASE,
            gap=_FACT,
            gap_text=_PHRASE,
            group=_PHRASE,
            apart=_FLAG,
        ),
        "zero": _FLAG,
        "from_label": _REQUIRED_PHRASE,
        "to_label": _REQUIRED_PHRASE,
    },
    "ranges": {
        "series": Option(kind="series", required=True),
        "then": Option(kind="series"),
        "from_label": _PHRASE,
        "to_label": _PHRASE,
        "outcome_note": _PHRASE,
        "claimed_note": _PHRASE,
        "shared_axis": _FLAG,
        "columns": Option(kind="columns"),
        "claimed": _ROW_NAMES,
        "bound": _choice("low", "high"),
        "change": _FACT,
    },
    "trend": {
        "series": Option(kind="series", required=True),
        "columns": Option(kind="columns", required=True),
        "kind": _choice("line", "column"),
        "highlight": _ROW_NAMES,
    },
    "loglog": {
        "series": Option(kind="series", required=True),
        "columns": Option(kind="columns", required=True),
    },
    "stack": {
        "parts": Option(kind="facts"),
        "rows": Option(
            kind="rows",
            members={
                "label": _REQUIRED_PHRASE,
                "parts": Option(kind="facts", required=True),
                "total": _FACT,
                "comparison": _PHRASE,
                "apart": _FLAG,
            },
        ),
        "highlight": Option(kind="facts"),
        "planned": Option(kind="facts"),
        "pale": Option(kind="facts"),
        "total": Option(kind="fact"),
        "comparison": _PHRASE,
        "rounded_to": _AMOUNT,
    },
    "areas": {
        "rows": _rows(
            "width",
            "area",
            label=_REQUIRED_PHRASE,
            width=_FACT,
            height=_FACT,
            area=_FACT,
            part=_FACT,
            emphasis=_FLAG,
            claimed=_FLAG,
        ),
    },
    "organisation": {
        "root": Option(kind="node", required=True, members=_NODE),
        "nodes": Option(kind="nodes", required=True, members=_NODE),
        "from_label": _PHRASE,
        "to_label": _PHRASE,
        "then_label": _PHRASE,
    },
    "flows": {
        "links": Option(
            kind="links",
            required=True,
            members={"from": _REQUIRED_NAME, "to": _REQUIRED_NAME, "fact": _REQUIRED_FACT, "label": _PHRASE, "planned": _FLAG},
        ),
    },
    "line": {
        **_OVER_TIME,
        "comparison": _PHRASE,
        "end_label": _PHRASE,
        "start_label": _PHRASE,
        "known_label": _PHRASE,
        "expected_label": _PHRASE,
        "expected": _REFERENCES,
        "zero": _FLAG,
        "share_of": Option(kind="column"),
        "carried": Option(kind="columns"),
        "carried_label": _PHRASE,
        "whole_label": _PHRASE,
        "rounded_to": _AMOUNT,
    },
    "area": {**_OVER_TIME, "comparison": _PHRASE, "highlight_note": _PHRASE, "rounded_to": _AMOUNT},
    "stacked_area": {**_OVER_TIME, "share": _FLAG},
    "small_multiples": _OVER_TIME,
    "grouped_bars": {**_OVER_TIME, **_BARS, "labels": _ROW_NAMES, "comparison": _PHRASE},
    "stacked_bars": {**_OVER_TIME, **_BARS, "share": _FLAG},
    "diverging_bars": _TABLE,
    "slope": _TABLE,
    "dumbbell": {**_TABLE, "zero": _FLAG},
    "scatter": _TABLE,
    "histogram": {"series": _SERIES, "columns": _COLUMNS},
    "heatmap": _TABLE,
    "dated_bars": {
        "series": _SERIES,
        "columns": _COLUMNS,
        "labels": _ROW_NAMES,
        "highlight": _ROW_NAMES,
        "planned": _ROW_NAMES,
    },
    "waterfall": {"series": _SERIES, "columns": _COLUMNS, "totals": _ROW_NAMES},
    "range_outcome": {"series": _SERIES, "columns": _COLUMNS, "zero": _FLAG},
    "waffle": _TABLE,
    "tile_map": {**_TABLE, "labels": _ROW_NAMES, "grid": Option(kind="columns", required=True)},
    "bar_table": _TABLE,
    "timeline": {
        "events": Option(kind="events", required=True, unless="lanes"),
        "lanes": Option(
            kind="lanes",
            members={
                "label": _REQUIRED_PHRASE,
                "events": Option(kind="events", required=True),
                "minor": Option(kind="events"),
                "context": _FLAG,
            },
        ),
        "highlight": Option(kind="events"),
        "spacing": _choice("time", "even"),
        "divider": Option(kind="divider", members={"event": Option(kind="event", required=True), "label": _PHRASE}),
    },
    "matrix": {},
    "counts": {
        "of": _choice("claims", "facts", "sources"),
        "by": Option(kind="text"),
        "split": Option(kind="text"),
        "marked": _ROW_NAMES,
        "marked_label": _PHRASE,
        "highlight": _ROW_NAMES,
        "counted": _PHRASE,
    },
}

OPTIONS: Mapping[str, Mapping[str, Option]] = {mark: {**own, "legend": _FLAG, "view": _PHRASE} for mark, own in _OWN.items()}
