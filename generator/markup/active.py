"""What in HTML would run code, or ask another host, when a page is opened."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from .document import Document

# Elements that run something, take in another document, or change what the rest of a page means.
ELEMENTS = frozenset("applet base embed frame frameset iframe link meta object portal script".split())  # noqa: SIM905
# Attributes whose addresses a browser asks for by itself: https://html.spec.whatwg.org/multipage/indices.html#attributes-3
_FETCHED = frozenset(
    "archive background classid codebase data dynsrc icon imagesrcset lowsrc manifest ping poster src srcset".split()  # noqa: SIM905
)
_FOLLOWED = frozenset("action cite formaction href xlink:href".split())  # noqa: SIM905
_DRAWING = frozenset("feimage image pattern use".split())  # noqa: SIM905  elements of SVG that fetch what their `href` names
_HANDLER = re.compile(r"on[a-z]+")
SCRIPT_SCHEME = re.compile(r"(?:javascript|vbscript|data|blob|file):")
FOREIGN = re.compile(r"(?:[a-z][a-z0-9+.-]*:|[/\\]{2})")
_IGNORED = re.compile(r"[\x00-\x20\x7f-\x9f\xad\u200b-\u200f\u2028\u2029\ufeff]")  # browsers leave some of them out
_STYLE = re.compile(r"@import|(?:url|image-set|src)\(\s*[\"']?\s*(?:[a-z][a-z0-9+.-]*:|[/\\]{2})|expression\(|-moz-binding")
# A quick look: without any of these nothing is active. Only where there is one is the HTML parsed.
_SUSPECT = re.compile(
    rf"<(?:{'|'.join(sorted(ELEMENTS))})\b|[\s/\"'{{]on[a-z]+\s*=|srcdoc|srcset|script\s*:|(?:data|blob|file):|&[#a-z]"
    r"|(?:src|srcset|poster|data|action|background|ping|href|manifest)\s*=\s*[\"']?\s*(?:[a-z][a-z0-9+.-]*:|[/\\]{2})"
    r"|@import|url\(|image-set|<style|expression\(|-moz-binding",
    re.IGNORECASE,
)


# The same in lower case for finished pages, without what every one of them has: entities, and styles of charts. First texts
# that no other has, all of which begin with a few characters; then words with what has to follow them.
_ONE_PATH = r"(?:\.\./)*[\w-]+(?:[/.][\w-]+)*"  # below where the page stands; the print edition has one for each chart
_SUSPECT_TEXT = re.compile(
    rf"<(?:{'|'.join(sorted(ELEMENTS))})|srcdoc|srcset(?!=\"{_ONE_PATH}\")|script:|data:|blob:|file:|@import"
)
_ADDRESS = r"\s*[\"']?\s*(?:[a-z][a-z0-9+.-]*:|[/\\]{2})"
_SUSPECT_WORDS = tuple(
    (word, re.compile(re.escape(word) + (_ADDRESS if word.endswith("(") else rf"\s*={_ADDRESS}")))
    for word in ("src", "poster", "data", "action", "background", "ping", "manifest", "url(")
)
_SUSPECT_HANDLER = re.compile(r"on[a-z]+\s*=")
_SUSPECT_MARKDOWN = re.compile(r"!\[|script:|data:|blob:|file:", re.IGNORECASE)  # besides, without white space


# One of these is in whatever a pattern finds: texts in lower case are looked for much faster than alternatives.
_IN_SUSPECT = ("<", "=", "&", "srcdoc", "srcset", "script", "data", "blob", "file", "@import", "url(", "image-set")
_IN_SUSPECT_STYLE = ("expression(", "-moz-binding")
_IN_SUSPECT_MARKDOWN = ("![", "script:", "data:", "blob:", "file:")
_OTHER_CASES = "ſıİ\u212a"  # are the same as ASCII letters to a pattern, and stay others in lower case


def may_be_active(markdown: str) -> bool:
    """Whether a page could be active once its Markdown is HTML; a quick look."""
    joined = "".join(markdown.split())
    if not any(char in markdown for char in _OTHER_CASES):
        text = markdown.lower()
        if not any(one in text for one in (*_IN_SUSPECT, *_IN_SUSPECT_STYLE)):
            joined = joined.lower()
            return any(one in joined for one in _IN_SUSPECT_MARKDOWN)
    return bool(_SUSPECT.search(markdown) or _SUSPECT_MARKDOWN.search(joined))


def active_markup(html: str) -> Iterator[str]:
    """What is active in a fragment of HTML, as it is called: `<script>`, `onclick`, an address."""
    if _SUSPECT.search(html):
        yield from _active(Document(html), "head *, body *", "style")


def active_in_article(html: str, page: Document) -> Iterator[str]:
    """The same of the text of a finished page, which is parsed already: of its article, or of its main part."""
    start = html.find("<article")
    end = html.rfind("</article>") if start >= 0 else -1  # the theme's own: what closes it before is within
    if _is_suspect(html[start if start >= 0 else max(0, html.find("<main>")) : end if end >= 0 else len(html)].lower()):
        yield from _active(page, "article *" if start >= 0 else "main *", "article style" if start >= 0 else "main style")


def _is_suspect(html: str) -> bool:
    if _SUSPECT_TEXT.search(html):
        return True
    if any(word in html and pattern.search(html) for word, pattern in _SUSPECT_WORDS):
        return True
    before = (html[found.start() - 1] for found in _SUSPECT_HANDLER.finditer(html))
    return any(one in "/\"'" or one.isspace() for one in before)


def _active(document: Document, elements: str, styles: str) -> Iterator[str]:
    for tag, attributes in document.tags(elements):
        if tag in ELEMENTS:
            yield f"<{tag}>"
        yield from active_attributes(tag, attributes)
    for _, style in document.elements(styles):
        if found := _STYLE.search(style.lower()):
            yield found[0]


def without_ignored(address: str) -> str:
    """An address without the characters that browsers leave out."""
    return _IGNORED.sub("", address)


def active_attributes(tag: str, attributes: Mapping[str, str]) -> Iterator[str]:
    """What is active in the attributes of an element; names in lower case."""
    for name, value in attributes.items():
        if (name.startswith("on") and _HANDLER.fullmatch(name)) or name == "srcdoc":
            yield name
        elif name in _FETCHED or (name in _FOLLOWED and tag in _DRAWING):
            if any(FOREIGN.match(one) for one in without_ignored(value).lower().split(",")):
                yield value
        elif name in _FOLLOWED:
            address = without_ignored(value).lower()
            if SCRIPT_SCHEME.match(address) or ("action" in name and FOREIGN.match(address)):
                yield value
        elif name == "style" and (found := _STYLE.search(value.lower())):
            yield found[0]
