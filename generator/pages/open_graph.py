"""How a page shows itself where somebody shares it: Open Graph (https://ogp.me/) and the two words Twitter adds to it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from ..model import addresses
from ..wording.texts import Texts
from .page import Page

CARD = (1200, 630)  # width and height of the pictures that are drawn for pages, in pixels


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkPreview:
    """What stands for an address: title, description, whole addresses of itself and its picture; size and day where known."""

    title: str
    description: str
    address: str
    image: str  # empty where there is none
    size: tuple[int, int] | None = None
    changed: str = ""  # an ISO date
    kind: str = "article"


def page_tags(texts: Texts, page: Page) -> str:
    """The tags of one of the report's pages, with its card."""
    report, code = texts.edition.report, texts.language.code
    first, pictured = page.name == "index", "pictures" in report.outputs
    shared = LinkPreview(
        title=report.title[code] if first else page.title,
        description=page.description or report.description[code],
        address=addresses.absolute(report.site_url, addresses.page(page.name), code),
        image=addresses.absolute(report.site_url, addresses.card(page.name, code, report.pages)) if pictured else "",
        size=CARD,
        changed=page.changed.isoformat() if page.changed else "",
        kind="website" if first else "article",
    )
    return tags(texts, shared)


def tags(texts: Texts, shared: LinkPreview) -> str:
    """The tags of anything that can be shared."""
    report, own = texts.edition.report, texts.language.locale.replace("-", "_")
    told = [
        ("og:type", shared.kind),
        ("og:site_name", report.title[texts.language.code]),
        ("og:title", shared.title),
        ("og:description", shared.description),
        ("og:url", shared.address),
        ("og:locale", own),
        *(("og:locale:alternate", one.locale.replace("-", "_")) for one in report.languages if one != texts.language),
    ]
    if shared.image:
        told += [
            ("og:image", shared.image),
            ("og:image:type", "image/png"),
            *((f"og:image:{side}", str(size)) for side, size in zip(("width", "height"), shared.size or (), strict=False)),
            ("og:image:alt", shared.title),
        ]
    if shared.changed and shared.kind == "article":
        told.append(("article:modified_time", shared.changed))
    listed = "".join(f'<meta property="{name}" content="{escape(text)}">\n' for name, text in told)
    return listed + f'<meta name="twitter:card" content="{"summary_large_image" if shared.image else "summary"}">\n'
