"""Facts as JSON: a file per fact with all languages, their index, and a file of all facts per language.

The form is stable: VERSION counts up when a key changes its meaning or is removed; keys may be added at any time. The JSON
Schema is published with the files. Numbers are decimal strings, with all digits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from ..markup.json_text import json_around, json_rows, json_text
from ..model import addresses
from ..model.languages import Phrase
from ..model.machine_values import exact_period, exact_value
from ..model.periods import Period
from ..model.report import Edition, Fact, Name
from ..model.sources import Evidence, StoredCopy
from ..model.units import Unit
from ..model.values import Value
from ..pages.formula_text import formula_text
from ..records.struct import Struct
from ..wording.citations import FORMATS, fact_reference, plain
from ..wording.formatting import SHORT
from ..wording.texts import Texts
from .api_schema import VERSION, fact_schema
from .zip_parts import Part, part, separated

INDEX = "api/index.json"
Json = dict[str, object]


class FactMentions(Struct, frozen=True):
    """Where a fact appears: pages, claims it settles (id, verdict), charts that draw it, judgments on it (id, page)."""

    pages: tuple[str, ...] = ()
    claims: tuple[tuple[str, str], ...] = ()
    charts: tuple[str, ...] = ()
    judgments: tuple[tuple[str, str], ...] = ()


def mentions(edition: Edition, pages: Mapping[str, Sequence[str]]) -> dict[str, FactMentions]:
    """Where every fact appears; `pages` has the names of the pages that use a fact."""
    claims: dict[str, list[tuple[str, str]]] = {}
    charts: dict[str, list[str]] = {}
    judgments: dict[str, list[tuple[str, str]]] = {}
    for claim in edition.claims.values():
        for key in dict.fromkeys(claim.settled_by):
            claims.setdefault(key, []).append((claim.id, claim.verdict))
    for chart in edition.charts.values():
        for key in dict.fromkeys(chart.facts):
            charts.setdefault(key, []).append(chart.id)
    for judgment in edition.judgments.values():
        for key in judgment.rests_on:
            judgments.setdefault(key, []).append((judgment.id, judgment.page))
    return {
        key: FactMentions(
            pages=tuple(pages.get(key, ())),
            claims=tuple(claims.get(key, ())),
            charts=tuple(charts.get(key, ())),
            judgments=tuple(judgments.get(key, ())),
        )
        for key in edition.facts
    }


def schema_file(languages: Sequence[Texts]) -> tuple[str, str]:
    """Address and content of the JSON Schema of the files of facts."""
    return "api/fact.schema.json", json_text(fact_schema([texts.language.code for texts in languages]))


def fact_file(fact: Fact, languages: Sequence[Texts], mentions: FactMentions) -> tuple[str, str]:
    """Address and content of a fact's file; `languages` are the texts of all languages."""
    return f"api/facts/{fact.id}.json", json_text(record(fact, languages, mentions))


def language_rows(texts: Texts, facts: Iterable[Fact]) -> str:
    """Some facts in one language as rows of `facts_of_language`."""
    return json_rows([_row(fact, texts) for fact in facts])


def facts_of_language(texts: Texts, rows: Iterable[Part]) -> list[Part]:
    """All facts in one language as JSON, published as <language>/facts.json; `rows` are of `language_rows`."""
    report, code = texts.edition.report, texts.language.code
    content: Json = {"version": VERSION, "title": report.title[code], "language": code, "as_of": report.as_of.text}
    return _with_facts(content, rows)


def index_rows(languages: Sequence[Texts], facts: Iterable[Fact]) -> str:
    """Some facts as rows of the `index`."""
    return json_rows(
        [
            {
                "id": fact.id,
                "href": f"facts/{fact.id}.json",
                "topic": fact.topic,
                "status": fact.status,
                "unit": fact.unit.id,
                "label": {texts.language.code: texts.label(fact) for texts in languages},
            }
            for fact in facts
        ]
    )


def index(languages: Sequence[Texts], rows: Iterable[Part]) -> list[Part]:
    """The index as JSON: facts with the addresses of their files (`index_rows`), the package, and the files of all facts."""
    report = languages[0].edition.report
    content: Json = {
        "version": VERSION,
        "schema": "fact.schema.json",
        "title": dict(report.title.texts),
        "as_of": report.as_of.text,
        "home": report.site_url,
        "licence": report.licence.url if report.licence else None,
        "package": "../data/datapackage.json",
        "tables": {texts.language.code: f"../{texts.language.code}/facts.json" for texts in languages},
    }
    return _with_facts(content, rows)


def _with_facts(content: Json, rows: Iterable[Part]) -> list[Part]:
    written = [one for one in rows if one.size]
    if not written:
        return [part(json_text({**content, "facts": []}))]
    before, after = json_around(content, "facts")
    return [part(before), *separated(written, ",\n"), part(after)]


def record(fact: Fact, languages: Sequence[Texts], mentions: FactMentions) -> Json:
    """Everything about one fact; links are relative to its file."""
    return {
        "version": VERSION,
        "id": fact.id,
        "value": exact_value(fact.value),
        "unit": _unit(fact.unit),
        "period": exact_period(fact.period) if fact.period else None,
        "as_of": exact_period(fact.as_of) if fact.as_of else None,
        "status": fact.status,
        "review": fact.review,
        "reviewed": _sign_off(fact),
        "topic": fact.topic,
        "entity": {"id": fact.entity.id, "type": fact.entity.type} if fact.entity else None,
        "words": {texts.language.code: _words(fact, texts) for texts in languages},
        "evidence": [_evidence(evidence) for evidence in fact.evidence],
        "formula": fact.formula or None,
        "inputs": [{"id": key, "href": f"{key}.json"} for key in fact.inputs],
        "rivals": [
            {
                "value": exact_value(rival.value),
                "words": _value_by_language(rival.value, fact.unit, languages),
                "reason": _phrase_by_language(rival.reason, fact, languages),
                "evidence": [_evidence(evidence) for evidence in rival.evidence],
            }
            for rival in fact.rivals
        ],
        "history": [
            {
                "value": exact_value(change.value),
                "as_of": exact_period(change.as_of),
                "kind": change.kind,
                "words": _value_by_language(change.value, fact.unit, languages),
                "reason": _phrase_by_language(change.reason, fact, languages),
                "source": change.source.id if change.source else None,
            }
            for change in fact.history
        ],
        "forecast": _forecast(fact),
        "claims": [{"id": key, "verdict": verdict} for key, verdict in mentions.claims],
        "pages": list(mentions.pages),
        "charts": list(mentions.charts),
        "judgments": [
            {"id": key, "links": {texts.language.code: _judgment_link(key, page, texts) for texts in languages}}
            for key, page in mentions.judgments
        ],
        "links": {texts.language.code: _links(fact, texts) for texts in languages},
        "index": "../index.json",
    }


def _forecast(fact: Fact) -> Json | None:
    forecast = fact.forecast
    if forecast is None:
        return None
    return {"due": exact_period(forecast.due), "outcome": forecast.outcome or None, "resolution": forecast.resolution}


def _unit(unit: Unit) -> Json:
    return {
        "id": unit.id,
        "dimension": dict(unit.dimension),
        "size": f"{unit.size:f}",
        "currency": unit.currency or None,
        "percent": unit.percent,
    }


def _words(fact: Fact, texts: Texts) -> Json:
    word = texts.language.word
    return {
        "label": texts.label(fact),
        "value": texts.value(fact),
        "value_short": texts.value(fact, SHORT),
        "period": texts.word_period(fact.period) if fact.period else None,
        "as_of": texts.word_period(fact.as_of) if fact.as_of else None,
        "status": word(f"status.{fact.status}"),
        "topic": word(f"topic.{fact.topic}"),
        "entity": texts.name(fact.entity.id) if fact.entity else None,
        "note": texts.fill(fact.note, fact) if fact.note else None,
        "items": [texts.name(item.id) if isinstance(item, Name) else texts.fill(item) for item in fact.items],
        "working": formula_text(texts, fact.formula) or None,
        "citation": plain(texts, fact_reference(texts, fact)),
        "preferred_because": texts.fill(fact.preferred_because, fact) if fact.preferred_because else None,
    }


def _evidence(evidence: Evidence) -> Json:
    source = evidence.source
    return {
        "source": source.id,
        "publisher": source.publisher,
        "title": source.title,
        "date": source.date.text if source.date else None,
        "url": source.url or None,
        "language": source.language,
        "read": source.read,
        "independent": source.independent,
        "accessed": exact_period(source.accessed) if source.accessed else None,
        "archived": _stored_copy(source.archived),
        "quote": evidence.shown_quote or None,
        "at": dict(evidence.at.texts) if evidence.at else None,
    }


def _stored_copy(copy: StoredCopy | None) -> Json | None:
    return {"url": copy.url, "on": exact_period(copy.on)} if copy else None


def _sign_off(fact: Fact) -> Json | None:
    """Who found the present value right, and when."""
    return {"on": exact_period(fact.reviewed.on), "by": fact.reviewed.by} if fact.reviewed else None


def _links(fact: Fact, texts: Texts) -> Json:
    home = f"../../{texts.language.code}/"
    cite = {ending: f"{home}cite/facts/{fact.id}.{ending}" for ending in FORMATS}
    return {"page": home + texts.edition.fact_address(fact.id), "cite": cite}


def _judgment_link(key: str, page: str, texts: Texts) -> str:
    """The address of a judgment on the page that owns it."""
    return f"../../{texts.language.code}/{addresses.judgment(key, page)}"


def _row(fact: Fact, texts: Texts) -> Json:
    code = texts.language.code
    return {
        "id": fact.id,
        "words": _words(fact, texts),
        "value": exact_value(fact.value),
        "unit": fact.unit.id,
        "period": exact_period(fact.period) if fact.period else None,
        "as_of": exact_period(fact.as_of) if fact.as_of else None,
        "status": fact.status,
        "topic": fact.topic,
        "formula": fact.formula or None,
        "sources": [
            {
                "source": evidence.source.id,
                "publisher": evidence.source.publisher,
                "title": evidence.source.title,
                "url": evidence.source.url or None,
                "at": evidence.at[code] if evidence.at else None,
                "quote": evidence.shown_quote or None,
            }
            for evidence in fact.evidence
        ],
        "page": texts.edition.fact_address(fact.id),
        "api": f"../api/facts/{fact.id}.json",
    }


def _by_language(languages: Sequence[Texts], text: Callable[[Texts], str]) -> dict[str, str]:
    return {texts.language.code: text(texts) for texts in languages}


def _value_by_language(value: Value | Period, unit: Unit, languages: Sequence[Texts]) -> dict[str, str]:
    return _by_language(languages, lambda texts: texts.word_value(value, unit))


def _phrase_by_language(phrase: Phrase, fact: Fact, languages: Sequence[Texts]) -> dict[str, str]:
    return _by_language(languages, lambda texts: texts.fill(phrase, fact))
