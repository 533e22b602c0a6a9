"""SVG documents of rendered paths and labels: small, and in the colours and the font of the page.

Sentinel colours become CSS variables with a fallback; ids get a prefix, so that any number of charts can share a page. Links
begin at a folder that is put in where the picture stands; an SVG file, which may be taken anywhere, has none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from ..records.struct import Struct
from ..wording.language_names import reads_from_right
from .scene import Label, Link, Patch, Scene, label_runs
from .svg_links import FOLDER
from .theme import COLOUR_BY_SENTINEL, COLOURS, CSS_PREFIX, FONTS, FORCED_COLOURS, WHITE, WHITE_PAPER, Canvas

if TYPE_CHECKING:
    from .svg_paths import HatchPattern, SvgPath, SvgPaths

_STYLE_ATTRIBUTES = ("fill", "stroke", "stroke-width", "stroke-dasharray")
_INHERITED = {("fill", "ink"), ("stroke-width", "1.0")}  # what holds without being written
_BOLD = "600"
_SPACE = 0.28  # the width of a space, in font sizes
_UNDERLINED = '<text text-decoration="underline"'
# A text that is read from the right is laid out as such: so its numbers and signs stand in their order. Its start is its right.
_FROM_RIGHT, _FROM_LEFT = ' direction="rtl"', ' direction="ltr"'
_ENDS = {"start": "end", "end": "start"}


class AccessibleText(Struct, frozen=True, kw_only=True):
    """Title and description for assistive technology, in the language of a BCP 47 tag; it may stand in for the page's."""

    title: str
    description: str
    locale: str
    stands_in: bool = False


def write_svg(rendered: SvgPaths, scene: Scene, canvas: Canvas, chart_id: str, text: AccessibleText) -> tuple[str, str]:
    """The SVG to stand in an HTML page, and the same as an SVG file with its colours and its language."""
    prefix = f"{chart_id}-{canvas.name}-"
    from_right = reads_from_right(text.locale)
    body = "".join(_Writer(prefix, canvas, rendered, from_right=from_right).write(scene))
    linked = any(shape.link for shape in scene.shapes)
    of_file = "".join(_Writer(prefix, canvas, rendered, from_right=from_right, links=False).write(scene)) if linked else body
    size = f"{scene.width:g} {scene.height:g}"
    head = (
        f'viewBox="0 0 {size}" aria-labelledby="{prefix}title {prefix}desc" '
        f'font-size="{canvas.text_size:g}" fill="{_colour("ink")}"{_FROM_RIGHT if from_right else ""}'
    )
    title, description = (escape(part, quote=False) for part in (text.title, text.description))
    accessible = f'<title id="{prefix}title">{title}</title><desc id="{prefix}desc">{description}</desc>'
    own = "" if from_right else _FROM_LEFT  # the page that it stands in may be read from the right
    language = f' lang="{escape(text.locale)}"{own}' if text.stands_in else ""
    role = "graphics-document document" if linked else "img"  # WAI-ARIA: an image has no parts that can be focused
    kind = f'class="fl-svg fl-svg--{canvas.name}"{language} role="{role}"'
    inline = f'<svg {kind} {head} font-family="inherit">{accessible}{body}</svg>'
    width, height = size.split()
    standalone = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" role="img" id="{WHITE_PAPER}" {head} '
        f'lang="{escape(text.locale)}" xml:lang="{escape(text.locale)}" font-family="{FONTS}">'
        f"{_style(of_file)}{accessible}"
        f'<rect width="{width}" height="{height}" fill="var({CSS_PREFIX}paper)"/>{of_file}</svg>\n'
    )
    return inline, standalone


def _colour(name: str) -> str:
    return f"var({CSS_PREFIX}{name},{COLOURS[name].light})"


def _style(body: str) -> str:
    """A style element with the colours that occur: light, light on white paper, dark, and for forced-colors mode."""
    used = [name for name in COLOURS if f"{CSS_PREFIX}{name}," in body or name in ("ink", "paper")]
    light, dark = (
        ";".join(f"{CSS_PREFIX}{name}:{getattr(COLOURS[name], scheme)}" for name in used) for scheme in ("light", "dark")
    )
    forced = ";".join(f"{CSS_PREFIX}{name}:{FORCED_COLOURS[name]}" for name in used)
    return (
        f"<style>svg{{{light}}}@media(prefers-color-scheme:light){{svg:target{{{CSS_PREFIX}paper:{WHITE}}}}}"
        f"@media(prefers-color-scheme:dark){{svg{{{dark}}}}}"
        f"@media(forced-colors:active){{svg{{{forced}}}}}</style>"
    )


class _Writer:
    """Writes paths and labels as elements, without attributes that are inherited."""

    def __init__(self, prefix: str, canvas: Canvas, rendered: SvgPaths, *, from_right: bool, links: bool = True) -> None:
        self.prefix, self.from_right, self.links = prefix, from_right, links
        self.size = f"{canvas.text_size:g}"
        self.rendered = rendered
        self.pattern_ids: dict[str, str] = {}  # those written, by those of the renderer
        self.attributes: dict[str, str] = {}  # by the style they are made of

    def write(self, scene: Scene) -> Iterator[str]:
        """Hatch patterns, then paths in their order, then labels, so that nothing covers them."""
        patches = [shape for shape in scene.shapes if isinstance(shape, Patch)]
        drawn = []
        for linked, pairs in groupby(
            zip(patches, self.rendered.paths, strict=True), lambda pair: self.links and bool(pair[0].link)
        ):
            paths = "".join(self._path(path, shape.row, shape.link) for shape, path in pairs)
            drawn.append(f'<g aria-hidden="true">{paths}</g>' if linked else paths)
        drawn += [self._line(labels) for labels in label_runs(scene.shapes)]
        if self.pattern_ids:
            patterns = (self._pattern(self.rendered.patterns[old], new) for old, new in self.pattern_ids.items())
            yield f"<defs>{''.join(patterns)}</defs>"
        yield from drawn

    def _path(self, path: SvgPath, row: int | None = None, link: Link | None = None) -> str:
        data = "" if row is None else f' data-row="{row}"'
        drawn = f'<path d="{_compact(path.d)}"{self._attributes(path.style)}{data}/>'
        if link is None or not self.links:
            return drawn
        return f'<a href="{FOLDER}{escape(link.address)}" tabindex="-1" data-words="{escape(link.words)}">{drawn}</a>'

    def _line(self, labels: Sequence[Label]) -> str:
        """A label and those that follow it in one text, so that their distance is that of the font that draws them."""
        label, *others = labels
        anchor = _ENDS.get(label.anchor, label.anchor) if self.from_right else label.anchor
        place = label if anchor == "start" else labels[-1]
        words = [escape(label.text, quote=False)]
        if others:  # what is before them has attributes of its own, which they would inherit
            words = [f"<tspan{self._look(label)}>{words[0]}</tspan>"] if self._look(label) else words
        for other in others:
            gap = _rounded((other.follows or 0.0) - _SPACE * label.size)
            words.append(f' <tspan dx="{gap}"{self._look(other)}>{escape(other.text, quote=False)}</tspan>')
        attributes = ("" if anchor == "start" else f' text-anchor="{anchor}"') + ("" if others else self._look(label))
        text = f'<text x="{_rounded(place.x)}" y="{_rounded(label.y)}"{attributes}>{"".join(words)}</text>'
        if label.link is None or not self.links:
            return text
        address, told = f"{FOLDER}{escape(label.link.address)}", escape(label.link.words)
        return f'<a href="{address}" aria-label="{told}">{text.replace("<text", _UNDERLINED, 1)}</a>'

    def _look(self, label: Label) -> str:
        """The colour, the size and the weight of a label as attributes."""
        size = f"{label.size:g}"
        return "".join(
            (
                "" if label.colour == "ink" else f' fill="{_colour(label.colour)}"',
                "" if size == self.size else f' font-size="{size}"',
                f' font-weight="{_BOLD}"' if label.bold else "",
            )
        )

    def _attributes(self, style: str) -> str:
        """The attributes of a CSS style, as far as they are needed."""
        if style not in self.attributes:
            found = dict(part.split(": ", 1) for part in style.split("; ") if part)
            if "stroke" not in found:
                found.pop("stroke-width", None)
            self.attributes[style] = "".join(
                f' {key}="{self._value(found[key])}"'
                for key in _STYLE_ATTRIBUTES
                if key in found and (key, COLOUR_BY_SENTINEL.get(found[key], found[key])) not in _INHERITED
            )
        return self.attributes[style]

    def _value(self, text: str) -> str:
        """The value of an attribute: a CSS variable for a sentinel colour, and the new id of a hatch pattern."""
        if text in COLOUR_BY_SENTINEL:
            return _colour(COLOUR_BY_SENTINEL[text])
        if text.startswith("url(#"):
            old = text[len("url(#") : -1]
            return f"url(#{self.pattern_ids.setdefault(old, f'{self.prefix}h{len(self.pattern_ids) + 1}')})"
        return text

    def _pattern(self, pattern: HatchPattern, new: str) -> str:
        return (
            f'<pattern id="{new}" patternUnits="userSpaceOnUse" width="72" height="72">'
            f'<path d="M0 0H72V72H0z" fill="{self._value(pattern.background)}"/>{self._path(pattern.path)}</pattern>'
        )


def _compact(d: str) -> str:
    """A path without line breaks, and without spaces beside letters."""
    text = " ".join(d.split())
    for letter in "MLCz":
        text = text.replace(f"{letter} ", letter).replace(f" {letter}", letter)
    return text


def _rounded(number: float) -> str:
    return f"{round(number, 1) + 0.0:g}"
