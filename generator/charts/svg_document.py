"""Strokes and labels become SVG for a page: small, without leaks, in the page's own colours and font.

Sentinel colours become CSS variables with a fallback; ids get a prefix, so that any number of charts share a page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from .scene import Label, Patch, Scene
from .theme import COLOUR_BY_SENTINEL, COLOURS, FONTS, FORCED_COLOURS, PREFIX, Canvas

if TYPE_CHECKING:
    from .svg_paths import HatchPattern, SvgPath, SvgPaths

_KEPT = ("fill", "stroke", "stroke-width", "stroke-dasharray")
_GIVEN = {("fill", "ink"), ("stroke-width", "1.0")}  # what holds anyway
_BOLD = "600"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessibleText:
    """What a screen reader gets, and the language it is in."""

    title: str
    description: str
    locale: str


def write_svg(svg_paths: SvgPaths, scene: Scene, canvas: Canvas, chart_id: str, words: AccessibleText) -> tuple[str, str]:
    """The inline SVG and the same as a file of its own."""
    prefix = f"{chart_id}-{canvas.name}-"
    body = "".join(_Writer(prefix, canvas, svg_paths.hatchings).write(scene, svg_paths))
    size = f"{scene.width:g} {scene.height:g}"
    head = (
        f'viewBox="0 0 {size}" role="img" aria-labelledby="{prefix}title {prefix}desc" '
        f'font-size="{canvas.text_size:g}" fill="{_colour("ink")}"'
    )
    title, description = (escape(one, quote=False) for one in (words.title, words.description))
    spoken = f'<title id="{prefix}title">{title}</title><desc id="{prefix}desc">{description}</desc>'
    inline = f'<svg class="fl-svg fl-svg--{canvas.name}" {head} font-family="inherit">{spoken}{body}</svg>'
    width, height = size.split()
    standalone = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" {head} '
        f'lang="{escape(words.locale)}" xml:lang="{escape(words.locale)}" font-family="{FONTS}">'
        f"{_style(body)}{spoken}"
        f'<rect width="{width}" height="{height}" fill="var({PREFIX}paper)"/>{body}</svg>\n'
    )
    return inline, standalone


def _colour(name: str) -> str:
    return f"var({PREFIX}{name},{COLOURS[name].light})"


def _style(body: str) -> str:
    """Every scheme for the inks that occur."""
    used = [name for name in COLOURS if f"{PREFIX}{name}," in body or name in ("ink", "paper")]
    light, dark = (
        ";".join(f"{PREFIX}{name}:{getattr(COLOURS[name], scheme)}" for name in used) for scheme in ("light", "dark")
    )
    forced = ";".join(f"{PREFIX}{name}:{FORCED_COLOURS[name]}" for name in used)
    return (
        f"<style>svg{{{light}}}@media(prefers-color-scheme:dark){{svg{{{dark}}}}}"
        f"@media(forced-colors:active){{svg{{{forced}}}}}</style>"
    )


class _Writer:
    """Says each stroke and label as an element, with no more than it needs."""

    def __init__(self, prefix: str, canvas: Canvas, hatchings: Mapping[str, HatchPattern]) -> None:
        self.prefix = prefix
        self.size = f"{canvas.text_size:g}"
        self.hatchings = hatchings
        self.hatches: dict[str, str] = {}
        self.said: dict[str, str] = {}

    def write(self, scene: Scene, svg_paths: SvgPaths) -> Iterator[str]:
        """Hatches, then shapes in order, then words, so that nothing covers them."""
        patches = (shape for shape in scene.shapes if isinstance(shape, Patch))
        drawn = [self._path(stroke, shape.row) for shape, stroke in zip(patches, svg_paths.strokes, strict=True)]
        drawn += [self._label(shape) for shape in scene.shapes if isinstance(shape, Label)]
        if self.hatches:
            yield "<defs>" + "".join(self._pattern(self.hatchings[old], new) for old, new in self.hatches.items()) + "</defs>"
        yield from drawn

    def _path(self, stroke: SvgPath, row: int | None = None) -> str:
        told = "" if row is None else f' data-row="{row}"'
        return f'<path d="{_joined(stroke.d)}"{self._attributes(stroke.style)}{told}/>'

    def _label(self, label: Label) -> str:
        size = f"{label.size:g}"
        svg_style = "".join(
            (
                "" if label.colour == "ink" else f' fill="{_colour(label.colour)}"',
                "" if label.anchor == "start" else f' text-anchor="{label.anchor}"',
                "" if size == self.size else f' font-size="{size}"',
                f' font-weight="{_BOLD}"' if label.bold else "",
            )
        )
        return f'<text x="{_rounded(label.x)}" y="{_rounded(label.y)}"{svg_style}>{escape(label.text, quote=False)}</text>'

    def _attributes(self, svg_style: str) -> str:
        if svg_style not in self.said:
            found = dict(part.split(": ", 1) for part in svg_style.split("; ") if part)
            if "stroke" not in found:
                found.pop("stroke-width", None)
            self.said[svg_style] = "".join(
                f' {key}="{self._value(found[key])}"'
                for key in _KEPT
                if key in found and (key, COLOUR_BY_SENTINEL.get(found[key], found[key])) not in _GIVEN
            )
        return self.said[svg_style]

    def _value(self, text: str) -> str:
        if text in COLOUR_BY_SENTINEL:
            return _colour(COLOUR_BY_SENTINEL[text])
        if text.startswith("url(#"):
            old = text[len("url(#") : -1]
            return f"url(#{self.hatches.setdefault(old, f'{self.prefix}h{len(self.hatches) + 1}')})"
        return text

    def _pattern(self, hatching: HatchPattern, new: str) -> str:
        return (
            f'<pattern id="{new}" patternUnits="userSpaceOnUse" width="72" height="72">'
            f'<path d="M0 0H72V72H0z" fill="{self._value(hatching.ground)}"/>{self._path(hatching.stroke)}</pattern>'
        )


def _joined(d: str) -> str:
    """A path without its line breaks, and without a space beside a letter."""
    text = " ".join(d.split())
    for letter in "MLCz":
        text = text.replace(f"{letter} ", letter).replace(f" {letter}", letter)
    return text


def _rounded(number: float) -> str:
    return f"{round(number, 1) + 0.0:g}"
