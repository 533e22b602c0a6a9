"""JSON-LD of pages, checked against the vocabulary of schema.org in msgspec-schemaorg."""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, cast

import pytest
from sample_reports import flagship_texts, make_page, sample_context

from generator.model.languages import Phrase
from generator.pages import json_ld
from generator.pages.page import Page
from generator.records.struct import replace
from generator.wording.texts import Texts

Node = Mapping[str, Any]
models = importlib.import_module("msgspec_schemaorg.models")  # as a name of its package it cannot be imported
_EXPECTED = re.compile(r"\b(?!Optional|Union|List|None)\w+\b")
_PLAIN = {
    "str": lambda value: isinstance(value, str),
    "URL": lambda value: isinstance(value, str) and value.startswith("https://"),
    "date": lambda value: isinstance(value, str) and bool(date.fromisoformat(value)),
    "datetime": lambda value: isinstance(value, str) and bool(date.fromisoformat(value[:10])),
    "int": lambda value: isinstance(value, int),
    "float": lambda value: isinstance(value, (int, float)),
    "bool": lambda value: isinstance(value, bool),
}


def properties(kind: type) -> dict[str, str]:
    """What a type may say, with what is expected there; a type has what those above it have."""
    return {name: expected for one in reversed(kind.__mro__) for name, expected in getattr(one, "__annotations__", {}).items()}


def mistakes(node: Node) -> Iterator[str]:
    """Types and properties that the vocabulary does not have, and values it does not expect there."""
    if "@type" not in node:
        if set(node) != {"@id"}:
            yield f"no type: {node}"
        return
    kind = getattr(models, node["@type"], None)
    if kind is None:
        yield f"{node['@type']} is no type"
        return
    known = properties(kind)
    for key, value in node.items():
        if key.startswith("@"):
            continue
        if key not in known:
            yield f"{node['@type']} has no {key}"
            continue
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                yield from mistakes(one)
            if not _fits(one, known[key]):
                yield f"{node['@type']}.{key} cannot be {one}"


def _fits(value: object, expected: str) -> bool:
    kinds = _EXPECTED.findall(expected)
    if not isinstance(value, dict):
        return any(name in _PLAIN and _plain(name, value) for name in kinds)
    if "@type" not in value:  # a reference to another node
        return True
    own = getattr(models, cast("str", value["@type"]), type(None))
    return any(name in (one.__name__ for one in own.__mro__) for name in kinds)


def _plain(name: str, value: object) -> bool:
    try:
        return bool(_PLAIN[name](value))
    except ValueError:
        return False


def pages_of(texts: Texts) -> list[Page]:
    named = [make_page(name, texts) for name in texts.edition.report.pages]
    return [*named, *(make_page(f"facts/{key}", texts, facts=(key,)) for key in list(texts.edition.facts)[:3])]


def graph(texts: Texts, page: Page) -> list[dict[str, Any]]:
    html = json_ld.script(texts, page, {one.name: one.title for one in pages_of(texts)})
    match = re.fullmatch(r'<script type="application/ld\+json">(.*)</script>\n', html, re.DOTALL)
    assert match
    document = json.loads(match[1])
    assert document["@context"] == "https://schema.org"
    return cast("list[dict[str, Any]]", document["@graph"])


EVERY = (*flagship_texts(), *sample_context().texts)


@pytest.mark.parametrize(
    "texts", EVERY, ids=lambda texts: f"{texts.edition.report.publisher.texts['en']}-{texts.language.code}"
)
def test_every_page_keeps_to_the_vocabulary(texts: Texts) -> None:
    assert [(page.name, one) for page in pages_of(texts) for node in graph(texts, page) for one in mistakes(node)] == []


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        ({"@type": "Raport", "name": "a"}, "Raport is no type"),
        ({"@type": "Report", "titel": "a"}, "Report has no titel"),
        ({"@type": "Report", "dateModified": "last week"}, "Report.dateModified cannot be last week"),
        (
            {"@type": "Report", "hasPart": [{"@type": "Organization", "name": "a"}]},
            "Report.hasPart cannot be {'@type': 'Organization', 'name': 'a'}",
        ),
        ({"@type": "ClaimReview", "reviewRating": {"@type": "Rating", "stars": 5}}, "Rating has no stars"),
        ({"@type": "ListItem", "position": "first", "item": "a"}, "ListItem.item cannot be a"),
        ({"@type": "Dataset", "isAccessibleForFree": "yes"}, "Dataset.isAccessibleForFree cannot be yes"),
    ],
    ids=["type", "property", "date", "kind", "inner", "thing", "truth"],
)
def test_the_vocabulary_finds_what_is_wrong(node: Node, expected: str) -> None:
    assert list(mistakes(node)) == [expected]


@pytest.mark.parametrize("texts", flagship_texts(), ids=lambda texts: texts.language.code)
@pytest.mark.parametrize(
    ("page", "kinds"),
    [
        ("index", {"Report", "Dataset"}),
        ("costs", {"WebPage", "BreadcrumbList"}),
        ("facts", {"WebPage", "BreadcrumbList", "Dataset"}),
        ("glossary", {"WebPage", "BreadcrumbList", "DefinedTermSet"}),
        ("fact-check", {"WebPage", "BreadcrumbList", "ClaimReview"}),
    ],
)
def test_types_of_pages(texts: Texts, page: str, kinds: set[str]) -> None:
    assert {node["@type"] for node in graph(texts, make_page(page, texts))} == kinds


# What the search engines that read them ask for besides the vocabulary.
_REQUIRED = {
    "Dataset": ("name", "description", "license", "distribution"),
    "ClaimReview": ("claimReviewed", "reviewRating", "url", "author", "itemReviewed"),
    "BreadcrumbList": ("itemListElement",),
    "Report": ("headline", "datePublished", "author", "inLanguage"),
}


@pytest.mark.parametrize("texts", flagship_texts(), ids=lambda texts: texts.language.code)
def test_required_properties_of_search_engines(texts: Texts) -> None:
    found = [node for page in pages_of(texts) for node in graph(texts, page)]
    for kind, keys in _REQUIRED.items():
        nodes = [node for node in found if node["@type"] == kind]
        assert nodes, kind
        assert [(kind, key) for node in nodes for key in keys if not node.get(key)] == []


@pytest.mark.parametrize("texts", flagship_texts(), ids=lambda texts: texts.language.code)
def test_settled_claims_are_reviewed_and_opinions_are_not(texts: Texts) -> None:
    nodes = [node for node in graph(texts, make_page("fact-check", texts)) if node["@type"] == "ClaimReview"]
    claims = texts.edition.claims.values()
    assert len(nodes) == sum(json_ld.is_settled(one) for one in claims)
    assert not any(json_ld.is_settled(one) for one in claims if one.verdict in ("opinion", "unverified"))
    for node in nodes:
        assert node["reviewRating"]["worstRating"] <= node["reviewRating"]["ratingValue"] <= node["reviewRating"]["bestRating"]


def test_breadcrumbs_are_numbered_from_the_first_page() -> None:
    texts = sample_context().texts[0]
    page = make_page("facts/area_2025", texts, title="Area")
    (way,) = (one for one in json_ld.nodes(texts, page, {"facts": "Facts"}) if one["@type"] == "BreadcrumbList")
    items = cast("Sequence[Node]", way["itemListElement"])
    assert [(one["position"], one["name"]) for one in items] == [(1, "Lakes"), (2, "Facts"), (3, "Area")]
    assert items[-1]["item"] == {"@id": "https://lakes.example/en/facts/area_2025/"}


def test_no_text_can_close_the_script() -> None:
    texts = sample_context().texts[0]
    report = replace(texts.edition.report, title=Phrase({"en": "</script><b>&", "de": "x"}))
    spoiled = Texts(replace(texts.edition, report=report), texts.language)
    html = json_ld.script(spoiled, make_page("index", spoiled), {})
    assert html.count("</script>") == 1
    assert json.loads(html.split(">", 1)[1].rsplit("</script>", 1)[0])["@graph"][0]["name"] == "</script><b>&"
