"""The records of the entries in data/: which keys each kind has, which of them are required, and what may stand there."""

from __future__ import annotations

from decimal import Decimal

from ..diagnostics.finding import Clause
from ..model.code_lists import (
    BASES,
    CHANGES,
    DIRECTIONS,
    ESTIMATES,
    LEVELS,
    RELATIONS,
    RESOLUTIONS,
    RETIRED_KINDS,
    REVIEWS,
    STANCES,
    STATUSES,
    VERDICTS,
)
from .chart_record import CHART
from .field_types import CONDITIONS, FISCAL_YEAR, FORMULA, ID, LOCALIZED, PERIOD, TEXT, VALUE, ref, refs
from .localized_validators import LocalizedPlurals
from .record_validators import Either, Field, ListOf, MapOf, Record
from .source_record import EVIDENCE, EVIDENCE_OR_NONE, SOURCE
from .table_record import TABLE
from .validators import Boolean, Choice, Number, Text

CELL = Record(
    {
        "series": Field(ref("series"), required=True),
        "column": Field(TEXT, required=True),
        "at": Field(TEXT, required=True),
    },
    what="place-in-a-series",
    elsewhere=("vintage",),
)
CHANGE = Record(
    {
        "value": Field(VALUE, required=True),
        "as_of": Field(PERIOD, required=True),
        "kind": Field(Choice(CHANGES), required=True),
        "reason": Field(LOCALIZED, required=True),
        "source": Field(ref("sources")),
        "until": Field(PERIOD),
    },
    what="change",
)
RIVAL = Record(
    {
        "value": Field(VALUE, required=True),
        "reason": Field(LOCALIZED, required=True),
        "evidence": Field(EVIDENCE, required=True),
    },
    what="rival-value",
)
REVIEWED = Record(
    {
        "on": Field(PERIOD, required=True),
        "by": Field(TEXT, required=True),
        "value": Field(VALUE, required=True),
    },
    what="sign-off",
)
FORECAST = Record(
    {
        "due": Field(PERIOD, required=True),
        "outcome": Field(ref("facts")),
        "resolution": Field(Choice(RESOLUTIONS), required=True),
        "reason": Field(LOCALIZED),
    },
    what="forecast",
)
DIGITS = Number(Clause("whole-number-to", {"least": "1", "most": "15"}), least=Decimal(1), most=Decimal(15), whole=True)
FACT = Record(
    {
        "label": Field(LOCALIZED, required=True, hint="label: {…}"),
        "short": Field(LOCALIZED),
        "value": Field(VALUE),
        "from": Field(CELL),
        "formula": Field(FORMULA),
        "digits": Field(DIGITS),
        "unit": Field(ref("units"), required=True, hint="unit: USD"),
        "period": Field(PERIOD),
        "as_of": Field(PERIOD),
        "entity": Field(ref("names")),
        "status": Field(Choice(STATUSES), required=True, hint="status: observed"),
        "review": Field(Choice(REVIEWS), required=True, hint="review: durable"),
        "reviewed": Field(REVIEWED),
        "evidence": Field(EVIDENCE),
        "note": Field(LOCALIZED),
        "items": Field(ListOf(Either(ref("names"), LOCALIZED))),
        "rivals": Field(ListOf(RIVAL)),
        "preferred_because": Field(LOCALIZED),
        "history": Field(ListOf(CHANGE)),
        "forecast": Field(FORECAST),
        "aliases": Field(ListOf(Text(pattern=ID, expected=Clause("page-name")))),
        "plausible": Field(TEXT),
        "draft": Field(Boolean()),
    },
    what="fact",
)
CLAIM = Record(
    {
        "text": Field(LOCALIZED, required=True, hint="text: {…}"),
        "source": Field(ref("sources"), required=True, hint="source: survey_2025"),
        "at": Field(TEXT, required=True, hint='at: "2.1"'),
        "also_at": Field(ListOf(TEXT)),
        "as_written": Field(TEXT),
        "entity": Field(ref("names")),
        "stance": Field(Choice(STANCES), required=True, hint="stance: reported"),
        "claimed": Field(VALUE),
        "unit": Field(ref("units")),
        "period": Field(PERIOD),
        "verdict": Field(Choice(VERDICTS), required=True, hint="verdict: unverified"),
        "basis": Field(Choice(BASES)),
        "settled_by": Field(refs("facts")),
        "reason": Field(LOCALIZED, required=True, hint="reason: {…}"),
        "since": Field(refs("events")),
        "evidence": Field(EVIDENCE_OR_NONE),
        "plausible": Field(TEXT),
        "draft": Field(Boolean()),
    },
    what="claim",
)
EVENT = Record(
    {
        "date": Field(PERIOD, required=True, hint="date: 2025-08-30"),
        "title": Field(LOCALIZED, required=True, hint="title: {…}"),
        "text": Field(LOCALIZED),
        "entity": Field(ref("names")),
        "section": Field(TEXT, required=True, hint="section: index"),
        "sources": Field(refs("sources")),
        "after_article": Field(Boolean()),
        "plausible": Field(TEXT),
        "draft": Field(Boolean()),
    },
    what="event",
)
NAME = Record(
    {
        "type": Field(TEXT, required=True, hint="type: organisation"),
        "name": Field(LOCALIZED, required=True, hint="name: {…}"),
        "short": Field(LOCALIZED),
        "role": Field(LOCALIZED),
        "note": Field(LOCALIZED),
        "fiscal_year": Field(FISCAL_YEAR),
        "draft": Field(Boolean()),
    },
    what="name",
)
TERM = Record(
    {
        "term": Field(LOCALIZED, required=True, hint="term: {…}"),
        "definition": Field(LOCALIZED, required=True, hint="definition: {…}"),
        "plausible": Field(TEXT),
        "draft": Field(Boolean()),
    },
    what="term",
)
RISK = Record(
    {
        "title": Field(LOCALIZED, required=True, hint="title: {…}"),
        "text": Field(LOCALIZED, required=True, hint="text: {…}"),
        "likelihood": Field(Choice(LEVELS), required=True, hint="likelihood: medium"),
        "impact": Field(Choice(LEVELS), required=True, hint="impact: medium"),
        "direction": Field(Choice(DIRECTIONS), required=True, hint="direction: steady"),
        "facts": Field(refs("facts")),
        "claims": Field(refs("claims")),
        "events": Field(refs("events")),
        "plausible": Field(TEXT),
        "draft": Field(Boolean()),
    },
    what="risk",
)
CHECK = Record(
    {
        "text": Field(LOCALIZED, required=True, hint="text: {…}"),
        "test": Field(FORMULA, required=True, hint='test: "a + b <= c"'),
        "expect": Field(Boolean(), required=True, hint="expect: true"),
        "relation": Field(Choice(RELATIONS), required=True, hint="relation: holds"),
        "facts": Field(refs("facts")),
        "claims": Field(refs("claims")),
        "sources": Field(refs("sources")),
        "plausible": Field(TEXT),
        "draft": Field(Boolean()),
    },
    what="check",
)
RETIRED = Record(
    {
        "kind": Field(Choice(RETIRED_KINDS)),
        "label": Field(LOCALIZED, required=True, hint="label: {…}"),
        "reason": Field(LOCALIZED, required=True, hint="reason: {…}"),
        "instead": Field(TEXT),
        "plausible": Field(TEXT),
    },
    what="retired-entry",
    ids=r"[A-Za-z][A-Za-z0-9_/-]{0,99}",
)
JUDGMENT = Record(
    {
        "text": Field(LOCALIZED, required=True, hint="text: {…}"),
        "page": Field(TEXT, required=True, hint="page: index"),
        "rests_on": Field(refs("facts")),
        "holds_while": Field(CONDITIONS),
        "changes_if": Field(LOCALIZED, required=True, hint="changes_if: {…}"),
        "as_of": Field(PERIOD, required=True, hint="as_of: 2025-06-30"),
        "plausible": Field(TEXT),
        "draft": Field(Boolean()),
    },
    what="judgment",
)
COLUMN = Record(
    {
        "label": Field(LOCALIZED),
        "unit": Field(ref("units")),
        "status": Field(Choice(STATUSES)),
        "estimate_of": Field(TEXT),
        "estimate": Field(Choice(ESTIMATES)),
    },
    what="column",
)
SERIES = Record(
    {
        "label": Field(LOCALIZED, required=True, hint="label: {…}"),
        "key": Field(TEXT, required=True, hint="key: year"),
        "topic": Field(TEXT),
        "columns": Field(MapOf(COLUMN), required=True, hint="columns: {…}"),
        "note": Field(LOCALIZED),
        "sources": Field(refs("sources")),
        "entity": Field(ref("names")),
        "table": Field(TABLE),
        "plausible": Field(TEXT),
        "draft": Field(Boolean()),
    },
    what="series",
)
PATTERNS = LocalizedPlurals()
POSITIVE = Number(Clause("positive-number"), least=Decimal("1e-99"))
POWER = Number(Clause("power"), least=Decimal(-9), most=Decimal(9), whole=True)
RUNG = Record(
    {
        "from": Field(POSITIVE),
        "icu": Field(Text(pattern=r"[a-z][a-z0-9-]{0,99}", expected=Clause("icu-unit"))),
        "pattern": Field(PATTERNS),
        "short": Field(PATTERNS),
    },
    what="step-of-a-ladder",
)
UNIT = Record(
    {
        "dimension": Field(MapOf(POWER), required=True, hint="dimension: {people: 1}"),
        "size": Field(POSITIVE),
        "currency": Field(Text(pattern="[A-Z]{3}", expected=Clause("currency"))),
        "percent": Field(Boolean()),
        "compact": Field(Boolean()),
        "ladder": Field(ListOf(RUNG)),
    },
    what="unit",
    ids=r"[A-Za-z][A-Za-z0-9_]{0,99}",
)


def interface_word(languages: tuple[str, ...]) -> Record:
    """The record of an entry of data/words.yml: one text for each language that does not take it from elsewhere."""
    return Record({code: Field(Text(blank=True)) for code in languages}, what="word", ids=r"[a-z][a-z0-9_.]{0,99}")


SINGLE_FILES = {  # data/<kind>.yml
    "units": UNIT,
    "sources": SOURCE,
    "names": NAME,
    "events": EVENT,
    "series": SERIES,
    "risks": RISK,
    "checks": CHECK,
    "terms": TERM,
    "judgments": JUDGMENT,
    "retired": RETIRED,
}
REQUIRED_FILES = ("sources",)
FOLDERS = {"facts": FACT, "claims": CLAIM, "charts": CHART}  # data/<kind>/*.yml
