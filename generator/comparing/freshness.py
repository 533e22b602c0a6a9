"""What of a report is due: facts and forecasts past their days, and sources that no longer answer as they did, as sections."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

from ..checks.source_answers import ALIVE, KINDS, SourceAnswer
from ..diagnostics.finding import tool_message
from ..model.freshness import awaits_resolution, facts_due_for_review
from ..model.report import Edition
from ..records.struct import asdict
from ..wording.texts import Texts
from .sections import Item, Line, Section
from .word_marks import KEPT, Marked


def freshness_sections(
    edition: Edition, answers: Mapping[str, SourceAnswer], today: date, language: str
) -> tuple[list[str], list[Section]]:
    """A headline, and what is due today in the tool's language; sources that are alive are only counted."""
    say, texts = partial(tool_message, language=language), Texts(edition, edition.report.default)
    found = [
        Section(
            key="facts",
            title=say("freshness-facts"),
            items=tuple(
                Item(
                    id=fact.id, name=texts.label(fact), what=say("freshness-by", day=str(by)), lines=_sources(edition, fact.id)
                )
                for fact, by in facts_due_for_review(edition, today)
            ),
        ),
        Section(
            key="forecasts",
            title=say("freshness-forecasts"),
            items=tuple(
                Item(id=fact.id, name=texts.label(fact), what=fact.forecast.due.text)
                for fact in edition.facts.values()
                if fact.forecast is not None and awaits_resolution(fact, today)
            ),
        ),
        *_of_sources(edition, answers, language),
    ]
    sections = [section for section in found if section.items]
    head = [say("freshness-title", day=today.isoformat())]
    if not sections:
        head.append(say("freshness-nothing"))
    if answers:
        alive = sum(1 for one in answers.values() if one.kind == ALIVE)
        head.append(say("freshness-alive", count=str(alive), all=str(len(answers))))
    return head, sections


def _sources(edition: Edition, fact: str) -> tuple[Line, ...]:
    """A line for each source that a fact cites."""
    return tuple(
        Line(label=one.source.id, parts=(Marked(one.source.publisher, KEPT),), url=one.source.url)
        for one in edition.facts[fact].evidence
    )


def _of_sources(edition: Edition, answers: Mapping[str, SourceAnswer], language: str) -> list[Section]:
    say = partial(tool_message, language=language)
    cited = _cited(edition)
    items: dict[str, list[Item]] = defaultdict(list)
    for key, answer in answers.items():
        source = edition.sources[key]
        told = [Line(label=say("freshness-address"), url=source.url)]
        if answer.url:
            told.append(Line(label=say("freshness-now"), url=answer.url))
        if answer.why:
            told.append(Line(label=say("freshness-why"), parts=(Marked(say(f"freshness-{answer.why}"), KEPT),)))
        if cited.get(key):
            told.append(Line(label=say("freshness-cited"), parts=(Marked(", ".join(cited[key]), KEPT),)))
        status = f"HTTP {answer.status}, " if answer.status else ""
        what = status + say("freshness-since", day=answer.since)
        items[answer.kind].append(Item(id=key, name=f"{source.publisher}: {source.title}", what=what, lines=tuple(told)))
    return [
        Section(key=kind, title=say(f"freshness-{kind}"), items=tuple(sorted(items[kind], key=lambda item: item.id)))
        for kind in KINDS
        if kind != ALIVE
    ]


def _cited(edition: Edition) -> Mapping[str, Sequence[str]]:
    """The facts that cite each source themselves."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for fact in edition.facts.values():
        for one in fact.evidence if not fact.formula else ():
            found[one.source.id][fact.id] = None
    return {key: list(facts) for key, facts in found.items()}


def freshness_json(edition: Edition, answers: Mapping[str, SourceAnswer], today: date) -> str:
    """The same for programs, with every answer."""
    content = {
        "day": today.isoformat(),
        "facts": [{"id": fact.id, "due": str(by), "review": fact.review} for fact, by in facts_due_for_review(edition, today)],
        "forecasts": [
            {"id": fact.id, "due": fact.forecast.due.text}
            for fact in edition.facts.values()
            if fact.forecast is not None and awaits_resolution(fact, today)
        ],
        "sources": {key: {"address": edition.sources[key].url, **asdict(answer)} for key, answer in answers.items()},
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
