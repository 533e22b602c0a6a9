"""Metadata of a page as JSON-LD (https://schema.org): report, dataset, glossary, verdicts, and breadcrumbs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from ..model import addresses
from ..model.report import Claim
from ..wording.texts import Texts
from .page import Page

# Ratings of ClaimReview from 1 (false) to 5 (true); verdicts without a rating are no findings of fact.
RATINGS: Mapping[str, int] = {"confirmed": 5, "corrected": 4, "outdated": 3, "misleading": 2, "contradicted": 1}
_UNSAFE = re.compile("[<>&\u2028\u2029]")
Node = dict[str, object]


def script(texts: Texts, page: Page, titles: Mapping[str, str]) -> str:
    """A page's metadata in a script element that no text can close; `titles` are those of all pages by name."""
    document = {"@context": "https://schema.org", "@graph": list(nodes(texts, page, titles))}
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    text = _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return f'<script type="application/ld+json">{text}</script>\n'


def nodes(texts: Texts, page: Page, titles: Mapping[str, str]) -> Iterator[Node]:
    """The nodes of a page's graph."""
    if page.name == "index":
        yield _report(texts, page, titles)
        if "package" in texts.edition.report.outputs:
            yield _dataset(texts)
        return
    yield _web_page(texts, page)
    yield _breadcrumbs(texts, page, titles)
    if page.name == "facts" and "package" in texts.edition.report.outputs:
        yield _dataset(texts)
    if page.name == "glossary" and texts.edition.terms:
        yield _terms(texts, page)
    if page.name == "fact-check":
        yield from (claim_review(texts, claim) for claim in texts.edition.claims.values() if is_settled(claim))


def is_settled(claim: Claim) -> bool:
    """Whether a verdict is a finding of fact that rests on facts or evidence."""
    return claim.verdict in RATINGS and bool(claim.settled_by or claim.evidence)


def _home(texts: Texts, code: str = "") -> str:
    return addresses.absolute(texts.edition.report.site_url, "", code or texts.language.code)


def _publisher(texts: Texts) -> Node:
    report = texts.edition.report
    return {"@type": "Organization", "name": report.publisher[texts.language.code], "url": report.site_url}


def _report(texts: Texts, page: Page, titles: Mapping[str, str]) -> Node:
    report, code = texts.edition.report, texts.language.code
    others = [language.code for language in report.languages if language.code != code and language.code in report.title.texts]
    return {
        "@type": "Report",
        "@id": _home(texts),
        "url": _home(texts),
        "name": report.title[code],
        "headline": report.title[code],
        "alternativeHeadline": report.subtitle[code],
        "description": report.description[code],
        "inLanguage": texts.language.locale,
        "author": _publisher(texts),
        "publisher": _publisher(texts),
        "datePublished": report.as_of.last.isoformat(),
        "dateModified": (page.changed or report.as_of.last).isoformat(),
        **(
            {"image": addresses.absolute(report.site_url, addresses.card(page.name, code, report.pages))}
            if _has_picture(texts)
            else {}
        ),
        "isAccessibleForFree": True,
        **({"license": report.licence.url} if report.licence else {}),
        "workTranslation": [
            {"@type": "Report", "@id": _home(texts, other), "inLanguage": other, "name": report.title[other]}
            for other in others
        ],
        "hasPart": [
            {"@type": "WebPage", "name": title, "url": _home(texts) + addresses.page(name)}
            for name, title in titles.items()
            if name != "index" and "/" not in name
        ],
    }


def _dataset(texts: Texts) -> Node:
    report, code = texts.edition.report, texts.language.code
    site = report.site_url

    def download(address: str, kind: str) -> Node:
        return {"@type": "DataDownload", "contentUrl": addresses.absolute(site, address), "encodingFormat": kind}

    return {
        "@type": "Dataset",
        "@id": addresses.absolute(site, "data/datapackage.json"),
        "url": _home(texts) + (addresses.page("facts") if "facts" in report.pages else ""),
        "name": report.title[code],
        "description": report.description[code],
        "creator": _publisher(texts),
        "publisher": _publisher(texts),
        "inLanguage": [language.locale for language in report.languages],
        "version": report.as_of.text,
        "dateModified": report.as_of.last.isoformat(),
        "isAccessibleForFree": True,
        **({"license": report.licence.url} if report.licence else {}),
        "distribution": [
            download("data.zip", "application/zip"),
            download("data/datapackage.json", "application/json"),
            download("data/facts.csv", "text/csv"),
            download(f"{code}/facts.json", "application/json"),
            download("api/index.json", "application/json"),
        ],
    }


def _terms(texts: Texts, page: Page) -> Node:
    """The glossary, each term with its names in the other languages."""
    home, code = _home(texts), texts.language.code
    glossary = f"{home}{addresses.page(page.name)}#terms"
    return {
        "@type": "DefinedTermSet",
        "@id": glossary,
        "name": page.title,
        "inLanguage": texts.language.locale,
        "hasDefinedTerm": [
            {
                "@type": "DefinedTerm",
                "url": home + addresses.term(term.id),
                "name": texts.fill(term.term),
                "alternateName": [text for other, text in term.term.texts.items() if other != code],
                "description": texts.fill(term.definition),
                "inDefinedTermSet": {"@id": glossary},
            }
            for term in texts.edition.terms.values()
        ],
    }


def _web_page(texts: Texts, page: Page) -> Node:
    here = _home(texts) + addresses.page(page.name)
    return {
        "@type": "WebPage",
        "@id": here,
        "url": here,
        "name": page.title,
        "description": page.description,
        "inLanguage": texts.language.locale,
        **({"dateModified": page.changed.isoformat()} if page.changed else {}),
        "isPartOf": {"@type": "Report", "@id": _home(texts)},
        **({"primaryImageOfPage": _image(texts, page)} if _has_picture(texts) else {}),
        "breadcrumb": {"@id": f"{here}#breadcrumb"},
    }


def _has_picture(texts: Texts) -> bool:
    return "pictures" in texts.edition.report.outputs


def _image(texts: Texts, page: Page) -> Node:
    report = texts.edition.report
    url = addresses.absolute(report.site_url, addresses.card(page.name, texts.language.code, report.pages))
    return {"@type": "ImageObject", "url": url}


def _breadcrumbs(texts: Texts, page: Page, titles: Mapping[str, str]) -> Node:
    """The path from the first page; a page in the folder of another page is below that one."""
    folders = page.name.split("/")
    path = [("index", texts.edition.report.title[texts.language.code])]
    path += [(name, titles[name]) for end in range(1, len(folders)) if (name := "/".join(folders[:end])) in titles]
    path.append((page.name, page.title))
    return {
        "@type": "BreadcrumbList",
        "@id": f"{_home(texts)}{addresses.page(page.name)}#breadcrumb",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": title, "item": {"@id": _home(texts) + addresses.page(name)}}
            for position, (name, title) in enumerate(path, start=1)
        ],
    }


def claim_review(texts: Texts, claim: Claim) -> Node:
    """A verdict as a ClaimReview: the claim with its source, the rating, and the reason."""
    report, source = texts.edition.report, claim.source
    here = _home(texts) + addresses.claim(claim.id)
    speaker = {"@type": "Organization", "name": source.publisher}
    work: Node = {"@type": "CreativeWork", "name": source.title, "publisher": speaker}
    if source.url:
        work["url"] = source.url
    asserted: Node = {"@type": "Claim", "author": speaker, "appearance": work}
    if source.date:
        asserted["datePublished"] = source.date.first.isoformat()
    return {
        "@type": "ClaimReview",
        "@id": here,
        "url": here,
        "claimReviewed": texts.fill(claim.text, claim),
        "itemReviewed": asserted,
        "author": _publisher(texts),
        "datePublished": report.as_of.last.isoformat(),
        "inLanguage": texts.language.locale,
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": RATINGS[claim.verdict],
            "bestRating": max(RATINGS.values()),
            "worstRating": min(RATINGS.values()),
            "alternateName": texts.language.word(f"verdict.{claim.verdict}"),
        },
        "reviewBody": texts.fill(claim.reason, claim),
    }
