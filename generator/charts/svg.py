"""What matplotlib wrote becomes SVG for a page: small, without leaks, in the page's own colours and font.

Dropped: prolog, style rule for everything, group ids, line breaks. Kept: paths, texts, hatches. Sentinel colours become
CSS variables with a fallback; ids get a prefix, so that any number of charts share a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape, quoteattr

from generator.charts.scene import Scene
from generator.charts.theme import BY_SENTINEL, INKS, PREFIX, Format

_NAMESPACE = "{http://www.w3.org/2000/svg}"
_NUMBER = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")
_HATCH = re.compile(r"url\(#(\w+)\)")
_KEPT = ("fill", "stroke", "stroke-width", "stroke-dasharray", "text-anchor", "font-size", "font-weight")
_DEFAULTS = {"stroke-width": "1", "text-anchor": "start"}
_FONTS = "system-ui,-apple-system,'Segoe UI',Helvetica,Arial,sans-serif"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a screen reader gets, and the language it is in."""

    title: str
    description: str
    locale: str


def finish(raw: str, scene: Scene, form: Format, chart_id: str, words: Words) -> tuple[str, str]:
    """The inline SVG and the same as a file of its own."""
    prefix = f"{chart_id}-{form.name}-"
    body = "".join(_Writer(prefix, form).write(ET.fromstring(raw)))  # noqa: S314  our own output
    size = f"{scene.width:g} {scene.height:g}"
    head = (
        f'viewBox="0 0 {size}" role="img" aria-labelledby="{prefix}title {prefix}desc" '
        f'font-size="{form.text:g}" fill="{_colour("ink")}"'
    )
    spoken = (
        f'<title id="{prefix}title">{escape(words.title)}</title><desc id="{prefix}desc">{escape(words.description)}</desc>'
    )
    inline = f'<svg class="fl-svg fl-svg--{form.name}" {head} font-family="inherit">{spoken}{body}</svg>'
    width, height = size.split()
    standalone = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" {head} '
        f"lang={quoteattr(words.locale)} xml:lang={quoteattr(words.locale)} font-family={quoteattr(_FONTS)}>"
        f"{_style(body)}{spoken}"
        f'<rect width="{width}" height="{height}" fill="var({PREFIX}paper)"/>{body}</svg>\n'
    )
    return inline, standalone


def _colour(name: str) -> str:
    return f"var({PREFIX}{name},{INKS[name].light})"


def _style(body: str) -> str:
    """Both schemes for the inks that occur."""
    used = [name for name in INKS if f"{PREFIX}{name}," in body or name in ("ink", "paper")]
    light, dark = (";".join(f"{PREFIX}{name}:{getattr(INKS[name], scheme)}" for name in used) for scheme in ("light", "dark"))
    return f"<style>svg{{{light}}}@media(prefers-color-scheme:dark){{svg{{{dark}}}}}</style>"


class _Writer:
    """Walks matplotlib's tree and says each element again, shorter."""

    def __init__(self, prefix: str, form: Format) -> None:
        self.prefix = prefix
        self.defaults = {**_DEFAULTS, "font-size": f"{form.text:g}"}
        self.hatches: dict[str, str] = {}

    def write(self, root: ET.Element) -> Iterator[str]:
        """Hatches first, then shapes and labels in order."""
        drawn = [self._shape(element) for element in self._drawn(root)]
        patterns = {element.get("id", ""): element for element in root.iter(f"{_NAMESPACE}pattern")}
        if self.hatches:
            yield "<defs>" + "".join(self._pattern(patterns[old], new) for old, new in self.hatches.items()) + "</defs>"
        yield from drawn

    def _drawn(self, element: ET.Element) -> Iterator[ET.Element]:
        for child in element:
            kind = child.tag.removeprefix(_NAMESPACE)
            if kind in ("path", "text"):
                yield child
            elif kind == "g":
                yield from self._drawn(child)

    def _shape(self, element: ET.Element) -> str:
        style = self._attributes(element)
        if element.tag.endswith("path"):
            return f'<path d="{_path(element.get("d", ""))}"{style}/>'
        x, y = (_rounded(element.get(axis, "0")) for axis in "xy")
        return f'<text x="{x}" y="{y}"{style}>{escape(element.text or "")}</text>'

    def _attributes(self, element: ET.Element) -> str:
        pairs = dict(part.split(":", 1) for part in element.get("style", "").split(";") if ":" in part)
        found = {key.strip(): text.strip() for key, text in pairs.items()}
        if "stroke" not in found:
            found.pop("stroke-width", None)
        return "".join(
            f' {key}="{self._value(key, found[key])}"'
            for key in _KEPT
            if key in found and self._value(key, found[key]) != self.defaults.get(key)
            if not (key == "fill" and BY_SENTINEL.get(found[key]) == "ink")
        )

    def _value(self, key: str, text: str) -> str:
        if text in BY_SENTINEL:
            return _colour(BY_SENTINEL[text])
        if match := _HATCH.fullmatch(text):
            return f"url(#{self.hatches.setdefault(match[1], f'{self.prefix}h{len(self.hatches) + 1}')})"
        return _rounded(text.removesuffix("px")) if key != "fill" else text

    def _pattern(self, pattern: ET.Element, new: str) -> str:
        parts = []
        for child in pattern:
            if child.tag.endswith("rect"):
                parts.append(f'<path d="M0 0H72V72H0z" fill="{self._value("fill", child.get("fill", "none"))}"/>')
            else:
                parts.append(f'<path d="{_path(child.get("d", ""))}"{self._attributes(child)}/>')
        return f'<pattern id="{new}" patternUnits="userSpaceOnUse" width="72" height="72">{"".join(parts)}</pattern>'


def _path(d: str) -> str:
    return re.sub(r"\s*([A-Za-z])\s*", r"\1", _rounded(" ".join(d.split())))


def _rounded(text: str) -> str:
    return _NUMBER.sub(lambda match: f"{round(float(match[0]), 1) + 0.0:g}", text)
