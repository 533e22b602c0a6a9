"""The last changes to a page's HTML, after the engine: text in, text out, no files.

Work is done here rather than in Markdown where the engine would parse it twice (inline SVG), or where neither engine knows
how (links between the languages of one page, files that belong to no language).
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from types import MappingProxyType

from ..markup.document import Document
from ..records.struct import Struct
from ..wording.language_names import html_language
from .borrowed_content import mark_content
from .inline_scripts import is_theme_script

_TITLE_TWICE = re.compile(r"<title>([^<]+) - \1</title>")
_SLOT = re.compile(r'(<div class="fl-chart" data-chart="([^"]+)">)\s*<img\b[^>]*>\s*(</div>)')
# Patterns, because pages are changed here and everything else in them stays the same bytes; what is only read is parsed.
# Each begins with a word that is quickly found: `_remove` takes the blanks before it.
_ALTERNATE = re.compile(r'<link\b(?=[^>]*\brel="?alternate\b)(?=[^>]*\bhreflang=)[^>]*>\n?')
_FETCHES = (
    re.compile(r'<script\b[^>]*\bsrc="?(?:https?:)?//[^>]*>\s*</script>\n?'),
    re.compile(
        r'<link\b(?=[^>]*\brel="?(?:stylesheet|preconnect|dns-prefetch|preload|modulepreload|prefetch|icon)\b)'
        r'[^>]*\bhref="?(?:https?:)?//[^>]*>\n?'
    ),
)
_POLICY = 'http-equiv="Content-Security-Policy"'
_SCRIPT = re.compile("<[sS][cC][rR][iI][pP][tT]")
_HEAD = re.compile(r"\s*(?:<!doctype[^>]*>)?\s*(?:<html\b[^>]*>)?\s*(?:<head\b[^>]*>)?", re.IGNORECASE)
_ARTICLE = re.compile(r"<article\b[^>]*>(.*?)</article>", re.DOTALL)


class LanguageEntry(Struct, frozen=True, kw_only=True):
    """One language as the root page shows it: its code (and folder), its own name, the report's title and description in it."""

    code: str
    name: str
    title: str
    description: str


def finish_page(
    html: str,
    *,
    path: str,
    codes: Sequence[str],
    site_url: str,
    charts: Mapping[str, str],
    head: str = "",
    borrowed: tuple[str, str] | None = None,
) -> str:
    """One page of one language, ready to be published.

    `path` is the page's address below its language ("" or "costs/"), the same in every language; `codes` are the languages that
    it is written in, the default one first, and none for a page that is not translated; `charts` maps a chart's id to its
    inline SVGs; `head` goes into its head. `borrowed` has the language of such a page, and the one that stands in for it.
    """
    if borrowed is not None:
        html = mark_content(html, *borrowed, [language_url(site_url, code) + path for code in borrowed])
    filled = name_once(fill_charts(html, charts)).replace("</head>", f"{head}</head>", 1)
    return add_content_security_policy(link_languages(remove_third_parties(filled), path=path, codes=codes, site_url=site_url))


def name_once(html: str) -> str:
    """A page that has the name of the site as its title, with that name once in the title of its window."""
    return _TITLE_TWICE.sub(r"<title>\1</title>", html, count=1)


def fill_charts(html: str, charts: Mapping[str, str]) -> str:
    """Replace the image of each chart with its SVG; where the chart is not given, the image stays."""
    return _SLOT.sub(lambda slot: slot[1] + charts[slot[2]] + slot[3] if slot[2] in charts else slot[0], html)


def bare_page(title: str, main: str, *, language: str, head: str = "", listed: bool = False) -> str:
    """A page without the theme, that no search engine lists unless it is told: `main` and `head` are HTML, `title` is text."""
    robots = "" if listed else '<meta name="robots" content="noindex">\n'
    return f"""<!doctype html>
<html {html_language(language)}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
{robots}<title>{escape(title)}</title>
{head}</head>
<body><main>{main}</main></body>
</html>
"""


def redirect_page(target: str, *, title: str, language: str, canonical: str) -> str:
    """A page at an address that has moved; it leads to the new one. `target` is relative to the old one."""
    head = f'<meta http-equiv="refresh" content="0; url={escape(target)}">\n<link rel="canonical" href="{escape(canonical)}">\n'
    main = f'<h1>{escape(title)}</h1><p><a href="{escape(target)}">{escape(canonical)}</a></p>'
    return bare_page(title, main, language=language, head=head)


def retired_page(*, title: str, label: str, reason: str, link: tuple[str, str] | None, language: str, head: str) -> str:
    """A page at the address of something that is no more: what it was, why it went, and a link (URL, words)."""
    link_html = f'<p><a href="{escape(link[0])}">{escape(link[1])}</a></p>' if link else ""
    main = f"<h1>{escape(label)}</h1><p>{escape(reason)}</p>{link_html}"
    return bare_page(f"{label} - {title}", main, language=language, head=head, listed=True)


def link_languages(html: str, *, path: str, codes: Sequence[str], site_url: str) -> str:
    """Link the page in all languages from its head; the engines' own links lead to each language's home from every page."""
    links = alternate_links(path=path, codes=codes, site_url=site_url)
    return without_alternates(html).replace("</head>", links + "</head>", 1)


def alternate_links(*, path: str, codes: Sequence[str], site_url: str) -> str:
    """The links from a page's head to the page in all languages, itself included.

    The blank after "alternate" is for the theme's script: it asks for a sitemap.xml beside every `link[rel=alternate]`,
    which a page does not have. To everyone else the attribute is a list of words, where blanks do not count.
    """
    alternates = [(code, language_url(site_url, code) + path) for code in codes]
    alternates += [("x-default", url) for _, url in alternates[:1]]
    return "".join(f'<link rel="alternate " hreflang="{code}" href="{escape(url)}">\n' for code, url in alternates)


def without_alternates(html: str) -> str:
    """A page without links to other languages in its head."""
    return _remove(html, _ALTERNATE)


def remove_third_parties(html: str) -> str:
    """The page without scripts, styles, icons and hints that a browser would fetch from another host on its own."""
    for pattern in _FETCHES:
        html = _remove(html, pattern)
    return html


def _remove(html: str, pattern: re.Pattern[str]) -> str:
    """The page without what a pattern finds, and without the blanks before it."""
    kept, at = [], 0
    for match in pattern.finditer(html):
        kept.append(html[at : match.start()].rstrip(" \t"))
        at = match.end()
    return "".join(kept) + html[at:]


def add_content_security_policy(html: str) -> str:
    """A page that runs only the site's own scripts: a policy in its head names the themes' inline ones by their hashes.

    Styles may stand inline (charts have them). The blank `data:` images are the theme's icons. A page that begins with a policy
    keeps it. https://www.w3.org/TR/CSP3/
    """
    head = _HEAD.match(html)
    start = head.end() if head else 0
    if html.startswith(f"\n<meta {_POLICY}", start):
        return html
    known = dict.fromkeys(_hash(text) for text in _inline_scripts(html) if is_theme_script(text))
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
    return f'{html[:start]}\n<meta {_POLICY} content="{policy}">{html[start:]}'


def _inline_scripts(html: str) -> Iterator[str]:
    """The text of each script in a page itself that a browser runs: blocks of JSON are data."""
    if not _SCRIPT.search(html):
        return
    for attributes, text in Document(html).elements("script:not([src])", strip=False):
        if text.strip() and "json" not in attributes.get("type", ""):
            yield text


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def language_url(site_url: str, code: str) -> str:
    """The address of one language's home."""
    return f"{site_url.rstrip('/')}/{code}/"


def root_page(entries: Sequence[LanguageEntry], *, site_url: str, codes: Sequence[str] = ()) -> str:
    """The site's root page: leads to the default language at once, and links the others, without a script.

    `codes` are the languages whose first page is translated, where not all are.
    """
    first = entries[0]
    links = "\n".join(
        f'<li lang="{entry.code}"><a href="{entry.code}/" hreflang="{entry.code}">{escape(entry.name)}</a>'
        f" {escape(entry.title)}</li>"
        for entry in entries
    )
    html = f"""<!doctype html>
<html {html_language(first.code)}>
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
    return link_languages(html, path="", codes=codes or [entry.code for entry in entries], site_url=site_url)


def not_found(pages: Mapping[str, str]) -> str:
    """One page for all addresses that do not exist, because a static host has only one. The default language comes first.

    The others follow inside the same article, a level of heading lower.
    """
    (_, first), *others = pages.items()
    more = []
    for code, html in others:
        if article := _ARTICLE.search(html):
            text = article[1].replace("<h1", "<h2").replace("</h1>", "</h2>")
            more.append(f"<div {html_language(code)}>{text}</div>\n")
    return _remove(first, _ALTERNATE).replace("</article>", "".join(more) + "</article>", 1)


def robots(site_url: str) -> str:
    """robots.txt: everyone may read everything."""
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
    translated: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> str:
    """Every page in every language with its versions in the others (https://www.sitemaps.org/protocol.html).

    `lastmod` is a W3C date, or one per path; `listed` narrows the languages to some; `more` are addresses below the site
    that have no version in another language; `translated` has the languages of the paths that are not in all of them.
    """

    def entry(code: str, path: str) -> str:
        alternates = "".join(
            f'<xhtml:link rel="alternate" hreflang="{other}" href="{url(other, path)}"/>' for other in written_in(path)
        )
        day = lastmod if isinstance(lastmod, str) else lastmod.get(path, "")
        changed = f"<lastmod>{day}</lastmod>" if day else ""
        return f"<url><loc>{url(code, path)}</loc>{changed}{alternates}</url>\n"

    def url(code: str, path: str) -> str:
        return escape(language_url(site_url, code) + path)

    def written_in(path: str) -> Sequence[str]:
        return translated.get(path, codes)

    body = "".join(entry(code, path) for path in paths for code in listed or codes if code in written_in(path))
    body += "".join(f"<url><loc>{escape(site_url.rstrip('/'))}/{escape(address)}</loc></url>\n" for address in more)
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
