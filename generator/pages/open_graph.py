"""Metadata for link previews of a page: Open Graph (https://ogp.me/) and the card type of Twitter."""

from __future__ import annotations

from html import escape

from ..model import addresses
from ..records.struct import Struct
from ..wording.texts import Texts
from .page import Page

CARD = (1200, 630)  # width and height of the pictures of pages, in pixels


class LinkPreview(Struct, frozen=True, kw_only=True):
    """What a preview of a link shows."""

    title: str
    description: str
    address: str  # absolute URL of the page
    image: str  # absolute URL of a PNG; empty where there is none
    size: tuple[int, int] | None = None  # width and height of the image in pixels
    changed: str = ""  # ISO date of the last change
    kind: str = "article"  # Open Graph type: article, website


def page_tags(texts: Texts, page: Page) -> str:
    """The meta elements of a page of the report, with its own picture."""
    report, code = texts.edition.report, texts.language.code
    first, pictured = page.name == "index", "pictures" in report.outputs
    preview = LinkPreview(
        title=report.title[code] if first else page.title,
        description=page.description or report.description[code],
        address=addresses.absolute(report.site_url, addresses.page(page.name), code),
        image=addresses.absolute(report.site_url, addresses.card(page.name, code, report.pages)) if pictured else "",
        size=CARD,
        changed=page.changed.isoformat() if page.changed else "",
        kind="website" if first else "article",
    )
    return tags(texts, preview)


def preview_head(texts: Texts, *, title: str, description: str, address: str) -> str:
    """The description, the canonical link and the meta elements of a page without a picture of its own: with the report's."""
    report, code = texts.edition.report, texts.language.code
    pictured = "pictures" in report.outputs
    preview = LinkPreview(
        title=title,
        description=description,
        address=addresses.absolute(report.site_url, address, code),
        image=addresses.absolute(report.site_url, addresses.card("index", code, report.pages)) if pictured else "",
        size=CARD,
    )
    return (
        f'<meta name="description" content="{escape(description)}">\n'
        f'<link rel="canonical" href="{escape(preview.address)}">\n{tags(texts, preview)}'
    )


def tags(texts: Texts, preview: LinkPreview) -> str:
    """The meta elements of a link preview."""
    report, locale = texts.edition.report, texts.language.locale.replace("-", "_")
    properties = [
        ("og:type", preview.kind),
        ("og:site_name", report.title[texts.language.code]),
        ("og:title", preview.title),
        ("og:description", preview.description),
        ("og:url", preview.address),
        ("og:locale", locale),
        *(
            ("og:locale:alternate", language.locale.replace("-", "_"))
            for language in report.languages
            if language != texts.language
        ),
    ]
    if preview.image:
        properties += [
            ("og:image", preview.image),
            ("og:image:type", "image/png"),
            *((f"og:image:{side}", str(size)) for side, size in zip(("width", "height"), preview.size or (), strict=False)),
            ("og:image:alt", preview.title),
        ]
    if preview.changed and preview.kind == "article":
        properties.append(("article:modified_time", preview.changed))
    elements = "".join(f'<meta property="{name}" content="{escape(text)}">\n' for name, text in properties)
    return elements + f'<meta name="twitter:card" content="{"summary_large_image" if preview.image else "summary"}">\n'
