"""The record of a chart spec in data/charts/. Which of the options a mark takes, charts/options says."""

from __future__ import annotations

from decimal import Decimal

from ..diagnostics.finding import Clause
from .field_types import CONDITIONS, LOCALIZED, TEXT, ref, refs
from .record_validators import Either, Field, ListOf, Record
from .validators import Boolean, Choice, Number, Reference, Text, Validator

ROW = Record(
    {
        "fact": Field(ref("facts")),
        "claim": Field(ref("claims")),
        "label": Field(LOCALIZED),
        "emphasis": Field(Boolean()),
        "from": Field(ref("facts")),
        "to": Field(ref("facts")),
        "width": Field(ref("facts")),
        "height": Field(ref("facts")),
        "area": Field(ref("facts")),
        "claimed": Field(Boolean()),
        "plan": Field(ref("facts")),
        "parts": Field(refs("facts")),
        "part": Field(ref("facts")),
        "gap": Field(ref("facts")),
        "gap_text": Field(LOCALIZED),
        "apart": Field(Boolean()),
        "from_label": Field(LOCALIZED),
        "to_label": Field(LOCALIZED),
        "note": Field(LOCALIZED),
        "comparison": Field(LOCALIZED),
        "value": Field(LOCALIZED),
        "group": Field(LOCALIZED),
        "planned": Field(Boolean()),
        "provisional": Field(Boolean()),
        "total": Field(ref("facts")),
    },
    what="row",
)
REFERENCE = Record({"fact": Field(ref("facts"), required=True), "label": Field(LOCALIZED)}, what="reference")
LINK = Record(
    {
        "from": Field(ref("names"), required=True),
        "to": Field(ref("names"), required=True),
        "fact": Field(ref("facts"), required=True),
        "label": Field(LOCALIZED),
        "planned": Field(Boolean()),
    },
    what="link",
)
NODE = Record(
    {
        "label": Field(LOCALIZED, required=True),
        "note": Field(LOCALIZED),
        "outcome": Field(LOCALIZED),
        "then": Field(LOCALIZED),
        "emphasis": Field(Boolean()),
        "name": Field(ref("names")),
    },
    what="node",
)
LANE = Record(
    {
        "label": Field(LOCALIZED, required=True),
        "events": Field(refs("events"), required=True),
        "minor": Field(refs("events")),
        "context": Field(Boolean()),
    },
    what="lane",
)
DIVIDER = Record({"event": Field(ref("events"), required=True), "label": Field(LOCALIZED)}, what="divider")
CHART_OPTIONS: dict[str, Validator] = {
    "rows": ListOf(Either(ref("facts"), ROW), least=1),
    "scale": Choice(("linear", "log")),
    "order": Choice(("given", "value")),
    "from_label": LOCALIZED,
    "to_label": LOCALIZED,
    "part_label": LOCALIZED,
    "outcome_note": LOCALIZED,
    "claimed_note": LOCALIZED,
    "highlight_note": LOCALIZED,
    "comparison": LOCALIZED,
    "end_label": LOCALIZED,
    "carried_label": LOCALIZED,
    "whole_label": LOCALIZED,
    "start_label": LOCALIZED,
    "known_label": LOCALIZED,
    "expected_label": LOCALIZED,
    "then_label": LOCALIZED,
    "marked_label": LOCALIZED,
    "series": ref("series"),
    "then": ref("series"),
    "columns": ListOf(Reference(expected=Clause("column-name")), unique=True),
    "kind": Choice(("line", "column")),
    "highlight": ListOf(Text(), unique=True),
    "planned": ListOf(Text(), unique=True),
    "pale": refs("facts"),
    "claimed": ListOf(Text(), unique=True),
    "labels": ListOf(Text(), unique=True),
    "references": ListOf(Either(ref("facts"), REFERENCE), least=1),
    "expected": ListOf(Either(ref("facts"), REFERENCE), least=1),
    "carried": ListOf(Reference(expected=Clause("column-name")), unique=True),
    "marked": ListOf(Text(), unique=True),
    "zero": Boolean(),
    "shared_axis": Boolean(),
    "axis": Boolean(),
    "points": Boolean(),
    "values": Choice(("beside", "column")),
    "bound": Choice(("low", "high")),
    "legend": Boolean(),
    "rounded_to": Number(Clause("positive-number"), least=Decimal("1e-99")),
    "share": Boolean(),
    "share_of": Reference(expected=Clause("column-name")),
    "view": LOCALIZED,
    "direction": Choice(("horizontal", "vertical")),
    "totals": ListOf(Text(), unique=True),
    "grid": ListOf(Reference(expected=Clause("column-name")), unique=True),
    "parts": refs("facts"),
    "total": ref("facts"),
    "change": ref("facts"),
    "root": NODE,
    "nodes": ListOf(NODE),
    "links": ListOf(LINK),
    "events": refs("events"),
    "lanes": ListOf(LANE, least=1),
    "divider": DIVIDER,
    "spacing": Choice(("time", "even")),
    "of": Choice(("claims", "facts", "sources")),
    "by": TEXT,
    "split": TEXT,
    "unit_label": LOCALIZED,
    "counted": LOCALIZED,
}
CHART = Record(
    {
        "mark": Field(TEXT, required=True, hint="mark: bars"),
        "plausible": Field(TEXT),
        "draft": Field(Boolean()),
        "title": Field(LOCALIZED),
        "finding": Field(LOCALIZED),
        "holds_while": Field(CONDITIONS),
        "measure": Field(LOCALIZED),
        "note": Field(LOCALIZED),
        "cited_first": Field(refs("sources")),
        "section": Field(TEXT),
    },
    what="chart",
    more=CHART_OPTIONS,
)
