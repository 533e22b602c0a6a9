"""What readers can search for in one language: the pages and sections as the engine found them, and every fact and claim.

The theme's index of words cannot find a part of a compound in a language without spaces, and hides numbers among prose.
So the documents go out as they are, read through at each query by docs/assets/search.js.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape, unescape

from ..engines.registry import Engine
from ..model import addresses
from ..model.report import Fact
from ..wording.formatting import LONG, SHORT, TICK
from ..wording.texts import Texts

DOCUMENTS = "search/documents.js"
SCRIPT = "assets/search.js"
_TAG = re.compile(r"<[^>]*>")
_WORKER = re.compile(r"assets/javascripts/workers/search\.\w+\.min\.js")
Document = list[object]
Entry = Mapping[str, str]  # of the engine: location, title, text


def documents_script(documents: Iterable[Document]) -> str:
    """All documents of a language as a script."""
    told = {"list": addresses.page("facts"), "documents": list(documents)}
    return f"self.factloomDocuments({json.dumps(told, ensure_ascii=False, separators=(',', ':'))});\n"


def theme_index(engine: Engine, setup: Mapping[str, object], entries: Iterable[Mapping[str, object]]) -> str:
    """The theme's own index, as the engine writes it; without entries it is what the theme fetches with every page."""
    return json.dumps({"config": setup, engine.listed: list(entries)}, ensure_ascii=False, separators=(",", ":"), default=str)


def index_entries(documents: Iterable[Document]) -> Iterator[Mapping[str, object]]:
    """All documents of a language as entries of an index in which the theme looks up what our script found: texts are HTML."""
    for location, title, text, values, kind in documents:
        told = {"title": escape(str(title), quote=False), "text": escape(str(text), quote=False)}
        yield {"location": location, **told, "values": values, "kind": kind}


def index_script_path(engine: Engine) -> str:
    """What the theme loads instead of its index where a page may fetch nothing."""
    return f"{engine.index.removesuffix('json')}js"


def as_script(index: str) -> str:
    """The theme's index as a script, for pages opened from disk."""
    return f"var __index={index};\n"


def use_report_search(html: str) -> str:
    """A page whose search box asks our script instead of the theme's."""
    return _WORKER.sub(SCRIPT, html)


def page_documents(engine: Iterable[Entry]) -> Iterator[Document]:
    """The pages and sections of a language, from the engine's entries."""
    for doc in engine:
        location = doc["location"]
        if location.startswith(addresses.SHELL):
            continue
        listed = location.startswith(addresses.page("facts"))  # its rows are documents of their own
        text = "" if listed else " ".join(unescape(_TAG.sub(" ", doc["text"])).split())
        yield [location, unescape(_TAG.sub("", doc["title"])), text, [], "section" if "#" in location else "page"]


def claim_documents(texts: Texts) -> Iterator[Document]:
    """Every claim with its verdict."""
    word = texts.language.word
    for claim in texts.edition.claims.values():
        text = f"{word(f'verdict.{claim.verdict}')} · {texts.fill(claim.reason, claim)}"
        yield [addresses.claim(claim.id), texts.fill(claim.text, claim), text, [], "section"]


def term_documents(texts: Texts) -> Iterator[Document]:
    """What is explained, where the report has a page for it."""
    if "glossary" in texts.edition.report.pages:
        for term in texts.edition.terms.values():
            yield [addresses.term(term.id), texts.fill(term.term), texts.fill(term.definition), [], "section"]


def fact_document(texts: Texts, fact: Fact) -> Document:
    """A fact with its value in every form that somebody may type."""
    forms = dict.fromkeys([texts.value(fact, SHORT), *(texts.value(fact, form) for form in (LONG, TICK))])
    plain = texts.value(fact, bare=True)
    title = texts.language.word("text.titled").replace("{0}", texts.label(fact)).replace("{1}", next(iter(forms)))
    return [addresses.fact(fact.id), title, _about(texts, fact), [*forms, plain], "fact"]


def _about(texts: Texts, fact: Fact) -> str:
    """A fact in a line: status, dates, whom it is about, who said it."""
    word = texts.language.word
    parts = [word(f"status.{fact.status}"), word(f"topic.{fact.topic}")]
    parts += [texts.word_period(one) for one in dict.fromkeys((fact.period, fact.as_of)) if one]
    if fact.entity:
        parts.append(texts.name(fact.entity.id))
    parts += dict.fromkeys(one.source.publisher for one in fact.evidence)
    return " · ".join(parts)
