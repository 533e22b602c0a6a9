"""Colours: distinguishable with any colour vision, with enough contrast, the same in charts and on pages."""

from __future__ import annotations

import math
import re
from itertools import combinations, pairwise

import pytest

from generator.charts.theme import COLOURS, CONTEXT_COLOUR, FORCED_COLOURS, SERIES_COLOURS
from generator.defaults.files import default_files

CSS = default_files()["docs/assets/factloom.css"].read_text(encoding="utf-8")
DECLARED = {
    name: dict(zip(("light", "dark"), both, strict=True))
    for name, *both in re.findall(r"--fl-([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", CSS)
}
RGB = tuple[float, float, float]
# Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency" (2009), severity 1.
VISIONS: dict[str, tuple[RGB, RGB, RGB]] = {
    "typical": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
schemes = pytest.mark.parametrize("scheme", ["light", "dark"])


def linear(colour: str) -> RGB:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return _linear(red), _linear(green), _linear(blue)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def seen(colour: str, vision: str) -> RGB:
    """A colour in CIE L*a*b* as somebody sees it."""
    rgb = [min(max(sum(map(float.__mul__, map(float, row), linear(colour))), 0.0), 1.0) for row in VISIONS[vision]]
    weights = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))
    xyz = [sum(stroke_width * part for stroke_width, part in zip(row, rgb, strict=True)) for row in weights]
    x, y, z = (_cube_root(part / white) for part, white in zip(xyz, (0.95047, 1.0, 1.08883), strict=True))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _cube_root(part: float) -> float:
    return math.cbrt(part) if part > 216 / 24389 else (24389 / 27 * part + 16) / 116


def distance(one: str, other: str, vision: str) -> float:
    return math.dist(seen(one, vision), seen(other, vision))


def contrast(one: str, other: str) -> float:
    """WCAG 2.2."""
    dark, light = sorted(sum(map(float.__mul__, (0.2126, 0.7152, 0.0722), linear(colour))) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


@schemes
@pytest.mark.parametrize("vision", VISIONS)
def test_series_are_distinguishable_with_any_colour_vision(vision: str, scheme: str) -> None:
    colours = [getattr(COLOURS[name], scheme) for name in SERIES_COLOURS]
    assert min(distance(one, other, vision) for one, other in pairwise(colours)) >= 25
    assert min(distance(one, other, vision) for one, other in combinations(colours, 2)) >= 11
    assert distance(colours[0], getattr(COLOURS[CONTEXT_COLOUR], scheme), vision) >= 18


@schemes
def test_labels_and_marks_have_contrast(scheme: str) -> None:
    colour = {name: getattr(COLOURS[name], scheme) for name in COLOURS}
    softs = [name for name in COLOURS if name.endswith("-soft")]
    assert min(contrast(colour["ink"], colour[name]) for name in ("paper", *softs)) >= 4.5
    assert contrast(colour["muted"], colour["paper"]) >= 4.5
    assert min(contrast(colour[name.removesuffix("-soft")], colour["paper"]) for name in softs) >= 3


@schemes
def test_words_of_a_page_have_contrast(scheme: str) -> None:
    backgrounds = ("paper", "panel", "accent-soft")
    pairs = [(text, background) for text in ("ink", "muted", "accent") for background in backgrounds]
    pairs += [(name, f"{name.removeprefix('on-')}-soft") for name in DECLARED if name.startswith("on-")]
    pairs += [(name, background) for name in DECLARED if name.startswith("on-") for background in ("paper", "panel")]
    weak = [pair for pair in pairs if contrast(*(DECLARED[name][scheme] for name in pair)) < 4.5]
    assert len(pairs) > 20
    assert not weak


def test_pages_and_charts_have_the_same_colours() -> None:
    assert {name: DECLARED[name] for name in COLOURS} == {
        name: {"light": colour.light, "dark": colour.dark} for name, colour in COLOURS.items()
    }


def test_every_colour_has_a_system_colour_in_forced_colors_mode() -> None:
    block = CSS.partition("@media (forced-colors: active) {")[2].partition("\n}\n")[0]
    forced = dict(re.findall(r"--fl-([\w-]+): (\w+);", block))
    assert {name: forced.get(name) for name in COLOURS} == dict(FORCED_COLOURS)
