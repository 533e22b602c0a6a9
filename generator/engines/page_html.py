"""The last touches on finished HTML, after the engine: text in, text out, no files.

Work is done here rather than in Markdown where the engine would parse it twice (inline SVG), or where neither engine knows
how (links between the languages of one page, files that belong to no language).
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from ..model import addresses
from ..pages.fact_pages import shell_placeholder
from ..pages.page import Page

_SLOT = re.compile(r'(<div class="fl-chart" data-chart="([^"]+)">)\s*<img\b[^>]*>\s*(</div>)')
# Each begins with a word that is quickly found: `_without` takes the blanks before it.
_ALTERNATE = re.compile(r'<link\b(?=[^>]*\brel="?alternate\b)(?=[^>]*\bhreflang=)[^>]*>\n?')
_FETCHES = (
    re.compile(r'<script\b[^>]*\bsrc="?(?:https?:)?//[^>]*>\s*</script>\n?'),
    re.compile(
        r'<link\b(?=[^>]*\brel="?(?:stylesheet|preconnect|dns-prefetch|preload|modulepreload|prefetch|icon)\b)'
        r'[^>]*\bhref="?(?:https?:)?//[^>]*>\n?'
    ),
)
_POLICY = 'http-equiv="Content-Security-Policy"'
_INLINE = re.compile(r"<script\b((?:(?!\bsrc=)[^>])*)>(.*?)</script>", re.DOTALL)
_ARTICLE = re.compile(r"<article\b[^>]*>(.*?)</article>", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """One language as the root page shows it: its code (and folder), its own name, the report's title and description in it."""

    code: str
    name: str
    title: str
    description: str


def finish(html: str, *, path: str, codes: Sequence[str], site_url: str, charts: Mapping[str, str], head: str = "") -> str:
    """One page of one language, ready to be published.

    `path` is the page's address below its language ("" or "costs/"), the same in every language; `codes` has the default
    language first; `charts` maps a chart's id to the inline SVGs of this page's language; `head` goes into the page's head.
    """
    filled = fill_charts(html, charts).replace("</head>", f"{head}</head>", 1)
    return guard(link_languages(drop_third_parties(filled), path=path, codes=codes, site_url=site_url))


def fill_charts(html: str, charts: Mapping[str, str]) -> str:
    """Put each chart's SVG where the page holds its image; a slot whose chart is not given keeps the image."""
    return _SLOT.sub(lambda slot: slot[1] + charts[slot[2]] + slot[3] if slot[2] in charts else slot[0], html)


def copied(shell: str, page: Page, markdown: str) -> tuple[str, str]:
    """A page made from the finished HTML of one empty page at the same depth: its address and HTML."""
    marks = {"title": escape(page.title), "description": escape(page.description), "body": markdown}
    html = shell.replace(addresses.SHELL, addresses.page(page.name))
    for name, text in marks.items():
        html = html.replace(shell_placeholder(name), text)
    return addresses.page(page.name), html


def moved(target: str, *, title: str, language: str, canonical: str) -> str:
    """A page that stands where another one stood before, and leads to it; `target` is relative."""
    return f"""<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>{escape(title)}</title>
<meta http-equiv="refresh" content="0; url={escape(target)}">
<link rel="canonical" href="{escape(canonical)}">
</head>
<body><main><h1>{escape(title)}</h1><p><a href="{escape(target)}">{escape(canonical)}</a></p></main></body>
</html>
"""


def link_languages(html: str, *, path: str, codes: Sequence[str], site_url: str) -> str:
    """Name the page's twins in the head; the engines' own links lead to each language's home from every page.

    The blank after "alternate" is for the theme's script: it asks for a sitemap.xml beside every `link[rel=alternate]`,
    which a page does not have. To everyone else the attribute is a list of words, where blanks do not count.
    """
    twins = [(code, language_url(site_url, code) + path) for code in codes]
    twins.append(("x-default", twins[0][1]))
    links = "".join(f'<link rel="alternate " hreflang="{code}" href="{escape(url)}">\n' for code, url in twins)
    return _without(html, _ALTERNATE).replace("</head>", links + "</head>", 1)


def drop_third_parties(html: str) -> str:
    """Without scripts, styles, icons or hints that a browser would fetch from another host on its own."""
    for pattern in _FETCHES:
        html = _without(html, pattern)
    return html


def _without(html: str, pattern: re.Pattern[str]) -> str:
    """Without what a pattern finds, and the blanks before it."""
    kept, at = [], 0
    for found in pattern.finditer(html):
        kept.append(html[at : found.start()].rstrip(" \t"))
        at = found.end()
    return "".join(kept) + html[at:]


def guard(html: str) -> str:
    """A page that runs only the site's own scripts: a policy in its head names the inline ones by their hashes.

    Styles may stand inline (charts have them). The blank `data:` images are the theme's icons. A page with a policy keeps it.
    https://www.w3.org/TR/CSP3/
    """
    if _POLICY in html:
        return html
    known = dict.fromkeys(_hash(text) for kind, text in _INLINE.findall(html) if text.strip() and "json" not in kind)
    policy = "; ".join(
        (
            "default-src 'self'",
            " ".join(("script-src 'self'", *known)),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
        )
    )
    return html.replace("<head>", f'<head>\n<meta {_POLICY} content="{policy}">', 1)


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def language_url(site_url: str, code: str) -> str:
    """The address of one language's home."""
    return f"{site_url.rstrip('/')}/{code}/"


def root_page(doors: Sequence[Door], *, site_url: str) -> str:
    """The site's first address: leads to the default language at once, and shows the others; no script needed."""
    first = doors[0]
    links = "\n".join(
        f'<li lang="{door.code}"><a href="{door.code}/" hreflang="{door.code}">{escape(door.name)}</a>'
        f" {escape(door.title)}</li>"
        for door in doors
    )
    html = f"""<!doctype html>
<html lang="{first.code}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{escape(first.title)}</title>
<meta name="description" content="{escape(first.description)}">
<meta http-equiv="refresh" content="0; url={first.code}/">
<link rel="canonical" href="{escape(language_url(site_url, first.code))}">
<link rel="icon" href="{first.code}/assets/favicon.svg">
</head>
<body>
<main>
<h1>{escape(first.title)}</h1>
<ul>
{links}
</ul>
</main>
</body>
</html>
"""
    return link_languages(html, path="", codes=[door.code for door in doors], site_url=site_url)


def not_found(pages: Mapping[str, str]) -> str:
    """One page for all addresses that do not exist: a static host knows only one. The default language comes first.

    The others follow inside the same article, a level of heading lower.
    """
    (_, first), *others = pages.items()
    more = []
    for code, html in others:
        if article := _ARTICLE.search(html):
            text = article[1].replace("<h1", "<h2").replace("</h1>", "</h2>")
            more.append(f'<div lang="{code}">{text}</div>\n')
    return _without(first, _ALTERNATE).replace("</article>", "".join(more) + "</article>", 1)


def robots(site_url: str) -> str:
    """Everyone may read everything."""
    home = site_url.rstrip("/")
    return f"User-agent: *\nAllow: /\nSitemap: {home}/sitemap-index.xml\nSitemap: {home}/sitemap.xml\n"


def sitemap(
    paths: Sequence[str],
    *,
    codes: Sequence[str],
    site_url: str,
    lastmod: str | Mapping[str, str] = "",
    listed: Sequence[str] = (),
    more: Sequence[str] = (),
) -> str:
    """Every page in every language with its twins (https://www.sitemaps.org/protocol.html).

    `lastmod` is a W3C date, or one per path; `listed` narrows the languages to some; `more` are addresses below the site
    that have no twins.
    """

    def entry(code: str, path: str) -> str:
        twins = "".join(f'<xhtml:link rel="alternate" hreflang="{one}" href="{url(one, path)}"/>' for one in codes)
        day = lastmod if isinstance(lastmod, str) else lastmod.get(path, "")
        changed = f"<lastmod>{day}</lastmod>" if day else ""
        return f"<url><loc>{url(code, path)}</loc>{changed}{twins}</url>\n"

    def url(code: str, path: str) -> str:
        return escape(language_url(site_url, code) + path)

    body = "".join(entry(code, path) for path in paths for code in listed or codes)
    body += "".join(f"<url><loc>{escape(site_url.rstrip('/'))}/{escape(one)}</loc></url>\n" for one in more)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
        f"{body}</urlset>\n"
    )


def sitemap_index(addresses: Sequence[str], *, site_url: str) -> str:
    """The sitemaps of a site, by their addresses below it."""
    home = site_url.rstrip("/")
    body = "".join(f"<sitemap><loc>{escape(f'{home}/{one}')}</loc></sitemap>\n" for one in addresses)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{body}</sitemapindex>\n'
    )
