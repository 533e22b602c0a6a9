"""What in a file that a site publishes as it is would run code, or ask another host, when somebody opens it by itself.

SVG and other XML are read as browsers read them: as XML, where names have prefixes and entities stand for markup.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from posixpath import splitext
from xml.parsers import expat

from .active import ELEMENTS, FOREIGN, SCRIPT_SCHEME, active_attributes, active_markup, without_ignored

_HTML = frozenset({".htm", ".html"})
_XML = frozenset({".atom", ".mathml", ".rdf", ".rss", ".svg", ".xht", ".xhtml", ".xml"})
# What runs code by its kind, is unpacked, or holds other files.
_REFUSED = frozenset({".hta", ".htc", ".mht", ".mhtml", ".phtml", ".php", ".shtml", ".svgz", ".swf", ".xsl", ".xslt"})
_STYLE = ".css"
# What an HTML file may have besides: a link to a style of the site, and what belongs in a head.
_OF_PAGES = ("<link>", "<meta>")
_FOREIGN_LINK = re.compile(r"<link\b[^>]*\shref\s*=\s*[\"']?\s*(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
_REFRESH = re.compile(r"http-equiv", re.IGNORECASE)
_EMBEDDED = re.compile(r"data:(?:image/(?!svg)|font/|application/(?:x-)?font)")  # pictures and fonts that hold no code
_ANIMATED = frozenset({"by", "from", "to", "values"})  # an animation may write an address into a link
# CSS, without comments and escapes: https://www.w3.org/TR/css-syntax-3/#consume-escaped-code-point
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:([0-9a-f]{1,6})\s?|([^\n]))", re.IGNORECASE)
_NAMESPACE = re.compile(r"@namespace[^;]*;")
_ADDRESS = re.compile(r"(?:@import|url\(|src\(|image-set\()\s*(?:url\()?\s*[\"']?\s*([^\s\"')]*)|expression\(|-moz-binding")
_IN_SET = re.compile(r"image-set\([^;{}]*")
_QUOTED = re.compile(r"[\"']\s*([^\"']*)[\"']")


def is_published_as_code(path: str) -> bool:
    """Whether a file of that name has to be looked at before it is published."""
    return splitext(path)[1].lower() in _HTML | _XML | _REFUSED | {_STYLE}


def active_file(path: str, text: str) -> Iterator[str]:
    """What is active in a file, as it is called: `<script>`, `onclick`, an address; the suffix of a kind that always is."""
    suffix = splitext(path)[1].lower()
    if suffix in _REFUSED:
        yield suffix
    elif suffix == _STYLE:
        yield from active_style(text)
    elif suffix in _HTML:
        yield from (one for one in active_markup(text) if one not in _OF_PAGES)
        yield from (found[0] for pattern in (_FOREIGN_LINK, _REFRESH) for found in pattern.finditer(text))
    else:
        yield from _active_xml(text)


def active_style(text: str) -> Iterator[str]:
    """What in a style sheet asks another host; pictures and fonts that stand in it are none of that."""
    plain = _NAMESPACE.sub("", _ESCAPE.sub(_unescaped, _COMMENT.sub(" ", text))).lower()
    sets = (quoted for found in _IN_SET.finditer(plain) for quoted in _QUOTED.finditer(found[0]))
    for found in (*_ADDRESS.finditer(plain), *sets):
        address = without_ignored(found[1] or "")
        if found[1] is None or (FOREIGN.match(address) and not _EMBEDDED.match(address)):
            yield found[1] or found[0]


def _unescaped(found: re.Match[str]) -> str:
    if found[1] is None:
        return found[2]
    code = int(found[1], 16)
    return chr(code) if 0 < code <= sys.maxunicode else "\ufffd"


def _active_xml(text: str) -> Iterator[str]:
    reader = _XmlReader()
    try:
        reader.parser.Parse(text.encode(), True)  # noqa: FBT003  the parameter of expat that has no name
    except expat.ExpatError:
        yield from active_markup(text)  # no browser shows it as XML
    yield from reader.found
    yield from active_style("".join(reader.styles))


class _XmlReader:
    """Collects what is active in XML: `found`, and the texts of its styles."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.styles: list[str] = []
        self._in_style = 0
        self.parser = expat.ParserCreate("utf-8")
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.ProcessingInstructionHandler = self._instruction
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def _doctype(self, _name: str, _system: str | None, _public: str | None, has_declarations: int) -> None:
        if has_declarations:  # of entities, which stand for markup and may grow without end
            self.found.append("<!DOCTYPE")
            self.parser.StartElementHandler = None
            raise expat.ExpatError

    def _instruction(self, target: str, _data: str) -> None:
        if target.lower() == "xml-stylesheet":
            self.found.append("<?xml-stylesheet")

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        tag = _local(name)
        self._in_style += tag == "style"
        if tag in ELEMENTS:
            self.found.append(f"<{name}>")
        for key, value in attributes.items():
            address, plain = without_ignored(value).lower(), _local(key)
            if key.startswith("xmlns") or _EMBEDDED.match(address):
                continue
            if plain in _ANIMATED and any(SCRIPT_SCHEME.match(one) for one in address.split(";")):
                self.found.append(value)
            self.found += active_attributes(tag, {plain: value})
            if plain != "style" and "(" in value:  # fill="url(…)"
                self.found += active_style(value)

    def _end(self, name: str) -> None:
        self._in_style -= _local(name) == "style"

    def _text(self, text: str) -> None:
        if self._in_style:
            self.styles.append(text)


def _local(name: str) -> str:
    """A name of XML without its prefix, in lower case: HTML in another document's prefix runs as HTML."""
    return name.rpartition(":")[2].lower()
