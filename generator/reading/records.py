"""The one description of what may be written in data/: keys, shapes, what is required. Reading and the schemas use it."""

from __future__ import annotations

from decimal import Decimal

from ..diagnostics.finding import Clause
from ..model import report
from .validators import (
    Either,
    Field,
    ListOf,
    Mapped,
    Number,
    OneOf,
    PeriodShape,
    Plurals,
    Quantity,
    Record,
    Ref,
    Shape,
    Text,
    Truth,
    Words,
)

TEXT = Text()
WORDS = Words()
ID = r"[a-z][a-z0-9_]*"
PERIOD = PeriodShape()
VALUE = Quantity()


def ref(kind: str) -> Ref:
    """The id of an entry of some kind."""
    return Ref(kind=kind, expected=Clause("id-of", {"kind": kind}))


def refs(kind: str) -> ListOf:
    """Several of them."""
    return ListOf(ref(kind), expected=Clause("ids-of", {"kind": kind}), unique=True)


EVIDENCE_ITEM = Record(
    {
        "source": Field(ref("sources"), required=True),
        "at": Field(Words(plain=True)),
    },
    what="piece-of-evidence",
)
EVIDENCE = ListOf(EVIDENCE_ITEM, least=1, expected=Clause("evidence-list"))
EVIDENCE_OR_NONE = ListOf(EVIDENCE_ITEM, expected=Clause("evidence-list"))
CELL = Record(
    {
        "series": Field(ref("series"), required=True),
        "column": Field(TEXT, required=True),
        "at": Field(TEXT, required=True),
    },
    what="place-in-a-series",
)
CHANGE = Record(
    {
        "value": Field(VALUE, required=True),
        "as_of": Field(PERIOD, required=True),
        "kind": Field(OneOf(report.CHANGES), required=True),
        "reason": Field(WORDS, required=True),
        "source": Field(ref("sources")),
        "until": Field(PERIOD),
    },
    what="change",
)
RIVAL = Record(
    {
        "value": Field(VALUE, required=True),
        "reason": Field(WORDS, required=True),
        "evidence": Field(EVIDENCE, required=True),
    },
    what="rival-value",
)
FORECAST = Record(
    {
        "due": Field(PERIOD, required=True),
        "outcome": Field(ref("facts")),
        "resolution": Field(OneOf(report.RESOLUTIONS), required=True),
        "reason": Field(WORDS),
    },
    what="forecast",
)
DIGITS = Number(Clause("whole-number-to", {"least": "1", "most": "15"}), least=Decimal(1), most=Decimal(15), whole=True)
FACT = Record(
    {
        "label": Field(WORDS, required=True, hint="label: {…}"),
        "short": Field(WORDS),
        "value": Field(VALUE),
        "from": Field(CELL),
        "formula": Field(TEXT),
        "digits": Field(DIGITS),
        "unit": Field(ref("units"), required=True, hint="unit: USD"),
        "period": Field(PERIOD),
        "as_of": Field(PERIOD),
        "entity": Field(ref("names")),
        "status": Field(OneOf(report.STATUSES), required=True, hint="status: observed"),
        "review": Field(OneOf(report.REVIEWS), required=True, hint="review: durable"),
        "evidence": Field(EVIDENCE),
        "note": Field(WORDS),
        "items": Field(ListOf(Either(ref("names"), WORDS))),
        "rivals": Field(ListOf(RIVAL)),
        "preferred_because": Field(WORDS),
        "history": Field(ListOf(CHANGE)),
        "forecast": Field(FORECAST),
        "aliases": Field(ListOf(Text(pattern=ID, expected=Clause("page-name")))),
    },
    what="fact",
)
CLAIM = Record(
    {
        "text": Field(WORDS, required=True, hint="text: {…}"),
        "source": Field(ref("sources"), required=True, hint="source: survey_2025"),
        "at": Field(TEXT, required=True, hint='at: "2.1"'),
        "also_at": Field(ListOf(TEXT)),
        "as_written": Field(TEXT),
        "entity": Field(ref("names")),
        "stance": Field(OneOf(report.STANCES), required=True, hint="stance: reported"),
        "claimed": Field(VALUE),
        "unit": Field(ref("units")),
        "period": Field(PERIOD),
        "verdict": Field(OneOf(report.VERDICTS), required=True, hint="verdict: unverified"),
        "basis": Field(OneOf(report.BASES)),
        "settled_by": Field(refs("facts")),
        "reason": Field(WORDS, required=True, hint="reason: {…}"),
        "since": Field(refs("events")),
        "evidence": Field(EVIDENCE_OR_NONE),
    },
    what="claim",
)
EVENT = Record(
    {
        "date": Field(PERIOD, required=True, hint="date: 2025-08-30"),
        "title": Field(WORDS, required=True, hint="title: {…}"),
        "text": Field(WORDS),
        "entity": Field(ref("names")),
        "section": Field(TEXT, required=True, hint="section: index"),
        "sources": Field(refs("sources")),
        "after_article": Field(Truth()),
    },
    what="event",
)
SOURCE = Record(
    {
        "publisher": Field(TEXT, required=True, hint="publisher: City Survey"),
        "title": Field(TEXT, required=True, hint="title: Annual report"),
        "title_from": Field(OneOf(("page", "url", "other"))),
        "date": Field(PERIOD),
        "url": Field(Text(pattern=r"https?://\S+", expected=Clause("address"))),
        "language": Field(Text(pattern=r"[a-z]{2,3}(-[A-Za-z]+)*", expected=Clause("language-code"))),
        "read": Field(OneOf(report.READS), required=True, hint="read: excerpt"),
        "independent": Field(Truth()),
        "note": Field(WORDS),
    },
    what="source",
)
NAME = Record(
    {
        "type": Field(TEXT, required=True, hint="type: organisation"),
        "name": Field(WORDS, required=True, hint="name: {…}"),
        "short": Field(WORDS),
        "role": Field(WORDS),
        "note": Field(WORDS),
    },
    what="name",
)
TERM = Record(
    {
        "term": Field(WORDS, required=True, hint="term: {…}"),
        "definition": Field(WORDS, required=True, hint="definition: {…}"),
    },
    what="term",
)
RISK = Record(
    {
        "title": Field(WORDS, required=True, hint="title: {…}"),
        "text": Field(WORDS, required=True, hint="text: {…}"),
        "likelihood": Field(OneOf(report.LEVELS), required=True, hint="likelihood: medium"),
        "impact": Field(OneOf(report.LEVELS), required=True, hint="impact: medium"),
        "direction": Field(OneOf(report.DIRECTIONS), required=True, hint="direction: steady"),
        "facts": Field(refs("facts")),
        "claims": Field(refs("claims")),
        "events": Field(refs("events")),
    },
    what="risk",
)
CHECK = Record(
    {
        "text": Field(WORDS, required=True, hint="text: {…}"),
        "test": Field(TEXT, required=True, hint='test: "a + b <= c"'),
        "expect": Field(Truth(), required=True, hint="expect: true"),
        "relation": Field(OneOf(report.RELATIONS), required=True, hint="relation: holds"),
        "facts": Field(refs("facts")),
        "claims": Field(refs("claims")),
        "sources": Field(refs("sources")),
    },
    what="check",
)
COLUMN = Record(
    {
        "label": Field(WORDS),
        "unit": Field(ref("units")),
        "status": Field(OneOf(report.STATUSES)),
    },
    what="column",
)


SERIES = Record(
    {
        "label": Field(WORDS, required=True, hint="label: {…}"),
        "key": Field(TEXT, required=True, hint="key: year"),
        "topic": Field(TEXT),
        "columns": Field(Mapped(COLUMN), required=True, hint="columns: {…}"),
        "note": Field(WORDS),
        "sources": Field(refs("sources")),
    },
    what="series",
)
PATTERNS = Plurals()
POSITIVE = Number(Clause("positive-number"), least=Decimal("1e-99"))
DAYS = Number(Clause("whole-number-to", {"least": "1", "most": "9999"}), least=Decimal(1), most=Decimal(9999), whole=True)
POWER = Number(Clause("power"), least=Decimal(-9), most=Decimal(9), whole=True)
RUNG = Record(
    {
        "from": Field(POSITIVE),
        "icu": Field(Text(pattern=r"[a-z][a-z0-9-]*", expected=Clause("icu-unit"))),
        "pattern": Field(PATTERNS),
        "short": Field(PATTERNS),
    },
    what="step-of-a-ladder",
)
UNIT = Record(
    {
        "dimension": Field(Mapped(POWER), required=True, hint="dimension: {people: 1}"),
        "size": Field(POSITIVE),
        "currency": Field(Text(pattern="[A-Z]{3}", expected=Clause("currency"))),
        "percent": Field(Truth()),
        "compact": Field(Truth()),
        "ladder": Field(ListOf(RUNG)),
    },
    what="unit",
    ids=r"[A-Za-z][A-Za-z0-9_]*",
)
ROW = Record(
    {
        "fact": Field(ref("facts")),
        "claim": Field(ref("claims")),
        "label": Field(WORDS),
        "emphasis": Field(Truth()),
        "from": Field(ref("facts")),
        "to": Field(ref("facts")),
        "width": Field(ref("facts")),
        "height": Field(ref("facts")),
        "area": Field(ref("facts")),
        "note": Field(WORDS),
    },
    what="row",
)
LINK = Record(
    {
        "from": Field(ref("names"), required=True),
        "to": Field(ref("names"), required=True),
        "fact": Field(ref("facts"), required=True),
        "label": Field(WORDS),
    },
    what="link",
)
NODE = Record(
    {"label": Field(WORDS, required=True), "note": Field(WORDS), "name": Field(ref("names"))},
    what="node",
)
CHART_OPTIONS: dict[str, Shape] = {
    "rows": ListOf(Either(ref("facts"), ROW), least=1),
    "scale": OneOf(("linear", "log")),
    "order": OneOf(("given", "value")),
    "from_label": WORDS,
    "to_label": WORDS,
    "series": ref("series"),
    "columns": ListOf(Ref(expected=Clause("column-name")), unique=True),
    "kind": OneOf(("line", "column")),
    "parts": refs("facts"),
    "total": ref("facts"),
    "root": NODE,
    "nodes": ListOf(NODE),
    "links": ListOf(LINK),
    "events": refs("events"),
    "of": OneOf(("claims", "facts", "sources")),
    "by": TEXT,
    "split": TEXT,
    "unit_label": WORDS,
}
CHART = Record(
    {
        "mark": Field(TEXT, required=True, hint="mark: bars"),
        "title": Field(WORDS, required=True, hint="title: {…}"),
        "note": Field(WORDS),
        "section": Field(TEXT),
    },
    what="chart",
    more=CHART_OPTIONS,
)
SECTION = Text(pattern=r"[a-z][a-z0-9_-]*", expected=Clause("page-name"))
PAGE = Text(pattern=r"[a-z][a-z0-9_-]*(/[a-z][a-z0-9_-]*)*", expected=Clause("page-name"))  # a page may stand in folders
LANGUAGE = Record(
    {
        "name": Field(TEXT, required=True),
        "locale": Field(Text(pattern=r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", expected=Clause("locale")), required=True),
    },
    what="language",
)
LICENCE = Record(
    {
        "id": Field(Text(pattern=r"[A-Za-z0-9.+-]+", expected=Clause("spdx")), required=True, hint="id: CC-BY-4.0"),
        "title": Field(TEXT, required=True, hint="title: …"),
        "url": Field(Text(pattern=r"https?://\S+", expected=Clause("address")), required=True, hint="url: https://…"),
    },
    what="licence",
)
AGES = Record({review: Field(DAYS) for review in report.REVIEWS}, what="ages")
REPORT = Record(
    {
        "title": Field(WORDS, required=True, hint="title: {…}"),
        "subtitle": Field(WORDS, required=True, hint="subtitle: {…}"),
        "description": Field(WORDS, required=True, hint="description: {…}"),
        "publisher": Field(WORDS, required=True, hint="publisher: {…}"),
        "site_url": Field(Text(pattern=r"https://\S+/", expected=Clause("site-address")), required=True),
        "languages": Field(Mapped(LANGUAGE, least=1), required=True),
        "as_of": Field(PERIOD, required=True, hint="as_of: 2026-07-05"),
        "pages": Field(ListOf(PAGE, least=1, unique=True), required=True, hint="pages: [index, …]"),
        "sections": Field(ListOf(SECTION, least=1, unique=True), required=True, hint="sections: […]"),
        "places": Field(Mapped(WORDS)),
        "review": Field(AGES),
        "licence": Field(LICENCE),
        "outputs": Field(ListOf(OneOf(report.OUTPUTS), unique=True)),
    },
    what="report",
)


def words(languages: tuple[str, ...]) -> Record:
    """The record of data/words.yml: one text per language."""
    return Record({code: Field(Text(blank=True), required=True) for code in languages}, what="word", ids=r"[a-z][a-z0-9_.]*")


SINGLE = {
    "units": UNIT,
    "sources": SOURCE,
    "names": NAME,
    "events": EVENT,
    "series": SERIES,
    "risks": RISK,
    "checks": CHECK,
    "terms": TERM,
}
NEEDED = ("units", "sources")
FOLDERS = {"facts": FACT, "claims": CLAIM, "charts": CHART}
