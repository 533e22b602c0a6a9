"""The search index of one language: pages and sections as the site engine lists them, every fact, claim and term.

The theme's index of words cannot find a part of a compound in a language without spaces, nor a number in prose. So the
documents are published as they are, and docs/assets/search.js scans all of them at each query.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape, unescape
from itertools import chain

from ..engines.registry import Engine
from ..model import addresses
from ..model.report import Fact
from ..wording.formatting import LONG, SHORT, TICK
from ..wording.texts import Texts

FACT_LIST = "facts"  # the page whose rows are documents themselves: its text is not searched
DOCUMENTS = "search/documents.js"
SCRIPT = "assets/search.js"
_BEFORE_SIGN = re.compile(r" (?=[.,。、）)])")  # what an element that is left out leaves
_TAG = re.compile(r"<[^>]*>")
_WORKER = re.compile(r"assets/javascripts/workers/search\.\w+\.min\.js")
# address, title, text, values in all forms, kind (page, section, fact, claim, name, term), address of the page that tells of it
Document = list[object]
Entry = Mapping[str, str]  # of the engine's index: location, title, text


def documents_json(documents: Iterable[Document]) -> str:
    """Documents as members of a JSON array, without the brackets around them."""
    return json.dumps(list(documents), ensure_ascii=False, separators=(",", ":"))[1:-1]


def documents_script(parts: Iterable[str]) -> str:
    """All documents of a language as a script that hands them to search.js, from the JSON of some each (`documents_json`)."""
    place = json.dumps(addresses.page(FACT_LIST))
    return f'self.factloomDocuments({{"list":{place},"documents":[{",".join(filter(None, parts))}]}});\n'


def theme_index(engine: Engine, setup: Mapping[str, object], entries: Iterable[Mapping[str, object]]) -> str:
    """The theme's index in the format of the engine; an empty one is enough where search.js answers."""
    return json.dumps({"config": setup, engine.listed: list(entries)}, ensure_ascii=False, separators=(",", ":"), default=str)


def index_entries(parts: Iterable[str]) -> Iterator[Mapping[str, object]]:
    """All documents of a language as entries of the theme's index, in which it looks up results; title and text are HTML."""
    for location, title, text, values, kind, *page in chain.from_iterable(json.loads(f"[{part}]") for part in parts):
        html = {"title": escape(str(title), quote=False), "text": escape(str(text), quote=False)}
        yield {"location": location, **html, "values": values, "kind": kind, **({"page": page[0]} if page else {})}


def index_script_path(engine: Engine) -> str:
    """The address of the script that the theme loads instead of its index for a page opened from disk."""
    return f"{engine.index.removesuffix('json')}js"


def as_script(index: str) -> str:
    """An index as that script."""
    return f"var __index={index};\n"


def use_report_search(html: str) -> str:
    """A page with search.js as its search worker instead of the theme's."""
    return _WORKER.sub(SCRIPT, html)


def page_documents(entries: Iterable[Entry]) -> Iterator[Document]:
    """The pages and sections of a language, from the entries of the engine's index."""
    for entry in entries:
        location = entry["location"]
        if location.startswith(addresses.SHELL):
            continue
        listed = location.startswith(addresses.page(FACT_LIST))
        text = "" if listed else _BEFORE_SIGN.sub("", " ".join(unescape(_TAG.sub(" ", entry["text"])).split()))
        yield [location, unescape(_TAG.sub("", entry["title"])), text, [], "section" if "#" in location else "page"]


def claim_documents(texts: Texts) -> Iterator[Document]:
    """Every claim with its verdict, if the report has the page of the fact check."""
    word = texts.language.word
    for claim in texts.edition.claims.values() if "fact-check" in texts.edition.report.pages else ():
        text = f"{word(f'verdict.{claim.verdict}')} · {texts.fill(claim.reason, claim)}"
        yield [addresses.claim(claim.id), texts.fill(claim.text, claim), text, [], "claim", *_story(texts, claim.section)]


def term_documents(texts: Texts) -> Iterator[Document]:
    """Every term of the glossary, if the report has that page."""
    if "glossary" in texts.edition.report.pages:
        for term in texts.edition.terms.values():
            yield [addresses.term(term.id), texts.fill(term.term), texts.fill(term.definition), [_words(term.id)], "term"]


def name_documents(texts: Texts) -> Iterator[Document]:
    """Every person, organisation and other name with its role, if the report has the page of names."""
    for name in texts.edition.names.values() if "people" in texts.edition.report.pages else ():
        role = texts.fill(name.role) if name.role else texts.language.word(f"type.{name.type}")
        yield [addresses.name(name.id), texts.fill(name.name), role, [], "name"]


def fact_document(texts: Texts, fact: Fact) -> Document:
    """A fact, with its value in every form that a reader may type."""
    forms = dict.fromkeys([texts.value(fact, SHORT), *(texts.value(fact, form) for form in (LONG, TICK))])
    plain = texts.value(fact, bare=True)
    title = texts.titled(texts.label(fact), next(iter(forms)))
    values = [*forms, plain, _words(fact.id)]
    return [texts.edition.fact_address(fact.id), title, _summary(texts, fact), values, "fact", *_story(texts, fact.topic)]


def _words(key: str) -> str:
    """An id as words that somebody may type, such as "capex"."""
    return key.replace("_", " ")


def _story(texts: Texts, section: str) -> tuple[str, ...]:
    """The address of the page that tells of a section's facts and claims, if the report has it."""
    return (addresses.page(section),) if section in texts.edition.report.pages else ()


def _summary(texts: Texts, fact: Fact) -> str:
    """A fact in a line: status, topic, dates, entity, publishers of its sources."""
    word = texts.language.word
    parts = [word(f"status.{fact.status}"), word(f"topic.{fact.topic}")]
    parts += [texts.word_period(period) for period in dict.fromkeys((fact.period, fact.as_of)) if period]
    if fact.entity:
        parts.append(texts.name(fact.entity.id))
    parts += dict.fromkeys(evidence.source.publisher for evidence in fact.evidence)
    return " · ".join(parts)
